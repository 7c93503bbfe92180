//! One-time links: only the hash of a link's secret is here.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
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

/// A link that was not used yet.
pub(crate) struct Invitation {
    pub(crate) purpose: Purpose,
    pub(crate) name: String,
    /// The organization's id and slug, and the role's name, for a membership.
    pub(crate) membership: Option<(Uuid, String, String)>,
    /// The inviting person's name.
    pub(crate) inviter: String,
    /// Whether the inviting person owns the server.
    pub(crate) is_by_owner: bool,
    /// Whether the inviting person may still invite to this.
    pub(crate) may_still_invite: bool,
    pub(crate) expires_at: i64,
}

impl FromRow<'_, SqliteRow> for Invitation {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let purpose: String = row.try_get("purpose")?;
        let organization: Option<Uuid> = row.try_get("organization_id")?;
        let slug: Option<String> = row.try_get("slug")?;
        let role: Option<String> = row.try_get("role")?;
        Ok(Invitation {
            purpose: match purpose.as_str() {
                "membership" => Purpose::Membership,
                "reset" => Purpose::Reset,
                _ => Purpose::Account,
            },
            name: row.try_get("name")?,
            membership: organization.zip(slug).zip(role).map(|((id, slug), role)| (id, slug, role)),
            inviter: row.try_get("inviter")?,
            is_by_owner: row.try_get("is_by_owner")?,
            may_still_invite: row.try_get("may_still_invite")?,
            expires_at: row.try_get("expires_at")?,
        })
    }
}

/// A link by the hash of its secret.
pub(crate) async fn find(executor: impl SqliteExecutor<'_>, hash: &[u8]) -> Result<Option<Invitation>, sqlx::Error> {
    sqlx::query_as(
        "SELECT i.purpose, i.name, i.organization_id, o.slug, i.role, u.name AS inviter,
         u.is_admin AS is_by_owner,
         u.disabled_at IS NULL AND CASE i.purpose
             WHEN 'membership' THEN EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = i.organization_id
                                            AND m.user_id = u.id AND m.role = 'ADMIN')
             ELSE u.is_admin END AS may_still_invite,
         i.expires_at
         FROM invitations i JOIN users u ON u.id = i.invited_by LEFT JOIN organizations o ON o.id = i.organization_id
         WHERE i.hash = $1",
    )
    .bind(hash)
    .fetch_optional(executor)
    .await
}

/// Uses a link up; false when it was before, was replaced, or has ended.
pub(crate) async fn take(write: &mut Write, hash: &[u8], now: i64) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query("DELETE FROM invitations WHERE hash = $1 AND expires_at > $2")
        .bind(hash)
        .bind(now)
        .execute(&mut **write)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// Invitations to accounts that nobody has used and that have not ended: id, name, when they were made.
pub(crate) async fn to_accounts(
    executor: impl SqliteExecutor<'_>,
    now: i64,
) -> Result<Vec<(Uuid, String, i64)>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, name, created_at FROM invitations WHERE purpose = 'account' AND expires_at > $1 ORDER BY id",
    )
    .bind(now)
    .fetch_all(executor)
    .await
}

/// Ends the links of a name for one purpose.
pub(crate) async fn delete_for(write: &mut Write, purpose: Purpose, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM invitations WHERE purpose = $1 AND name = $2 COLLATE NOCASE")
        .bind(purpose.as_str())
        .bind(name)
        .execute(&mut **write)
        .await?;
    Ok(())
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
pub(crate) async fn delete_expired(write: &mut Write, before: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM invitations WHERE expires_at < $1").bind(before).execute(&mut **write).await?;
    Ok(())
}
