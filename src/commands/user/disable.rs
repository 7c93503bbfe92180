//! `user disable`.

use crate::api::ErrorCode;
use crate::cli::user::DisableArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command. Asks on a terminal only: sessions and tokens that end with it stay ended.
///
/// # Errors
///
/// When there is no such account, nobody agrees, the person does not own the server, or the server refuses.
pub async fn run(context: &Context, args: DisableArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let name = &args.name;
    let question = format!("Keep {name} out? Sessions and tokens of this account end for good.");
    if !args.force && context.ui.can_prompt() && !context.ui.confirm(&question).await? {
        return Err(CliError::new(ErrorCode::NotConfirmed, format!("`{name}` was not disabled")));
    }
    let user = client.disable_user(&args.name).await.or_hint(ErrorCode::NotFound, hints::USERS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&user)?);
    }
    context.ui.status(&format!("{} is kept out: sessions and tokens are refused from now on", user.name));
    Ok(())
}
