//! `/sites`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::deployment_id::DeploymentId;
use crate::domain::slug::{OrgSlug, SiteSlug};

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Site {
    /// The id, a UUIDv7.
    pub id: Uuid,
    /// The slug, unique on the server.
    pub slug: String,
    /// The slug of the organization that holds it.
    pub org: String,
    /// Where it is served.
    pub url: String,
    /// The deployment that is served there; null before the first.
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub current_deployment_id: Option<DeploymentId>,
    /// When it was made.
    pub created_at: jiff::Timestamp,
}

/// The body of `POST /sites`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateSite {
    /// The organization's slug.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub org: OrgSlug,
    /// The new slug: 2 to 40 characters.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub slug: SiteSlug,
}

/// The body of `POST /sites/{site}/rollback`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rollback {
    /// Publish this deployment again; without it, the one below the current release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub to: Option<DeploymentId>,
    /// Only while this deployment is still the current one (409 `conflict` otherwise).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub only_if_current: Option<DeploymentId>,
}

/// The body of `POST /sites/{site}/promote`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Promote {
    /// Which deployment to publish; without it, the latest preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub deployment_id: Option<DeploymentId>,
}
