//! `check`.

use std::path::PathBuf;

use clap::Args;

use super::help::examples;

const EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy check --dir dist", "Look for mistakes in a folder before it is deployed"),
    ("zerodeploy check --dir dist --strict --json", "Fail a build when there is anything to say"),
];

/// Look for mistakes in a folder: what a deploy would refuse or warn of
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &EXAMPLES))]
pub struct CheckArgs {
    /// Folder to check [default: the one that `deploy` would take]
    #[arg(long, value_name = "PATH")]
    pub dir: Option<PathBuf>,

    /// Fail on warnings, too, with exit code 8
    #[arg(long)]
    pub strict: bool,
}
