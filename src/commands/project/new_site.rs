//! A site for a project that has none: its name, and making it.

use std::path::Path;

use super::site_name;
use crate::api::{ErrorCode, WhoAmI};
use crate::client::zerodeploy::ZeroDeploy;
use crate::domain::permission::Permission;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::{CliError, OrHint};
use crate::ui::Ui;

/// The organization that the first start of a server makes.
const FIRST_ORG: &str = "personal";
/// How many names are tried for a proposal.
const PROPOSALS: std::ops::RangeInclusive<usize> = 2..=20;

/// The site's name: the given one, else one made of the project's or the folder's. `command` is what to type again.
///
/// # Errors
/// `validation_failed` when no name can be made.
pub(in crate::commands) async fn name(
    named: Option<SiteSlug>,
    folder: &Path,
    command: &str,
) -> Result<SiteSlug, CliError> {
    if let Some(site) = named {
        return Ok(site);
    }
    let path = folder.to_owned();
    let derive = move || site_name::derive(&path.canonicalize().unwrap_or(path));
    tokio::task::spawn_blocking(derive).await?.ok_or_else(|| {
        let message = format!("no site name can be made of `{}`", folder.display());
        CliError::new(ErrorCode::ValidationFailed, message).hint(format!("name the site: {command} --site NAME"))
    })
}

/// Whether a credential may make sites. Only then a project without a site gets one of its own.
pub(in crate::commands) fn may_create(who: &WhoAmI) -> bool {
    who.credential.kind != "site" && who.credential.permissions.contains(&Permission::SitesWrite)
}

/// The organization for a new site: the named one, else the token's, else the first one that the server made, else the
/// only one.
///
/// # Errors
/// `validation_failed` when there are several, or none.
pub(in crate::commands) fn org(
    named: Option<OrgSlug>,
    of_token: Option<&str>,
    reached: &[String],
) -> Result<OrgSlug, CliError> {
    if let Some(org) = named {
        return Ok(org);
    }
    let first = reached.iter().find(|slug| *slug == FIRST_ORG).or(reached.first().filter(|_| reached.len() == 1));
    of_token.or(first.map(String::as_str)).and_then(|slug| slug.parse().ok()).ok_or_else(|| {
        let message = match reached.len() {
            0 => "there is no organization to make the site in".to_owned(),
            count => format!("there are {count} organizations to make the site in"),
        };
        CliError::new(ErrorCode::ValidationFailed, message)
            .hint("name one with --org; make one with `zerodeploy org create NAME`")
    })
}

/// Makes the site.
///
/// # Errors
/// `slug_taken` with a free proposal when the name belongs to another organization.
pub(in crate::commands) async fn create(
    ui: &Ui,
    client: &ZeroDeploy,
    site: &SiteSlug,
    org: &OrgSlug,
    command: &str,
) -> Result<(), CliError> {
    match client.create_site(org, site).await {
        Ok(_) => {
            ui.status(&format!("Made the site {site} in the organization {org}"));
            Ok(())
        }
        Err(error) if error.code == ErrorCode::SlugTaken => {
            Err(taken(client, site, "belongs to another organization", command).await)
        }
        Err(error) => {
            let hint = format!("leave --org out, or make it: `zerodeploy org create {org}`");
            Err(error).or_hint(ErrorCode::NotFound, hint)
        }
    }
}

/// The error for a name that is taken, with one that is free.
pub(in crate::commands) async fn taken(client: &ZeroDeploy, site: &SiteSlug, why: &str, command: &str) -> CliError {
    let error = CliError::new(ErrorCode::SlugTaken, format!("the site name `{site}` {why}"));
    for proposal in PROPOSALS.filter_map(|number| site.proposal(number)) {
        // Of sites out of reach this cannot tell; then the next try proposes the next one.
        match client.site(proposal.as_str()).await {
            Err(missing) if missing.code == ErrorCode::NotFound => {
                let hint = format!("take another name: {command} --site {proposal}");
                return error.hint(hint).detail("proposal", proposal.as_str());
            }
            _ => {}
        }
    }
    error.hint("take another name with --site")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organization_is_the_named_one_the_tokens_the_first_or_the_only_one() {
        let slugs = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>();
        let found = |named: Option<&str>, of_token, reached: &[&str]| {
            let named = named.map(|slug| slug.parse().expect("a slug"));
            org(named, of_token, &slugs(reached)).map(|slug| slug.to_string()).map_err(|error| error.code())
        };
        assert_eq!(found(Some("acme"), None, &["personal"]).as_deref(), Ok("acme"));
        assert_eq!(found(None, Some("acme"), &["acme", "personal"]).as_deref(), Ok("acme"));
        assert_eq!(found(None, None, &["acme", "personal"]).as_deref(), Ok("personal"));
        assert_eq!(found(None, None, &["acme"]).as_deref(), Ok("acme"));
        assert_eq!(found(None, None, &["acme", "other"]), Err(ErrorCode::ValidationFailed));
        assert_eq!(found(None, None, &[]), Err(ErrorCode::ValidationFailed));
    }
}
