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
        };
        assert!(!format!("{stored:?}").contains("hunter2"));
    }
}
