//! Ending what `login` began: the session on the server, if `login` opened it, and the stored credential.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::client::Proof;
use crate::context::Context;
use crate::credentials::{self, OwnSession};
use crate::error::CliError;
use crate::settings::config::Profile;

/// How long the server may take to end a session.
const PATIENCE: Duration = Duration::from_secs(15);

/// What signing out did.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct SignedOut {
    /// Whether there was a stored credential.
    pub(super) removed: bool,
    /// Whether the server ended the session.
    pub(super) revoked: bool,
}

/// Ends the session that `login` opened, then removes a profile's stored credential. A token or session that was given
/// to `login --with-token` was made elsewhere and stays good.
pub(super) async fn run(context: &Context, name: &str, profile: &Profile) -> Result<SignedOut, CliError> {
    let (settings, asked, store) = (Arc::clone(&context.settings), name.to_owned(), profile.store);
    let session = tokio::task::spawn_blocking(move || credentials::own_session(&settings, &asked, store)).await??;
    let revoked = match &session {
        Some(session) => revoke(context, profile, session).await,
        None => false,
    };
    let (settings, asked) = (Arc::clone(&context.settings), name.to_owned());
    let removed = tokio::task::spawn_blocking(move || credentials::remove(&settings, &asked, store)).await??;
    Ok(SignedOut { removed, revoked })
}

/// Ends a session on its own server; one that cannot be reached does not keep anybody signed in here.
async fn revoke(context: &Context, profile: &Profile, session: &OwnSession) -> bool {
    if session.until <= jiff::Timestamp::now() {
        return false;
    }
    let url = profile.url.as_deref().filter(|url| session.may_go_to(url)).unwrap_or(&session.origin);
    let asking = async {
        let client = context.client_of(url, Some(session.secret.clone()), Proof::Given).await?;
        Ok::<_, CliError>(client.revoke_session("current").await?)
    };
    let reason = match tokio::time::timeout(PATIENCE, asking).await {
        Ok(Ok(_)) => return true,
        // Ended already.
        Ok(Err(error)) if error.code().status() == 401 => return false,
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("{url} did not answer within {} s", PATIENCE.as_secs()),
    };
    context.ui.warn(&format!(
        "the session could not be ended on the server, where it lives on until {}: {reason}",
        session.until
    ));
    context.ui.hint("sign in again later and end it with `zerodeploy session revoke`");
    false
}
