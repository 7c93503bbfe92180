//! `user invite`.

use crate::cli::user::InviteArgs;
use crate::commands::one_time_link;
use crate::context::Context;
use crate::error::CliError;

/// Runs the command.
///
/// # Errors
///
/// When there is such an account, the person does not own the server, or the server refuses.
pub async fn run(context: &Context, args: InviteArgs) -> Result<(), CliError> {
    let link = context.session_client().await?.invite_user(&args.name).await?;
    let purpose = format!("By this link, {} gets an account on this server", link.name);
    one_time_link::print(&context.ui, &link, &purpose, &format!("zerodeploy user invite {}", link.name))
}
