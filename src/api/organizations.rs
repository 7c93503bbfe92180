//! `/orgs`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::slug::OrgSlug;

/// An organization. A token bound to something else sees `id` and `slug` only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Organization {
    /// The id, a UUIDv7.
    pub id: Uuid,
    /// The slug.
    pub slug: String,
    /// When it was made; left out outside the token's scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<jiff::Timestamp>,
    /// How many sites it has; left out outside the token's scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_count: Option<u64>,
}

/// The body of `POST /orgs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateOrganization {
    /// The new slug: 2 to 39 characters.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub slug: OrgSlug,
}
