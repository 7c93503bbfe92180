//! `deployments logs`.

use crate::api::ErrorCode;
use crate::api::deployments::LogEntry;
use crate::cli::deployments::LogsArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When no deployment is named, or the server refuses.
pub async fn run(context: &Context, args: LogsArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let id = super::resolve(context, &client, &args.which).await?;
    let entries = client.deployment_logs(&id).await.or_hint(ErrorCode::NotFound, hints::deployments(None))?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&entries)?);
    }
    Ok(context.ui.table(&table(&entries))?)
}

fn table(entries: &[LogEntry]) -> Table {
    let mut table = Table::new(&["at", "event", "message"]);
    for entry in entries {
        table.row(vec![Cell::Time(entry.at), entry.event.clone().into(), entry.message.clone().into()]);
    }
    table
}
