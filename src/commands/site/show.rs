//! `site show`.

use crate::api::ErrorCode;
use crate::cli::site::ShowArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::table::Cell;

/// Runs the command.
///
/// # Errors
///
/// When no site is named, or the server refuses.
pub async fn run(context: &Context, args: ShowArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let slug = context.site(&client, args.site.slug()).await?;
    let site = client.site(slug.as_str()).await.or_hint(ErrorCode::NotFound, hints::SITES)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&site)?);
    }
    context.ui.heading(&format!("Site {slug}"))?;
    Ok(context.ui.fields(&[
        ("slug", site.slug.into()),
        ("id", site.id.to_string().into()),
        ("organization", site.org.into()),
        ("url", site.url.into()),
        ("current deployment", Cell::text(site.current_deployment_id.map(|id| id.to_string()))),
        ("created", Cell::Time(site.created_at)),
    ])?)
}
