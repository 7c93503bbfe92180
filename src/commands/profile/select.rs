//! `profile use`.

use serde::Serialize;

use crate::cli::profile::UseArgs;
use crate::context::Context;
use crate::error::CliError;

/// What `--json` prints.
#[derive(Serialize)]
struct Used {
    profile: String,
}

/// Runs the command. Asks no server.
///
/// # Errors
///
/// When there is no such profile, or the configuration cannot be written.
pub async fn run(context: &Context, args: UseArgs) -> Result<(), CliError> {
    let profile = args.name;
    context.settings.profile(&profile)?;
    let name = profile.clone();
    context.update_config(move |config| config.default_profile = Some(name)).await?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&Used { profile })?);
    }
    context.ui.status(&format!("The profile `{profile}` is the default now"));
    Ok(())
}
