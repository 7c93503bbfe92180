//! `logout`: ends the session that `login` opened and removes the stored credential of a profile. The profile stays.

use serde::Serialize;

use super::sign_out::{self, SignedOut};
use crate::context::Context;
use crate::error::CliError;
use crate::settings::env;

/// What `--json` prints.
#[derive(Serialize)]
struct Shown {
    profile: String,
    #[serde(flatten)]
    signed_out: SignedOut,
}

/// Runs the command.
///
/// # Errors
///
/// When there is no such profile, or its store cannot be changed.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let (name, profile) = context.settings.profile_to_sign_out_of()?;
    let signed_out = sign_out::run(context, name, profile).await?;
    if context.settings.environment().text(env::TOKEN)?.is_some() {
        context.ui.warn("ZERODEPLOY_TOKEN is still set and still used");
    }
    if context.ui.is_json() {
        return Ok(context.ui.json(&Shown { profile: name.to_owned(), signed_out })?);
    }
    context.ui.status(&match signed_out {
        SignedOut { revoked: true, .. } => format!("Signed out: the session of the profile `{name}` has ended"),
        SignedOut { removed: true, .. } => format!("Removed the credential of the profile `{name}`"),
        SignedOut { removed: false, .. } => format!("The profile `{name}` had no stored credential"),
    });
    Ok(())
}
