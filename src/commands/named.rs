//! How a token or a session is named in a command.

use crate::api::ErrorCode;
use crate::commands::hints;
use crate::domain::token::{self, SESSION_PREFIX, SHORTEST_PREFIX, TOKEN_PREFIX};
use crate::error::CliError;

/// What may be sent to name a token: an id, or a display prefix.
///
/// # Errors
///
/// `validation_failed` when the text names no token.
pub(super) fn token(text: &str) -> Result<String, CliError> {
    credential(text, TOKEN_PREFIX, "token", hints::TOKENS)
}

/// What may be sent to name a session: an id, or a display prefix.
///
/// # Errors
///
/// `validation_failed` when the text names no session.
pub(super) fn session(text: &str) -> Result<String, CliError> {
    credential(text, SESSION_PREFIX, "session", hints::SESSIONS)
}

/// Of a whole secret only the display prefix goes on: it would be logged as part of an address.
fn credential(text: &str, secret_prefix: &str, noun: &str, hint: &str) -> Result<String, CliError> {
    if uuid::Uuid::parse_str(text).is_ok() {
        return Ok(text.to_owned());
    }
    if let Some(prefix) = token::display_prefix(text).filter(|_| text.starts_with(secret_prefix)) {
        return Ok(format!("{secret_prefix}{prefix}"));
    }
    let body = text.strip_prefix(secret_prefix).unwrap_or_default();
    if body.len() >= SHORTEST_PREFIX && body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(text.to_owned());
    }
    // The text is not repeated: it may be a secret of another kind.
    Err(CliError::new(
        ErrorCode::ValidationFailed,
        format!("this names no {noun}: an id or `{secret_prefix}` and at least {SHORTEST_PREFIX} characters do"),
    )
    .hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_prefixes_name_a_token() {
        for good in ["019b0000-0000-7000-8000-000000000000", "zd_1a2b", "zd_1a2b3c4d"] {
            assert_eq!(token(good).expect("a name"), good);
        }
        for bad in ["", "zd_", "zd_abc", "zds_1a2b3c4d", "1a2b3c4d", "zd_../x", "zd_1a2b?"] {
            assert!(token(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_and_prefixes_name_a_session() {
        for good in ["019b0000-0000-7000-8000-000000000000", "zds_1a2b", "zds_1a2b3c4d"] {
            assert_eq!(session(good).expect("a name"), good);
        }
        for bad in ["", "zds_", "zds_abc", "zd_1a2b3c4d", "1a2b3c4d", "current", "zds_../x"] {
            assert!(session(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn of_a_whole_secret_only_the_prefix_is_sent() {
        let secret = token::secret_from_random(TOKEN_PREFIX, &[9; 64]).expect("enough random bytes");
        assert_eq!(token(&secret).expect("a name"), secret[..11]);
        let secret = token::secret_from_random(SESSION_PREFIX, &[9; 64]).expect("enough random bytes");
        assert_eq!(session(&secret).expect("a name"), secret[..12]);
    }
}
