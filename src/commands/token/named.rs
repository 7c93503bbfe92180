//! How a token is named in a command.

use crate::api::ErrorCode;
use crate::commands::hints;
use crate::domain::token::{self, SHORTEST_PREFIX, TOKEN_PREFIX};
use crate::error::CliError;

/// What may be sent to name a token: an id, or a display prefix. Of a whole secret only the prefix goes on: it would
/// be logged as part of an address.
pub(super) fn name(text: &str) -> Result<String, CliError> {
    if uuid::Uuid::parse_str(text).is_ok() {
        return Ok(text.to_owned());
    }
    if let Some(prefix) = token::display_prefix(text).filter(|_| text.starts_with(TOKEN_PREFIX)) {
        return Ok(format!("{TOKEN_PREFIX}{prefix}"));
    }
    let body = text.strip_prefix(TOKEN_PREFIX).unwrap_or_default();
    if body.len() >= SHORTEST_PREFIX && body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(text.to_owned());
    }
    // The text is not repeated: it may be a secret of another kind.
    Err(CliError::new(ErrorCode::ValidationFailed, "this names no token: an id or `zd_` and at least 4 characters do")
        .hint(hints::TOKENS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_prefixes_name_a_token() {
        for good in ["019b0000-0000-7000-8000-000000000000", "zd_1a2b", "zd_1a2b3c4d"] {
            assert_eq!(name(good).expect("a name"), good);
        }
        for bad in ["", "zd_", "zd_abc", "zds_1a2b3c4d", "1a2b3c4d", "zd_../x", "zd_1a2b?"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn of_a_whole_secret_only_the_prefix_is_sent() {
        let secret = token::secret_from_random(TOKEN_PREFIX, &[9; 64]).expect("enough random bytes");
        assert_eq!(name(&secret).expect("a name"), secret[..11]);
    }
}
