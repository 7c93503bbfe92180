//! Wire types of our own API: what travels, and no logic. Success is `{"data": …}`, a list adds `next_cursor`, an error
//! is `{"error": …}`. All names are snake_case, all times RFC 3339 in UTC. Requests may hold no unknown field, answers may.

pub mod audit;
pub mod deployments;
pub mod error;
pub mod login;
pub mod members;
pub mod organizations;
pub mod sessions;
pub mod sites;
pub mod tokens;
pub mod users;

use serde::{Deserialize, Serialize};

pub use error::{ErrorBody, ErrorCode, ErrorEnvelope};

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data<T> {
    /// What was asked for.
    pub data: T,
}

/// A successful answer with one page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The entries of this page.
    pub data: Vec<T>,
    /// Give it as `cursor` for the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// The answer to something that leaves nothing to show, such as a deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Deleted {
    /// The id of what is gone.
    pub id: uuid::Uuid,
}

/// Who a credential belongs to and what it may do: `GET /whoami`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct WhoAmI {
    /// The person.
    pub user_id: uuid::Uuid,
    /// The person's name on this server.
    pub username: String,
    /// Whether the person owns this server.
    pub admin: bool,
    /// What was presented: a session or a token.
    pub credential: Credential,
    /// Slugs of the organizations the credential reaches, the first 1,000 of them.
    pub orgs: Vec<String>,
}

/// What kind of secret was presented, and its bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Credential {
    /// `session`, `user`, `org` or `site`.
    pub kind: String,
    /// The 8 characters after the secret's prefix.
    pub prefix: String,
    /// A token's name; null for a session.
    pub name: Option<String>,
    /// A token's organization, when it is bound to one.
    pub org: Option<String>,
    /// A token's site, when it is bound to one.
    pub site: Option<String>,
    /// The permissions granted, in the documented order; a session has all.
    #[cfg_attr(feature = "server", schema(value_type = Vec<String>))]
    pub permissions: Vec<crate::domain::permission::Permission>,
    /// When it ends; null when never.
    pub expires_at: Option<jiff::Timestamp>,
}

/// The answer of `GET /healthz`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always `ok`: a server that cannot work does not answer 200.
    pub status: String,
    /// Always `zerodeploy`: lets a client tell this server from any other.
    pub service: String,
    /// The server's version.
    pub version: String,
}
