//! Scope and existence, asked together: what lies outside a credential's reach is answered as if it did not exist.

use uuid::Uuid;

use crate::api::ErrorCode;
use crate::domain::deployment_id::DeploymentId;
use crate::domain::role::Role;
use crate::server::caller::{Caller, Scope};
use crate::server::db::{self, deployments::Deployment, organizations::Organization, sites::Site};
use crate::server::error::ServiceError;
use crate::server::state::State;

/// A site that the caller reaches.
pub(crate) async fn site(state: &State, caller: &Caller, slug: &str) -> Result<Site, ServiceError> {
    let found = db::sites::find(state.db.read(), slug).await?;
    if let Some(site) = found
        && reaches(state, caller, site.organization_id, Some(site.id)).await?
    {
        return Ok(site);
    }
    Err(caller.not_found(&format!("site `{slug}`")))
}

/// A deployment whose site the caller reaches.
pub(crate) async fn deployment(state: &State, caller: &Caller, id: DeploymentId) -> Result<Deployment, ServiceError> {
    let found = db::deployments::find(state.db.read(), id.as_str()).await?;
    if let Some(deployment) = found
        && reaches(state, caller, deployment.organization_id, Some(deployment.site_id)).await?
    {
        return Ok(deployment);
    }
    Err(caller.not_found(&format!("deployment `{id}`")))
}

/// An organization that the caller reaches as a whole: never for a site token.
pub(crate) async fn organization(state: &State, caller: &Caller, slug: &str) -> Result<Organization, ServiceError> {
    let found = db::organizations::find(state.db.read(), caller.user.id, slug).await?;
    if let Some(organization) = found
        && reaches(state, caller, organization.id, None).await?
    {
        return Ok(organization);
    }
    Err(caller.not_found(&format!("organization `{slug}`")))
}

/// An organization that the caller reaches as a whole and administers.
pub(crate) async fn administered(state: &State, caller: &Caller, slug: &str) -> Result<Organization, ServiceError> {
    let organization = organization(state, caller, slug).await?;
    match organization.role {
        Role::Admin => Ok(organization),
        Role::Member => Err(ServiceError::new(
            ErrorCode::Forbidden,
            format!("only an administrator of the organization `{slug}` may do this; you are a member"),
        )
        .hint(format!("`zerodeploy org members list --org {slug}` names the administrators"))
        .concerning(organization.id)),
    }
}

/// Whether something in an organization, and if it is a site in that site, lies within the caller's scope.
async fn reaches(state: &State, caller: &Caller, organization: Uuid, site: Option<Uuid>) -> Result<bool, ServiceError> {
    Ok(match &caller.scope {
        // Membership of a token's owner was checked with the token.
        Scope::Organization { id, .. } => *id == organization,
        Scope::Site { id, .. } => Some(*id) == site,
        Scope::Person => db::memberships::is_member(state.db.read(), organization, caller.user.id).await?,
    })
}
