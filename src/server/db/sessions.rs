//! Sessions of signed-in people.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;
use super::organizations::{slugs, split_slugs};
use super::users::User;

/// A session with the person it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) user: User,
    /// When the person's account was disabled.
    pub(crate) disabled_at: Option<i64>,
    pub(crate) prefix: String,
    pub(crate) expires_at: i64,
    pub(crate) revoked_at: Option<i64>,
    /// Slugs of the person's organizations, when they were asked for.
    pub(crate) organizations: Vec<String>,
}

/// What a new session consists of.
pub(crate) struct NewSession<'a> {
    pub(crate) id: Uuid,
    pub(crate) hash: &'a [u8],
    pub(crate) prefix: &'a str,
    pub(crate) user: Uuid,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    /// From where it is opened; none for the one of the server's own machine.
    pub(crate) address: Option<&'a str>,
    pub(crate) user_agent: Option<&'a str>,
}

/// A session as its owner sees it in a list.
pub(crate) struct ListedSession {
    pub(crate) id: Uuid,
    pub(crate) prefix: String,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) last_used_at: Option<i64>,
}

impl FromRow<'_, SqliteRow> for ListedSession {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(ListedSession {
            id: row.try_get("id")?,
            prefix: row.try_get("prefix")?,
            address: row.try_get("address")?,
            user_agent: row.try_get("user_agent")?,
            created_at: row.try_get("created_at")?,
            expires_at: row.try_get("expires_at")?,
            last_used_at: row.try_get("last_used_at")?,
        })
    }
}

type Row = (Uuid, Uuid, String, bool, Option<i64>, String, i64, Option<i64>, Option<String>);

fn from_row((id, user, name, is_admin, disabled_at, prefix, expires_at, revoked_at, organizations): Row) -> Session {
    let organizations = split_slugs(organizations);
    Session { id, user: User { id: user, name, is_admin }, disabled_at, prefix, expires_at, revoked_at, organizations }
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT s.id, u.id, u.name, u.is_admin, u.disabled_at, s.prefix, s.expires_at, s.revoked_at, ",
            slugs!(),
            " FROM sessions s JOIN users u ON u.id = s.user_id ",
            $condition
        )
    };
}

pub(crate) async fn find(
    executor: impl SqliteExecutor<'_>,
    hash: &[u8],
    with_organizations: bool,
) -> Result<Option<Session>, sqlx::Error> {
    let query = sqlx::query_as(select!("WHERE s.hash = $1")).bind(hash).bind(with_organizations);
    let row: Option<Row> = query.fetch_optional(executor).await?;
    Ok(row.map(from_row))
}

pub(crate) async fn find_by_id(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Session>, sqlx::Error> {
    let row: Option<Row> =
        sqlx::query_as(select!("WHERE s.id = $1")).bind(id).bind(false).fetch_optional(executor).await?;
    Ok(row.map(from_row))
}

pub(crate) async fn insert(write: &mut Write, session: NewSession<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sessions (id, hash, prefix, user_id, created_at, expires_at, address, user_agent)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(session.id)
    .bind(session.hash)
    .bind(session.prefix)
    .bind(session.user)
    .bind(session.created_at)
    .bind(session.expires_at)
    .bind(session.address)
    .bind(session.user_agent)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Moves the end of a session that is known by the hash of its secret.
pub(crate) async fn extend(write: &mut Write, hash: &[u8], expires_at: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET expires_at = $2 WHERE hash = $1")
        .bind(hash)
        .bind(expires_at)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Forgets sessions that ended before a time, so that restarts do not pile them up.
pub(crate) async fn delete_expired(write: &mut Write, before: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE expires_at < $1").bind(before).execute(&mut **write).await?;
    Ok(())
}

/// Deletes a session by the hash of its secret.
pub(crate) async fn delete(write: &mut Write, hash: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(hash).execute(&mut **write).await?;
    Ok(())
}

/// A person's sessions that have neither ended nor been revoked, newest first.
pub(crate) async fn of_user(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    now: i64,
) -> Result<Vec<ListedSession>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, prefix, address, user_agent, created_at, expires_at, last_used_at FROM sessions
         WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY id DESC",
    )
    .bind(user)
    .bind(now)
    .fetch_all(executor)
    .await
}

/// Ends a session; its row stays, so that its next use is answered with `token_revoked`.
pub(crate) async fn revoke(write: &mut Write, id: Uuid, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Ends every session of a person but the one with this hash.
pub(crate) async fn revoke_all(write: &mut Write, user: Uuid, but: &[u8], now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET revoked_at = $3 WHERE user_id = $1 AND hash <> $2 AND revoked_at IS NULL")
        .bind(user)
        .bind(but)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Notes the last use of a session; an older time never replaces a newer one.
pub(crate) async fn note_use(write: &mut Write, id: Uuid, at: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET last_used_at = max(coalesce(last_used_at, 0), $2) WHERE id = $1")
        .bind(id)
        .bind(at)
        .execute(&mut **write)
        .await?;
    Ok(())
}
