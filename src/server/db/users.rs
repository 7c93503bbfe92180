//! People who may sign in.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) is_admin: bool,
}

/// A person with what signing in needs.
pub(crate) struct Account {
    pub(crate) user: User,
    pub(crate) password_hash: Option<String>,
    /// The key of the second factor (RFC 6238).
    pub(crate) totp_secret: Option<Vec<u8>>,
    pub(crate) disabled_at: Option<i64>,
    pub(crate) created_at: i64,
}

impl FromRow<'_, SqliteRow> for Account {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Account {
            user: User { id: row.try_get("id")?, name: row.try_get("name")?, is_admin: row.try_get("is_admin")? },
            password_hash: row.try_get("password_hash")?,
            totp_secret: row.try_get("totp_secret")?,
            disabled_at: row.try_get("disabled_at")?,
            created_at: row.try_get("created_at")?,
        })
    }
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT id, name, is_admin, password_hash, totp_secret, disabled_at, created_at FROM users ",
            $condition
        )
    };
}

pub(crate) async fn owner(executor: impl SqliteExecutor<'_>) -> Result<Option<User>, sqlx::Error> {
    let row: Option<(Uuid, String, bool)> =
        sqlx::query_as("SELECT id, name, is_admin FROM users WHERE is_admin = 1 ORDER BY created_at LIMIT 1")
            .fetch_optional(executor)
            .await?;
    Ok(row.map(|(id, name, is_admin)| User { id, name, is_admin }))
}

/// Every account, the oldest first.
pub(crate) async fn all(executor: impl SqliteExecutor<'_>) -> Result<Vec<Account>, sqlx::Error> {
    sqlx::query_as(select!("ORDER BY created_at, id")).fetch_all(executor).await
}

pub(crate) async fn find(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(executor).await
}

/// An account by its name, in any ASCII case.
pub(crate) async fn find_by_name(
    executor: impl SqliteExecutor<'_>,
    name: &str,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as(select!("WHERE name = $1 COLLATE NOCASE")).bind(name).fetch_optional(executor).await
}

pub(crate) async fn insert(write: &mut Write, user: &User, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO users (id, name, is_admin, created_at) VALUES ($1, $2, $3, $4)")
        .bind(user.id)
        .bind(&user.name)
        .bind(user.is_admin)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Sets the time from which an account is kept out; none lets it in again.
pub(crate) async fn set_disabled(write: &mut Write, id: Uuid, at: Option<i64>) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET disabled_at = $2 WHERE id = $1").bind(id).bind(at).execute(&mut **write).await?;
    Ok(())
}

pub(crate) async fn set_password(write: &mut Write, id: Uuid, hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1").bind(id).bind(hash).execute(&mut **write).await?;
    Ok(())
}

/// Sets or removes the key of the second factor.
pub(crate) async fn set_totp(write: &mut Write, id: Uuid, secret: Option<&[u8]>) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE users SET totp_secret = $2, totp_last_step = NULL WHERE id = $1")
        .bind(id)
        .bind(secret)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Takes the code of a time step; false when it, or one of a later step, was taken before (RFC 6238 §5.2).
pub(crate) async fn take_totp_step(write: &mut Write, id: Uuid, step: i64) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query(
        "UPDATE users SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)",
    )
    .bind(id)
    .bind(step)
    .execute(&mut **write)
    .await?;
    Ok(taken.rows_affected() == 1)
}
