//! `org audit`.

use jiff::Timestamp;

use crate::api::ErrorCode;
use crate::api::audit::AuditEvent;
use crate::cli::org::AuditArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When no organization is named, the person does not administer it, or the server refuses.
pub async fn run(context: &Context, args: AuditArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let org = match args.all {
        true => None,
        false => Some(context.org(&client, args.slug.as_ref().or(args.org.as_ref())).await?),
    };
    let since = args.since.map(|since| since.moment(Timestamp::now()));
    let events = client.audit_events(org.as_ref().map(|org| org.as_str()), since, args.limit.limit).await;
    let events = events.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    let larger = args.limit.larger(events.len());
    if context.ui.is_json() {
        context.ui.json(&events)?;
        // A program that saves the log must not miss the rest silently.
        if let Some(limit) = larger {
            context.ui.warn(&format!("there may be older entries: --limit {limit} prints them"));
        }
        return Ok(());
    }
    if events.is_empty() {
        context.ui.status("Nothing happened in that time");
    }
    context.ui.table(&table(&events))?;
    if let Some(limit) = larger {
        context.ui.hint(&format!("there may be older entries: --limit {limit} shows them"));
    }
    Ok(())
}

fn table(events: &[AuditEvent]) -> Table {
    let header = ["when", "who", "token", "action", "target", "result", "times", "from", "org", "user agent"];
    let mut table = Table::new(&header).only_for_programs(&["times", "org", "user agent"]);
    for event in events {
        table.row(vec![
            Cell::Time(event.at),
            Cell::text(event.user.clone()),
            Cell::text(event.token.clone()),
            event.action.as_str().into(),
            event.target.as_str().into(),
            event.result.as_str().into(),
            Cell::Number(event.count),
            Cell::text(event.address.clone()),
            Cell::text(event.org.clone()),
            Cell::text(event.user_agent.clone()),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Options, Ui};
    use uuid::Uuid;

    #[test]
    fn programs_get_all_columns() {
        let event = AuditEvent {
            id: Uuid::nil(),
            at: "2026-05-01T12:00:00Z".parse().expect("a time"),
            org: Some("acme".to_owned()),
            user_id: Some(Uuid::nil()),
            user: Some("ada".to_owned()),
            token_id: Some(Uuid::nil()),
            token: Some("ci".to_owned()),
            action: "deployment.publish".to_owned(),
            target: "blog 0123456789".to_owned(),
            result: "done".to_owned(),
            count: 1,
            address: Some("192.0.2.1".to_owned()),
            user_agent: None,
        };
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&[event])).expect("written");
        assert_eq!(
            stdout.text(),
            "when\twho\ttoken\taction\ttarget\tresult\ttimes\tfrom\torg\tuser agent\n\
             2026-05-01T12:00:00Z\tada\tci\tdeployment.publish\tblog 0123456789\tdone\t1\t192.0.2.1\tacme\t\n"
        );
    }
}
