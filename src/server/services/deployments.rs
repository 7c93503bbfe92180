//! Looking at deployments.

use crate::api::deployments::{DeployedFile, Deployment, DeploymentStatus, LogEntry};
use crate::api::{ErrorCode, Page};
use crate::content::mime;
use crate::domain::deployment_id::DeploymentId;
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::access;

/// Deployments in a page when nobody asks for another number.
const DEFAULT_LIMIT: u32 = 20;
/// Most deployments in a page.
const LONGEST_PAGE: u32 = 100;
/// Files in a page.
const FILES: usize = 1_000;

/// A site's deployments, newest first.
pub(crate) async fn list(
    state: &State,
    caller: &Caller,
    site: &str,
    limit: Option<u32>,
    cursor: Option<&str>,
) -> Result<Page<Deployment>, ServiceError> {
    let site = access::site(state, caller, site).await?;
    let limit = limit.unwrap_or(DEFAULT_LIMIT).clamp(1, LONGEST_PAGE);
    let before = match cursor {
        Some(cursor) => {
            let last = db::deployments::find(state.db.read(), cursor).await?;
            let last = last.filter(|last| last.site_id == site.id);
            Some(last.ok_or_else(|| caller.not_found(&format!("page `{cursor}`")))?)
        }
        None => None,
    };
    let before = before.map(|last| (last.created_at, last.id));
    let rows = db::deployments::of_site(state.db.read(), site.id, before, i64::from(limit) + 1).await?;
    let has_more = rows.len() > limit as usize;
    let data = rows.iter().take(limit as usize).map(|row| to_wire(state, row)).collect::<Result<Vec<_>, _>>()?;
    let next_cursor = data.last().filter(|_| has_more).map(|last| last.deployment_id.to_string());
    Ok(Page { data, next_cursor })
}

/// One deployment.
pub(crate) async fn show(state: &State, caller: &Caller, id: DeploymentId) -> Result<Deployment, ServiceError> {
    to_wire(state, &access::deployment(state, caller, id).await?)
}

/// A deployment's files in the order of their paths.
pub(crate) async fn files(
    state: &State,
    caller: &Caller,
    id: DeploymentId,
    cursor: Option<&str>,
) -> Result<Page<DeployedFile>, ServiceError> {
    let deployment = access::deployment(state, caller, id).await?;
    if deployment.status == "failed" {
        let message = format!("the deployment `{id}` was given up, and its files are not kept");
        return Err(ServiceError::new(ErrorCode::Conflict, message));
    }
    let manifest = state.store.manifest(deployment.organization_id, deployment.manifest).await?;
    let first: usize = match cursor {
        Some(cursor) => cursor.parse().map_err(|_| caller.not_found(&format!("page `{cursor}`")))?,
        None => 0,
    };
    let data = (first..manifest.len().min(first.saturating_add(FILES)))
        .filter_map(|position| manifest.entry(position))
        .map(|entry| DeployedFile {
            path: entry.path.to_owned(),
            blob: entry.blob,
            size_bytes: entry.size,
            content_type: mime::content_type(entry.path).to_owned(),
        })
        .collect();
    let next = first.saturating_add(FILES);
    Ok(Page { data, next_cursor: (next < manifest.len()).then(|| next.to_string()) })
}

/// A deployment's history, oldest first.
pub(crate) async fn logs(state: &State, caller: &Caller, id: DeploymentId) -> Result<Vec<LogEntry>, ServiceError> {
    let deployment = access::deployment(state, caller, id).await?;
    let rows = db::deployments::logs(state.db.read(), deployment.id).await?;
    Ok(rows.into_iter().map(|(at, event, message)| LogEntry { at: timestamp(at), event, message }).collect())
}

/// A deployment as it travels.
pub(crate) fn to_wire(state: &State, row: &db::deployments::Deployment) -> Result<Deployment, ServiceError> {
    Ok(Deployment {
        deployment_id: row.short_id.parse().map_err(ServiceError::internal)?,
        site: row.site_slug.clone(),
        org: row.organization_slug.clone(),
        status: match row.status.as_str() {
            "ready" => DeploymentStatus::Ready,
            "failed" => DeploymentStatus::Failed,
            _ => DeploymentStatus::Pending,
        },
        is_current: row.is_current,
        is_preview: row.is_preview,
        url: state.addresses.site(&row.site_slug),
        preview_url: state.addresses.deployment(&row.short_id, &row.site_slug),
        file_count: row.file_count.unsigned_abs(),
        total_size_bytes: row.total_size.unsigned_abs(),
        message: row.message.clone(),
        manifest_id: row.manifest,
        created_by: row.created_by.clone(),
        created_at: timestamp(row.created_at),
        finished_at: row.finished_at.map(timestamp),
    })
}
