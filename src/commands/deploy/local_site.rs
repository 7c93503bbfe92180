//! The site of `deploy --local`: it is made unless it is there.

use crate::api::ErrorCode;
use crate::client::zerodeploy::ZeroDeploy;
use crate::commands::project::new_site;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::CliError;
use crate::ui::Ui;

/// What to type again with another name.
pub(super) const COMMAND: &str = "zerodeploy deploy --local";

/// Makes the site unless it is there.
///
/// # Errors
/// `slug_taken` with a free proposal when the name belongs to another organization than `org`, or to one that the owner
/// does not reach.
pub(super) async fn ensure(
    ui: &Ui,
    owner: &ZeroDeploy,
    site: &SiteSlug,
    org: Option<&OrgSlug>,
) -> Result<(), CliError> {
    match owner.site(site.as_str()).await {
        Ok(found) if org.is_none_or(|org| found.org == org.as_str()) => return Ok(()),
        Ok(found) => {
            let why = format!("belongs to the organization `{}`", found.org);
            return Err(new_site::taken(owner, site, &why, COMMAND).await);
        }
        Err(error) if error.code == ErrorCode::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let reached = match org {
        Some(_) => Vec::new(),
        None => owner.organizations().await?.into_iter().map(|org| org.slug).collect(),
    };
    let org = new_site::org(org.cloned(), None, &reached)?;
    new_site::create(ui, owner, site, &org, COMMAND).await
}
