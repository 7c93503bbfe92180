//! `org members`.

pub mod invite;
pub mod list;
pub mod remove;
pub mod role;

use crate::cli::org_members::MembersCommand;
use crate::context::Context;
use crate::error::CliError;

/// Runs a command.
///
/// # Errors
///
/// Those of the command.
pub async fn run(context: &Context, command: MembersCommand) -> Result<(), CliError> {
    match command {
        MembersCommand::Invite(args) => invite::run(context, args).await,
        MembersCommand::List(args) => list::run(context, args).await,
        MembersCommand::Remove(args) => remove::run(context, args).await,
        MembersCommand::Role(args) => role::run(context, args).await,
    }
}
