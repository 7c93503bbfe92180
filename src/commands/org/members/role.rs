//! `org members role`.

use crate::api::ErrorCode;
use crate::cli::org_members::RoleArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When it would leave the organization without an administrator, the caller is none, or the server refuses.
pub async fn run(context: &Context, args: RoleArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let org = context.org(&client, args.org.org.as_ref()).await?;
    let changed = client.change_role(org.as_str(), &args.name, args.role()).await;
    let member = changed.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&member)?);
    }
    context.ui.status(&format!("{} is {} in the organization {org}", member.name, member.role));
    Ok(())
}
