//! `org members invite`.

use crate::api::ErrorCode;
use crate::api::members::InviteMember;
use crate::cli::org_members::InviteArgs;
use crate::commands::{hints, one_time_link};
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When the person is a member already, the caller does not administer the organization, or the server refuses.
pub async fn run(context: &Context, args: InviteArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let org = context.org(&client, args.org.org.as_ref()).await?;
    let invite = InviteMember { name: args.name, role: args.role };
    let link = client.invite_member(org.as_str(), &invite).await.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    let (name, role) = (&link.name, invite.role);
    let purpose = format!("By this link, {name} joins the organization {org} as {role}");
    let again = format!("zerodeploy org members invite {name} --role {role} --org {org}");
    one_time_link::print(&context.ui, &link, &purpose, &again)
}
