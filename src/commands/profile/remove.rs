//! `profile remove`.

use serde::Serialize;

use crate::cli::profile::RemoveArgs;
use crate::commands::sign_out::{self, SignedOut};
use crate::context::Context;
use crate::error::CliError;
use crate::settings::config::Store;

/// What `--json` prints.
#[derive(Serialize)]
struct Removed {
    profile: String,
    revoked: bool,
}

/// Runs the command: signs out, then forgets the profile. A keyring that cannot be reached keeps what it holds, and does
/// not keep the profile.
///
/// # Errors
///
/// When there is no such profile, or the credential's file or the configuration cannot be changed.
pub async fn run(context: &Context, args: RemoveArgs) -> Result<(), CliError> {
    let name = args.name;
    let profile = context.settings.profile(&name)?.clone();
    let signed_out = match profile.store {
        // The server's own session stays with the server.
        Store::Local => SignedOut::default(),
        Store::File => sign_out::run(context, &name, &profile).await?,
        Store::Keyring => match sign_out::run(context, &name, &profile).await {
            Ok(signed_out) => signed_out,
            Err(error) => {
                context.ui.warn(&format!("{error}; what the keyring holds of `{name}` stays there"));
                SignedOut::default()
            }
        },
    };
    let removed = name.clone();
    let was_default = context
        .update_config(move |config| {
            config.profiles.remove(&removed);
            config.default_profile.take_if(|default| *default == removed).is_some()
        })
        .await?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&Removed { profile: name, revoked: signed_out.revoked })?);
    }
    context.ui.status(&format!("Removed the profile `{name}`"));
    if was_default {
        context.ui.hint("it was the default; choose another with `zerodeploy profile use NAME`");
    }
    Ok(())
}
