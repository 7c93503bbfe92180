//! People who may sign in.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::Write;

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) is_admin: bool,
}

pub(crate) async fn owner(executor: impl SqliteExecutor<'_>) -> Result<Option<User>, sqlx::Error> {
    let row: Option<(Uuid, String, bool)> =
        sqlx::query_as("SELECT id, name, is_admin FROM users WHERE is_admin = 1 ORDER BY created_at LIMIT 1")
            .fetch_optional(executor)
            .await?;
    Ok(row.map(|(id, name, is_admin)| User { id, name, is_admin }))
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
