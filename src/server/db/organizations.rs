//! Organizations and who belongs to them.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::{Write, memberships};
use crate::domain::role::Role;

/// An organization.
#[derive(Debug, Clone)]
pub(crate) struct Organization {
    pub(crate) id: Uuid,
    pub(crate) slug: String,
    pub(crate) created_at: i64,
    pub(crate) site_count: i64,
    /// What the person who asked is in it.
    pub(crate) role: Role,
}

type Row = (Uuid, String, i64, i64, String);

fn from_row((id, slug, created_at, site_count, role): Row) -> Organization {
    // The schema allows no other; somebody whose role cannot be read is nothing more than a member.
    Organization { id, slug, created_at, site_count, role: role.parse().unwrap_or_default() }
}

/// All organizations of a person, by slug.
pub(crate) async fn of_user(executor: impl SqliteExecutor<'_>, user: Uuid) -> Result<Vec<Organization>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT o.id, o.slug, o.created_at, (SELECT count(*) FROM sites s WHERE s.organization_id = o.id), m.role
         FROM organizations o JOIN memberships m ON m.organization_id = o.id WHERE m.user_id = $1 ORDER BY o.slug",
    )
    .bind(user)
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The column `organizations`: slugs of the person `u`, in order and separated by spaces, so that a credential is looked
/// up together with what it reaches: 1,000 at most, the list of organizations has all. It is null unless `$2`.
macro_rules! slugs {
    () => {
        "CASE WHEN $2 THEN (SELECT group_concat(slug, ' ') FROM (SELECT o.slug FROM memberships m
         JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = u.id ORDER BY o.slug LIMIT 1000))
         END AS organizations"
    };
}
pub(super) use slugs;

/// Takes the column [`slugs`] apart.
pub(crate) fn split_slugs(column: Option<String>) -> Vec<String> {
    column.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect()
}

/// An organization by slug, if the person belongs to it.
pub(crate) async fn find(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    slug: &str,
) -> Result<Option<Organization>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT o.id, o.slug, o.created_at, (SELECT count(*) FROM sites s WHERE s.organization_id = o.id), m.role
         FROM organizations o JOIN memberships m ON m.organization_id = o.id WHERE m.user_id = $1 AND o.slug = $2",
    )
    .bind(user)
    .bind(slug)
    .fetch_optional(executor)
    .await?;
    Ok(row.map(from_row))
}

/// Makes an organization with its first member, who administers it; false when the slug is taken.
pub(crate) async fn insert(
    write: &mut Write,
    id: Uuid,
    slug: &str,
    member: Uuid,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO organizations (id, slug, created_at) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING",
    )
    .bind(id)
    .bind(slug)
    .bind(now)
    .execute(&mut **write)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(false);
    }
    memberships::add(write, id, member, Role::Admin, now).await?;
    Ok(true)
}

/// Deletes an organization unless it still has sites; false when it has.
pub(crate) async fn delete(write: &mut Write, id: Uuid) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query(
        "DELETE FROM organizations WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM sites WHERE organization_id = $1)",
    )
    .bind(id)
    .execute(&mut **write)
    .await?;
    Ok(gone.rows_affected() == 1)
}
