//! The person's side of signing a terminal in (RFC 8628 §3.3): look at what asks, and decide.

use crate::api::ErrorCode;
use crate::domain::user_code::UserCode;
use crate::server::caller::Caller;
use crate::server::db::device_authorizations::{self as devices, Decision, DeviceAuthorization};
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::state::State;

use super::audit::{self, Action};

/// The terminal that shows a code and waits.
///
/// # Errors
/// `not_found` for a code that no terminal waits with, `rate_limited` after five of those.
pub(crate) async fn look_up(
    state: &State,
    caller: &Caller,
    typed: &str,
) -> Result<(UserCode, DeviceAuthorization), ServiceError> {
    let (name, address, now) = (&caller.user.name, caller.origin.address, state.now());
    let outcome = match state.sign_in_guard.attempt(name, address, now) {
        Ok(()) => find(state, typed, now).await,
        Err(error) => Err(error),
    };
    match &outcome {
        Ok(_) => state.sign_in_guard.take_back(name, address),
        Err(error) => audit::sign_in_refused(state, &caller.user, &caller.origin, error),
    }
    outcome
}

async fn find(state: &State, typed: &str, now: i64) -> Result<(UserCode, DeviceAuthorization), ServiceError> {
    if let Ok(code) = typed.parse::<UserCode>()
        && let Some(device) = devices::find_by_user_code(state.db.read(), &secrets::hash(&code.to_string())).await?
        && device.decision.is_none()
        && device.expires_at > now
    {
        return Ok((code, device));
    }
    Err(ServiceError::new(ErrorCode::NotFound, "no terminal waits with this code")
        .hint("check it letter by letter; a code ends after ten minutes, and once it was answered"))
}

/// Approves or refuses; good once.
pub(crate) async fn decide(
    state: &State,
    caller: &Caller,
    typed: &str,
    decision: Decision,
) -> Result<DeviceAuthorization, ServiceError> {
    let (_, device) = look_up(state, caller, typed).await?;
    let mut write = state.db.write().await?;
    if !devices::decide(&mut write, device.id, caller.user.id, decision, state.now()).await? {
        return Err(ServiceError::new(ErrorCode::Conflict, "this code was answered meanwhile, or has ended"));
    }
    let action = if decision == Decision::Approved { Action::DeviceApproved } else { Action::DeviceDenied };
    let host = if device.host.is_empty() { "a terminal" } else { &device.host };
    let target = format!("{host} at {}", device.address.as_deref().unwrap_or("an unknown address"));
    audit::record(&mut write, state, caller, None, action, &target).await?;
    write.commit().await?;
    Ok(device)
}
