//! `session`.

use clap::{Args, Subcommand};

/// See where you are signed in, and end sessions
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// List where you are signed in
    List,
    Revoke(RevokeArgs),
}

/// End sessions; they are refused at once
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Id or prefix of a session, such as zds_1a2b3c4d
    #[arg(value_name = "SESSION", required_unless_present = "all_others")]
    pub sessions: Vec<String>,

    /// End every session but the one that this command uses
    #[arg(long, conflicts_with = "sessions")]
    pub all_others: bool,
}
