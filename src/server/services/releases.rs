//! Moving a site's pointer: rolling back and promoting.

use crate::api::ErrorCode;
use crate::api::deployments::FinishedDeployment;
use crate::api::sites::{Promote, Rollback};
use crate::domain::deployment_id::DeploymentId;
use crate::server::caller::Caller;
use crate::server::db::{self, Write, deployments::Deployment, sites::Site};
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::audit::{self, Action};
use super::{access, finish};

/// Serves again what lay below the current release, or publishes the named deployment once more.
///
/// Must not be dropped half-way; see [`finish::finish`].
pub(crate) async fn roll_back(
    state: &State,
    caller: &Caller,
    site: &str,
    request: &Rollback,
) -> Result<FinishedDeployment, ServiceError> {
    let site = access::site(state, caller, site).await?;
    let wanted = match request.to {
        Some(id) => Some(ready_deployment(state, caller, &site, id).await?),
        None => None,
    };
    let now = state.now();
    let mut write = state.db.write().await?;
    let stack = db::releases::top_two(&mut *write, site.id).await?;
    let top = stack.first().copied().ok_or_else(|| nothing_below(&site))?;
    if let Some(expected) = request.only_if_current {
        let current = db::deployments::find_by_id(&mut *write, top.deployment).await?;
        if current.is_none_or(|current| current.short_id != expected.as_str()) {
            let message = format!("`{expected}` is no longer what `{}` serves; nothing was changed", site.slug);
            return Err(ServiceError::new(ErrorCode::Conflict, message));
        }
    }
    let target = match wanted {
        // It is what is served already: a release of its own would only make the next rollback do nothing.
        Some(wanted) if wanted.id == top.deployment => {
            drop(write);
            return finish::published(state, &wanted, None).await;
        }
        Some(wanted) => {
            db::releases::push(&mut write, site.id, wanted.id, now).await?;
            wanted
        }
        None => {
            let below = stack.get(1).copied().ok_or_else(|| nothing_below(&site))?;
            db::releases::pop(&mut write, site.id, top, below, now).await?;
            let below = db::deployments::find_by_id(&mut *write, below.deployment).await?;
            below.ok_or_else(|| ServiceError::internal("a release names a deployment that is gone"))?
        }
    };
    note(&mut write, caller, &target, now, "rolled_back").await?;
    audit::deployment(&mut write, state, caller, &target, Action::DeploymentRolledBack).await?;
    write.commit().await?;
    state.directory.forget(site.id);
    state.variants.push(target.organization_id, target.manifest);
    finish::published(state, &target, Some(top.deployment)).await
}

/// Publishes a deployment: the named one, or the latest preview.
///
/// Must not be dropped half-way; see [`finish::finish`].
pub(crate) async fn promote(
    state: &State,
    caller: &Caller,
    site: &str,
    request: &Promote,
) -> Result<FinishedDeployment, ServiceError> {
    let site = access::site(state, caller, site).await?;
    let target = match request.deployment_id {
        Some(id) => ready_deployment(state, caller, &site, id).await?,
        None => db::deployments::latest_preview(state.db.read(), site.id).await?.ok_or_else(|| {
            ServiceError::new(ErrorCode::NotFound, format!("`{}` has no preview to promote", site.slug))
                .hint("make one with `zerodeploy deploy --preview`, or name a deployment")
        })?,
    };
    let now = state.now();
    let mut write = state.db.write().await?;
    let top = db::releases::top_two(&mut *write, site.id).await?.first().copied();
    if top.is_none_or(|top| top.deployment != target.id) {
        db::releases::push(&mut write, site.id, target.id, now).await?;
        note(&mut write, caller, &target, now, "promoted").await?;
        audit::deployment(&mut write, state, caller, &target, Action::DeploymentPromoted).await?;
        write.commit().await?;
        state.directory.forget(site.id);
        state.variants.push(target.organization_id, target.manifest);
    } else {
        drop(write);
    }
    finish::published(state, &target, top.map(|top| top.deployment)).await
}

async fn ready_deployment(
    state: &State,
    caller: &Caller,
    site: &Site,
    id: DeploymentId,
) -> Result<Deployment, ServiceError> {
    let deployment = access::deployment(state, caller, id).await?;
    if deployment.site_id != site.id {
        let message =
            format!("the deployment `{id}` belongs to the site `{}`, not to `{}`", deployment.site_slug, site.slug);
        return Err(ServiceError::new(ErrorCode::ValidationFailed, message));
    }
    if deployment.status != "ready" {
        let message = format!("the deployment `{id}` is {} and cannot be published", deployment.status);
        return Err(ServiceError::new(ErrorCode::Conflict, message));
    }
    Ok(deployment)
}

async fn note(
    write: &mut Write,
    caller: &Caller,
    target: &Deployment,
    now: i64,
    event: &str,
) -> Result<(), ServiceError> {
    let text = format!("{} by {}", event.replace('_', " "), caller.describe());
    Ok(db::deployments::log(write, target.id, now, event, &text).await?)
}

fn nothing_below(site: &Site) -> ServiceError {
    let message = format!("`{}` has no earlier release to go back to", site.slug);
    ServiceError::new(ErrorCode::NothingToRollBack, message)
        .hint(format!("`zerodeploy deployments list {}` shows what `--to` can publish", site.slug))
}
