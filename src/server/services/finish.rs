//! Finishing a deployment: every content is checked once more, then the site's pointer moves, in one transaction.

use std::collections::HashSet;
use std::sync::Arc;

use crate::api::ErrorCode;
use crate::api::deployments::{FinishDeployment, FinishedDeployment};
use crate::content::blob::{BlobBitmap, BlobId};
use crate::content::manifest::Manifest;
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

use super::{access, begin, deployments};

const LONGEST_MESSAGE: usize = 500;
/// How often an append is tried again because another deploy came between.
const APPEND_TRIES: usize = 5;

/// Publishes a deployment, or makes it ready as a preview. Finishing it again answers the same.
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
        other => {
            let text = format!("the deployment `{id}` is {other}: it was not finished in time");
            return Err(ServiceError::new(ErrorCode::Conflict, text).hint("deploy again: only what is missing is sent"));
        }
    }
    let own = state.store.manifest(deployment.organization_id, deployment.manifest).await?;
    for _ in 0..APPEND_TRIES {
        let below = current(state, &deployment).await?;
        let below_manifest = match &below {
            Some(below) => Some(state.store.manifest(below.organization_id, below.manifest).await?),
            None => None,
        };
        let manifest = match (&below_manifest, options.append) {
            (Some(below), true) => merged(state, &deployment, below, &own).await?,
            _ => own.clone(),
        };
        note_fingerprinted_paths(state, &deployment, below_manifest.as_ref(), &manifest).await?;
        let based_on = options.append.then_some(below.as_ref().map(|below| below.id));
        let publication = Publication { deployment: &deployment, manifest: &manifest, options, message };
        if let Some(replaced) = publish(state, publication, based_on).await? {
            return published(state, &deployment, replaced).await;
        }
    }
    Err(ServiceError::new(ErrorCode::Conflict, "other deployments came between again and again; nothing was published")
        .hint("deploy again"))
}

struct Publication<'a> {
    deployment: &'a Deployment,
    manifest: &'a Manifest,
    options: &'a FinishDeployment,
    message: Option<&'a str>,
}

/// The transaction. Answers what it replaced, or `None` when `based_on` is no longer what the site serves, or collection
/// took a merged manifest that nothing named yet.
async fn publish(
    state: &State,
    publication: Publication<'_>,
    based_on: Option<Option<uuid::Uuid>>,
) -> Result<Option<Option<uuid::Uuid>>, ServiceError> {
    let Publication { deployment, manifest, options, message } = publication;
    let (now, manifest_id) = (state.now(), manifest.id());
    let mut write = state.db.write().await?;
    let top = db::releases::top_two(&mut *write, deployment.site_id).await?.first().map(|release| release.deployment);
    if based_on.is_some_and(|based_on| based_on != top) {
        return Ok(None);
    }
    if db::blobs::complete_in(&mut write, deployment.organization_id, &[(manifest_id, 0)]).await?.is_empty() {
        return Ok(None);
    }
    check_blobs(&mut write, state, deployment, manifest).await?;
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
        // The same request, sent twice at once: the first one has done it.
        return Ok(Some(None));
    }
    let (event, text) = if options.preview {
        ("ready", format!("ready as a preview with {} files", manifest.len()))
    } else {
        db::releases::push(&mut write, deployment.site_id, deployment.id, now).await?;
        ("published", format!("published with {} files", manifest.len()))
    };
    db::deployments::log(&mut write, deployment.id, now, event, &text).await?;
    write.commit().await?;
    fault::point("finish-committed")?;
    state.directory.forget(deployment.site_id);
    state.uploads.forget(deployment.id);
    state.variants.push(deployment.organization_id, manifest_id);
    fault::point("finish-visible")?;
    Ok(Some(top.filter(|_| !options.preview)))
}

/// Makes sure that every content of the manifest is whole, as the transaction sees it.
async fn check_blobs(
    write: &mut Write,
    state: &State,
    deployment: &Deployment,
    manifest: &Manifest,
) -> Result<(), ServiceError> {
    let blobs = manifest.distinct_blobs().map_err(ServiceError::internal)?;
    let complete: HashSet<BlobId> = db::blobs::complete_in(write, deployment.organization_id, &blobs).await?;
    if complete.len() == blobs.len() {
        return Ok(());
    }
    // Named in the order of the deployment's own manifest, which is what the client knows.
    let own = begin::upload(state, deployment).await?;
    let mut missing = BlobBitmap::empty(own.blobs.len());
    let mut expected = own.missing.clone();
    for (position, (blob, _)) in own.blobs.iter().enumerate() {
        if !complete.contains(blob) {
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

/// The current manifest with the deployment's files laid over it, stored and ready to be named.
async fn merged(
    state: &State,
    deployment: &Deployment,
    below: &Manifest,
    own: &Manifest,
) -> Result<Manifest, ServiceError> {
    let merged = below.merged_with(own).map_err(ServiceError::internal)?;
    let limits = state.limits.manifest;
    if merged.len() > limits.files || merged.as_bytes().len() > limits.bytes {
        let text = format!("the site would have {} files; at most {} are allowed", merged.len(), limits.files);
        return Err(ServiceError::new(ErrorCode::PayloadTooLarge, text).limit("files", limits.files as u64));
    }
    let id = merged.id();
    if state.store.locate(deployment.organization_id, id).await?.is_none() {
        begin::store_manifest(state, deployment.organization_id, &merged, id).await?;
    }
    Ok(merged)
}

/// Remembers the contents of fingerprinted paths that are new or changed, before the site shows them.
async fn note_fingerprinted_paths(
    state: &State,
    deployment: &Deployment,
    below: Option<&Manifest>,
    manifest: &Manifest,
) -> Result<(), ServiceError> {
    let unchanged =
        |path: &str, blob: BlobId| below.and_then(|below| below.get(path)).is_some_and(|entry| entry.blob == blob);
    let new: Vec<(Key, Key)> = manifest
        .iter()
        .filter(|entry| is_fingerprinted(entry.path) && !unchanged(entry.path, entry.blob))
        .map(|entry| (path_key(entry.path), content_key(entry.blob)))
        .collect();
    for paths in new.chunks(db::ROWS_AT_ONCE) {
        let mut write = state.db.write().await?;
        db::fingerprinted_paths::note(&mut write, deployment.site_id, paths).await?;
        write.commit().await?;
    }
    Ok(())
}

fn content_key(blob: BlobId) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&blob.as_bytes()[..16]);
    key
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
    replaced: Option<uuid::Uuid>,
) -> Result<FinishedDeployment, ServiceError> {
    let now = db::deployments::find_by_id(state.db.read(), deployment.id).await?;
    let now = now.ok_or_else(|| ServiceError::internal("a deployment vanished while it was published"))?;
    answer(state, &now, replaced).await
}

async fn answer(
    state: &State,
    deployment: &Deployment,
    replaced: Option<uuid::Uuid>,
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
