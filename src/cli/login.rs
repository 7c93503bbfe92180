//! `login`.

use clap::Args;

/// Check a token or session and store it for a server
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// Read the token or session from standard input
    #[arg(long, required = true)]
    pub with_token: bool,
}
