//! `/orgs/{org}/members`: who belongs to an organization, with the roles, statuses and rules that the hosted security
//! platform documents for its organizations.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::account::AccountName;
use crate::domain::role::Role;

/// Whether a membership counts yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum MemberStatus {
    /// A member
    #[serde(rename = "active")]
    Active,
    /// Invited, and not come yet
    #[serde(rename = "pendingInvite")]
    PendingInvite,
}

impl MemberStatus {
    /// The name in lists and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            MemberStatus::Active => "active",
            MemberStatus::PendingInvite => "pendingInvite",
        }
    }
}

/// A member, or somebody who was invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Member {
    /// The account's id; null for an invitation.
    pub user_id: Option<Uuid>,
    /// What the person signs in with.
    pub name: String,
    /// What the person is in the organization, or will be.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub role: Role,
    /// Whether the membership counts yet.
    pub status: MemberStatus,
    /// Since when, or when the invitation was made.
    pub created_at: jiff::Timestamp,
    /// When an invitation ends; null for members.
    pub expires_at: Option<jiff::Timestamp>,
}

/// The body of `POST /orgs/{org}/members`. Inviting somebody again replaces the older invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteMember {
    /// What the person signs in with, or will.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub name: AccountName,
    /// Without it: `MEMBER`.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub role: Role,
}

/// The body of `PATCH /orgs/{org}/members/{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRole {
    /// What the member is from now on.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub role: Role,
}
