//! `org members`.

use clap::{ArgGroup, Args, Subcommand};

use super::args::OrgOption;
use super::help::examples;
use crate::domain::account::AccountName;
use crate::domain::role::Role;

/// See who belongs to an organization, invite, and remove
#[derive(Debug, Subcommand)]
pub enum MembersCommand {
    Invite(InviteArgs),
    List(ListArgs),
    Remove(RemoveArgs),
    Role(RoleArgs),
}

const INVITE_EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy org members invite ada --org acme", "Make a link by which `ada` joins as MEMBER"),
    ("zerodeploy org members invite ada@example.com --role ADMIN -q", "Print the link alone"),
];

/// Make a link by which somebody joins an organization
///
/// There is no mail: the link is printed, alone on standard output, and whoever invites hands it over. Inviting the
/// same name again ends the older link.
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &INVITE_EXAMPLES))]
pub struct InviteArgs {
    /// What the person signs in with, or will
    #[arg(value_name = "NAME")]
    pub name: AccountName,

    /// What the person will be: ADMIN or MEMBER
    #[arg(long, value_name = "ROLE", default_value_t = Role::Member)]
    pub role: Role,

    #[command(flatten)]
    pub org: OrgOption,
}

/// List members and invitations
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub org: OrgOption,
}

/// End a membership, your own as well, or revoke an invitation
///
/// The person's tokens reach nothing of the organization any more, at once. An administrator is made a MEMBER first.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Name of the member, or of somebody who was invited
    #[arg(value_name = "NAME")]
    pub name: String,

    #[command(flatten)]
    pub org: OrgOption,

    /// Do not ask
    #[arg(long)]
    pub force: bool,
}

/// Give a member, or somebody who was invited, another role
///
/// MEMBER works with sites and deployments and manages own tokens. ADMIN also manages members and every token of the
/// organization, sees its audit log, and may delete it.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("new_role").required(true).args(["role", "role_option"]))]
pub struct RoleArgs {
    /// Name of the member, or of somebody who was invited
    #[arg(value_name = "NAME")]
    pub name: String,

    /// ADMIN or MEMBER
    #[arg(value_name = "ROLE")]
    role: Option<Role>,

    /// ADMIN or MEMBER, the same as ROLE
    #[arg(id = "role_option", long = "role", value_name = "ROLE")]
    role_option: Option<Role>,

    #[command(flatten)]
    pub org: OrgOption,
}

impl RoleArgs {
    /// The role that was given; the parser lets none pass without.
    pub fn role(&self) -> Role {
        self.role.or(self.role_option).unwrap_or_default()
    }
}
