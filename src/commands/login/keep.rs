//! Keeping what the server accepted: the secret in its store, and the profile that names the store.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::context::Context;
use crate::credentials::{self, Fresh};
use crate::error::CliError;
use crate::settings::config::{Platform, Profile, Store};
use crate::settings::env;
use crate::settings::server::Server;
use crate::ui::format;

/// What `--json` prints.
#[derive(Serialize)]
struct SignedIn<'a> {
    profile: &'a str,
    url: &'a str,
    username: &'a str,
    store: &'static str,
    expires_at: Option<Timestamp>,
}

/// Stores a secret under a profile, and makes that the default. When the profile cannot be written, the secret does not
/// stay behind where nothing would find it.
pub(super) async fn store(context: &Context, server: &Server, name: &str, fresh: Fresh) -> Result<Store, CliError> {
    let (settings, profile) = (Arc::clone(&context.settings), name.to_owned());
    let (stored, warnings) = tokio::task::spawn_blocking(move || {
        let mut warnings = Vec::new();
        (credentials::store(&settings, &profile, fresh, &mut warnings), warnings)
    })
    .await?;
    warnings.iter().for_each(|warning| context.ui.warn(warning));
    let store = stored?;
    let (profile, url) = (name.to_owned(), server.url.clone());
    let written = context.update_config(move |config| {
        let older = config.profiles.remove(&profile);
        let (org, other) = older.map(|older| (older.org, older.other)).unwrap_or_default();
        let platform = Platform::Zerodeploy;
        let made = Profile { platform, url: Some(url), org, store, data_dir: None, other };
        config.profiles.insert(profile.clone(), made);
        config.default_profile = Some(profile);
    });
    if let Err(error) = written.await {
        let (settings, profile) = (Arc::clone(&context.settings), name.to_owned());
        let removed = tokio::task::spawn_blocking(move || credentials::remove(&settings, &profile, store)).await?;
        if let Err(error) = removed {
            context.ui.warn(&format!("the credential stays in the {}: {error}", store.as_str()));
        }
        return Err(error);
    }
    Ok(store)
}

/// Tells who signed in, and where that is kept until when.
pub(super) fn report(
    context: &Context,
    server: &Server,
    name: &str,
    store: Store,
    username: &str,
    expires_at: Option<Timestamp>,
) -> Result<(), CliError> {
    if store != Store::Local && context.settings.environment().text(env::TOKEN)?.is_some() {
        context.ui.warn("ZERODEPLOY_TOKEN is set and wins over what was stored now");
    }
    let url = &server.url;
    if context.ui.is_json() {
        let shown = SignedIn { profile: name, url, username, store: store.as_str(), expires_at };
        return Ok(context.ui.json(&shown)?);
    }
    context.ui.status(&format!("Signed in to {url} as {username}"));
    let place = match store {
        Store::Keyring => "in the keyring",
        Store::File => "in a file that only you may read",
        Store::Local => return Ok(()),
    };
    let end = expires_at.map(|end| format!(", and ends {}", format::relative(end, Timestamp::now())));
    let end = end.unwrap_or_default();
    context.ui.status(&format!("The credential is kept {place}{end}; the profile `{name}` is now the default"));
    Ok(())
}
