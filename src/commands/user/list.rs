//! `user list`.

use crate::api::users::User;
use crate::context::Context;
use crate::error::CliError;
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When the person does not own the server, or the server refuses.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let users = context.session_client().await?.users().await?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&users)?);
    }
    Ok(context.ui.table(&table(&users))?)
}

fn table(users: &[User]) -> Table {
    let yes = |is: bool| Cell::from(if is { "yes" } else { "no" });
    let mut table = Table::new(&["name", "status", "owner", "password", "second factor", "created", "id"])
        .only_for_programs(&["id"]);
    for user in users {
        table.row(vec![
            user.name.clone().into(),
            user.status.as_str().into(),
            yes(user.admin),
            yes(user.has_password),
            yes(user.has_second_factor),
            Cell::Time(user.created_at),
            user.id.to_string().into(),
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
        let users: Vec<User> = serde_json::from_value(serde_json::json!([{
            "id": "00000000-0000-0000-0000-000000000000", "name": "ada", "admin": true, "status": "active",
            "has_password": true, "has_second_factor": false, "created_at": "2026-05-01T12:00:00Z"
        }]))
        .expect("users");
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&users)).expect("written");
        insta::assert_snapshot!(stdout.text(), @r"
        name	status	owner	password	second factor	created	id
        ada	active	yes	yes	no	2026-05-01T12:00:00Z	00000000-0000-0000-0000-000000000000
        ");
    }
}
