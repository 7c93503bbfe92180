//! `org`.

use clap::{Args, Subcommand};

use crate::domain::slug::OrgSlug;

/// List, create and delete organizations
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    Create(CreateArgs),
    Delete(DeleteArgs),
    /// List the organizations that the credential reaches
    List,
}

/// Create an organization
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Slug: 2 to 39 lower-case letters, digits and single hyphens, starting with a letter
    #[arg(value_name = "SLUG")]
    pub slug: OrgSlug,
}

/// Delete an organization that has no sites
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// Organization slug [default: ZERODEPLOY_ORG, zerodeploy.json, or the profile]
    #[arg(value_name = "SLUG", conflicts_with = "org")]
    pub slug: Option<OrgSlug>,

    /// Organization slug, the same as SLUG
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Do not ask
    #[arg(long)]
    pub force: bool,
}
