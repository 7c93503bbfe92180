//! `deployments list`, also `deploy list`.

use crate::api::ErrorCode;
use crate::api::deployments::Deployment;
use crate::cli::deployments::ListArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When no site is named, or the server refuses.
pub async fn run(context: &Context, args: ListArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let site = context.site(&client, args.site.slug()).await?;
    let deployments =
        client.deployments(site.as_str(), Some(args.limit.limit)).await.or_hint(ErrorCode::NotFound, hints::SITES)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&deployments)?);
    }
    if deployments.is_empty() {
        context.ui.status(&format!("{site} has no deployments yet"));
    }
    Ok(context.ui.table(&table(&deployments))?)
}

fn table(deployments: &[Deployment]) -> Table {
    let mut table = Table::new(&["current", "id", "status", "kind", "files", "size", "created", "by", "message"]);
    for deployment in deployments {
        table.row(vec![
            if deployment.is_current { "*" } else { "" }.into(),
            deployment.deployment_id.as_str().into(),
            deployment.status.as_str().into(),
            if deployment.is_preview { "preview" } else { "production" }.into(),
            Cell::Number(deployment.file_count),
            Cell::Bytes(deployment.total_size_bytes),
            Cell::Time(deployment.created_at),
            deployment.created_by.clone().into(),
            Cell::text(deployment.message.clone()),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::deployments::sample;
    use crate::ui::{Options, Ui};

    #[test]
    fn the_current_one_is_marked() {
        let preview = Deployment { is_current: false, is_preview: true, message: None, ..sample() };
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&[sample(), preview])).expect("written");
        assert_eq!(
            stdout.text(),
            "current\tid\tstatus\tkind\tfiles\tsize\tcreated\tby\tmessage\n\
             *\t0123456789\tready\tproduction\t3\t41900000\t2026-05-01T12:00:00Z\tada\tfirst\n\
             \t0123456789\tready\tpreview\t3\t41900000\t2026-05-01T12:00:00Z\tada\t\n"
        );
    }
}
