//! `site create`.

use crate::api::ErrorCode;
use crate::cli::site::CreateArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When the slug is taken, no organization is named, or the server refuses.
pub async fn run(context: &Context, args: CreateArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let org = context.org(&client, args.org.org.as_ref()).await?;
    let site = client.create_site(&org, &args.slug).await.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&site)?);
    }
    context.ui.status(&format!("Created the site {} in {}", site.slug, site.org));
    Ok(context.ui.line(&site.url)?)
}
