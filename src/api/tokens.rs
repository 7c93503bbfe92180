//! `/tokens`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::permission::Permission;
use crate::domain::slug::{OrgSlug, SiteSlug};

/// Field of answers to a token that ends within 7 days: when, as RFC 3339.
pub const EXPIRES_FIELD: &str = "zerodeploy-token-expires";

/// What a token is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum TokenKind {
    /// Everything its owner reaches
    User,
    /// One organization
    Org,
    /// One site
    Site,
}

impl TokenKind {
    /// The name in lists, JSON and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            TokenKind::User => "user",
            TokenKind::Org => "org",
            TokenKind::Site => "site",
        }
    }
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Token {
    /// The id, a UUIDv7.
    pub id: Uuid,
    /// `zd_` and the 8 characters after it.
    pub prefix: String,
    /// What its maker called it.
    pub name: String,
    /// What its maker wrote about it.
    #[serde(default)]
    pub note: Option<String>,
    /// The name of the person that it belongs to.
    #[serde(default)]
    pub owner: String,
    /// What it is bound to.
    pub kind: TokenKind,
    /// The organization's slug, for organization and site tokens.
    pub org: Option<String>,
    /// The site's slug, for site tokens.
    pub site: Option<String>,
    /// What it may do, in the documented order.
    #[cfg_attr(feature = "server", schema(value_type = Vec<String>))]
    pub permissions: Vec<Permission>,
    /// When it was made.
    pub created_at: jiff::Timestamp,
    /// When it ends; null when never.
    pub expires_at: Option<jiff::Timestamp>,
    /// When it was last used, to within a few seconds; null when never.
    pub last_used_at: Option<jiff::Timestamp>,
    /// The id of the token whose place it took.
    #[serde(default)]
    pub rotated_from: Option<Uuid>,
}

/// When a permission of a token was last used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PermissionUse {
    /// The permission: one that was granted, or the `read` of a granted `write`.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub permission: Permission,
    /// When; null when never. A `write` counts where something was changed, not where it was only read.
    pub last_used_at: Option<jiff::Timestamp>,
}

/// From where a token was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AddressUse {
    /// The client's IP address.
    pub address: String,
    /// What the client there last called itself.
    pub user_agent: Option<String>,
    /// The continuous integration that a client there last said it runs in.
    pub ci: Option<String>,
    /// When it was first used there.
    pub first_used_at: jiff::Timestamp,
    /// When it was last used there.
    pub last_used_at: jiff::Timestamp,
}

/// A token with what is known of its use: `GET /tokens/{token}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TokenDetails {
    /// The token itself.
    #[serde(flatten)]
    pub token: Token,
    /// Everything that it may do, in the documented order.
    pub uses: Vec<PermissionUse>,
    /// The newest addresses of its use, at most 20, newest first.
    pub addresses: Vec<AddressUse>,
}

/// A token with its secret: the only answer that ever holds one.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CreatedToken {
    /// The secret; it cannot be shown again.
    pub token: String,
    /// The token itself.
    #[serde(flatten)]
    pub details: Token,
}

impl std::fmt::Debug for CreatedToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreatedToken").field("details", &self.details).finish_non_exhaustive()
    }
}

/// The body of `POST /tokens`. With `site` it is a site token, with `org` an organization token, with neither a user
/// token; both at once are refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateToken {
    /// 1 to 100 characters, for people.
    pub name: String,
    /// The organization's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub org: Option<OrgSlug>,
    /// The site's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub site: Option<SiteSlug>,
    /// Without it: `sites:read` and `deployments:write`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<Vec<String>>))]
    pub permissions: Option<Vec<Permission>>,
    /// Lifetime in seconds, at least 60; without it the token never ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u64>,
    /// What it is for: at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The body of `POST /tokens/{token}/rotate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RotateToken {
    /// For how many seconds the old secret still works, at most 90 days; 0 ends it at once. Without it: a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_seconds: Option<u64>,
}

/// The token that took another one's place, with its secret, and when that one ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RotatedToken {
    /// The new token.
    #[serde(flatten)]
    pub created: CreatedToken,
    /// The old one.
    pub replaced: ReplacedToken,
}

/// A token whose place another one took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ReplacedToken {
    /// The id.
    pub id: Uuid,
    /// `zd_` and the 8 characters after it.
    pub prefix: String,
    /// When it ends or ended: its own end, or sooner.
    pub ends_at: jiff::Timestamp,
}

/// Something that an audit found in a token: `GET /tokens/findings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TokenFinding {
    /// A stable code, such as `never_expires`.
    pub code: String,
    /// `low`, `medium` or `high`.
    pub severity: String,
    /// One sentence for people.
    pub message: String,
    /// The commands that mend it, in their order.
    pub fix: Vec<String>,
    /// The token's id.
    pub token_id: Uuid,
    /// `zd_` and the 8 characters after it.
    pub prefix: String,
    /// What the token's maker called it.
    pub name: String,
    /// The name of the person that it belongs to.
    pub owner: String,
    /// What it is bound to.
    pub kind: TokenKind,
    /// The organization's slug, for organization and site tokens.
    pub org: Option<String>,
    /// The site's slug, for site tokens.
    pub site: Option<String>,
}
