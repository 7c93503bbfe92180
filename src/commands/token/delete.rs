//! `token delete`: never asks, because an exposed token must go at once.

use crate::api::ErrorCode;
use crate::cli::token::DeleteArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::token::{self, SHORTEST_PREFIX, TOKEN_PREFIX};
use crate::error::{CliError, OrHint};

/// Runs the command: one after the other, up to the first that fails.
///
/// # Errors
///
/// When a text names no token, the credential is no session, or the server refuses; what was deleted before is told.
pub async fn run(context: &Context, args: DeleteArgs) -> Result<(), CliError> {
    let names = args.tokens.iter().map(|text| name(text)).collect::<Result<Vec<_>, _>>()?;
    let client = context.session_client().await?;
    let mut deleted = Vec::new();
    for name in &names {
        match client.delete_token(name).await.or_hint(ErrorCode::NotFound, hints::TOKENS) {
            Ok(gone) => {
                context.ui.status(&format!("Deleted the token {name}"));
                deleted.push(gone);
            }
            Err(error) => {
                let ids: Vec<String> = deleted.iter().map(|gone| gone.id.to_string()).collect();
                return Err(error.detail("token", name.as_str()).detail("deleted", ids));
            }
        }
    }
    match (context.ui.is_json(), deleted.as_slice()) {
        (false, _) => Ok(()),
        (true, [only]) => Ok(context.ui.json(only)?),
        (true, several) => Ok(context.ui.json(several)?),
    }
}

/// What may be sent to name a token: an id, or a display prefix. Of a whole secret only the prefix goes on: it would
/// be logged as part of an address.
fn name(text: &str) -> Result<String, CliError> {
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
