//! `deployments`.

use clap::{Args, Subcommand};

use super::args::{LimitOption, SiteArgs, SiteOption};
use crate::domain::deployment_id::DeploymentId;

/// List deployments and look into them
#[derive(Debug, Subcommand)]
pub enum DeploymentsCommand {
    Diff(DiffArgs),
    Files(FilesArgs),
    List(ListArgs),
    Logs(LogsArgs),
    Show(ShowArgs),
}

/// List a site's deployments, the newest first
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub site: SiteArgs,

    #[command(flatten)]
    pub limit: LimitOption,
}

/// Which deployment.
#[derive(Debug, Clone, Default, Args)]
pub struct WhichDeployment {
    /// Deployment [default: the site's current one]
    #[arg(value_name = "DEPLOYMENT_ID")]
    pub deployment_id: Option<DeploymentId>,

    #[command(flatten)]
    pub site: SiteOption,
}

/// Show a deployment
#[derive(Debug, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    pub which: WhichDeployment,
}

/// List the files of a deployment
#[derive(Debug, Args)]
pub struct FilesArgs {
    #[command(flatten)]
    pub which: WhichDeployment,
}

/// Show which files differ between two deployments
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// Deployment to compare from
    #[arg(value_name = "FROM")]
    pub from: DeploymentId,

    /// Deployment to compare with [default: the site's current one]
    #[arg(value_name = "TO")]
    pub to: Option<DeploymentId>,

    #[command(flatten)]
    pub site: SiteOption,
}

/// Show what happened to a deployment
#[derive(Debug, Args)]
pub struct LogsArgs {
    #[command(flatten)]
    pub which: WhichDeployment,
}
