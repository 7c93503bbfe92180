//! Signing this terminal in: the client of the device authorization grant (RFC 8628).

use super::ZeroDeploy;
use crate::api::login::{CLIENT_ID, DeviceAuthorization, GRANT_TYPE, SessionToken};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};

/// What the server says to a terminal that waits (RFC 8628 §3.5).
pub enum DeviceAnswer {
    /// The person approved
    SignedIn(SessionToken),
    /// Nobody has decided yet
    Pending,
    /// Nobody has decided yet, and the questions come too fast
    SlowDown,
    /// The person refused
    Denied,
    /// The code has ended, or its session was fetched already
    Ended,
}

impl ZeroDeploy {
    /// Asks for the two codes by which a person can sign this terminal in. Sends no credential.
    pub async fn authorize_device(&self, host: Option<&str>) -> Result<DeviceAuthorization, ClientError> {
        let fields: Vec<(&str, &str)> =
            [("client_id", CLIENT_ID)].into_iter().chain(host.map(|host| ("host", host))).collect();
        self.http.send(Call::oauth(&["oauth", "device"], Payload::form(&fields))).await
    }

    /// Asks once whether the person has approved, and fetches the session then. Sends no other credential.
    pub async fn fetch_session(&self, device_code: &str) -> Result<DeviceAnswer, ClientError> {
        let fields = [("grant_type", GRANT_TYPE), ("device_code", device_code), ("client_id", CLIENT_ID)];
        let error = match self.http.send(Call::oauth(&["oauth", "token"], Payload::form(&fields))).await {
            Ok(session) => return Ok(DeviceAnswer::SignedIn(session)),
            Err(error) => error,
        };
        match error.code_text.as_str() {
            "authorization_pending" => Ok(DeviceAnswer::Pending),
            "slow_down" => Ok(DeviceAnswer::SlowDown),
            "access_denied" => Ok(DeviceAnswer::Denied),
            "expired_token" | "invalid_grant" => Ok(DeviceAnswer::Ended),
            _ => Err(error),
        }
    }
}
