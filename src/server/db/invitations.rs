//! One-time links: only the hash of a link's secret is here.

use sqlx::SqliteExecutor;
use uuid::Uuid;

use super::Write;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To make an account
    Account,
    /// To join an organization; makes the account too when the server's owner invited
    Membership,
    /// To set a password anew
    Reset,
}

impl Purpose {
    /// The name in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Purpose::Account => "account",
            Purpose::Membership => "membership",
            Purpose::Reset => "reset",
        }
    }
}

/// What a new link consists of.
pub(crate) struct NewInvitation<'a> {
    pub(crate) hash: &'a [u8],
    pub(crate) purpose: Purpose,
    pub(crate) name: &'a str,
    /// The organization, and what the person will be in it.
    pub(crate) membership: Option<(Uuid, &'a str)>,
    pub(crate) invited_by: Uuid,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

/// Stores a link; an older one for the same name and purpose (and organization) is good for nothing from now on.
pub(crate) async fn replace(write: &mut Write, invitation: NewInvitation<'_>) -> Result<(), sqlx::Error> {
    let organization = invitation.membership.map(|(organization, _)| organization);
    sqlx::query("DELETE FROM invitations WHERE purpose = $1 AND name = $2 COLLATE NOCASE AND organization_id IS $3")
        .bind(invitation.purpose.as_str())
        .bind(invitation.name)
        .bind(organization)
        .execute(&mut **write)
        .await?;
    sqlx::query(
        "INSERT INTO invitations (id, hash, purpose, name, organization_id, role, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(Uuid::now_v7())
    .bind(invitation.hash)
    .bind(invitation.purpose.as_str())
    .bind(invitation.name)
    .bind(organization)
    .bind(invitation.membership.map(|(_, role)| role))
    .bind(invitation.invited_by)
    .bind(invitation.created_at)
    .bind(invitation.expires_at)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Forgets links that ended before a time.
pub(crate) async fn delete_expired(executor: impl SqliteExecutor<'_>, before: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM invitations WHERE expires_at < $1").bind(before).execute(executor).await?;
    Ok(())
}
