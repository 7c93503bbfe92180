//! `user enable`.

use crate::api::ErrorCode;
use crate::cli::user::EnableArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When there is no such account, the person does not own the server, or the server refuses.
pub async fn run(context: &Context, args: EnableArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let user = client.enable_user(&args.name).await.or_hint(ErrorCode::NotFound, hints::USERS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&user)?);
    }
    context.ui.status(&format!("{} may sign in again", user.name));
    Ok(())
}
