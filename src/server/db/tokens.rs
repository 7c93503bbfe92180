//! API tokens: only the hash of a secret is here.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;
use super::users::User;

/// A token with its owner and the slugs it is bound to.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) id: Uuid,
    pub(crate) prefix: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) owner: User,
    pub(crate) owner_disabled_at: Option<i64>,
    /// Whether the owner belongs to the organization that the token is bound to.
    pub(crate) owner_has_access: bool,
    pub(crate) organization_id: Option<Uuid>,
    pub(crate) organization_slug: Option<String>,
    pub(crate) site_id: Option<Uuid>,
    pub(crate) site_slug: Option<String>,
    pub(crate) permissions: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: Option<i64>,
    pub(crate) revoked_at: Option<i64>,
    pub(crate) last_used_at: Option<i64>,
}

impl FromRow<'_, SqliteRow> for Token {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Token {
            id: row.try_get("id")?,
            prefix: row.try_get("prefix")?,
            name: row.try_get("name")?,
            kind: row.try_get("kind")?,
            owner: User {
                id: row.try_get("user_id")?,
                name: row.try_get("user_name")?,
                is_admin: row.try_get("is_admin")?,
            },
            owner_disabled_at: row.try_get("disabled_at")?,
            owner_has_access: row.try_get("has_access")?,
            organization_id: row.try_get("organization_id")?,
            organization_slug: row.try_get("organization_slug")?,
            site_id: row.try_get("site_id")?,
            site_slug: row.try_get("site_slug")?,
            permissions: row.try_get("permissions")?,
            created_at: row.try_get("created_at")?,
            expires_at: row.try_get("expires_at")?,
            revoked_at: row.try_get("revoked_at")?,
            last_used_at: row.try_get("last_used_at")?,
        })
    }
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT t.id, t.prefix, t.name, t.kind, t.user_id, u.name AS user_name, u.is_admin, u.disabled_at,
             (t.organization_id IS NULL OR m.user_id IS NOT NULL) AS has_access, t.organization_id,
             o.slug AS organization_slug, t.site_id, s.slug AS site_slug, t.permissions, t.created_at, t.expires_at,
             t.revoked_at, t.last_used_at
             FROM tokens t JOIN users u ON u.id = t.user_id LEFT JOIN organizations o ON o.id = t.organization_id
             LEFT JOIN sites s ON s.id = t.site_id
             LEFT JOIN memberships m ON m.organization_id = t.organization_id AND m.user_id = t.user_id ",
            $condition
        )
    };
}

/// What a new token consists of.
pub(crate) struct NewToken<'a> {
    pub(crate) id: Uuid,
    pub(crate) hash: &'a [u8],
    pub(crate) prefix: &'a str,
    pub(crate) name: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) user: Uuid,
    pub(crate) organization: Option<Uuid>,
    pub(crate) site: Option<Uuid>,
    pub(crate) permissions: &'a str,
    pub(crate) created_at: i64,
    pub(crate) expires_at: Option<i64>,
}

pub(crate) async fn find_by_hash(executor: impl SqliteExecutor<'_>, hash: &[u8]) -> Result<Option<Token>, sqlx::Error> {
    sqlx::query_as(select!("WHERE t.hash = $1")).bind(hash).fetch_optional(executor).await
}

pub(crate) async fn find_by_id(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Token>, sqlx::Error> {
    sqlx::query_as(select!("WHERE t.id = $1")).bind(id).fetch_optional(executor).await
}

/// A person's tokens that are not deleted, newest first.
pub(crate) async fn of_user(executor: impl SqliteExecutor<'_>, user: Uuid) -> Result<Vec<Token>, sqlx::Error> {
    sqlx::query_as(select!("WHERE t.user_id = $1 AND t.revoked_at IS NULL ORDER BY t.id DESC"))
        .bind(user)
        .fetch_all(executor)
        .await
}

/// Stores a token; false when its display prefix is already in use.
pub(crate) async fn insert(write: &mut Write, token: NewToken<'_>) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO tokens (id, hash, prefix, name, kind, user_id, organization_id, site_id, permissions, created_at,
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (prefix) DO NOTHING",
    )
    .bind(token.id)
    .bind(token.hash)
    .bind(token.prefix)
    .bind(token.name)
    .bind(token.kind)
    .bind(token.user)
    .bind(token.organization)
    .bind(token.site)
    .bind(token.permissions)
    .bind(token.created_at)
    .bind(token.expires_at)
    .execute(&mut **write)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Marks a token as deleted; its row stays, so that its use can be told from an unknown token's.
pub(crate) async fn revoke(write: &mut Write, id: Uuid, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Marks every token of a person as deleted.
pub(crate) async fn revoke_all(write: &mut Write, user: Uuid, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL")
        .bind(user)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Notes the last use of a token, and of one of its permissions; an older time never replaces a newer one.
pub(crate) async fn note_use(
    write: &mut Write,
    id: Uuid,
    permission: Option<&str>,
    at: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE tokens SET last_used_at = max(coalesce(last_used_at, 0), $2) WHERE id = $1")
        .bind(id)
        .bind(at)
        .execute(&mut **write)
        .await?;
    let Some(permission) = permission else { return Ok(()) };
    sqlx::query(
        "INSERT INTO token_uses (token_id, permission, last_used_at) SELECT $1, $2, $3
         WHERE EXISTS (SELECT 1 FROM tokens WHERE id = $1)
         ON CONFLICT (token_id, permission) DO UPDATE SET last_used_at = max(last_used_at, excluded.last_used_at)",
    )
    .bind(id)
    .bind(permission)
    .bind(at)
    .execute(&mut **write)
    .await?;
    Ok(())
}
