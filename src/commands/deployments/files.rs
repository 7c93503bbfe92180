//! `deployments files`.

use crate::api::ErrorCode;
use crate::api::deployments::DeployedFile;
use crate::cli::deployments::FilesArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When no deployment is named, or the server refuses.
pub async fn run(context: &Context, args: FilesArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let id = super::resolve(context, &client, &args.which).await?;
    let files = client.deployment_files(&id).await.or_hint(ErrorCode::NotFound, hints::deployments(None))?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&files)?);
    }
    Ok(context.ui.table(&table(&files))?)
}

fn table(files: &[DeployedFile]) -> Table {
    let mut table = Table::new(&["path", "size", "type", "blake3"]);
    for file in files {
        table.row(vec![
            file.path.clone().into(),
            Cell::Bytes(file.size_bytes),
            file.content_type.clone().into(),
            Cell::Digest(file.blob.to_string()),
        ]);
    }
    table
}
