//! The site of `deploy --local`: its name, and that it exists.

use std::path::Path;

use super::site_name;
use crate::api::ErrorCode;
use crate::client::zerodeploy::ZeroDeploy;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::{CliError, OrHint};
use crate::ui::Ui;

/// The organization that the first start of a server makes.
const FIRST_ORG: &str = "personal";
/// How many names are tried for a proposal.
const PROPOSALS: std::ops::RangeInclusive<usize> = 2..=20;

/// The site's name: the given one, else one made of the project's or the folder's.
pub(super) async fn name(named: Option<SiteSlug>, folder: &Path) -> Result<SiteSlug, CliError> {
    if let Some(site) = named {
        return Ok(site);
    }
    let path = folder.to_owned();
    let derive = move || site_name::derive(&path.canonicalize().unwrap_or(path));
    tokio::task::spawn_blocking(derive).await?.ok_or_else(|| {
        let message = format!("no site name can be made of `{}`", folder.display());
        CliError::new(ErrorCode::ValidationFailed, message).hint("name the site: zerodeploy deploy --local --site NAME")
    })
}

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
        Ok(found) => return Err(taken(owner, site, &format!("belongs to the organization `{}`", found.org)).await),
        Err(error) if error.code == ErrorCode::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let org = match org {
        Some(org) => org.clone(),
        None => default_org(owner).await?,
    };
    match owner.create_site(&org, site).await {
        Ok(_) => {
            ui.status(&format!("Made the site {site} in the organization {org}"));
            Ok(())
        }
        Err(error) if error.code == ErrorCode::SlugTaken => {
            Err(taken(owner, site, "belongs to another organization").await)
        }
        Err(error) => {
            let hint = format!("leave --org out, or make it: `zerodeploy org create {org}`");
            Err(error).or_hint(ErrorCode::NotFound, hint)
        }
    }
}

/// The first organization, or the only one where somebody deleted that.
async fn default_org(owner: &ZeroDeploy) -> Result<OrgSlug, CliError> {
    let orgs = owner.organizations().await?;
    let first = orgs.iter().find(|org| org.slug == FIRST_ORG).or(orgs.first().filter(|_| orgs.len() == 1));
    first.and_then(|org| org.slug.parse().ok()).ok_or_else(|| {
        let message = match orgs.len() {
            0 => "there is no organization to make the site in".to_owned(),
            count => format!("there are {count} organizations to make the site in"),
        };
        CliError::new(ErrorCode::ValidationFailed, message)
            .hint("name one with --org; make one with `zerodeploy org create NAME`")
    })
}

async fn taken(owner: &ZeroDeploy, site: &SiteSlug, why: &str) -> CliError {
    let error = CliError::new(ErrorCode::SlugTaken, format!("the site name `{site}` {why}"));
    for proposal in PROPOSALS.filter_map(|number| site.proposal(number)) {
        // Of sites out of the owner's reach this cannot tell; then the next try proposes the next one.
        match owner.site(proposal.as_str()).await {
            Err(missing) if missing.code == ErrorCode::NotFound => {
                let hint = format!("take another name: zerodeploy deploy --local --site {proposal}");
                return error.hint(hint).detail("proposal", proposal.as_str());
            }
            _ => {}
        }
    }
    error.hint("take another name with --site")
}
