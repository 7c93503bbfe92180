//! `org members list`.

use crate::api::ErrorCode;
use crate::api::members::Member;
use crate::cli::org_members::ListArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When the credential is no session, or the server refuses.
pub async fn run(context: &Context, args: ListArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let org = context.org(&client, args.org.org.as_ref()).await?;
    let members = client.members(org.as_str()).await.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&members)?);
    }
    Ok(context.ui.table(&table(&members))?)
}

fn table(members: &[Member]) -> Table {
    let mut table =
        Table::new(&["name", "role", "status", "since", "invitation ends", "user id"]).only_for_programs(&["user id"]);
    for member in members {
        table.row(vec![
            member.name.clone().into(),
            member.role.as_str().into(),
            member.status.as_str().into(),
            Cell::Time(member.created_at),
            Cell::time(member.expires_at),
            Cell::text(member.user_id.map(|id| id.to_string())),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Options, Ui};

    #[test]
    fn programs_see_members_and_invitations() {
        let members: Vec<Member> = serde_json::from_value(serde_json::json!([
            {"user_id": "00000000-0000-0000-0000-000000000000", "name": "ada", "role": "ADMIN", "status": "active",
             "created_at": "2026-05-01T12:00:00Z", "expires_at": null},
            {"user_id": null, "name": "grace", "role": "MEMBER", "status": "pendingInvite",
             "created_at": "2026-05-02T12:00:00Z", "expires_at": "2026-05-09T12:00:00Z"},
        ]))
        .expect("members");
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&members)).expect("written");
        insta::assert_snapshot!(stdout.text(), @r"
        name	role	status	since	invitation ends	user id
        ada	ADMIN	active	2026-05-01T12:00:00Z		00000000-0000-0000-0000-000000000000
        grace	MEMBER	pendingInvite	2026-05-02T12:00:00Z	2026-05-09T12:00:00Z	
        ");
    }
}
