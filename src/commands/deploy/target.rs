//! The site that a deploy goes to when it may be a new one.

use std::path::Path;

use crate::api::ErrorCode;
use crate::cli::deploy::DeployArgs;
use crate::client::zerodeploy::ZeroDeploy;
use crate::commands::project::new_site;
use crate::context::Context;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::CliError;
use crate::ui::Ui;

/// What to type again with another name.
const COMMAND: &str = "zerodeploy deploy";

/// Where a deploy goes.
#[derive(Debug)]
pub(super) enum Target {
    /// To a site that was named, or the only one that the token reaches.
    There(SiteSlug),
    /// To a site that is made for this project.
    New {
        /// Its name.
        site: SiteSlug,
        /// The organization that will hold it.
        org: OrgSlug,
    },
}

impl Target {
    /// The site that an argument, the environment or the project names. A project without a site gets one of its own,
    /// named like `folder`, however many others there are; a credential that may make none takes the only one it
    /// reaches.
    ///
    /// # Errors
    ///
    /// `slug_taken` when there is a site of the folder's name: it may belong to another project.
    pub(super) async fn find(
        ctx: &Context,
        args: &DeployArgs,
        client: &ZeroDeploy,
        folder: &Path,
    ) -> Result<Target, CliError> {
        if let Some(site) = ctx.named_site(args.site.slug())? {
            return Ok(Target::There(site));
        }
        let who = client.whoami().await?;
        // A site's token knows where it belongs, and may be allowed nothing but to deploy there.
        if let Some(site) = who.credential.site.as_deref().and_then(|site| site.parse().ok()) {
            return Ok(Target::There(site));
        }
        if !new_site::may_create(&who) {
            return ctx.site(client, None).await.map(Target::There);
        }
        let named = ctx.named_org(args.org.org.as_ref()).await?;
        let org = new_site::org(named, who.credential.org.as_deref(), &who.orgs)?;
        let site = new_site::name(None, folder, COMMAND).await?;
        match client.site(site.as_str()).await {
            Ok(found) => {
                let why = format!("is in use already, in the organization `{}`", found.org);
                let error = new_site::taken(client, &site, &why, COMMAND).await;
                Err(error.hint(format!("or deploy to that site: {COMMAND} {site}")))
            }
            Err(error) if error.code == ErrorCode::NotFound => Ok(Target::New { site, org }),
            Err(error) => Err(error.into()),
        }
    }

    /// The site's slug.
    pub(super) fn site(&self) -> &SiteSlug {
        match self {
            Target::There(site) | Target::New { site, .. } => site,
        }
    }
}

/// Makes the new site of a target.
///
/// # Errors
///
/// `slug_taken` with a free proposal when somebody else has the name.
pub(super) async fn make(ui: &Ui, client: &ZeroDeploy, site: &SiteSlug, org: &OrgSlug) -> Result<(), CliError> {
    new_site::create(ui, client, site, org, COMMAND).await
}
