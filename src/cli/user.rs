//! `user`.

use clap::{Args, Subcommand};

use crate::domain::account::AccountName;

/// Manage the accounts of a server, as its owner
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    Disable(DisableArgs),
    Enable(EnableArgs),
    Invite(InviteArgs),
    /// List accounts and invitations
    List,
    Reset(ResetArgs),
}

/// Make a link by which somebody gets an account
///
/// There is no mail: the link is printed, alone on standard output, and you hand it over. Inviting the same name again
/// ends the older link.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// What the person will sign in with
    #[arg(value_name = "NAME")]
    pub name: AccountName,
}

/// Make a link by which somebody sets a new password
#[derive(Debug, Args)]
pub struct ResetArgs {
    /// Name of the account
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Keep somebody out: sessions and tokens are refused at once
#[derive(Debug, Args)]
pub struct DisableArgs {
    /// Name of the account
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Do not ask
    #[arg(long)]
    pub force: bool,
}

/// Let somebody in again
#[derive(Debug, Args)]
pub struct EnableArgs {
    /// Name of the account
    #[arg(value_name = "NAME")]
    pub name: String,
}
