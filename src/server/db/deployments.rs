//! Deployments and their history.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use crate::content::blob::BlobId;

use super::Write;

/// A deployment with the slugs it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Deployment {
    pub(crate) id: Uuid,
    pub(crate) short_id: String,
    pub(crate) site_id: Uuid,
    pub(crate) site_slug: String,
    pub(crate) organization_id: Uuid,
    pub(crate) organization_slug: String,
    pub(crate) manifest: BlobId,
    pub(crate) file_count: i64,
    pub(crate) total_size: i64,
    pub(crate) status: String,
    pub(crate) is_preview: bool,
    pub(crate) is_current: bool,
    pub(crate) message: Option<String>,
    pub(crate) created_by: String,
    pub(crate) created_at: i64,
    pub(crate) finished_at: Option<i64>,
}

impl FromRow<'_, SqliteRow> for Deployment {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Deployment {
            id: row.try_get("id")?,
            short_id: row.try_get("short_id")?,
            site_id: row.try_get("site_id")?,
            site_slug: row.try_get("site_slug")?,
            organization_id: row.try_get("organization_id")?,
            organization_slug: row.try_get("organization_slug")?,
            manifest: blob_id(row.try_get("manifest")?)?,
            file_count: row.try_get("file_count")?,
            total_size: row.try_get("total_size")?,
            status: row.try_get("status")?,
            is_preview: row.try_get("is_preview")?,
            is_current: row.try_get("is_current")?,
            message: row.try_get("message")?,
            created_by: row.try_get("created_by")?,
            created_at: row.try_get("created_at")?,
            finished_at: row.try_get("finished_at")?,
        })
    }
}

/// Reads a hash column.
pub(crate) fn blob_id(bytes: &[u8]) -> Result<BlobId, sqlx::Error> {
    BlobId::try_from(bytes).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT d.id, d.short_id, d.site_id, s.slug AS site_slug, d.organization_id, o.slug AS organization_slug,
             d.manifest, d.file_count, d.total_size, d.status, d.is_preview, d.message, d.created_by, d.created_at,
             d.finished_at, coalesce(d.id = (SELECT r.deployment_id FROM releases r WHERE r.site_id = d.site_id
             ORDER BY r.position DESC LIMIT 1), 0) AS is_current
             FROM deployments d JOIN sites s ON s.id = d.site_id JOIN organizations o ON o.id = d.organization_id ",
            $condition
        )
    };
}

/// What a begun deployment consists of.
pub(crate) struct NewDeployment<'a> {
    pub(crate) id: Uuid,
    pub(crate) short_id: &'a str,
    pub(crate) site: Uuid,
    pub(crate) organization: Uuid,
    pub(crate) manifest: BlobId,
    pub(crate) file_count: usize,
    pub(crate) total_size: u64,
    pub(crate) created_by: &'a str,
    pub(crate) created_at: i64,
}

/// Notes a begun deployment; false when its short id is already in use.
pub(crate) async fn insert(write: &mut Write, deployment: NewDeployment<'_>) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO deployments (id, short_id, site_id, organization_id, manifest, file_count, total_size, status,
         is_preview, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', 0, $8, $9)
         ON CONFLICT (short_id) DO NOTHING",
    )
    .bind(deployment.id)
    .bind(deployment.short_id)
    .bind(deployment.site)
    .bind(deployment.organization)
    .bind(deployment.manifest.as_bytes().as_slice())
    .bind(i64::try_from(deployment.file_count).unwrap_or(i64::MAX))
    .bind(i64::try_from(deployment.total_size).unwrap_or(i64::MAX))
    .bind(deployment.created_by)
    .bind(deployment.created_at)
    .execute(&mut **write)
    .await?;
    Ok(made.rows_affected() == 1)
}

pub(crate) async fn find(executor: impl SqliteExecutor<'_>, short_id: &str) -> Result<Option<Deployment>, sqlx::Error> {
    sqlx::query_as(select!("WHERE d.short_id = $1")).bind(short_id).fetch_optional(executor).await
}

pub(crate) async fn find_by_id(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Deployment>, sqlx::Error> {
    sqlx::query_as(select!("WHERE d.id = $1")).bind(id).fetch_optional(executor).await
}

/// At most `limit` deployments of a site, newest first, begun before the one with this id when one is given.
pub(crate) async fn of_site(
    executor: impl SqliteExecutor<'_>,
    site: Uuid,
    before: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<Deployment>, sqlx::Error> {
    let (created_at, id) = before.unwrap_or((i64::MAX, Uuid::max()));
    sqlx::query_as(select!(
        "WHERE d.site_id = $1 AND (d.created_at, d.id) < ($2, $3) ORDER BY d.created_at DESC, d.id DESC LIMIT $4"
    ))
    .bind(site)
    .bind(created_at)
    .bind(id)
    .bind(limit)
    .fetch_all(executor)
    .await
}

/// The site's latest preview that can be published.
pub(crate) async fn latest_preview(
    executor: impl SqliteExecutor<'_>,
    site: Uuid,
) -> Result<Option<Deployment>, sqlx::Error> {
    sqlx::query_as(select!(
        "WHERE d.site_id = $1 AND d.is_preview = 1 AND d.status = 'ready' ORDER BY d.created_at DESC, d.id DESC LIMIT 1"
    ))
    .bind(site)
    .fetch_optional(executor)
    .await
}

/// What finishing changes.
pub(crate) struct Finished<'a> {
    pub(crate) manifest: BlobId,
    pub(crate) file_count: usize,
    pub(crate) total_size: u64,
    pub(crate) is_preview: bool,
    pub(crate) message: Option<&'a str>,
    pub(crate) at: i64,
}

/// Marks a pending deployment as ready; false when it is not pending.
pub(crate) async fn finish(write: &mut Write, id: Uuid, finished: Finished<'_>) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE deployments SET status = 'ready', manifest = $2, file_count = $3, total_size = $4, is_preview = $5,
         message = $6, finished_at = $7 WHERE id = $1 AND status = 'pending'",
    )
    .bind(id)
    .bind(finished.manifest.as_bytes().as_slice())
    .bind(i64::try_from(finished.file_count).unwrap_or(i64::MAX))
    .bind(i64::try_from(finished.total_size).unwrap_or(i64::MAX))
    .bind(finished.is_preview)
    .bind(finished.message)
    .bind(finished.at)
    .execute(&mut **write)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Gives up deployments that were begun before a time and never finished; tells how many.
pub(crate) async fn fail_pending(write: &mut Write, before: i64, now: i64) -> Result<u64, sqlx::Error> {
    sqlx::query(
        "INSERT INTO deployment_logs (deployment_id, at, event, message)
         SELECT id, $2, 'failed', 'given up, because it was not finished in time' FROM deployments
         WHERE status = 'pending' AND created_at < $1",
    )
    .bind(before)
    .bind(now)
    .execute(&mut **write)
    .await?;
    let failed = sqlx::query("UPDATE deployments SET status = 'failed' WHERE status = 'pending' AND created_at < $1")
        .bind(before)
        .execute(&mut **write)
        .await?;
    Ok(failed.rows_affected())
}

/// The manifests that keep contents alive, with their organizations: those of every ready and every pending
/// deployment.
pub(crate) async fn roots(executor: impl SqliteExecutor<'_>) -> Result<Vec<(Uuid, BlobId)>, sqlx::Error> {
    let rows: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
        "SELECT DISTINCT organization_id, manifest FROM deployments WHERE status IN ('ready', 'pending')",
    )
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(|(organization, manifest)| Ok((organization, blob_id(&manifest)?))).collect()
}

/// Manifests of the site's last production deployments that were replaced after a time, newest first, each with the time
/// of its replacement.
pub(crate) async fn recently_published(
    executor: impl SqliteExecutor<'_>,
    site: Uuid,
    current: Uuid,
    since: i64,
    limit: i64,
) -> Result<Vec<(BlobId, i64)>, sqlx::Error> {
    let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(
        "SELECT manifest, replaced_at FROM deployments WHERE site_id = $1 AND id <> $2 AND replaced_at >= $3
         ORDER BY published_at DESC LIMIT $4",
    )
    .bind(site)
    .bind(current)
    .bind(since)
    .bind(limit)
    .fetch_all(executor)
    .await?;
    rows.iter().map(|(manifest, replaced_at)| Ok((blob_id(manifest)?, *replaced_at))).collect()
}

/// Adds a line to a deployment's history.
pub(crate) async fn log(
    write: &mut Write,
    deployment: Uuid,
    at: i64,
    event: &str,
    message: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO deployment_logs (deployment_id, at, event, message) VALUES ($1, $2, $3, $4)")
        .bind(deployment)
        .bind(at)
        .bind(event)
        .bind(message)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// A deployment's history, oldest first.
pub(crate) async fn logs(
    executor: impl SqliteExecutor<'_>,
    deployment: Uuid,
) -> Result<Vec<(i64, String, String)>, sqlx::Error> {
    sqlx::query_as("SELECT at, event, message FROM deployment_logs WHERE deployment_id = $1 ORDER BY id")
        .bind(deployment)
        .fetch_all(executor)
        .await
}
