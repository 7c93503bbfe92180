//! `deploy`: publishes a folder; with `--local` on the server of this machine.

mod engine;
mod folder;
#[cfg(feature = "server")]
mod local;
#[cfg(feature = "server")]
mod local_site;
mod output;
pub mod promote;
#[cfg(feature = "server")]
mod site_name;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use self::engine::Order;
pub(super) use self::engine::scan_error;
use crate::api::ErrorCode;
use crate::api::deployments::FinishDeployment;
use crate::cli::deploy::DeployArgs;
use crate::client::zerodeploy::ZeroDeploy;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::{CliError, OrHint};

/// Deploys a folder to a site that is there already, or hands over to `--local`.
pub async fn run(ctx: &Context, args: &DeployArgs) -> Result<(), CliError> {
    let folder = find_folder(ctx, args.dir.as_deref(), "deploying").await?;
    #[cfg(feature = "server")]
    if args.local {
        return local::run(ctx, args, folder).await;
    }
    let client = match ctx.client().await {
        Err(error) if cfg!(feature = "server") && ctx.is_without_server().await => {
            return Err(error.hint("or add --local, which starts a server for this deploy"));
        }
        client => client?,
    };
    let site = ctx.site(&client, args.site.slug()).await?;
    if let Some(org) = &args.org.org {
        check_org(&client, &site, org).await?;
    }
    let order = order(ctx, args, folder, site)?;
    let scan = engine::scan(&ctx.ui, &order).await?;
    // Whoever has a token of another site must not make a new one.
    let hint = match ctx.has_api_token() {
        true => hints::SITES.to_owned(),
        false => format!("make the site first: `zerodeploy site create {}`", order.site),
    };
    let deployed = engine::deploy(&ctx.ui, &client, &order, scan).await.or_hint(ErrorCode::NotFound, hint)?;
    output::print(&ctx.ui, &deployed)
}

/// A named organization must be the site's: a typo must not publish on somebody else's site.
async fn check_org(client: &ZeroDeploy, site: &SiteSlug, org: &OrgSlug) -> Result<(), CliError> {
    let found = client.site(site.as_str()).await?;
    if found.org == org.as_str() {
        return Ok(());
    }
    let message = format!("the site `{site}` belongs to the organization `{}`, not to `{org}`", found.org);
    Err(CliError::new(ErrorCode::NotFound, message).hint(hints::SITES))
}

/// The folder that was named, else the project's, else one that looks like a site; `doing` says what for.
pub(super) async fn find_folder(ctx: &Context, named: Option<&Path>, doing: &str) -> Result<PathBuf, CliError> {
    if let Some(folder) = named {
        return Ok(folder.to_owned());
    }
    let project = ctx.settings.project()?;
    if let Some((project, folder)) = project.and_then(|project| Some((project, project.deployed_folder()?))) {
        let project = project.folder().to_owned();
        return tokio::task::spawn_blocking(move || folder::inside(&project, folder)).await?;
    }
    let base = match project {
        Some(project) => project.folder().to_owned(),
        None => std::env::current_dir()
            .map_err(|error| CliError::from_source(ErrorCode::PathNotFound, "there is no working folder", &error))?,
    };
    let guessed = tokio::task::spawn_blocking(move || folder::guess(&base)).await??;
    ctx.ui.notice(&format!("{doing} `{}`; name another folder with --dir", guessed.display()));
    Ok(guessed)
}

fn order(ctx: &Context, args: &DeployArgs, folder: PathBuf, site: SiteSlug) -> Result<Order, CliError> {
    let project = ctx.settings.project()?;
    Ok(Order {
        site,
        folder,
        ignore: project.map(|project| project.ignore.clone()).unwrap_or_default(),
        // Without a folder for it every file is read each time, which is slower and no less right.
        cache_dir: ctx.settings.paths().cache_dir().ok().map(ToOwned::to_owned),
        finish: FinishDeployment { preview: args.preview, append: args.append, message: args.message.clone() },
    })
}
