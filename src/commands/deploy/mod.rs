//! `deploy`: publishes a folder; with `--local` on the server of this machine.

mod browser;
mod deadline;
mod dry_run;
mod engine;
mod github;
#[cfg(feature = "server")]
mod local;
#[cfg(feature = "server")]
mod local_site;
mod output;
mod plan;
pub mod promote;
mod target;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use self::deadline::Deadline;
pub(super) use self::engine::scan_error;
use self::engine::{Deployed, Order};
use self::github::Outputs;
use self::plan::Plan;
use self::target::Target;
use crate::api::ErrorCode;
use crate::api::deployments::FinishDeployment;
use crate::cli::deploy::DeployArgs;
use crate::client::zerodeploy::ZeroDeploy;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::{CliError, OrHint};
use crate::settings::ci::Ci;

/// Deploys a folder to a site, or hands over to `--local`.
pub async fn run(ctx: &Context, args: &DeployArgs) -> Result<(), CliError> {
    let deadline = Deadline::new(args.timeout);
    // Before anything is published: whoever asks for outputs waits for them.
    let outputs = Outputs::open(ctx, args).await?;
    let plan = Plan::make(ctx, args).await?;
    #[cfg(feature = "server")]
    if args.local {
        return local::run(ctx, args, plan, deadline, outputs).await;
    }
    if args.dry_run {
        return deadline.keep(&ctx.ui, dry_run::run(ctx, args, &plan)).await;
    }
    let deployed = deadline.keep(&ctx.ui, deploy(ctx, args, &plan)).await?;
    tell(ctx, args, outputs, &deployed).await
}

async fn deploy(ctx: &Context, args: &DeployArgs, plan: &Plan) -> Result<Deployed, CliError> {
    let (client, target, folder) = prepare(ctx, args, plan).await?;
    let order = order(ctx, args, folder, target.site().clone())?;
    let scan = engine::scan(&ctx.ui, &order).await?;
    if let Target::New { site, org } = &target {
        target::make(&ctx.ui, &client, site, org).await?;
        plan.remember(&ctx.ui, &order.folder, site).await;
    }
    // Whoever has a token of another site must not make a new one.
    let hint = match ctx.has_api_token() {
        true => hints::SITES.to_owned(),
        false => format!("make the site first: `zerodeploy site create {}`", order.site),
    };
    engine::deploy(&ctx.ui, &client, &order, scan).await.or_hint(ErrorCode::NotFound, hint)
}

/// Everything before the folder is read: the server, the site, the build.
async fn prepare(ctx: &Context, args: &DeployArgs, plan: &Plan) -> Result<(ZeroDeploy, Target, PathBuf), CliError> {
    // A folder that is missing is told before anybody is asked; one that is still to be built is looked for later.
    let there = if plan.builds() { None } else { Some(plan.folder(ctx).await?) };
    let client = match ctx.client().await {
        Err(error) if cfg!(feature = "server") && ctx.is_without_server().await => {
            return Err(error.hint("or add --local, which starts a server for this deploy"));
        }
        client => client?,
    };
    let target = Target::find(ctx, args, &client, plan.named_folder()).await?;
    if let (Target::There(site), Some(org)) = (&target, &args.org.org) {
        check_org(&client, site, org).await?;
    }
    let folder = match there {
        Some(folder) => folder,
        None => {
            plan.build(ctx).await?;
            plan.folder(ctx).await?
        }
    };
    Ok((client, target, folder))
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

fn order(ctx: &Context, args: &DeployArgs, folder: PathBuf, site: SiteSlug) -> Result<Order, CliError> {
    let project = ctx.settings.project()?;
    Ok(Order {
        site,
        folder,
        ignore: project.map(|project| project.ignore.clone()).unwrap_or_default(),
        // Without a folder for it every file is read each time, which is slower and no less right.
        cache_dir: ctx.settings.paths().cache_dir().ok().map(ToOwned::to_owned),
        finish: FinishDeployment { preview: is_preview(ctx, args), append: args.append, message: args.message.clone() },
    })
}

/// Whether the site's own address stays as it is: when asked to, and for a pull request unless told otherwise.
fn is_preview(ctx: &Context, args: &DeployArgs) -> bool {
    if args.preview || args.prod {
        return args.preview;
    }
    let Some((ci, request)) =
        Ci::detect(ctx.settings.environment()).and_then(|ci| Some((ci.service, ci.pull_request?)))
    else {
        return false;
    };
    let number = request.number.map(|number| format!(" {number}")).unwrap_or_default();
    ctx.ui.notice(&format!("{ci} runs for pull request{number}: this is a preview; --prod publishes it"));
    true
}

/// Tells everybody who wants to know what came of a deploy.
async fn tell(ctx: &Context, args: &DeployArgs, outputs: Option<Outputs>, deployed: &Deployed) -> Result<(), CliError> {
    if let Some(outputs) = outputs {
        outputs.write(&ctx.ui, deployed).await;
    }
    output::print(&ctx.ui, deployed)?;
    if args.open {
        browser::open(ctx, output::address(deployed)).await;
    }
    Ok(())
}
