//! API tokens: only the hash of a secret is here.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;
use super::organizations::{slugs, split_slugs};
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
    pub(crate) note: Option<String>,
    /// How long it was made to live, in milliseconds.
    pub(crate) lifetime: Option<i64>,
    pub(crate) rotated_from: Option<Uuid>,
    /// Slugs of the owner's organizations, when they were asked for.
    pub(crate) organizations: Vec<String>,
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
            note: row.try_get("note")?,
            lifetime: row.try_get("lifetime")?,
            rotated_from: row.try_get("rotated_from")?,
            organizations: split_slugs(row.try_get("organizations")?),
        })
    }
}

macro_rules! select {
    ($condition:expr) => {
        select!("NULL AS organizations", $condition)
    };
    ($organizations:expr, $condition:expr) => {
        concat!(
            "SELECT t.id, t.prefix, t.name, t.kind, t.user_id, u.name AS user_name, u.is_admin, u.disabled_at,
             (t.organization_id IS NULL OR m.user_id IS NOT NULL) AS has_access, t.organization_id,
             o.slug AS organization_slug, t.site_id, s.slug AS site_slug, t.permissions, t.created_at, t.expires_at,
             t.revoked_at, t.last_used_at, t.note, t.lifetime, t.rotated_from, ",
            $organizations,
            " FROM tokens t JOIN users u ON u.id = t.user_id LEFT JOIN organizations o ON o.id = t.organization_id
             LEFT JOIN sites s ON s.id = t.site_id
             LEFT JOIN memberships m ON m.organization_id = t.organization_id AND m.user_id = t.user_id ",
            $condition
        )
    };
}

/// The tokens `t` that a person `$1` manages: the own ones, and all of the organizations that the person administers.
/// Those that were deleted or ended before `$2` are not among them.
macro_rules! managed {
    () => {
        "t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2) AND (t.user_id = $1 OR t.organization_id IN
         (SELECT m.organization_id FROM memberships m WHERE m.user_id = $1 AND m.role = 'ADMIN'))"
    };
}
pub(super) use managed;

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
    pub(crate) note: Option<&'a str>,
    pub(crate) lifetime: Option<i64>,
    pub(crate) rotated_from: Option<Uuid>,
}

pub(crate) async fn find_by_hash(
    executor: impl SqliteExecutor<'_>,
    hash: &[u8],
    with_organizations: bool,
) -> Result<Option<Token>, sqlx::Error> {
    let query = sqlx::query_as(select!(slugs!(), "WHERE t.hash = $1")).bind(hash).bind(with_organizations);
    query.fetch_optional(executor).await
}

pub(crate) async fn find_by_id(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Token>, sqlx::Error> {
    sqlx::query_as(select!("WHERE t.id = $1")).bind(id).fetch_optional(executor).await
}

/// The tokens that a person manages, newest first; those that ended before a time are left out.
pub(crate) async fn managed_by(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    ended_before: i64,
) -> Result<Vec<Token>, sqlx::Error> {
    sqlx::query_as(select!(concat!("WHERE ", managed!(), " ORDER BY t.id DESC")))
        .bind(user)
        .bind(ended_before)
        .fetch_all(executor)
        .await
}

/// Of the tokens that a person manages the one with an id.
pub(crate) async fn managed_by_id(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    ended_before: i64,
    id: Uuid,
) -> Result<Vec<Token>, sqlx::Error> {
    sqlx::query_as(select!(concat!("WHERE t.id = $3 AND ", managed!())))
        .bind(user)
        .bind(ended_before)
        .bind(id)
        .fetch_all(executor)
        .await
}

/// Of the tokens that a person manages those whose display prefix begins with a text of ASCII letters and digits, at
/// most `limit`, newest first.
pub(crate) async fn managed_by_prefix(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    ended_before: i64,
    prefix: &str,
    limit: i64,
) -> Result<Vec<Token>, sqlx::Error> {
    // `{` comes after every letter and digit.
    let condition = select!(concat!(
        "WHERE t.prefix >= $3 AND t.prefix < $3 || '{' AND ",
        managed!(),
        " ORDER BY t.id DESC LIMIT $4"
    ));
    sqlx::query_as(condition).bind(user).bind(ended_before).bind(prefix).bind(limit).fetch_all(executor).await
}

/// The token that took another one's place, unless it was deleted.
pub(crate) async fn successor(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Token>, sqlx::Error> {
    sqlx::query_as(select!("WHERE t.rotated_from = $1 AND t.revoked_at IS NULL ORDER BY t.id DESC LIMIT 1"))
        .bind(id)
        .fetch_optional(executor)
        .await
}

/// Stores a token; false when its display prefix is already in use.
pub(crate) async fn insert(write: &mut Write, token: NewToken<'_>) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO tokens (id, hash, prefix, name, kind, user_id, organization_id, site_id, permissions, created_at,
         expires_at, note, lifetime, rotated_from)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (prefix) DO NOTHING",
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
    .bind(token.note)
    .bind(token.lifetime)
    .bind(token.rotated_from)
    .execute(&mut **write)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Marks a token as deleted; its row stays, so that its use can be told from an unknown token's. False when somebody
/// else did so meanwhile.
pub(crate) async fn revoke(write: &mut Write, id: Uuid, now: i64) -> Result<bool, sqlx::Error> {
    let revoked = sqlx::query("UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(revoked.rows_affected() == 1)
}

/// The tokens of a person that were not deleted, newest first.
pub(crate) async fn of_user(executor: impl SqliteExecutor<'_>, user: Uuid) -> Result<Vec<Token>, sqlx::Error> {
    sqlx::query_as(select!("WHERE t.user_id = $1 AND t.revoked_at IS NULL ORDER BY t.id DESC"))
        .bind(user)
        .fetch_all(executor)
        .await
}

/// Lets a token end at a time, unless it ends sooner anyway. False when it was deleted.
pub(crate) async fn end_at(write: &mut Write, id: Uuid, at: i64) -> Result<bool, sqlx::Error> {
    let statement =
        "UPDATE tokens SET expires_at = min(coalesce(expires_at, $2), $2) WHERE id = $1 AND revoked_at IS NULL";
    let ended = sqlx::query(statement).bind(id).bind(at).execute(&mut **write).await?;
    Ok(ended.rows_affected() == 1)
}

/// At most `limit` tokens that were deleted, or ended, before a time.
pub(crate) async fn ended(
    executor: impl SqliteExecutor<'_>,
    before: i64,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar("SELECT id FROM tokens WHERE revoked_at < $1 OR expires_at < $1 LIMIT $2")
        .bind(before)
        .bind(limit)
        .fetch_all(executor)
        .await
}

/// Forgets a token with all that is known of its use.
pub(crate) async fn forget(write: &mut Write, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM tokens WHERE id = $1").bind(id).execute(&mut **write).await?;
    Ok(())
}
