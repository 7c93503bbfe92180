//! `deploy promote`: makes a preview the site's current deployment.

use crate::api::ErrorCode;
use crate::api::sites::Promote;
use crate::cli::deploy::PromoteArgs;
use crate::commands::deployments::print_published;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

/// Runs the command.
///
/// # Errors
///
/// When there is nothing to promote, or the server refuses.
pub async fn run(context: &Context, args: PromoteArgs) -> Result<(), CliError> {
    let client = context.client().await?;
    let site = match (context.named_site(args.site.site.as_ref())?, args.deployment_id) {
        (Some(site), _) => site.to_string(),
        // The deployment knows its own site.
        (None, Some(id)) => client.deployment(&id).await.or_hint(ErrorCode::NotFound, hints::deployments(None))?.site,
        (None, None) => context.site(&client, None).await?.to_string(),
    };
    let hint = if args.deployment_id.is_some() { hints::deployments(None) } else { hints::SITES.to_owned() };
    let request = Promote { deployment_id: args.deployment_id };
    let published = client.promote(&site, &request).await.or_hint(ErrorCode::NotFound, hint)?;
    print_published(&context.ui, &published)
}
