//! `login`: a person approves in a browser, or a token comes from standard input; either is kept for its server.

mod browser;
mod device;
mod keep;
mod machine;
mod with_token;

use crate::api::ErrorCode;
use crate::cli::login::LoginArgs;
use crate::context::Context;
use crate::error::CliError;
use crate::settings::config::Store;
use crate::settings::server::{Server, origin_of};

/// Runs the command. Nothing is stored before the server has accepted the secret.
///
/// # Errors
///
/// When no server is named, nobody approves, the secret is damaged or refused, or nothing can be stored.
pub async fn run(context: &Context, args: LoginArgs) -> Result<(), CliError> {
    let server = server_to_sign_in_to(context).await?;
    if args.with_token {
        return with_token::run(context, server).await;
    }
    match server.profile.as_ref().filter(|(_, profile)| profile.store == Store::Local) {
        Some((name, _)) => already_signed_in(context, &server, name).await,
        None => device::run(context, server, args.no_browser).await,
    }
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

/// The server on this machine leaves a session for its own user: there is nothing to sign in for.
async fn already_signed_in(context: &Context, server: &Server, name: &str) -> Result<(), CliError> {
    let who = context.client().await?.whoami().await?;
    context.ui.notice(&format!(
        "the profile `{name}` needs no login: the server on this machine keeps a session for you; to sign in to \
         another server, add --api-url URL"
    ));
    keep::report(context, server, name, Store::Local, &who.username, None)
}

/// The profile that is named; else one that has this server; else a new one.
fn profile_name(context: &Context, server: &Server) -> Result<String, CliError> {
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
        let url = profile.url.as_deref().and_then(origin_of);
        profile.store != Store::Local && url.as_deref() == Some(&server.origin)
    });
    Ok(known.map_or_else(|| server.profile_name(), |(name, _)| name.clone()))
}
