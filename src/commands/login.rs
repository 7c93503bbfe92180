//! `login --with-token`: checks a token or session and stores it for its server.

use std::io::{IsTerminal, Read};
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::api::ErrorCode;
use crate::cli::login::LoginArgs;
use crate::client::Proof;
use crate::context::Context;
use crate::credentials::{self, CredentialError, Source, secret};
use crate::error::CliError;
use crate::settings::config::{Platform, Profile};
use crate::settings::env;
use crate::settings::server::Server;

/// Most bytes that are read from standard input: far above any token.
const LONGEST_INPUT: u64 = 64 * 1024;

/// What `--json` prints.
#[derive(Serialize)]
struct SignedIn {
    profile: String,
    url: String,
    username: String,
    store: &'static str,
}

/// Runs the command. Nothing is stored before the server has accepted the secret.
///
/// # Errors
///
/// When no server is named, the secret is damaged or refused, or nothing can be stored.
pub async fn run(context: &Context, _: LoginArgs) -> Result<(), CliError> {
    let server = server_to_sign_in_to(context).await?;
    // Nobody should look for a token to give it to the wrong address.
    context.client_of(&server.url, None, Proof::default()).await?.health().await?;
    let secret = read_secret(context).await?;
    secret::check(secret.expose_secret(), false)
        .map_err(|flaw| CredentialError::Flawed { from: Source::Input, flaw })?;
    let who = context.client_of(&server.url, Some(secret.clone()), context.proof_needed()).await?.whoami().await?;

    let name = profile_name(context, &server)?;
    let (settings, profile, origin) = (Arc::clone(&context.settings), name.clone(), server.origin.clone());
    let (stored, warnings) = tokio::task::spawn_blocking(move || {
        let mut warnings = Vec::new();
        (credentials::store(&settings, &profile, &origin, &secret, &mut warnings), warnings)
    })
    .await?;
    warnings.iter().for_each(|warning| context.ui.warn(warning));
    let store = stored?;

    let (profile, url) = (name.clone(), server.url.clone());
    context
        .update_config(move |config| {
            let older = config.profiles.remove(&profile);
            let (org, other) = older.map(|older| (older.org, older.other)).unwrap_or_default();
            let platform = Platform::Zerodeploy;
            let made = Profile { platform, url: Some(url), org, store, data_dir: None, other };
            config.profiles.insert(profile.clone(), made);
            config.default_profile = Some(profile);
        })
        .await?;
    if context.settings.environment().text(env::TOKEN)?.is_some() {
        context.ui.warn("ZERODEPLOY_TOKEN is set and wins over what was stored now");
    }
    if context.ui.is_json() {
        let (url, username) = (server.url, who.username);
        return Ok(context.ui.json(&SignedIn { profile: name, url, username, store: store.as_str() })?);
    }
    context
        .ui
        .status(&format!("Signed in to {} as {}; the profile `{name}` is now the default", server.url, who.username));
    Ok(())
}

/// The address that an option, the environment or the profile names. A profile that is named but not there yet is made
/// by this command, and needs an address.
async fn server_to_sign_in_to(context: &Context) -> Result<Server, CliError> {
    let settings = &context.settings;
    match settings.named_url()? {
        Some((url, source)) => Ok(Server::new(url, source, None, settings.insecure_http())?),
        None => Ok(context.server().await?.clone()),
    }
}

/// The profile that is named; else one that has this server; else a new one.
fn profile_name(context: &Context, server: &Server) -> Result<String, CliError> {
    use crate::settings::config::Store;
    let settings = &context.settings;
    let config = settings.config()?;
    let is_other_local = |name: &str| config.profiles.get(name).is_some_and(|profile| profile.store == Store::Local);
    if let Some(name) = settings.named_profile()? {
        if is_other_local(name) {
            let message = format!("the profile `{name}` uses the session of the server on this machine");
            return Err(CliError::new(ErrorCode::ValidationFailed, message).hint("choose another name with --profile"));
        }
        return Ok(name.to_owned());
    }
    let known = config.profiles.iter().find(|(_, profile)| {
        let url = profile.url.as_deref().and_then(crate::settings::server::origin_of);
        profile.store != Store::Local && url.as_deref() == Some(&server.origin)
    });
    Ok(known.map_or_else(|| server.profile_name(), |(name, _)| name.clone()))
}

/// Reads the secret: hidden on a terminal, else one line of standard input.
pub(super) async fn read_secret(context: &Context) -> Result<SecretString, CliError> {
    if std::io::stdin().is_terminal() {
        return Ok(context.ui.secret("Token or session").await?);
    }
    let read = tokio::task::spawn_blocking(|| {
        let mut text = String::new();
        std::io::stdin().lock().take(LONGEST_INPUT).read_to_string(&mut text).map(|_| text)
    });
    let text = read.await?.map_err(|error| {
        CliError::from_source(ErrorCode::ValidationFailed, "standard input cannot be read as a token", &error)
    })?;
    Ok(SecretString::from(one_line(&text)))
}

/// Takes off the one line break that `echo` and editors end a line with; anything else is judged as it is.
fn one_line(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn only_the_end_of_the_line_is_taken_off() {
        for (text, kept) in [("a\n", "a"), ("a\r\n", "a"), ("a", "a"), ("a\n\n", "a\n"), (" a", " a")] {
            assert_eq!(one_line(text), kept);
        }
    }
}
