//! `session revoke`: never asks, because a session on a lost machine must end at once.

use crate::api::{Deleted, ErrorCode};
use crate::cli::session::RevokeArgs;
use crate::commands::{hints, named};
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command: one after the other, up to the first that fails.
///
/// # Errors
///
/// When a text names no session, the credential is no session, or the server refuses; what was ended before is told.
pub async fn run(context: &Context, args: RevokeArgs) -> Result<(), CliError> {
    let mut names = args.sessions.iter().map(|text| named::session(text)).collect::<Result<Vec<_>, _>>()?;
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
