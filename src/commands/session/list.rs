//! `session list`.

use crate::api::sessions::Session;
use crate::context::Context;
use crate::error::CliError;
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When the credential is no session, or the server refuses.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let sessions = context.session_client().await?.sessions().await?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&sessions)?);
    }
    Ok(context.ui.table(&table(&sessions))?)
}

fn table(sessions: &[Session]) -> Table {
    let mut table = Table::new(&["prefix", "this", "address", "program", "opened", "last used", "expires", "id"])
        .only_for_programs(&["id"]);
    for session in sessions {
        table.row(vec![
            session.prefix.clone().into(),
            if session.current { "yes" } else { "no" }.into(),
            Cell::text(session.address.clone()),
            Cell::text(session.user_agent.clone()),
            Cell::Time(session.created_at),
            Cell::time(session.last_used_at),
            Cell::Time(session.expires_at),
            session.id.to_string().into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Options, Ui};

    #[test]
    fn programs_see_columns() {
        let sessions: Vec<Session> = serde_json::from_value(serde_json::json!([{
            "id": "00000000-0000-0000-0000-000000000000", "prefix": "zds_1a2b3c4d", "current": true,
            "address": "192.0.2.7", "user_agent": "zerodeploy/0.1.0", "created_at": "2026-05-01T12:00:00Z",
            "expires_at": "2026-05-31T12:00:00Z", "last_used_at": null
        }]))
        .expect("sessions");
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&sessions)).expect("written");
        insta::assert_snapshot!(stdout.text(), @r"
        prefix	this	address	program	opened	last used	expires	id
        zds_1a2b3c4d	yes	192.0.2.7	zerodeploy/0.1.0	2026-05-01T12:00:00Z		2026-05-31T12:00:00Z	00000000-0000-0000-0000-000000000000
        ");
    }
}
