//! `org members remove`.

use crate::api::ErrorCode;
use crate::cli::org_members::RemoveArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command. Asks on a terminal only, as nothing is lost that an invitation would not bring back.
///
/// # Errors
///
/// When the person administers the organization, nobody agrees, or the server refuses.
pub async fn run(context: &Context, args: RemoveArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let org = context.org(&client, args.org.org.as_ref()).await?;
    let name = &args.name;
    let question = format!("Remove {name} from the organization {org}?");
    if !args.force && context.ui.can_prompt() && !context.ui.confirm(&question).await? {
        return Err(CliError::new(ErrorCode::NotConfirmed, format!("`{name}` was not removed")));
    }
    let removed = client.remove_member(org.as_str(), name).await.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&removed)?);
    }
    context.ui.status(&format!("Removed {name} from the organization {org}"));
    Ok(())
}
