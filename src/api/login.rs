//! Signing a terminal in: the OAuth 2.0 device authorization grant, RFC 8628. Requests are forms, and answers have the
//! bodies that the RFC names, outside the envelopes of the rest of the API.

use serde::{Deserialize, Serialize};

/// The `grant_type` of RFC 8628 §3.4.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The `client_id` of our own command line; any other is refused.
pub const CLIENT_ID: &str = "zerodeploy-cli";

/// The form of `POST /oauth/device` (RFC 8628 §3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DeviceRequest {
    /// [`CLIENT_ID`].
    pub client_id: String,
    /// The name of the machine that asks, for the person who is asked to approve (our own addition).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

/// The answer (RFC 8628 §3.2).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DeviceAuthorization {
    /// What the terminal asks with, a secret of 128 bits.
    pub device_code: String,
    /// What the terminal shows: 8 of `BCDFGHJKLMNPQRSTVWXZ` with a hyphen in the middle.
    pub user_code: String,
    /// Where the person signs in.
    pub verification_uri: String,
    /// The same with the code filled in.
    pub verification_uri_complete: String,
    /// Seconds until both codes end.
    pub expires_in: u64,
    /// Seconds between two questions.
    pub interval: u64,
}

/// The form of `POST /oauth/token` (RFC 8628 §3.4).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TokenRequest {
    /// [`GRANT_TYPE`].
    pub grant_type: String,
    /// The device code.
    pub device_code: String,
    /// [`CLIENT_ID`].
    pub client_id: String,
}

/// The answer once the person has approved (RFC 6749 §5.1).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SessionToken {
    /// The session.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds until it ends.
    pub expires_in: u64,
}

/// The answer as long as there is no session (RFC 6749 §5.2, RFC 8628 §3.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TokenRefusal {
    /// `authorization_pending`, `slow_down`, `access_denied`, `expired_token`, `invalid_grant`, `invalid_client`,
    /// `invalid_request` or `unsupported_grant_type`.
    pub error: String,
    /// The same for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
}
