//! `serve`: the whole service, in this process, until Ctrl-C or SIGTERM.

use std::path::PathBuf;

use serde_json::json;

use crate::api::ErrorCode;
use crate::cli::args::PerMinute;
use crate::cli::serve::ServeArgs;
use crate::context::Context;
use crate::error::CliError;
use crate::server::{self, Running, StartError};
use crate::settings::config::LocalProfile;

/// The domain that needs no word: every browser resolves it to the machine itself.
const LOCALHOST: &str = "localhost";

/// Runs the command.
///
/// # Errors
///
/// When the server cannot start, or fails while it runs.
pub async fn run(context: &Context, args: ServeArgs) -> Result<(), CliError> {
    let data_dir = data_dir(context, args.data_dir)?;
    // Watched before anybody learns that the server runs.
    let shutdown = super::shutdown_signal();
    let running = server::start(server::Settings {
        listen: args.listen,
        domain: args.domain,
        public_url: args.public_url,
        site_url_base: args.site_url_base,
        trusted_proxies: args.trusted_proxy,
        country_header: args.country_header,
        access_log: args.access_log,
        requests: rate(args.requests_per_minute),
        deploys: rate(args.deploys_per_minute),
        ..server::Settings::new(data_dir)
    })
    .await?;

    register_profile(context, &running).await;
    announce(context, &running);
    serve_until(context, running, shutdown).await;
    Ok(())
}

fn rate(asked: Option<PerMinute>) -> server::Rate {
    match asked {
        None => server::Rate::Usual,
        Some(PerMinute::Times(times)) => server::Rate::PerMinute(times),
        Some(PerMinute::Off) => server::Rate::Off,
    }
}

/// The folder that the command names, else the usual one.
///
/// # Errors
///
/// When there is none.
pub(super) fn data_dir(context: &Context, named: Option<PathBuf>) -> Result<PathBuf, CliError> {
    match named {
        Some(folder) => std::path::absolute(folder)
            .map_err(|error| CliError::from_source(ErrorCode::PathNotFound, "--data-dir cannot be used", &error)),
        None => Ok(context.settings.paths().data_dir()?.to_owned()),
    }
}

/// Serves until `shutdown` completes.
pub(super) async fn serve_until(context: &Context, running: Running, shutdown: impl Future<Output = ()>) {
    let told = async {
        shutdown.await;
        context.ui.status("Stopping");
    };
    running.stopped(told).await;
}

/// Lets the client find this server without a word. A server whose user has no home serves all the same.
pub(super) async fn register_profile(context: &Context, running: &Running) {
    let data_dir = running.data_dir.clone();
    match context.update_config(move |config| config.register_local(&data_dir)).await {
        Ok(LocalProfile::Known | LocalProfile::Made) => {}
        Ok(LocalProfile::Other) => context.ui.notice(&format!(
            "the profile `local` means another server; commands reach this one with --api-url {} and a token",
            running.url
        )),
        Err(error) => context.ui.warn(&format!("the profile `local` is not registered: {error}")),
    }
}

fn announce(context: &Context, running: &Running) {
    let ui = &context.ui;
    if running.domain != LOCALHOST {
        ui.notice(&format!(
            "sites are below {}: keep the API and its pages on another registrable domain (--public-url), because a \
             browser takes everything below one of them for the same site",
            running.domain
        ));
    }
    if ui.is_json() {
        // Whoever closed the pipe still wants the server.
        let _ = ui.json_line(&json!({
            "url": running.url, "data_dir": running.data_dir, "domain": running.domain,
        }));
        return;
    }
    ui.status(&format!("Serving {} from {}", running.url, running.data_dir.display()));
    ui.status(&format!("Sites live under *.{}", running.domain));
    ui.status("Deploy a folder with `zerodeploy deploy --local --dir FOLDER`");
    ui.status("Stop with Ctrl-C");
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        let told = CliError::from_source(error.code(), "the server cannot start", &error);
        match error.hint() {
            Some(hint) => told.hint(hint),
            None => told,
        }
    }
}
