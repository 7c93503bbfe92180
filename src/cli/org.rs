//! `org`.

use clap::{Args, Subcommand};

use super::args::{LimitOption, Since};
use super::help::examples;
use super::org_members::MembersCommand;
use crate::domain::slug::OrgSlug;

const AUDIT_EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy org audit acme --since 7d", "Show what happened this week"),
    ("zerodeploy org audit --all --limit 1000 --json", "Save what happened on the whole server"),
];

/// Manage organizations and their members, and see what happened in them
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    Audit(AuditArgs),
    Create(CreateArgs),
    Delete(DeleteArgs),
    /// List the organizations that the credential reaches
    List,
    #[command(subcommand)]
    Members(MembersCommand),
}

/// Show what happened in an organization, the newest first
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &AUDIT_EXAMPLES))]
pub struct AuditArgs {
    /// Organization slug [default: ZERODEPLOY_ORG, zerodeploy.json, the profile, or the only one there is]
    #[arg(value_name = "ORG", conflicts_with = "org")]
    pub slug: Option<OrgSlug>,

    /// Organization slug, the same as ORG
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Show everything that happened on the server, which only its owner may
    #[arg(long, conflicts_with_all = ["slug", "org"])]
    pub all: bool,

    /// Leave out what is older: a time such as 24h or 7d, or a date such as 2026-01-31 (UTC)
    #[arg(long, value_name = "TIME")]
    pub since: Option<Since>,

    #[command(flatten)]
    pub limit: LimitOption,
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
