//! `serve`: the whole service, in this process, until Ctrl-C or SIGTERM.

use serde_json::json;

use crate::api::ErrorCode;
use crate::cli::serve::ServeArgs;
use crate::context::Context;
use crate::error::CliError;
use crate::server::{self, StartError};

/// Runs the command.
///
/// # Errors
///
/// When the server cannot start, or fails while it runs.
pub async fn run(context: &Context, args: ServeArgs) -> Result<(), CliError> {
    let data_dir = match args.data_dir {
        Some(folder) => std::path::absolute(folder)
            .map_err(|error| CliError::from_source(ErrorCode::PathNotFound, "--data-dir cannot be used", &error))?,
        None => context.settings.paths().data_dir()?.to_owned(),
    };
    let running = server::start(server::Settings {
        listen: args.listen,
        domain: args.domain,
        public_url: args.public_url,
        site_url_base: args.site_url_base,
        trusted_proxies: args.trusted_proxy,
        access_log: args.access_log,
        ..server::Settings::new(data_dir)
    })
    .await?;

    register_profile(context, &running.data_dir).await;
    announce(context, &running);
    running.stopped(super::shutdown_signal()).await;
    Ok(())
}

/// Lets the client find this server without a word. A server whose user has no home serves all the same.
async fn register_profile(context: &Context, data_dir: &std::path::Path) {
    let data_dir = data_dir.to_owned();
    if let Err(error) = context.update_config(move |config| config.register_local(&data_dir)).await {
        context.ui.warn(&format!("the profile `local` is not registered: {error}"));
    }
}

fn announce(context: &Context, running: &server::Running) {
    let ui = &context.ui;
    if ui.is_json() {
        // Whoever closed the pipe still wants the server.
        let _ = ui.json_line(&json!({
            "url": running.url, "data_dir": running.data_dir, "domain": running.domain,
        }));
        return;
    }
    ui.status(&format!("Serving {} from {}", running.url, running.data_dir.display()));
    ui.status(&format!("Sites live under *.{}; deploy one with `zerodeploy deploy --dir FOLDER`", running.domain));
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
