//! `rollback`: publishes an earlier deployment again.

use super::deployments::print_published;
use super::hints;
use crate::api::ErrorCode;
use crate::api::sites::Rollback;
use crate::cli::rollback::RollbackArgs;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When there is nothing to go back to, or the server refuses.
pub async fn run(context: &Context, args: RollbackArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let site = context.site(&client, args.site.slug()).await?;
    let request = Rollback { to: args.to, only_if_current: None };
    let hint = if args.to.is_some() { hints::deployments(Some(&site)) } else { hints::SITES.to_owned() };
    let published = client.rollback(site.as_str(), &request).await.or_hint(ErrorCode::NotFound, hint)?;
    print_published(&context.ui, &published)
}
