//! `site list`.

use crate::api::ErrorCode;
use crate::api::sites::Site;
use crate::cli::site::ListArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::slug::OrgSlug;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When the server refuses.
pub async fn run(context: &Context, args: ListArgs) -> Result<(), CliError> {
    let org = context.named_org(args.org.as_ref()).await?;
    let sites = context
        .client()
        .await?
        .sites(org.as_ref().map(OrgSlug::as_str))
        .await
        .or_hint(ErrorCode::NotFound, hints::ORGS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&sites)?);
    }
    if sites.is_empty() {
        let place = org.map(|org| format!(" in {org}")).unwrap_or_default();
        context.ui.status(&format!("There are no sites{place}"));
        context.ui.hint("create one with `zerodeploy site create SLUG`");
    }
    Ok(context.ui.table(&table(&sites))?)
}

fn table(sites: &[Site]) -> Table {
    let mut table = Table::new(&["slug", "org", "url", "current", "created"]);
    for site in sites {
        table.row(vec![
            site.slug.clone().into(),
            site.org.clone().into(),
            site.url.clone().into(),
            Cell::text(site.current_deployment_id.map(|id| id.to_string())),
            Cell::Time(site.created_at),
        ]);
    }
    table
}
