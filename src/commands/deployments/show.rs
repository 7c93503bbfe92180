//! `deployments show`.

use crate::api::ErrorCode;
use crate::api::deployments::Deployment;
use crate::cli::deployments::ShowArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::Cell;

/// Runs the command.
///
/// # Errors
///
/// When no deployment is named, or the server refuses.
pub async fn run(context: &Context, args: ShowArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let id = super::resolve(context, &client, &args.which).await?;
    let deployment = client.deployment(&id).await.or_hint(ErrorCode::NotFound, hints::deployments(None))?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&deployment)?);
    }
    context.ui.heading(&format!("Deployment {id}"))?;
    Ok(context.ui.fields(&fields(&deployment))?)
}

fn fields(deployment: &Deployment) -> Vec<(&'static str, Cell)> {
    vec![
        ("id", deployment.deployment_id.as_str().into()),
        ("site", deployment.site.clone().into()),
        ("organization", deployment.org.clone().into()),
        ("status", deployment.status.as_str().into()),
        ("current", if deployment.is_current { "yes" } else { "no" }.into()),
        ("kind", if deployment.is_preview { "preview" } else { "production" }.into()),
        ("url", deployment.url.clone().into()),
        ("preview url", deployment.preview_url.clone().into()),
        ("files", Cell::Number(deployment.file_count)),
        ("size", Cell::Bytes(deployment.total_size_bytes)),
        ("message", Cell::text(deployment.message.clone())),
        ("created by", deployment.created_by.clone().into()),
        ("created", Cell::Time(deployment.created_at)),
        ("finished", Cell::time(deployment.finished_at)),
    ]
}
