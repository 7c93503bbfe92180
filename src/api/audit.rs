//! `/orgs/{org}/audit` and `/audit`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that somebody did, or was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// The id, a UUIDv7.
    pub id: Uuid,
    /// When; of repeated refusals, the last one.
    pub at: jiff::Timestamp,
    /// The slug of the organization that it belongs to; null when there is none, or not any more.
    pub org: Option<String>,
    /// The person.
    pub user_id: Option<Uuid>,
    /// The person's name at that time.
    pub user: Option<String>,
    /// The token that was used; null for a session.
    pub token_id: Option<Uuid>,
    /// The token's name at that time.
    pub token: Option<String>,
    /// What was done, as `noun.verb`.
    pub action: String,
    /// What it was done to, by its name at that time; of a refused request, its method and path.
    pub target: String,
    /// `done`, or the code of the error with which it was refused.
    pub result: String,
    /// How often: refusals that repeat within some seconds are one event.
    pub count: u64,
    /// The address it came from.
    pub address: Option<String>,
    /// What the client called itself.
    pub user_agent: Option<String>,
}
