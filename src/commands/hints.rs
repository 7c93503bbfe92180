//! What to do next, where several commands say the same.

use crate::domain::slug::SiteSlug;

/// For a site that was not found.
pub(super) const SITES: &str = "`zerodeploy site list` shows the sites that you reach";
/// For an organization that was not found.
pub(super) const ORGS: &str = "`zerodeploy org list` shows the organizations that you reach";
/// For a token that was not found.
pub(super) const TOKENS: &str = "`zerodeploy token list` shows ids and prefixes";

/// For a session that was not found.
pub(super) const SESSIONS: &str = "`zerodeploy session list` shows ids and prefixes";
/// For an account that was not found.
pub(super) const USERS: &str = "`zerodeploy user list` shows the accounts";

/// For a deploy that was interrupted.
pub(super) const RESUME: &str = "deploy again to go on: what has arrived is not sent twice";

/// For a deployment that was not found.
pub(super) fn deployments(site: Option<&SiteSlug>) -> String {
    let site = site.map_or("SITE", SiteSlug::as_str);
    format!("`zerodeploy deployments list {site}` shows the deployments of a site")
}
