//! The audit log: rows are added, never changed.

use uuid::Uuid;

use super::Write;

/// One thing that somebody did, or tried to do.
pub(crate) struct NewEvent<'a> {
    pub(crate) at: i64,
    pub(crate) organization: Option<Uuid>,
    pub(crate) user: Option<(Uuid, &'a str)>,
    pub(crate) token: Option<(Uuid, &'a str)>,
    pub(crate) action: &'a str,
    pub(crate) target: &'a str,
    pub(crate) result: &'a str,
    pub(crate) address: Option<&'a str>,
    pub(crate) user_agent: Option<&'a str>,
}

pub(crate) async fn insert(write: &mut Write, event: NewEvent<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO audit_events (id, at, organization_id, user_id, user_name, token_id, token_name, action, target,
         result, address, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(Uuid::now_v7())
    .bind(event.at)
    .bind(event.organization)
    .bind(event.user.map(|(id, _)| id))
    .bind(event.user.map(|(_, name)| name))
    .bind(event.token.map(|(id, _)| id))
    .bind(event.token.map(|(_, name)| name))
    .bind(event.action)
    .bind(event.target)
    .bind(event.result)
    .bind(event.address)
    .bind(event.user_agent)
    .execute(&mut **write)
    .await?;
    Ok(())
}
