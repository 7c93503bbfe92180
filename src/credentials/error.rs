//! Why there is no credential to send.

use std::path::PathBuf;

use super::Source;
use super::secret::Flaw;
use crate::api::ErrorCode;
use crate::settings::SettingsError;

/// Why there is no credential to send.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// Nobody signed in.
    #[error("not signed in to {url}")]
    Missing {
        /// The server.
        url: String,
    },
    /// The text cannot be a credential.
    #[error("the credential from {from} cannot be used: {flaw}")]
    Flawed {
        /// Where it came from.
        from: Source,
        /// What is wrong.
        flaw: Flaw,
    },
    /// The credential belongs to another server.
    #[error("the credential of the profile `{profile}` is bound to {bound_to} and is not sent to {wanted}")]
    OtherOrigin {
        /// The profile.
        profile: String,
        /// Where it may go.
        bound_to: String,
        /// Where it should have gone.
        wanted: String,
    },
    /// The keyring cannot be asked.
    #[error("the credential of the profile `{profile}` is in the keyring, which cannot be used: {reason}")]
    Keyring {
        /// The profile.
        profile: String,
        /// Why.
        reason: String,
    },
    /// The server on this machine left no session.
    #[error("{} is missing: the server on this machine makes it when it starts", path.display())]
    NoLocalSession {
        /// Where it should be.
        path: PathBuf,
    },
    /// The session of the server on this machine is the server's own.
    #[error("the profile `{profile}` uses the session that the server on this machine keeps; it cannot be removed")]
    LocalSessionStays {
        /// The profile.
        profile: String,
    },
    /// A settings file is in the way.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

impl CredentialError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            CredentialError::Missing { .. }
            | CredentialError::OtherOrigin { .. }
            | CredentialError::Keyring { .. }
            | CredentialError::NoLocalSession { .. } => ErrorCode::NotAuthenticated,
            CredentialError::Flawed { .. } => ErrorCode::TokenInvalid,
            CredentialError::LocalSessionStays { .. } => ErrorCode::ValidationFailed,
            CredentialError::Settings(error) => error.code(),
        }
    }

    /// What to do about it, one thing each.
    pub fn hints(&self) -> Vec<String> {
        match self {
            CredentialError::Missing { url } => {
                vec![format!("sign in with `zerodeploy login --api-url {url}`"), "or set ZERODEPLOY_TOKEN".to_owned()]
            }
            CredentialError::Flawed { from: Source::Environment, .. } => {
                vec!["set ZERODEPLOY_TOKEN to the token exactly as it was shown".to_owned()]
            }
            CredentialError::Flawed { from: Source::Local(_), .. } | CredentialError::NoLocalSession { .. } => {
                vec!["start the server again: `zerodeploy serve` makes a new session".to_owned()]
            }
            CredentialError::Flawed { .. } => vec!["sign in again with `zerodeploy login`".to_owned()],
            CredentialError::OtherOrigin { wanted, bound_to, .. } => vec![
                format!("leave --api-url and ZERODEPLOY_API_URL out to speak to {bound_to}"),
                format!("or sign in there with `zerodeploy login --api-url {wanted}`"),
                "or set ZERODEPLOY_TOKEN".to_owned(),
            ],
            CredentialError::Keyring { profile, .. } => vec![
                "unlock the keyring, or set ZERODEPLOY_TOKEN".to_owned(),
                format!("or keep it in a file: `ZERODEPLOY_KEYRING=off zerodeploy login --profile {profile}`"),
            ],
            CredentialError::LocalSessionStays { .. } => {
                vec!["stop the server, or use another profile with --profile".to_owned()]
            }
            CredentialError::Settings(error) => error.hints(),
        }
    }
}
