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

use std::path::PathBuf;

use self::engine::Order;
use crate::api::ErrorCode;
use crate::api::deployments::FinishDeployment;
use crate::cli::deploy::DeployArgs;
use crate::client::zerodeploy::ZeroDeploy;
use crate::context::Context;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::CliError;
use crate::settings::SettingsError;

/// Deploys a folder to a site that is there already, or hands over to `--local`.
pub async fn run(ctx: &Context, args: &DeployArgs) -> Result<(), CliError> {
    let folder = find_folder(ctx, args)?;
    #[cfg(feature = "server")]
    if args.local {
        return local::run(ctx, args, folder).await;
    }
    let client = ctx.client().await.map_err(|error| offer_local(ctx, error))?;
    let site = ctx.site(&client, args.site.slug()).await?;
    if let Some(org) = &args.org.org {
        check_org(&client, &site, org).await?;
    }
    let order = order(ctx, args, folder, site)?;
    let scan = engine::scan(&ctx.ui, &order).await?;
    let deployed = engine::deploy(&ctx.ui, &client, &order, scan).await?;
    output::print(&ctx.ui, &deployed)
}

/// Nobody needs a server to begin with: `--local` starts one.
fn offer_local(ctx: &Context, error: CliError) -> CliError {
    match ctx.settings.server() {
        Err(SettingsError::NoServer | SettingsError::LocalNotRunning { .. }) if cfg!(feature = "server") => {
            error.hint("or add --local, which starts a server for this deploy")
        }
        _ => error,
    }
}

/// A named organization must be the site's: a typo must not publish on somebody else's site.
async fn check_org(client: &ZeroDeploy, site: &SiteSlug, org: &OrgSlug) -> Result<(), CliError> {
    let found = client.site(site.as_str()).await?;
    if found.org == org.as_str() {
        return Ok(());
    }
    let message = format!("the site `{site}` belongs to the organization `{}`, not to `{org}`", found.org);
    Err(CliError::new(ErrorCode::NotFound, message).hint("list the sites there are: zerodeploy site list"))
}

fn find_folder(ctx: &Context, args: &DeployArgs) -> Result<PathBuf, CliError> {
    let project = ctx.settings.project()?;
    let base = match project {
        Some(project) => project.folder().to_owned(),
        None => std::env::current_dir()
            .map_err(|error| CliError::from_source(ErrorCode::PathNotFound, "there is no working folder", &error))?,
    };
    let named = args.dir.clone().or_else(|| project.and_then(|project| project.deployed_folder()));
    if let Some(folder) = named {
        return Ok(folder);
    }
    let guessed = folder::guess(&base)?;
    ctx.ui.notice(&format!("deploying `{}`; name another folder with --dir", guessed.display()));
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
