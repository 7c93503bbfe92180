//! `site`.

use clap::{Args, Subcommand};

use super::args::{OrgOption, SiteArgs};
use crate::domain::slug::{OrgSlug, SiteSlug};

/// List, create, show and delete sites
#[derive(Debug, Subcommand)]
pub enum SiteCommand {
    Create(CreateArgs),
    Delete(DeleteArgs),
    List(ListArgs),
    Show(ShowArgs),
}

/// Create a site
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Slug: 2 to 40 lower-case letters, digits and single hyphens, starting with a letter
    #[arg(value_name = "SLUG")]
    pub slug: SiteSlug,

    #[command(flatten)]
    pub org: OrgOption,
}

/// Delete a site with all its deployments
#[derive(Debug, Args)]
pub struct DeleteArgs {
    #[command(flatten)]
    pub site: SiteArgs,

    /// Do not ask
    #[arg(long)]
    pub force: bool,
}

/// List the sites that the credential reaches
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only sites of this organization
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,
}

/// Show a site
#[derive(Debug, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    pub site: SiteArgs,
}
