//! `site delete`.

use crate::api::ErrorCode;
use crate::cli::site::DeleteArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command. The site must be named by an argument, the environment or the project: that it is the only one is
/// no reason to delete it.
///
/// # Errors
///
/// When no site is named, nobody agrees, or the server refuses.
pub async fn run(context: &Context, args: DeleteArgs) -> Result<(), CliError> {
    let site = context.named_site(args.site.slug())?.ok_or_else(|| {
        CliError::new(ErrorCode::ValidationFailed, "which site?").hint("name it: `zerodeploy site delete SLUG`")
    })?;
    let client = context.client().await?;
    context.confirm_deletion(&format!("the site `{site}` with all its deployments"), args.force).await?;
    let deleted = client.delete_site(site.as_str()).await.or_hint(ErrorCode::NotFound, hints::SITES)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&deleted)?);
    }
    context.ui.status(&format!("Deleted the site {site}"));
    Ok(())
}
