//! `init`.

use std::path::PathBuf;

use clap::Args;

use super::help::examples;
use crate::domain::slug::{OrgSlug, SiteSlug};

const EXAMPLES: [(&str, &str); 3] = [
    ("zerodeploy init", "Find the folder and the build command, make a site named like this folder"),
    ("zerodeploy init --site blog --dir dist --build 'npm run build'", "Say everything"),
    ("zerodeploy init --ignore '*.map' drafts/", "Leave files out of every deploy"),
];

/// Write zerodeploy.json for the project in this folder
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &EXAMPLES))]
pub struct InitArgs {
    /// Organization that holds the site [default: ZERODEPLOY_ORG, the profile, `personal`, or the only one there is]
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Site slug [default: ZERODEPLOY_SITE, else a new site named by package.json or the folder]
    #[arg(long, value_name = "SITE")]
    pub site: Option<SiteSlug>,

    /// Folder to deploy [default: found by the project's framework]
    #[arg(long, value_name = "PATH")]
    pub dir: Option<PathBuf>,

    /// Command that builds the site [default: found by the project's framework]
    #[arg(long, value_name = "COMMAND")]
    pub build: Option<String>,

    /// Patterns of files to leave out, in the syntax of gitignore
    #[arg(long, value_name = "PATTERN", num_args = 1..)]
    pub ignore: Vec<String>,

    /// Replace the file that is there
    #[arg(long)]
    pub force: bool,
}
