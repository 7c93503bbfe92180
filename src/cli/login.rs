//! `login`.

use clap::Args;

use super::help::examples;

const EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy login --with-token --api-url https://deploy.example.com", "Paste a token; what is typed is not shown"),
    ("zerodeploy login --with-token --api-url URL < token.txt", "Read it from a file"),
];

/// Check a token or session and store it for a server
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &EXAMPLES))]
pub struct LoginArgs {
    /// Read the token or session from standard input
    #[arg(long, required = true)]
    pub with_token: bool,
}
