//! `user reset`.

use crate::api::ErrorCode;
use crate::cli::user::ResetArgs;
use crate::commands::{hints, one_time_link};
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When there is no such account, the person does not own the server, or the server refuses.
pub async fn run(context: &Context, args: ResetArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let link = client.reset_user(&args.name).await.or_hint(ErrorCode::NotFound, hints::USERS)?;
    let purpose = format!("By this link, {} sets a new password", link.name);
    one_time_link::print(&context.ui, &link, &purpose, &format!("zerodeploy user reset {}", link.name))
}
