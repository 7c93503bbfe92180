//! `deploy --local`: deploys to the server of this machine, and starts it in this process when none runs.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::deadline::Deadline;
use super::engine::Deployed;
use super::github::Outputs;
use super::plan::Plan;
use super::{engine, local_site, order, tell};
use crate::api::ErrorCode;
use crate::api::tokens::CreateToken;
use crate::cli::deploy::DeployArgs;
use crate::client::Proof;
use crate::commands::project::new_site;
use crate::commands::{hints, serve, shutdown_signal};
use crate::context::Context;
use crate::credentials;
use crate::domain::permission::Permission;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::CliError;
use crate::server::{self, Running};
use crate::settings::env;
use crate::settings::local;
use crate::settings::server::UrlSource;

/// Life of the token that the deploy is made with; it is deleted right after.
const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);

/// Builds and deploys, and serves until Ctrl-C or SIGTERM when the server is this process.
pub(super) async fn run(
    ctx: &Context,
    args: &DeployArgs,
    plan: Plan,
    deadline: Deadline,
    outputs: Option<Outputs>,
) -> Result<(), CliError> {
    if let Some((_, UrlSource::Flag)) = ctx.settings.named_url()? {
        return Err(CliError::new(ErrorCode::UsageError, "--local and --api-url exclude each other")
            .hint("leave one of them out"));
    }
    let mut stop = Box::pin(shutdown_signal());
    let prepared = async {
        plan.build(ctx).await?;
        plan.folder(ctx).await
    };
    let folder = tokio::select! {
        folder = deadline.keep(&ctx.ui, prepared) => folder?,
        () = &mut stop => return Err(CliError::interrupted()),
    };
    let job = Job { ctx, args, folder, name_folder: plan.named_folder() };

    let data_dir = serve::data_dir(ctx, args.data_dir.clone())?;
    let looked_in = data_dir.clone();
    if let Some(running) = tokio::task::spawn_blocking(move || local::running(&looked_in)).await? {
        let deployed = tokio::select! {
            deployed = deadline.keep(&ctx.ui, job.deploy(&running.url, &data_dir)) => deployed?,
            () = &mut stop => return Err(CliError::interrupted().hint(hints::RESUME)),
        };
        return tell(ctx, args, outputs, &deployed).await;
    }

    let running = start(ctx, data_dir).await?;
    serve::register_profile(ctx, &running).await;
    let deploy = async {
        let deployed = deadline.keep(&ctx.ui, job.deploy(&running.url, &running.data_dir)).await?;
        tell(ctx, args, outputs, &deployed).await
    };
    let result = tokio::select! {
        result = deploy => result,
        () = &mut stop => Err(CliError::interrupted().hint(hints::RESUME)),
    };
    if let Err(error) = result {
        running.stop().await;
        return Err(error);
    }
    ctx.ui.status(&format!("Serving from {} until Ctrl-C", running.data_dir.display()));
    serve::serve_until(ctx, running, stop).await;
    Ok(())
}

/// Starts the server where `serve` would, or on any free port when that one is taken.
async fn start(ctx: &Context, data_dir: PathBuf) -> Result<Running, CliError> {
    let settings = server::Settings::new(data_dir);
    let usual = settings.listen;
    match server::start(settings.clone()).await {
        Err(error) if error.is_port_taken() => {
            ctx.ui.status(&format!("Port {} is taken, so a free one is used", usual.port()));
            Ok(server::start(server::Settings { listen: SocketAddr::new(usual.ip(), 0), ..settings }).await?)
        }
        result => Ok(result?),
    }
}

/// What is deployed.
struct Job<'a> {
    ctx: &'a Context,
    args: &'a DeployArgs,
    folder: PathBuf,
    /// The folder that names a new site.
    name_folder: &'a Path,
}

impl Job<'_> {
    /// Deploys with a token that can do nothing but this.
    async fn deploy(&self, url: &str, data_dir: &Path) -> Result<Deployed, CliError> {
        let (ctx, args) = (self.ctx, self.args);
        let folder_of_session = data_dir.to_owned();
        let session = tokio::task::spawn_blocking(move || credentials::local_session(&folder_of_session)).await??;
        let owner = ctx.client_of(url, Some(session.secret), Proof::Given).await?;
        let named = ctx.settings.site(args.site.slug())?;
        let site = new_site::name(named, self.name_folder, local_site::COMMAND).await?;
        let order = order(ctx, args, self.folder.clone(), site)?;
        let scan = engine::scan(&ctx.ui, &order).await?;
        local_site::ensure(&ctx.ui, &owner, &order.site, org(ctx, args)?.as_ref()).await?;
        let token = owner.create_token(&token_for(&order.site)).await?;
        let token_id = token.details.id.to_string();
        let result = match ctx.client_of(url, Some(token.token.into()), Proof::Given).await {
            Ok(client) => engine::deploy(&ctx.ui, &client, &order, scan).await,
            Err(error) => Err(error),
        };
        if let Err(error) = owner.delete_token(&token_id).await {
            ctx.ui.warn(&format!("the deploy's token could not be deleted ({error}); it ends by itself in 15 minutes"));
        }
        result
    }
}

/// The organization that the command, the environment or the project names. A profile's is one of its own server.
fn org(ctx: &Context, args: &DeployArgs) -> Result<Option<OrgSlug>, CliError> {
    if let Some(org) = &args.org.org {
        return Ok(Some(org.clone()));
    }
    if let Some(org) = ctx.settings.environment().parsed(env::ORG)? {
        return Ok(Some(org));
    }
    Ok(ctx.settings.project()?.and_then(|project| project.org.clone()))
}

fn token_for(site: &SiteSlug) -> CreateToken {
    CreateToken {
        name: "deploy --local".to_owned(),
        org: None,
        site: Some(site.clone()),
        permissions: Some(vec![Permission::DeploymentsWrite]),
        expires_in_seconds: Some(TOKEN_LIFE.as_secs()),
        note: None,
    }
}
