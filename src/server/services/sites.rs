//! Sites.

use uuid::Uuid;

use crate::api::sites::{CreateSite, Site};
use crate::api::{Deleted, ErrorCode, Page};
use crate::domain::slug::SiteSlug;
use crate::server::caller::{Caller, Scope};
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::access;
use super::audit::{self, Action};

const PAGE: i64 = 100;

/// The sites that the credential reaches, by slug; those of one organization when it is named.
pub(crate) async fn list(
    state: &State,
    caller: &Caller,
    organization: Option<&str>,
    cursor: Option<&str>,
) -> Result<Page<Site>, ServiceError> {
    let after = cursor.unwrap_or_default();
    let read = state.db.read();
    let sites = match (&caller.scope, organization) {
        (Scope::Site { id, organization_slug, .. }, asked) => {
            let is_asked = asked.is_none_or(|asked| asked == organization_slug);
            let site = if is_asked { db::sites::find_by_id(read, *id).await? } else { None };
            site.into_iter().filter(|site| site.slug.as_str() > after).collect()
        }
        (_, Some(slug)) => {
            let organization = access::organization(state, caller, slug).await?;
            db::sites::of_organization(read, organization.id, after, PAGE + 1).await?
        }
        (Scope::Organization { id, .. }, None) => db::sites::of_organization(read, *id, after, PAGE + 1).await?,
        (Scope::Person, None) => db::sites::of_user(read, caller.user.id, after, PAGE + 1).await?,
    };
    let has_more = sites.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    let data: Vec<Site> =
        sites.iter().take(usize::try_from(PAGE).unwrap_or(usize::MAX)).map(|site| to_wire(state, site)).collect();
    let next_cursor = data.last().filter(|_| has_more).map(|site| site.slug.clone());
    Ok(Page { data, next_cursor })
}

/// One site.
pub(crate) async fn show(state: &State, caller: &Caller, slug: &str) -> Result<Site, ServiceError> {
    Ok(to_wire(state, &access::site(state, caller, slug).await?))
}

/// Makes a site. A taken slug is told to everybody, because host names are public anyway.
pub(crate) async fn create(state: &State, caller: &Caller, create: &CreateSite) -> Result<Site, ServiceError> {
    if let Scope::Site { .. } = caller.scope {
        return Err(ServiceError::new(
            ErrorCode::ScopeTooNarrow,
            "a token that is bound to one site cannot make another",
        )
        .hint(format!(
            "use a session, or a token made with `zerodeploy token create NAME --org {} --permissions sites:write`",
            create.org
        )));
    }
    let organization = access::organization(state, caller, create.org.as_str()).await?;
    let (id, now) = (Uuid::now_v7(), state.now());
    let mut write = state.db.write().await?;
    if !db::sites::insert(&mut write, id, organization.id, create.slug.as_str(), now).await? {
        drop(write);
        let mut error = ServiceError::new(ErrorCode::SlugTaken, format!("the site slug `{}` is taken", create.slug));
        if let Some(free) = free_slug(state, &create.slug).await? {
            error = error.hint(format!("`{free}` is free"));
        }
        return Err(error);
    }
    let target = create.slug.as_str();
    audit::record(&mut write, state, caller, Some(organization.id), Action::SiteCreated, target).await?;
    write.commit().await?;
    let site = db::sites::find_by_id(state.db.read(), id).await?;
    let site = site.ok_or_else(|| ServiceError::internal("a site vanished while it was made"))?;
    Ok(to_wire(state, &site))
}

/// Deletes a site with all its deployments.
pub(crate) async fn delete(state: &State, caller: &Caller, slug: &str) -> Result<Deleted, ServiceError> {
    let site = access::site(state, caller, slug).await?;
    let mut write = state.db.write().await?;
    db::sites::delete(&mut write, site.id).await?;
    audit::record(&mut write, state, caller, Some(site.organization_id), Action::SiteDeleted, &site.slug).await?;
    write.commit().await?;
    state.directory.forget(site.id);
    Ok(Deleted { id: site.id })
}

async fn free_slug(state: &State, taken: &SiteSlug) -> Result<Option<SiteSlug>, ServiceError> {
    for number in 2..100 {
        let Some(proposal) = taken.proposal(number) else { return Ok(None) };
        if db::sites::find(state.db.read(), proposal.as_str()).await?.is_none() {
            return Ok(Some(proposal));
        }
    }
    Ok(None)
}

fn to_wire(state: &State, site: &db::sites::Site) -> Site {
    Site {
        id: site.id,
        slug: site.slug.clone(),
        org: site.organization_slug.clone(),
        url: state.addresses.site(&site.slug),
        current_deployment_id: site.current.as_deref().and_then(|id| id.parse().ok()),
        created_at: timestamp(site.created_at),
    }
}
