//! Organizations.

use uuid::Uuid;

use crate::api::organizations::{CreateOrganization, Organization};
use crate::api::{Deleted, ErrorCode};
use crate::domain::role::Role;
use crate::server::caller::{Caller, Scope};
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::access;
use super::audit::{self, Action};

/// All organizations of the credential's owner, whatever its scope; outside the scope only id and slug are told.
pub(crate) async fn list(state: &State, caller: &Caller) -> Result<Vec<Organization>, ServiceError> {
    let organizations = db::organizations::of_user(state.db.read(), caller.user.id).await?;
    Ok(organizations
        .into_iter()
        .map(|organization| {
            let is_inside = match &caller.scope {
                Scope::Person => true,
                Scope::Organization { id, .. } => *id == organization.id,
                Scope::Site { .. } => false,
            };
            let mut wire = to_wire(&organization);
            if !is_inside {
                (wire.created_at, wire.site_count) = (None, None);
            }
            wire
        })
        .collect())
}

/// Makes an organization with the caller as its member.
pub(crate) async fn create(
    state: &State,
    caller: &Caller,
    create: &CreateOrganization,
) -> Result<Organization, ServiceError> {
    let (id, slug, now) = (Uuid::now_v7(), create.slug.as_str(), state.now());
    let mut write = state.db.write().await?;
    if !db::organizations::insert(&mut write, id, slug, caller.user.id, now).await? {
        return Err(ServiceError::new(ErrorCode::SlugTaken, format!("the organization slug `{slug}` is taken"))
            .hint("choose another slug"));
    }
    audit::record(&mut write, state, caller, Some(id), Action::OrganizationCreated, slug).await?;
    write.commit().await?;
    Ok(to_wire(&db::organizations::Organization {
        id,
        slug: slug.to_owned(),
        created_at: now,
        site_count: 0,
        role: Role::Admin,
    }))
}

/// Deletes an organization that has no site.
pub(crate) async fn delete(state: &State, caller: &Caller, slug: &str) -> Result<Deleted, ServiceError> {
    let organization = access::administered(state, caller, slug).await?;
    let mut write = state.db.write().await?;
    if !db::organizations::delete(&mut write, organization.id).await? {
        let message = format!("the organization `{slug}` still has sites");
        return Err(ServiceError::new(ErrorCode::OrgNotEmpty, message)
            .hint(format!("delete them first; `zerodeploy site list --org {slug}` names them")));
    }
    audit::record(&mut write, state, caller, Some(organization.id), Action::OrganizationDeleted, slug).await?;
    write.commit().await?;
    Ok(Deleted { id: organization.id })
}

fn to_wire(organization: &db::organizations::Organization) -> Organization {
    Organization {
        id: organization.id,
        slug: organization.slug.clone(),
        created_at: Some(timestamp(organization.created_at)),
        site_count: Some(organization.site_count.unsigned_abs()),
    }
}
