//! `deployments diff`.

use serde::Serialize;

use super::compared;
use crate::api::ErrorCode;
use crate::cli::deployments::{DiffArgs, WhichDeployment};
use crate::commands::difference::Difference;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::deployment_id::DeploymentId;
use crate::error::{CliError, OrHint};

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    from: &'a DeploymentId,
    to: &'a DeploymentId,
    #[serde(flatten)]
    difference: &'a Difference,
}

/// Runs the command.
///
/// # Errors
///
/// When a deployment is not there, or the server refuses.
pub async fn run(context: &Context, args: DiffArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let to = WhichDeployment { deployment_id: args.to, site: args.site };
    let (from, to) = (args.from, super::resolve(context, &client, &to).await?);
    let hint = || hints::deployments(None);
    let before = client.deployment_files(&from).await.or_hint(ErrorCode::NotFound, hint())?;
    let after = client.deployment_files(&to).await.or_hint(ErrorCode::NotFound, hint())?;
    let difference = Difference::between(before.iter().map(compared), after.iter().map(compared));
    if context.ui.is_json() {
        return Ok(context.ui.json(&Report { from: &from, to: &to, difference: &difference })?);
    }
    difference.print(&context.ui)?;
    context.ui.status(&format!("From {from} to {to}: {}", difference.summary()));
    Ok(())
}
