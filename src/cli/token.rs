//! `token`.

use clap::{ArgGroup, Args, Subcommand};

use super::args::{Lifetime, token_kind};
use super::help::{examples, permissions};
use crate::api::tokens::TokenKind;
use crate::domain::permission::Permission;
use crate::domain::slug::{OrgSlug, SiteSlug};

/// Create, list and delete tokens
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    Create(CreateArgs),
    Delete(DeleteArgs),
    List(ListArgs),
}

const CREATE_EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy token create ci --site blog --expires 90", "Deploy to one site, for 90 days"),
    (
        "zerodeploy token create audit --org acme --permissions sites:read,deployments:read",
        "See an organization's sites and deployments, change nothing",
    ),
];

fn create_help() -> String {
    format!("{}\n\n{}", examples("Examples", &CREATE_EXAMPLES), permissions())
}

/// Create a token and print its secret, once
#[derive(Debug, Args)]
#[command(after_help = create_help())]
#[command(group = ArgGroup::new("scope").required(true).args(["org", "site", "user"]))]
pub struct CreateArgs {
    /// What to call it: 1 to 100 characters
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Bind it to this organization
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Bind it to this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<SiteSlug>,

    /// Let it reach everything that you reach
    #[arg(long)]
    pub user: bool,

    /// What it may do, separated by commas [default: sites:read,deployments:write]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub permissions: Vec<Permission>,

    /// Days until it ends, or `never`
    #[arg(long, value_name = "DAYS", default_value = "never")]
    pub expires: Lifetime,
}

/// Delete tokens; they are refused at once
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// Id or prefix of a token, such as zd_1a2b3c4d
    #[arg(value_name = "TOKEN", required = true)]
    pub tokens: Vec<String>,
}

/// List tokens, without their secrets
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only this kind: user, org or site
    #[arg(id = "type", long = "type", value_name = "KIND", value_parser = token_kind)]
    pub kind: Option<TokenKind>,

    /// Only tokens of this organization
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Only tokens of this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<SiteSlug>,
}
