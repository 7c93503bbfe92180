//! `login --with-token`: checks a token or session that was made elsewhere.

use secrecy::ExposeSecret;

use super::{keep, profile_name};
use crate::client::Proof;
use crate::commands::secret_input::read_secret;
use crate::context::Context;
use crate::credentials::{CredentialError, Fresh, Source, secret};
use crate::error::CliError;
use crate::settings::server::Server;

/// Reads, checks and keeps a secret.
pub(super) async fn run(context: &Context, server: Server) -> Result<(), CliError> {
    // Nobody should look for a token to give it to the wrong address.
    context.client_of(&server.url, None, Proof::default()).await?.health().await?;
    let secret = read_secret(context).await?;
    secret::check(secret.expose_secret(), false)
        .map_err(|flaw| CredentialError::Flawed { from: Source::Input, flaw })?;
    let who = context.client_of(&server.url, Some(secret.clone()), context.proof_needed()).await?.whoami().await?;
    let name = profile_name(context, &server)?;
    let fresh = Fresh { origin: server.origin.clone(), secret, session_until: None };
    let store = keep::store(context, &server, &name, fresh).await?;
    keep::report(context, &server, &name, store, &who.username, who.credential.expires_at)
}
