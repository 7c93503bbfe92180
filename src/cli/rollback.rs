//! `rollback`.

use clap::Args;

use super::args::SiteArgs;
use crate::domain::deployment_id::DeploymentId;

/// Publish the previous deployment of a site again
#[derive(Debug, Args)]
pub struct RollbackArgs {
    #[command(flatten)]
    pub site: SiteArgs,

    /// Publish this deployment instead of the previous one
    #[arg(long, value_name = "DEPLOYMENT_ID")]
    pub to: Option<DeploymentId>,
}
