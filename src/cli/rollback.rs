//! `rollback`.

use clap::Args;

use super::args::SiteArgs;
use super::help::examples;
use crate::domain::deployment_id::DeploymentId;

const EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy rollback blog", "Go back one step"),
    ("zerodeploy rollback blog --to 4k2m8x0q7d", "Publish one that `zerodeploy deployments list blog` shows"),
];

/// Publish the previous deployment of a site again
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &EXAMPLES))]
pub struct RollbackArgs {
    #[command(flatten)]
    pub site: SiteArgs,

    /// Publish this deployment instead of the previous one
    #[arg(long, value_name = "DEPLOYMENT_ID")]
    pub to: Option<DeploymentId>,
}
