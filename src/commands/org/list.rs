//! `org list`.

use crate::api::organizations::Organization;
use crate::context::Context;
use crate::error::CliError;
use crate::ui::Ui;
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When the server refuses.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let organizations = context.client().await?.organizations().await?;
    print(&context.ui, &organizations)
}

fn print(ui: &Ui, organizations: &[Organization]) -> Result<(), CliError> {
    if ui.is_json() {
        return Ok(ui.json(organizations)?);
    }
    if organizations.is_empty() {
        ui.status("There are no organizations");
        ui.hint("create one with `zerodeploy org create SLUG`");
    }
    if ui.is_terminal() && organizations.is_empty() {
        return Ok(());
    }
    if ui.is_terminal() {
        ui.heading("Organizations")?;
        for organization in organizations {
            ui.item(&organization.slug)?;
        }
        return Ok(());
    }
    let mut table = Table::new(&["slug", "id", "sites", "created"]);
    for organization in organizations {
        table.row(vec![
            organization.slug.clone().into(),
            organization.id.to_string().into(),
            organization.site_count.map_or(Cell::Missing, Cell::Number),
            Cell::time(organization.created_at),
        ]);
    }
    Ok(ui.table(&table)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;
    use crate::ui::style::ColorWish;

    #[test]
    fn people_see_slugs_and_programs_columns() {
        let organization =
            Organization { id: uuid::Uuid::nil(), slug: "personal".to_owned(), created_at: None, site_count: Some(2) };
        let color = ColorWish { never: true, ..ColorWish::default() };
        let (ui, stdout, _) = Ui::captured(Options { stdout_terminal: true, color, ..Options::default() });
        print(&ui, std::slice::from_ref(&organization)).expect("written");
        assert_eq!(stdout.text(), "Organizations\n  personal\n");
        let (ui, stdout, _) = Ui::captured(Options::default());
        print(&ui, &[organization]).expect("written");
        assert_eq!(stdout.text(), "slug\tid\tsites\tcreated\npersonal\t00000000-0000-0000-0000-000000000000\t2\t\n");
    }
}
