//! `login`.

use clap::Args;

use super::help::examples;

const EXAMPLES: [(&str, &str); 4] = [
    ("zerodeploy login --api-url https://deploy.example.com", "Sign in with a browser, on this or any other machine"),
    ("zerodeploy login --api-url URL --profile work", "Keep it under a name of its own, beside other servers"),
    ("zerodeploy login --with-token --api-url URL", "Paste a token; what is typed is not shown"),
    ("zerodeploy login --with-token --api-url URL < token.txt", "Read it from a file"),
];

/// Sign in to a server
///
/// Shows an address and a code: open the address in any browser, sign in there and type the code. The session lasts 30
/// days and is kept in the keyring, or where there is none in a file that only you may read.
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &EXAMPLES))]
pub struct LoginArgs {
    /// Read a token or session from standard input instead, check it and keep it
    #[arg(long)]
    pub with_token: bool,

    /// Show the address only, and open no browser
    #[arg(long, conflicts_with = "with_token")]
    pub no_browser: bool,
}
