//! `token verify`: what a token is and whether it is valid. The secret itself is never shown.

use std::io::IsTerminal;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::api::{Credential, ErrorCode, WhoAmI};
use crate::cli::token::VerifyArgs;
use crate::commands::secret_input::read_secret;
use crate::context::Context;
use crate::credentials::secret;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::token::{SESSION_PREFIX, TOKEN_PREFIX};
use crate::error::CliError;
use crate::settings::env;
use crate::ui::table::Cell;

/// What `--json` prints of a valid token; for another one it prints the error.
#[derive(Serialize)]
struct Verified<'a> {
    valid: bool,
    server: &'a str,
    username: &'a str,
    #[serde(flatten)]
    credential: &'a Credential,
    /// What was granted, and the `read` of every `write`.
    effective_permissions: Vec<Permission>,
    orgs: &'a [String],
}

/// Runs the command.
///
/// # Errors
///
/// With exit code 1 when the token is damaged, unknown, expired or deleted.
pub async fn run(context: &Context, _: VerifyArgs) -> Result<(), CliError> {
    let secret = read(context).await?;
    secret::check(secret.expose_secret(), false).map_err(|flaw| {
        CliError::new(ErrorCode::TokenInvalid, format!("this is no token: {flaw}"))
            .hint("give the token as it was shown when it was made")
            .detail("valid", false)
    })?;
    let server = context.server().await?;
    let client = context.client_of(&server.url, Some(secret), context.proof_needed()).await?;
    let who = client.whoami().await.map_err(|error| {
        let error = CliError::from(error);
        let is_refused = error.code().exit_code() == ErrorCode::TokenInvalid.exit_code();
        if is_refused { error.detail("valid", false) } else { error }
    })?;
    let granted: PermissionSet = who.credential.permissions.iter().copied().collect();
    let effective: Vec<Permission> = granted.effective().iter().collect();
    if context.ui.is_json() {
        return Ok(context.ui.json(&Verified {
            valid: true,
            server: client.origin(),
            username: &who.username,
            credential: &who.credential,
            effective_permissions: effective,
            orgs: &who.orgs,
        })?);
    }
    context.ui.heading("Valid")?;
    Ok(context.ui.fields(&fields(&who, client.origin(), &effective))?)
}

/// From standard input; at a terminal from the environment, or hidden from the person.
async fn read(context: &Context) -> Result<SecretString, CliError> {
    if std::io::stdin().is_terminal()
        && let Some(text) = context.settings.environment().text(env::TOKEN)?
    {
        return Ok(text.into());
    }
    read_secret(context).await
}

fn fields(who: &WhoAmI, server: &str, effective: &[Permission]) -> Vec<(&'static str, Cell)> {
    let credential = &who.credential;
    let prefix = if credential.kind == "session" { SESSION_PREFIX } else { TOKEN_PREFIX };
    vec![
        ("kind", credential.kind.clone().into()),
        ("name", Cell::text(credential.name.clone())),
        ("prefix", format!("{prefix}{}", credential.prefix).into()),
        ("owner", who.username.clone().into()),
        ("site", Cell::text(credential.site.clone())),
        ("organizations", who.orgs.join(",").into()),
        ("permissions", super::permissions(effective).into()),
        ("expires", Cell::End(credential.expires_at)),
        ("server", server.into()),
    ]
}
