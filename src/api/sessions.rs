//! `/sessions`: where a person is signed in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A session, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Session {
    /// The id, a UUIDv7.
    pub id: Uuid,
    /// `zds_` and the 8 characters after it.
    pub prefix: String,
    /// Whether this request was made with it.
    pub current: bool,
    /// The address that it was opened from; null for the one that a server makes for its own machine.
    pub address: Option<String>,
    /// What the program that opened it calls itself.
    pub user_agent: Option<String>,
    /// When it was opened.
    pub created_at: jiff::Timestamp,
    /// When it ends.
    pub expires_at: jiff::Timestamp,
    /// When it was last used, to within some seconds; null when never.
    pub last_used_at: Option<jiff::Timestamp>,
}
