//! A site's stack of releases: the top is what it serves.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::Write;

/// One release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Release {
    pub(crate) position: i64,
    pub(crate) deployment: Uuid,
}

/// The top of the stack and what lies right below it, in this order.
pub(crate) async fn top_two(executor: impl SqliteExecutor<'_>, site: Uuid) -> Result<Vec<Release>, sqlx::Error> {
    let rows: Vec<(i64, Uuid)> = sqlx::query_as(
        "SELECT position, deployment_id FROM releases WHERE site_id = $1 ORDER BY position DESC LIMIT 2",
    )
    .bind(site)
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|(position, deployment)| Release { position, deployment }).collect())
}

/// Puts a deployment on top and notes that it is served now.
pub(crate) async fn push(write: &mut Write, site: Uuid, deployment: Uuid, now: i64) -> Result<(), sqlx::Error> {
    note_replaced(write, site, now).await?;
    sqlx::query(
        "INSERT INTO releases (site_id, position, deployment_id, created_at)
         SELECT $1, coalesce(max(position), 0) + 1, $2, $3 FROM releases WHERE site_id = $1",
    )
    .bind(site)
    .bind(deployment)
    .bind(now)
    .execute(&mut **write)
    .await?;
    note_published(write, deployment, now).await
}

/// Takes the top away, so that `below` is served again.
pub(crate) async fn pop(
    write: &mut Write,
    site: Uuid,
    top: Release,
    below: Release,
    now: i64,
) -> Result<(), sqlx::Error> {
    note_replaced(write, site, now).await?;
    sqlx::query("DELETE FROM releases WHERE site_id = $1 AND position = $2")
        .bind(site)
        .bind(top.position)
        .execute(&mut **write)
        .await?;
    note_published(write, below.deployment, now).await
}

async fn note_published(write: &mut Write, deployment: Uuid, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE deployments SET published_at = $2 WHERE id = $1")
        .bind(deployment)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Notes that what is on top now is about to leave it.
async fn note_replaced(write: &mut Write, site: Uuid, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE deployments SET replaced_at = $2
         WHERE id = (SELECT deployment_id FROM releases WHERE site_id = $1 ORDER BY position DESC LIMIT 1)",
    )
    .bind(site)
    .bind(now)
    .execute(&mut **write)
    .await?;
    Ok(())
}
