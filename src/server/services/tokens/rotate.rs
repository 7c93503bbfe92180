//! Rotating a token: a new one takes its place, and the old one ends.

use crate::api::ErrorCode;
use crate::api::tokens::{ReplacedToken, RotateToken, RotatedToken};
use crate::domain::token::TOKEN_PREFIX;
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db::{self, tokens::Token};
use crate::server::error::ServiceError;
use crate::server::services::audit::{self, Action};
use crate::server::state::State;

use super::create::{Blueprint, created, make};
use super::find::find;
use super::{DAY, wire};

/// How long the old secret works unless the caller says something else.
const USUAL_GRACE: u64 = DAY.as_secs();
/// How long it may work at most, in seconds.
const LONGEST_GRACE: u64 = 90 * DAY.as_secs();

/// Makes a token with the same name, scope, permissions and note that lives as long as the old one was made to live.
/// The old one ends after the grace, or by itself before that. One that ended in the last 30 days can be rotated too:
/// that is when its owner notices.
pub(crate) async fn rotate(
    state: &State,
    caller: &Caller,
    name: &str,
    request: &RotateToken,
) -> Result<RotatedToken, ServiceError> {
    let grace = request.grace_seconds.unwrap_or(USUAL_GRACE);
    if grace > LONGEST_GRACE {
        let message = format!("the old secret works for at most {LONGEST_GRACE} seconds (90 days) more");
        return Err(ServiceError::new(ErrorCode::ValidationFailed, message));
    }
    let old = find(state, caller, name).await?;
    check(caller, &old)?;
    let end = state.now().saturating_add_unsigned(grace.saturating_mul(1_000));
    let blueprint = Blueprint {
        name: &old.name,
        kind: &old.kind,
        organization: old.organization_id,
        site: old.site_id,
        permissions: &old.permissions,
        note: old.note.as_deref(),
        lifetime: old.lifetime,
        rotated_from: Some(old.id),
    };
    let mut write = state.db.write().await?;
    // Asked with the writer in hand: of two at once, one gets the new secret.
    if let Some(successor) = db::tokens::successor(&mut *write, old.id).await? {
        return Err(replaced_before(&old, &successor));
    }
    if !db::tokens::end_at(&mut write, old.id, end).await? {
        return Err(caller.not_found(&format!("token `{}`", wire::prefix(&old))));
    }
    let secret = make(&mut write, state, caller, &blueprint).await?;
    let target = format!("{}, now {TOKEN_PREFIX}{}", wire::called(&old), secret.prefix);
    audit::record(&mut write, state, caller, old.organization_id, Action::TokenRotated, &target).await?;
    write.commit().await?;
    let ends_at = timestamp(old.expires_at.map_or(end, |own| own.min(end)));
    let replaced = ReplacedToken { id: old.id, prefix: wire::prefix(&old), ends_at };
    Ok(RotatedToken { created: created(state, &secret).await?, replaced })
}

/// Whether the caller may have the new secret, and whether it would be good for anything.
fn check(caller: &Caller, old: &Token) -> Result<(), ServiceError> {
    let (called, prefix, owner) = (wire::called(old), wire::prefix(old), &old.owner.name);
    if old.owner.id != caller.user.id {
        let message = format!(
            "the token {called} belongs to `{owner}`: only its owner may rotate it, because who rotates it sees the new \
             secret"
        );
        return Err(ServiceError::new(ErrorCode::Forbidden, message).hint(format!(
            "ask `{owner}` to run `zerodeploy token rotate {prefix}`, or end it with `zerodeploy token delete {prefix}`"
        )));
    }
    if !old.owner_has_access {
        let message = format!("the token {called} belongs to an organization that you have no access to any more");
        return Err(ServiceError::new(ErrorCode::OwnerLostAccess, message)
            .hint(format!("delete it with `zerodeploy token delete {prefix}`")));
    }
    if old.site_id.is_some() && old.site_slug.is_none() {
        let message = format!("the site that the token {called} was bound to is gone");
        return Err(ServiceError::new(ErrorCode::Conflict, message)
            .hint(format!("delete it with `zerodeploy token delete {prefix}`")));
    }
    Ok(())
}

fn replaced_before(old: &Token, successor: &Token) -> ServiceError {
    let newer = wire::prefix(successor);
    let message = format!("the token {} was rotated before: {newer} took its place", wire::called(old));
    ServiceError::new(ErrorCode::Conflict, message)
        .hint(format!("if that secret is lost, run `zerodeploy token rotate {newer} --grace 0`"))
}
