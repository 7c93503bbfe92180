//! Sites.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::Write;

/// A site with the slug of its organization and what it serves now.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) id: Uuid,
    pub(crate) slug: String,
    pub(crate) organization_id: Uuid,
    pub(crate) organization_slug: String,
    pub(crate) current: Option<String>,
    pub(crate) created_at: i64,
}

type Row = (Uuid, String, Uuid, String, Option<String>, i64);

fn from_row((id, slug, organization_id, organization_slug, current, created_at): Row) -> Site {
    Site { id, slug, organization_id, organization_slug, current, created_at }
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT s.id, s.slug, s.organization_id, o.slug,
             (SELECT d.short_id FROM releases r JOIN deployments d ON d.id = r.deployment_id
              WHERE r.site_id = s.id ORDER BY r.position DESC LIMIT 1), s.created_at
             FROM sites s JOIN organizations o ON o.id = s.organization_id ",
            $condition
        )
    };
}

pub(crate) async fn find(executor: impl SqliteExecutor<'_>, slug: &str) -> Result<Option<Site>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE s.slug = $1")).bind(slug).fetch_optional(executor).await?;
    Ok(row.map(from_row))
}

pub(crate) async fn find_by_id(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Site>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE s.id = $1")).bind(id).fetch_optional(executor).await?;
    Ok(row.map(from_row))
}

/// At most `limit` sites of an organization after a slug, by slug.
pub(crate) async fn of_organization(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
    after: &str,
    limit: i64,
) -> Result<Vec<Site>, sqlx::Error> {
    let rows: Vec<Row> =
        sqlx::query_as(select!("WHERE s.organization_id = $1 AND s.slug > $2 ORDER BY s.slug LIMIT $3"))
            .bind(organization)
            .bind(after)
            .bind(limit)
            .fetch_all(executor)
            .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// At most `limit` sites of all of a person's organizations after a slug, by slug.
pub(crate) async fn of_user(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    after: &str,
    limit: i64,
) -> Result<Vec<Site>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "WHERE s.organization_id IN (SELECT organization_id FROM memberships WHERE user_id = $1) AND s.slug > $2
         ORDER BY s.slug LIMIT $3"
    ))
    .bind(user)
    .bind(after)
    .bind(limit)
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Makes a site; false when the slug is taken.
pub(crate) async fn insert(
    write: &mut Write,
    id: Uuid,
    organization: Uuid,
    slug: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO sites (id, organization_id, slug, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (slug) DO NOTHING",
    )
    .bind(id)
    .bind(organization)
    .bind(slug)
    .bind(now)
    .execute(&mut **write)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Deletes a site with its deployments and releases; its contents are collected later.
pub(crate) async fn delete(write: &mut Write, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM releases WHERE site_id = $1").bind(id).execute(&mut **write).await?;
    sqlx::query("DELETE FROM sites WHERE id = $1").bind(id).execute(&mut **write).await?;
    Ok(())
}
