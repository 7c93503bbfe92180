//! `--dry-run`: what a deploy would change, without beginning one.

use serde::Serialize;

use super::plan::Plan;
use super::target::Target;
use super::{engine, order, prepare};
use crate::api::ErrorCode;
use crate::cli::deploy::DeployArgs;
use crate::commands::deployments::compared;
use crate::commands::difference::{Difference, File, new_bytes};
use crate::commands::hints;
use crate::context::Context;
use crate::domain::deployment_id::DeploymentId;
use crate::error::{CliError, OrHint};
use crate::ui::{Ui, format};

#[derive(Debug, Serialize)]
struct Report<'a> {
    success: bool,
    dry_run: bool,
    site: &'a str,
    site_exists: bool,
    is_preview: bool,
    append: bool,
    compared_with: Option<DeploymentId>,
    file_count: u64,
    total_size_bytes: u64,
    #[serde(flatten)]
    difference: &'a Difference,
    /// Contents that the current deployment lacks; the server may have them of another one.
    upload_bytes_at_most: u64,
}

/// Compares the folder with what the site serves now, and prints that.
pub(super) async fn run(ctx: &Context, args: &DeployArgs, plan: &Plan) -> Result<(), CliError> {
    let (client, target, folder) = prepare(ctx, args, plan).await?;
    let order = order(ctx, args, folder, target.site().clone())?;
    let site_exists = matches!(target, Target::There(_));
    let current = match site_exists {
        true => {
            client.site(order.site.as_str()).await.or_hint(ErrorCode::NotFound, hints::SITES)?.current_deployment_id
        }
        false => None,
    };
    let files = match &current {
        Some(id) => client.deployment_files(id).await?,
        None => Vec::new(),
    };
    let scan = engine::scan(&ctx.ui, &order).await?;
    let before = || files.iter().map(compared);
    let after = || scan.manifest.iter().map(|entry| File { path: entry.path, blob: entry.blob, size: entry.size });
    let difference = Difference::between(before(), after());
    let difference = if args.append { difference.keeping_files() } else { difference };
    let report = Report {
        success: true,
        dry_run: true,
        site: order.site.as_str(),
        site_exists,
        is_preview: order.finish.preview,
        append: args.append,
        compared_with: current,
        file_count: scan.manifest.len() as u64,
        total_size_bytes: scan.manifest.total_size(),
        difference: &difference,
        upload_bytes_at_most: new_bytes(before(), after()),
    };
    print(&ctx.ui, &report)
}

fn print(ui: &Ui, report: &Report<'_>) -> Result<(), CliError> {
    if ui.is_json() {
        return Ok(ui.json(report)?);
    }
    report.difference.print(ui)?;
    let against = match (&report.compared_with, report.site_exists) {
        (Some(id), _) => format!("compared with {id}, which {} serves now", report.site),
        (None, true) => format!("{} has no deployment yet", report.site),
        (None, false) => format!("the site {} would be made", report.site),
    };
    ui.status(&format!(
        "Nothing was deployed: {}; at most {} to send; {against}",
        report.difference.summary(),
        format::bytes(report.upload_bytes_at_most),
    ));
    Ok(())
}
