//! `session revoke`: never asks, because a session on a lost machine must end at once.

use crate::api::{Deleted, ErrorCode};
use crate::cli::session::RevokeArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::token::{self, SESSION_PREFIX, SHORTEST_PREFIX};
use crate::error::{CliError, OrHint};

/// Runs the command: one after the other, up to the first that fails.
///
/// # Errors
///
/// When a text names no session, the credential is no session, or the server refuses; what was ended before is told.
pub async fn run(context: &Context, args: RevokeArgs) -> Result<(), CliError> {
    let mut names = args.sessions.iter().map(|text| name(text)).collect::<Result<Vec<_>, _>>()?;
    let client = context.session_client().await?;
    if args.all_others {
        let sessions = client.sessions().await?;
        names.extend(sessions.into_iter().filter(|session| !session.current).map(|session| session.id.to_string()));
    }
    let mut ended: Vec<Deleted> = Vec::new();
    for name in &names {
        match client.revoke_session(name).await.or_hint(ErrorCode::NotFound, hints::SESSIONS) {
            Ok(gone) => {
                context.ui.status(&format!("Ended the session {name}"));
                ended.push(gone);
            }
            Err(error) => {
                let ids: Vec<String> = ended.iter().map(|gone| gone.id.to_string()).collect();
                return Err(error.detail("session", name.as_str()).detail("ended", ids));
            }
        }
    }
    if names.is_empty() {
        context.ui.status("There are no other sessions");
    }
    match (context.ui.is_json(), ended.as_slice()) {
        (false, _) => Ok(()),
        (true, [only]) if !args.all_others => Ok(context.ui.json(only)?),
        (true, several) => Ok(context.ui.json(several)?),
    }
}

/// What may be sent to name a session: an id, or a display prefix. Of a whole secret only the prefix goes on: it would
/// be logged as part of an address.
fn name(text: &str) -> Result<String, CliError> {
    if uuid::Uuid::parse_str(text).is_ok() {
        return Ok(text.to_owned());
    }
    if let Some(prefix) = token::display_prefix(text).filter(|_| text.starts_with(SESSION_PREFIX)) {
        return Ok(format!("{SESSION_PREFIX}{prefix}"));
    }
    let body = text.strip_prefix(SESSION_PREFIX).unwrap_or_default();
    let is_prefix = (SHORTEST_PREFIX..=token::DISPLAY_LENGTH).contains(&body.len());
    if is_prefix && body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(text.to_owned());
    }
    // The text is not repeated: it may be a secret of another kind.
    Err(CliError::new(
        ErrorCode::ValidationFailed,
        format!("this names no session: an id or `{SESSION_PREFIX}` and at least {SHORTEST_PREFIX} characters do"),
    )
    .hint(hints::SESSIONS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_prefixes_name_a_session_and_of_a_secret_only_its_prefix_is_sent() {
        for good in ["019b0000-0000-7000-8000-000000000000", "zds_1a2b", "zds_1a2b3c4d"] {
            assert_eq!(name(good).expect("a name"), good);
        }
        for bad in ["", "zds_", "zds_abc", "zd_1a2b3c4d", "1a2b3c4d", "current", "zds_../x"] {
            assert!(name(bad).is_err(), "{bad}");
        }
        let secret = token::secret_from_random(SESSION_PREFIX, &[9; 64]).expect("enough random bytes");
        assert_eq!(name(&secret).expect("a name"), secret[..12]);
    }
}
