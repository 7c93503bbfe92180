//! `org create`.

use crate::cli::org::CreateArgs;
use crate::context::Context;
use crate::error::CliError;

/// Runs the command.
///
/// # Errors
///
/// When the slug is taken, the credential is no session, or the server refuses.
pub async fn run(context: &Context, args: CreateArgs) -> Result<(), CliError> {
    let organization = context.session_client().await?.create_organization(&args.slug).await?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&organization)?);
    }
    context.ui.status(&format!("Created the organization {}", organization.slug));
    Ok(context.ui.fields(&[("slug", organization.slug.into()), ("id", organization.id.to_string().into())])?)
}
