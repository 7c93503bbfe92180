//! `user disable`.

use crate::api::ErrorCode;
use crate::cli::user::DisableArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When there is no such account, the person does not own the server, or the server refuses.
pub async fn run(context: &Context, args: DisableArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let user = client.disable_user(&args.name).await.or_hint(ErrorCode::NotFound, hints::USERS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&user)?);
    }
    context.ui.status(&format!("{} is kept out: sessions and tokens are refused from now on", user.name));
    Ok(())
}
