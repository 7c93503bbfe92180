//! `org delete`.

use crate::api::ErrorCode;
use crate::cli::org::DeleteArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command. The organization must be named by an argument, the environment, the project or the profile: that
/// it is the only one is no reason to delete it.
///
/// # Errors
///
/// When no organization is named, it still has sites, nobody agrees, or the server refuses.
pub async fn run(context: &Context, args: DeleteArgs) -> Result<(), CliError> {
    let org = context.named_org(args.slug.as_ref().or(args.org.as_ref())).await?.ok_or_else(|| {
        CliError::new(ErrorCode::ValidationFailed, "which organization?").hint("name it: `zerodeploy org delete SLUG`")
    })?;
    let client = context.session_client().await?;
    context.confirm_deletion(&format!("the organization `{org}`"), args.force).await?;
    let deleted = client.delete_organization(org.as_str()).await.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&deleted)?);
    }
    context.ui.status(&format!("Deleted the organization {org}"));
    Ok(())
}
