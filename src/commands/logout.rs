//! `logout`: removes the stored credential of a profile. The profile stays.

use std::sync::Arc;

use serde::Serialize;

use crate::context::Context;
use crate::credentials;
use crate::error::CliError;
use crate::settings::SettingsError;
use crate::settings::env;

/// What `--json` prints.
#[derive(Serialize)]
struct SignedOut {
    profile: String,
    removed: bool,
}

/// Runs the command.
///
/// # Errors
///
/// When there is no such profile, or its store cannot be changed.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let config = context.settings.config()?;
    let name = context.settings.named_profile()?.or(config.default_profile.as_deref());
    let name = name.ok_or(SettingsError::NoServer)?.to_owned();
    let store = match config.profiles.get(&name) {
        Some(profile) => profile.store,
        None => return Err(SettingsError::UnknownProfile { name, suggestion: None }.into()),
    };
    let (settings, profile) = (Arc::clone(&context.settings), name.clone());
    let removed = tokio::task::spawn_blocking(move || credentials::remove(&settings, &profile, store)).await??;
    if context.settings.environment().text(env::TOKEN)?.is_some() {
        context.ui.warn("ZERODEPLOY_TOKEN is still set and still used");
    }
    if context.ui.is_json() {
        return Ok(context.ui.json(&SignedOut { profile: name, removed })?);
    }
    context.ui.status(&match removed {
        true => format!("Removed the credential of the profile `{name}`"),
        false => format!("The profile `{name}` had no stored credential"),
    });
    Ok(())
}
