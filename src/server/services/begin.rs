//! Beginning a deployment: its manifest is kept, and what the organization lacks is told.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::api::ErrorCode;
use crate::api::deployments::{BegunDeployment, PartialBlob, UploadLimits};
use crate::content::blob::{BlobBitmap, BlobId};
use crate::content::frame::{Encoding, FrameHeader, LONGEST_PART};
use crate::content::manifest::{Manifest, ManifestDecoder};
use crate::domain::deployment_id::DeploymentId;
use crate::server::caller::Caller;
use crate::server::db::blobs::Presence;
use crate::server::db::{self, sites::Site};
use crate::server::error::ServiceError;
use crate::server::fault;
use crate::server::packs::writer::PackWriter;
use crate::server::secrets;
use crate::server::state::State;
use crate::server::uploads::Upload;

use super::{access, authentication, receive};

/// What a deployment begins with.
pub(crate) enum Start {
    /// A manifest that was just received and checked
    Manifest(Manifest),
    /// The id of one that the organization should have
    Known(BlobId),
}

/// Finds the site, before the first byte of a manifest is read.
pub(crate) async fn open(state: &State, caller: &Caller, site: &str) -> Result<Site, ServiceError> {
    access::site(state, caller, site).await
}

/// Begins a deployment of a site.
pub(crate) async fn begin(
    state: &State,
    caller: &Caller,
    site: &Site,
    start: Start,
) -> Result<BegunDeployment, ServiceError> {
    fault::point("begin-received")?;
    let _turn = state.admission.manifest_turn().await;
    let organization = site.organization_id;
    let manifest = match start {
        Start::Known(id) => known_manifest(state, organization, id).await?,
        Start::Manifest(manifest) => manifest,
    };
    if manifest.is_empty() {
        return Err(ServiceError::new(ErrorCode::ValidationFailed, "the manifest has no files"));
    }
    let counted = manifest.clone();
    let (id, blobs) = tokio::task::spawn_blocking(move || (counted.id(), counted.distinct_blobs())).await?;
    let blobs = blobs.map_err(|error| ServiceError::new(ErrorCode::ValidationFailed, error.to_string()))?;
    let deployment = insert(state, caller, site, &manifest, id).await?;
    // Looked up after the deployment is a root, so that collection keeps what is here from now on.
    ensure_stored(state, organization, &manifest, id).await?;
    fault::point("begin-committed")?;
    let presence = db::blobs::presence(state.db.read(), organization, &blobs).await?;
    check_sizes(&blobs, &presence.complete)?;
    let missing = missing(&blobs, &presence);
    let partial = partial(&blobs, &presence);
    state.uploads.remember(deployment.id, Arc::new(Upload { blobs, missing: missing.clone() }));
    Ok(BegunDeployment {
        deployment_id: deployment.short_id,
        manifest_id: id,
        missing,
        partial,
        limits: UploadLimits {
            request_bytes: state.limits.request_bytes,
            parallel_requests: state.limits.parallel_requests,
        },
    })
}

/// Refuses a manifest that gives a content which is here another size than it has.
pub(super) fn check_sizes(blobs: &[(BlobId, u64)], stored: &HashMap<BlobId, u64>) -> Result<(), ServiceError> {
    for (blob, announced) in blobs {
        if let Some(size) = stored.get(blob).filter(|size| *size != announced) {
            let message = format!("the content {blob} has {size} bytes, and not {announced} as the manifest says");
            return Err(ServiceError::new(ErrorCode::BlobMismatch, message)
                .limit("blob", blob.to_string())
                .hint("make the manifest of the files as they are, and begin again"));
        }
    }
    Ok(())
}

/// What a begun deployment waits for, made again when this server does not remember it.
///
/// What was named as missing before a restart may be here by now, and a client that got no answer sends it again: every
/// content of the manifest is taken then. That tells nothing, since what is taken is checked and already announced.
pub(crate) async fn upload(
    state: &State,
    deployment: &db::deployments::Deployment,
) -> Result<Arc<Upload>, ServiceError> {
    if let Some(upload) = state.uploads.get(deployment.id) {
        return Ok(upload);
    }
    let manifest = state.store.manifest(deployment.organization_id, deployment.manifest).await?;
    let blobs = manifest.distinct_blobs().map_err(ServiceError::internal)?;
    let mut missing = BlobBitmap::empty(blobs.len());
    (0..blobs.len()).for_each(|position| missing.insert(position));
    let upload = Arc::new(Upload { blobs, missing });
    state.uploads.remember(deployment.id, Arc::clone(&upload));
    Ok(upload)
}

fn missing(blobs: &[(BlobId, u64)], presence: &Presence) -> BlobBitmap {
    let mut missing = BlobBitmap::empty(blobs.len());
    let absent = blobs.iter().enumerate().filter(|(_, (blob, _))| !presence.complete.contains_key(blob));
    absent.for_each(|(position, _)| missing.insert(position));
    missing
}

/// How far contents have come that are not whole, ascending by id.
fn partial(blobs: &[(BlobId, u64)], presence: &Presence) -> Vec<PartialBlob> {
    let received = |(blob, size): &(BlobId, u64)| {
        // What counts is the run without a gap from the start.
        let parts = presence.parts.get(blob)?.iter();
        let run = parts.fold(0, |end, (start, part_end)| if *start == end { *part_end } else { end });
        // A server that died before it checked the whole checks it when the last part comes again.
        let last_part = size.saturating_sub(1) / u64::from(LONGEST_PART) * u64::from(LONGEST_PART);
        let received_bytes = run.min(last_part);
        (received_bytes > 0).then_some(PartialBlob { blob: *blob, received_bytes })
    };
    blobs.iter().filter_map(received).collect()
}

struct Inserted {
    id: Uuid,
    short_id: DeploymentId,
}

async fn insert(
    state: &State,
    caller: &Caller,
    site: &Site,
    manifest: &Manifest,
    manifest_id: BlobId,
) -> Result<Inserted, ServiceError> {
    let (id, now, created_by) = (Uuid::now_v7(), state.now(), caller.describe());
    let mut write = state.db.write().await?;
    // A manifest takes its time to arrive.
    authentication::still_valid(&mut write, state, caller, site.organization_id).await?;
    let short_id = loop {
        let short_id = DeploymentId::from_random(secrets::random()?);
        let deployment = db::deployments::NewDeployment {
            id,
            short_id: short_id.as_str(),
            site: site.id,
            organization: site.organization_id,
            manifest: manifest_id,
            file_count: manifest.len(),
            total_size: manifest.total_size(),
            created_by: &created_by,
            created_at: now,
        };
        if db::deployments::insert(&mut write, deployment).await? {
            break short_id;
        }
    };
    db::deployments::log(&mut write, id, now, "begun", &format!("begun by {created_by}")).await?;
    write.commit().await?;
    Ok(Inserted { id, short_id })
}

async fn known_manifest(state: &State, organization: Uuid, id: BlobId) -> Result<Manifest, ServiceError> {
    let unknown = || {
        ServiceError::new(ErrorCode::ManifestUnknown, format!("the manifest {id} is not known here"))
            .hint("send the manifest itself")
    };
    let Some(found) = state.store.locate(organization, id).await? else { return Err(unknown()) };
    let (length, limits) = (found.identity.length, state.limits.manifest);
    // Any content of the organization can be named here: whether it is a manifest has to be found out, and one that is
    // too large for a manifest is not even read.
    if length > limits.bytes as u64 {
        return Err(unknown());
    }
    let bytes = state.store.read(&found.identity, 0..length).await?;
    let check = move || {
        let mut decoder = ManifestDecoder::new(limits);
        decoder.push(&bytes).and_then(|()| decoder.finish())
    };
    tokio::task::spawn_blocking(check).await?.map_err(|_| unknown())
}

/// Stores a manifest as a content of the organization, unless it is there, for good before the deployment is answered.
pub(crate) async fn ensure_stored(
    state: &State,
    organization: Uuid,
    manifest: &Manifest,
    id: BlobId,
) -> Result<(), ServiceError> {
    if state.store.locate(organization, id).await?.is_some() {
        return Ok(());
    }
    let pack = state.packs.create(organization);
    let bytes = manifest.as_bytes().clone();
    let write = move || append_content(pack, id, &bytes).and_then(PackWriter::finish);
    let finished = tokio::task::spawn_blocking(write).await??;
    let sizes = [(id, manifest.as_bytes().len() as u64)];
    for (blob, size) in receive::index(state, organization, finished, &sizes, None).await? {
        receive::complete_parts(state, organization, blob, size).await?;
    }
    Ok(())
}

fn append_content(mut pack: PackWriter, id: BlobId, content: &[u8]) -> std::io::Result<PackWriter> {
    for (position, part) in content.chunks(LONGEST_PART as usize).enumerate() {
        let start = position as u64 * u64::from(LONGEST_PART);
        let length = u32::try_from(part.len()).unwrap_or(LONGEST_PART);
        pack.append(&FrameHeader { blob: id, start, length, encoding: Encoding::Identity }, part)?;
    }
    Ok(pack)
}
