//! What tokens were used for, and from where.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::Write;
use super::tokens::managed;

/// Where a token was used.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) address: String,
    pub(crate) user_agent: Option<String>,
    pub(crate) first_used_at: i64,
    pub(crate) last_used_at: i64,
    /// The continuous integration that a client there last said it runs in, and when.
    pub(crate) ci: Option<(String, i64)>,
}

type Row = (Uuid, String, Option<String>, i64, i64, Option<String>, Option<i64>);

fn from_row((token, address, user_agent, first_used_at, last_used_at, ci, ci_used_at): Row) -> (Uuid, Address) {
    (token, Address { address, user_agent, first_used_at, last_used_at, ci: ci.zip(ci_used_at) })
}

/// Notes when a token was last used; an older time never replaces a newer one.
pub(crate) async fn note(write: &mut Write, token: Uuid, at: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE tokens SET last_used_at = max(coalesce(last_used_at, 0), $2) WHERE id = $1")
        .bind(token)
        .bind(at)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Notes when a permission of a token was last used.
pub(crate) async fn note_permission(
    write: &mut Write,
    token: Uuid,
    permission: &str,
    at: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO token_uses (token_id, permission, last_used_at) SELECT $1, $2, $3
         WHERE EXISTS (SELECT 1 FROM tokens WHERE id = $1)
         ON CONFLICT (token_id, permission) DO UPDATE SET last_used_at = max(last_used_at, excluded.last_used_at)",
    )
    .bind(token)
    .bind(permission)
    .bind(at)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Notes from where a token was used.
pub(crate) async fn note_address(write: &mut Write, token: Uuid, used: &Address) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO token_addresses (token_id, address, user_agent, first_used_at, last_used_at, ci, ci_used_at)
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE EXISTS (SELECT 1 FROM tokens WHERE id = $1)
         ON CONFLICT (token_id, address) DO UPDATE SET
             user_agent = CASE WHEN excluded.last_used_at >= last_used_at THEN excluded.user_agent ELSE user_agent END,
             first_used_at = min(first_used_at, excluded.first_used_at),
             last_used_at = max(last_used_at, excluded.last_used_at),
             ci = CASE WHEN coalesce(excluded.ci_used_at, -1) >= coalesce(ci_used_at, -1) THEN excluded.ci ELSE ci END,
             ci_used_at = CASE WHEN coalesce(excluded.ci_used_at, -1) >= coalesce(ci_used_at, -1)
                 THEN excluded.ci_used_at ELSE ci_used_at END",
    )
    .bind(token)
    .bind(&used.address)
    .bind(&used.user_agent)
    .bind(used.first_used_at)
    .bind(used.last_used_at)
    .bind(used.ci.as_ref().map(|(service, _)| service))
    .bind(used.ci.as_ref().map(|(_, at)| *at))
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Keeps the `newest` addresses of a token.
pub(crate) async fn keep_addresses(write: &mut Write, token: Uuid, newest: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "DELETE FROM token_addresses WHERE token_id = $1 AND address NOT IN (SELECT address FROM token_addresses
         WHERE token_id = $1 ORDER BY last_used_at DESC, first_used_at DESC, address LIMIT $2)",
    )
    .bind(token)
    .bind(newest)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// What a token was used for, and when last.
pub(crate) async fn permissions(
    executor: impl SqliteExecutor<'_>,
    token: Uuid,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    sqlx::query_as("SELECT permission, last_used_at FROM token_uses WHERE token_id = $1")
        .bind(token)
        .fetch_all(executor)
        .await
}

/// From where a token was used, newest first.
pub(crate) async fn addresses(executor: impl SqliteExecutor<'_>, token: Uuid) -> Result<Vec<Address>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT token_id, address, user_agent, first_used_at, last_used_at, ci, ci_used_at FROM token_addresses
         WHERE token_id = $1 ORDER BY last_used_at DESC, first_used_at DESC, address",
    )
    .bind(token)
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|row| from_row(row).1).collect())
}

/// What the tokens that a person manages were used for.
pub(crate) async fn permissions_of_managed(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    ended_before: i64,
) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
    sqlx::query_as(concat!(
        "SELECT used.token_id, used.permission FROM token_uses used JOIN tokens t ON t.id = used.token_id WHERE ",
        managed!()
    ))
    .bind(user)
    .bind(ended_before)
    .fetch_all(executor)
    .await
}

/// From where the tokens that a person manages were used.
pub(crate) async fn addresses_of_managed(
    executor: impl SqliteExecutor<'_>,
    user: Uuid,
    ended_before: i64,
) -> Result<Vec<(Uuid, Address)>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT used.token_id, used.address, used.user_agent, used.first_used_at, used.last_used_at, used.ci,
         used.ci_used_at FROM token_addresses used JOIN tokens t ON t.id = used.token_id WHERE ",
        managed!()
    ))
    .bind(user)
    .bind(ended_before)
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(from_row).collect())
}
