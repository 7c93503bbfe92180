//! `/users`: the accounts of a server. Only its owner sees and changes them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::account::AccountName;

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum UserStatus {
    /// Signs in, or could once a password is set
    Active,
    /// Was invited and has not come yet
    Invited,
    /// Is kept out, with all sessions and tokens
    Disabled,
}

impl UserStatus {
    /// The name in lists and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            UserStatus::Active => "active",
            UserStatus::Invited => "invited",
            UserStatus::Disabled => "disabled",
        }
    }
}

/// An account, or the invitation to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct User {
    /// The account's id, a UUIDv7; the invitation's as long as there is no account.
    pub id: Uuid,
    /// What the person signs in with.
    pub name: String,
    /// Whether the person owns this server.
    pub admin: bool,
    /// Whether the person can sign in.
    pub status: UserStatus,
    /// Whether a password is set.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// When the account, or the invitation, was made.
    pub created_at: jiff::Timestamp,
}

/// The body of `POST /users`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteUser {
    /// What the person will sign in with.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub name: AccountName,
}

/// A one-time link: whoever has it may do what it is for, once, until it ends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct OneTimeLink {
    /// For whom.
    pub name: String,
    /// The address to open in a browser; it holds a secret and cannot be shown again.
    pub url: String,
    /// When it ends by itself.
    pub expires_at: jiff::Timestamp,
}

impl std::fmt::Debug for OneTimeLink {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OneTimeLink").field("name", &self.name).finish_non_exhaustive()
    }
}
