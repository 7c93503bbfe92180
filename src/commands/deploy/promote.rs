//! `deploy promote`: makes a preview the site's current deployment.

use crate::api::sites::Promote;
use crate::cli::deploy::PromoteArgs;
use crate::commands::deployments::print_published;
use crate::context::Context;
use crate::error::CliError;

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
        (None, Some(id)) => client.deployment(&id).await?.site,
        (None, None) => context.site(&client, None).await?.to_string(),
    };
    let published = client.promote(&site, &Promote { deployment_id: args.deployment_id }).await?;
    print_published(&context.ui, &published)
}
