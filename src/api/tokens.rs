//! `/tokens`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::permission::Permission;
use crate::domain::slug::{OrgSlug, SiteSlug};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}
