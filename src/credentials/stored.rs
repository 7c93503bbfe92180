//! A credential as it is kept: bound to what it was made for.

use serde::{Deserialize, Serialize};

use crate::settings::config::Platform;

/// A secret and where alone it may go.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) platform: Platform,
    /// Scheme, host and port of the API.
    pub(super) origin: String,
    pub(super) secret: String,
    /// When the session ends that `login` itself opened; none for what was given to it, which `logout` never ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) session_until: Option<jiff::Timestamp>,
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stored")
            .field("platform", &self.platform)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_never_shown() {
        let stored = Stored {
            platform: Platform::Zerodeploy,
            origin: "https://a.example".to_owned(),
            secret: "hunter2".to_owned(),
            session_until: None,
        };
        assert!(!format!("{stored:?}").contains("hunter2"));
    }
}
