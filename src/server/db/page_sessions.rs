//! Who is signed in on the server's own pages; a row is found by the hash of its cookie.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::Write;
use super::users::User;

/// The person behind a cookie, unless the session ended or the account is disabled.
pub(crate) async fn find(
    executor: impl SqliteExecutor<'_>,
    hash: &[u8],
    now: i64,
) -> Result<Option<User>, sqlx::Error> {
    let row: Option<(Uuid, String, bool)> = sqlx::query_as(
        "SELECT u.id, u.name, u.is_admin FROM page_sessions p JOIN users u ON u.id = p.user_id
         WHERE p.hash = $1 AND p.expires_at > $2 AND u.disabled_at IS NULL",
    )
    .bind(hash)
    .bind(now)
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|(id, name, is_admin)| User { id, name, is_admin }))
}

/// Opens a session, and forgets those that ended.
pub(crate) async fn insert(
    write: &mut Write,
    hash: &[u8],
    user: Uuid,
    now: i64,
    expires_at: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM page_sessions WHERE expires_at <= $1").bind(now).execute(&mut **write).await?;
    sqlx::query("INSERT INTO page_sessions (hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(hash)
        .bind(user)
        .bind(now)
        .bind(expires_at)
        .execute(&mut **write)
        .await?;
    Ok(())
}

pub(crate) async fn delete(write: &mut Write, hash: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM page_sessions WHERE hash = $1").bind(hash).execute(&mut **write).await?;
    Ok(())
}

/// Ends every session of a person but the one with this hash.
pub(crate) async fn delete_all(write: &mut Write, user: Uuid, but: Option<&[u8]>) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM page_sessions WHERE user_id = $1 AND hash IS NOT $2")
        .bind(user)
        .bind(but)
        .execute(&mut **write)
        .await?;
    Ok(())
}
