//! Who belongs to an organization, and who was invited to it. Names are compared without regard to ASCII case.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;
use crate::domain::role::Role;

/// A member, or somebody who was invited.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) standing: Standing,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Since when, or when the invitation was made.
    pub(crate) created_at: i64,
}

/// Whether a membership counts yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A member; holds the account's id
    Active(Uuid),
    /// Invited; holds the invitation's id
    Invited { id: Uuid, expires_at: i64 },
}

impl FromRow<'_, SqliteRow> for Entry {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let (id, expires_at) = (row.try_get("id")?, row.try_get::<Option<i64>, _>("expires_at")?);
        let standing = match expires_at {
            None => Standing::Active(id),
            Some(expires_at) => Standing::Invited { id, expires_at },
        };
        // The schema allows no other role; somebody whose role cannot be read is nothing more than a member.
        let role = row.try_get::<String, _>("role")?.parse().unwrap_or_default();
        Ok(Entry { standing, name: row.try_get("name")?, role, created_at: row.try_get("created_at")? })
    }
}

/// Members first, then invitations; one who is a member already is not listed as invited, too.
macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT * FROM (
               SELECT u.id AS id, u.name AS name, m.role AS role, m.created_at AS created_at, NULL AS expires_at
               FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organization_id = $1
               UNION ALL
               SELECT i.id, i.name, i.role, i.created_at, i.expires_at FROM invitations i
               WHERE i.organization_id = $1 AND NOT EXISTS (
                 SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
                 WHERE m.organization_id = $1 AND u.name = i.name COLLATE NOCASE)
             ) ",
            $condition
        )
    };
}

/// Whether somebody is a member.
pub(crate) async fn is_member(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
    user: Uuid,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM memberships WHERE organization_id = $1 AND user_id = $2)")
        .bind(organization)
        .bind(user)
        .fetch_one(executor)
        .await
}

/// Makes somebody a member, or gives a member another role.
pub(crate) async fn add(
    write: &mut Write,
    organization: Uuid,
    user: Uuid,
    role: Role,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, user_id) DO UPDATE SET role = excluded.role",
    )
    .bind(organization)
    .bind(user)
    .bind(role.as_str())
    .bind(now)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Everybody in an organization: members by name, then those who were invited; ended invitations are there, too.
pub(crate) async fn of_organization(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
) -> Result<Vec<Entry>, sqlx::Error> {
    sqlx::query_as(select!("ORDER BY expires_at IS NOT NULL, name COLLATE NOCASE, id"))
        .bind(organization)
        .fetch_all(executor)
        .await
}

/// One of an organization, by name.
pub(crate) async fn find(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
    name: &str,
) -> Result<Option<Entry>, sqlx::Error> {
    sqlx::query_as(select!("WHERE name = $2 COLLATE NOCASE ORDER BY name = $2 DESC, id LIMIT 1"))
        .bind(organization)
        .bind(name)
        .fetch_optional(executor)
        .await
}

/// Whether somebody else administers an organization and is not kept out of the server.
pub(crate) async fn has_other_administrator(
    write: &mut Write,
    organization: Uuid,
    user: Uuid,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
         WHERE m.organization_id = $1 AND m.user_id <> $2 AND m.role = 'ADMIN' AND u.disabled_at IS NULL)",
    )
    .bind(organization)
    .bind(user)
    .fetch_one(&mut **write)
    .await
}

/// Gives a member, or somebody who was invited, another role.
pub(crate) async fn set_role(
    write: &mut Write,
    organization: Uuid,
    standing: Standing,
    role: Role,
) -> Result<(), sqlx::Error> {
    let (statement, id) = match standing {
        Standing::Active(user) => {
            ("UPDATE memberships SET role = $3 WHERE organization_id = $1 AND user_id = $2", user)
        }
        Standing::Invited { id, .. } => ("UPDATE invitations SET role = $3 WHERE organization_id = $1 AND id = $2", id),
    };
    sqlx::query(statement).bind(organization).bind(id).bind(role.as_str()).execute(&mut **write).await?;
    Ok(())
}

/// Ends a membership.
pub(crate) async fn remove(write: &mut Write, organization: Uuid, user: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Makes every invitation of somebody to an organization worthless.
pub(crate) async fn revoke_invitations(write: &mut Write, organization: Uuid, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM invitations WHERE organization_id = $1 AND name = $2 COLLATE NOCASE")
        .bind(organization)
        .bind(name)
        .execute(&mut **write)
        .await?;
    Ok(())
}
