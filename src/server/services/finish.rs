//! Finishing a deployment: every content is checked once more, then the site's pointer moves, in one transaction.

use std::sync::Arc;

use uuid::Uuid;

use crate::api::ErrorCode;
use crate::api::deployments::{FinishDeployment, FinishedDeployment};
use crate::content::blob::{BlobBitmap, BlobId};
use crate::content::manifest::{Entry, Manifest, ManifestError, ManifestLimits};
use crate::domain::deployment_id::DeploymentId;
use crate::domain::fingerprint::is_fingerprinted;
use crate::server::caller::Caller;
use crate::server::db::fingerprinted_paths::Key;
use crate::server::db::{self, Write, deployments::Deployment};
use crate::server::error::ServiceError;
use crate::server::fault;
use crate::server::hosting::path_key;
use crate::server::state::State;
use crate::server::uploads::Upload;

use super::audit::{self, Action};
use super::{access, authentication, begin, deployments};

const LONGEST_MESSAGE: usize = 500;
/// How often publishing is tried because what it was based on changed.
const PUBLISH_TRIES: usize = 5;

/// Publishes a deployment, or makes it ready as a preview. Finishing it again changes nothing and answers the same
/// deployment; what it replaced is told only the first time.
///
/// Must not be dropped half-way: between commit and the end, hosts would show what was before.
pub(crate) async fn finish(
    state: &State,
    caller: &Caller,
    id: DeploymentId,
    options: &FinishDeployment,
) -> Result<FinishedDeployment, ServiceError> {
    fault::point("finish-received")?;
    let message = options.message.as_deref().map(str::trim).filter(|message| !message.is_empty());
    if message.is_some_and(|message| message.chars().count() > LONGEST_MESSAGE) {
        let text = format!("a message has at most {LONGEST_MESSAGE} characters");
        return Err(ServiceError::new(ErrorCode::ValidationFailed, text));
    }
    let deployment = access::deployment(state, caller, id).await?;
    match deployment.status.as_str() {
        "ready" => return answer(state, &deployment, None).await,
        "pending" => {}
        _ => return Err(given_up(&deployment)),
    }
    let _turn = state.admission.manifest_turn().await;
    let own = state.store.manifest(deployment.organization_id, deployment.manifest).await?;
    for _ in 0..PUBLISH_TRIES {
        let below = current(state, &deployment).await?;
        let below_manifest = match &below {
            Some(below) => Some(state.store.manifest(below.organization_id, below.manifest).await?),
            None => None,
        };
        let (own, append, limits) = (own.clone(), options.append, state.limits.manifest);
        let prepare = move || prepare(own, below_manifest, append, limits);
        let prepared = tokio::task::spawn_blocking(prepare).await??;
        begin::ensure_stored(state, deployment.organization_id, &prepared.manifest, prepared.id).await?;
        for paths in prepared.fingerprinted.chunks(db::ROWS_AT_ONCE) {
            let mut write = state.db.write().await?;
            db::fingerprinted_paths::note(&mut write, deployment.site_id, paths).await?;
            write.commit().await?;
        }
        let based_on = options.append.then_some(below.as_ref().map(|below| below.id));
        let publication = Publication { caller, deployment: &deployment, prepared: &prepared, options, message };
        match publish(state, publication, based_on).await? {
            Published::Now { replaced } => return published(state, &deployment, replaced).await,
            Published::Overtaken => {}
        }
    }
    Err(ServiceError::new(ErrorCode::Conflict, "other deployments came between again and again; nothing was published")
        .hint("deploy again"))
}

/// What is to be published, found out before the transaction.
struct Prepared {
    manifest: Manifest,
    id: BlobId,
    /// Its distinct contents, ascending by id.
    blobs: Vec<(BlobId, u64)>,
    /// Its fingerprinted paths that are new or changed, each with its content.
    fingerprinted: Vec<(Key, Key)>,
}

/// Takes long for a large site: not for the async runtime.
fn prepare(
    own: Manifest,
    below: Option<Manifest>,
    append: bool,
    limits: ManifestLimits,
) -> Result<Prepared, ServiceError> {
    let manifest = match &below {
        Some(below) if append => below.merged_with(&own).map_err(ServiceError::internal)?,
        _ => own,
    };
    if manifest.len() > limits.files || manifest.as_bytes().len() > limits.bytes {
        let text = format!("the site would have {} files; at most {} are allowed", manifest.len(), limits.files);
        return Err(ServiceError::new(ErrorCode::PayloadTooLarge, text).limit("files", limits.files as u64));
    }
    let two_sizes = |error: ManifestError| ServiceError::new(ErrorCode::BlobMismatch, error.to_string());
    let blobs = manifest.distinct_blobs().map_err(two_sizes)?;
    let unchanged = |entry: &Entry<'_>| {
        below.as_ref().and_then(|below| below.get(entry.path)).map(|entry| entry.blob) == Some(entry.blob)
    };
    let fingerprinted = manifest
        .iter()
        .filter(|entry| is_fingerprinted(entry.path) && !unchanged(entry))
        .map(|entry| (path_key(entry.path), content_key(entry.blob)))
        .collect();
    Ok(Prepared { id: manifest.id(), blobs, fingerprinted, manifest })
}

fn content_key(blob: BlobId) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&blob.as_bytes()[..16]);
    key
}

struct Publication<'a> {
    caller: &'a Caller,
    deployment: &'a Deployment,
    prepared: &'a Prepared,
    options: &'a FinishDeployment,
    message: Option<&'a str>,
}

/// How the transaction ended.
enum Published {
    /// The deployment is ready, and replaced this one if it replaced any.
    Now { replaced: Option<Uuid> },
    /// What it was based on is no longer so.
    Overtaken,
}

async fn publish(
    state: &State,
    publication: Publication<'_>,
    based_on: Option<Option<Uuid>>,
) -> Result<Published, ServiceError> {
    let Publication { caller, deployment, prepared, options, message } = publication;
    let (manifest, manifest_id, now) = (&prepared.manifest, prepared.id, state.now());
    let mut write = state.db.write().await?;
    // It took long to get here: whoever deleted the token meanwhile was told that it can do nothing any more.
    authentication::still_valid(&mut write, state, caller, deployment.organization_id).await?;
    let top = db::releases::top_two(&mut *write, deployment.site_id).await?.first().map(|release| release.deployment);
    if based_on.is_some_and(|based_on| based_on != top) {
        return Ok(Published::Overtaken);
    }
    // Collection may have taken a merged manifest, which no deployment names before this transaction.
    let itself = [(manifest_id, manifest.as_bytes().len() as u64)];
    if db::blobs::complete_in(&mut write, deployment.organization_id, &itself).await?.is_empty() {
        return Ok(Published::Overtaken);
    }
    check_blobs(&mut write, state, deployment, &prepared.blobs).await?;
    fault::point("finish-checked")?;
    let finished = db::deployments::Finished {
        manifest: manifest_id,
        file_count: manifest.len(),
        total_size: manifest.total_size(),
        is_preview: options.preview,
        message,
        at: now,
    };
    if !db::deployments::finish(&mut write, deployment.id, finished).await? {
        return match db::deployments::find_by_id(&mut *write, deployment.id).await? {
            // The same request, sent twice at once: the first one has done it.
            Some(other) if other.status == "ready" => Ok(Published::Now { replaced: None }),
            Some(other) => Err(given_up(&other)),
            None => Err(deleted_meanwhile(deployment)),
        };
    }
    let (event, text, action) = if options.preview {
        ("ready", format!("ready as a preview with {} files", manifest.len()), Action::DeploymentPreviewed)
    } else {
        db::releases::push(&mut write, deployment.site_id, deployment.id, now).await?;
        ("published", format!("published with {} files", manifest.len()), Action::DeploymentPublished)
    };
    db::deployments::log(&mut write, deployment.id, now, event, &text).await?;
    audit::deployment(&mut write, state, caller, deployment, action).await?;
    write.commit().await?;
    fault::point("finish-committed")?;
    state.directory.forget(deployment.site_id);
    state.uploads.forget(deployment.id);
    state.variants.push(deployment.organization_id, manifest_id);
    fault::point("finish-visible")?;
    Ok(Published::Now { replaced: top.filter(|_| !options.preview) })
}

fn given_up(deployment: &Deployment) -> ServiceError {
    let text =
        format!("the deployment `{}` is {}: it was not finished in time", deployment.short_id, deployment.status);
    ServiceError::new(ErrorCode::Conflict, text).hint("deploy again: only what is missing is sent")
}

fn deleted_meanwhile(deployment: &Deployment) -> ServiceError {
    let text = format!("the site `{}` was deleted meanwhile; nothing was published", deployment.site_slug);
    ServiceError::new(ErrorCode::NotFound, text)
}

/// Makes sure that every content is whole and has the size that the manifest gives, as the transaction sees it.
async fn check_blobs(
    write: &mut Write,
    state: &State,
    deployment: &Deployment,
    blobs: &[(BlobId, u64)],
) -> Result<(), ServiceError> {
    let complete = db::blobs::complete_in(write, deployment.organization_id, blobs).await?;
    // What was unknown at the begin may have come with another deployment since, and tells its size now.
    begin::check_sizes(blobs, &complete)?;
    if complete.len() == blobs.len() {
        return Ok(());
    }
    // Named in the order of the deployment's own manifest, which is what the client knows.
    let own = begin::upload(state, deployment).await?;
    let mut missing = BlobBitmap::empty(own.blobs.len());
    let mut expected = own.missing.clone();
    for (position, (blob, _)) in own.blobs.iter().enumerate() {
        if !complete.contains_key(blob) {
            missing.insert(position);
            expected.insert(position);
        }
    }
    let count = missing.count();
    state.uploads.remember(deployment.id, Arc::new(Upload { blobs: own.blobs.clone(), missing: expected }));
    let bitmap = serde_json::to_value(&missing).map_err(ServiceError::internal)?;
    let message = format!("{count} of the deployment's contents are not here; nothing was published");
    Err(ServiceError::new(ErrorCode::BlobsMissing, message).limit("missing", bitmap).hint("send them and finish again"))
}

async fn current(state: &State, deployment: &Deployment) -> Result<Option<Deployment>, ServiceError> {
    let top = db::releases::top_two(state.db.read(), deployment.site_id).await?;
    match top.first() {
        Some(release) => Ok(db::deployments::find_by_id(state.db.read(), release.deployment).await?),
        None => Ok(None),
    }
}

/// The answer after the pointer has moved.
pub(super) async fn published(
    state: &State,
    deployment: &Deployment,
    replaced: Option<Uuid>,
) -> Result<FinishedDeployment, ServiceError> {
    let now = db::deployments::find_by_id(state.db.read(), deployment.id).await?;
    let now = now.ok_or_else(|| deleted_meanwhile(deployment))?;
    answer(state, &now, replaced).await
}

async fn answer(
    state: &State,
    deployment: &Deployment,
    replaced: Option<Uuid>,
) -> Result<FinishedDeployment, ServiceError> {
    let replaced = match replaced.filter(|replaced| *replaced != deployment.id) {
        Some(id) => db::deployments::find_by_id(state.db.read(), id).await?,
        None => None,
    };
    Ok(FinishedDeployment {
        deployment: deployments::to_wire(state, deployment)?,
        replaced_deployment_id: replaced.and_then(|replaced| replaced.short_id.parse().ok()),
    })
}
