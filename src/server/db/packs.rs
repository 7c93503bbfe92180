//! Pack files that the index knows.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use crate::content::frame::HEADER_LENGTH;

use super::Write;

/// A pack.
#[derive(Debug, Clone)]
pub(crate) struct Pack {
    pub(crate) id: i64,
    pub(crate) file: Uuid,
    pub(crate) organization: Uuid,
    pub(crate) size: i64,
}

type Row = (i64, Uuid, Uuid, i64);

pub(crate) async fn insert(
    write: &mut Write,
    file: Uuid,
    organization: Uuid,
    size: u64,
    now: i64,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO packs (file, organization_id, size, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
    )
    .bind(file)
    .bind(organization)
    .bind(i64::try_from(size).unwrap_or(i64::MAX))
    .bind(now)
    .fetch_one(&mut **write)
    .await
}

pub(crate) async fn all(executor: impl SqliteExecutor<'_>) -> Result<Vec<Pack>, sqlx::Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, file, organization_id, size FROM packs ORDER BY id").fetch_all(executor).await?;
    Ok(rows.into_iter().map(|(id, file, organization, size)| Pack { id, file, organization, size }).collect())
}

/// Every pack with the bytes of it that the index names, frames' headers included.
pub(crate) async fn usage(executor: impl SqliteExecutor<'_>) -> Result<Vec<(Pack, i64)>, sqlx::Error> {
    let rows: Vec<(i64, Uuid, Uuid, i64, i64)> = sqlx::query_as(
        "SELECT p.id, p.file, p.organization_id, p.size, coalesce(u.used, 0) FROM packs p
         LEFT JOIN (SELECT pack_id, sum(length + $1) AS used FROM blobs GROUP BY pack_id) u ON u.pack_id = p.id
         ORDER BY p.id",
    )
    .bind(HEADER_LENGTH as i64)
    .fetch_all(executor)
    .await?;
    let pack = |(id, file, organization, size, used)| (Pack { id, file, organization, size }, used);
    Ok(rows.into_iter().map(pack).collect())
}

/// Forgets a pack if the index names nothing of it.
pub(crate) async fn delete_if_empty(write: &mut Write, id: i64) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query("DELETE FROM packs WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM blobs WHERE pack_id = $1)")
        .bind(id)
        .execute(&mut **write)
        .await?;
    Ok(gone.rows_affected() == 1)
}
