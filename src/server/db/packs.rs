//! Pack files that the index knows.

use sqlx::SqliteExecutor;
use uuid::Uuid;

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

pub(crate) async fn delete(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM packs WHERE id = $1").bind(id).execute(&mut **write).await?;
    Ok(())
}
