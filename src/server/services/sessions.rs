//! Where a person is signed in.

use uuid::Uuid;

use crate::api::sessions::Session;
use crate::api::{Deleted, ErrorCode};
use crate::domain::token::{DISPLAY_LENGTH, SESSION_PREFIX, SHORTEST_PREFIX};
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db::sessions::ListedSession;
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::audit::{self, Action};

/// What names the session that asks.
const CURRENT: &str = "current";

/// The caller's sessions that are good, newest first.
pub(crate) async fn list(state: &State, caller: &Caller) -> Result<Vec<Session>, ServiceError> {
    let sessions = db::sessions::of_user(state.db.read(), caller.user.id, state.now()).await?;
    Ok(sessions.into_iter().map(|session| to_wire(session, caller)).collect())
}

/// Ends one of the caller's sessions, named by its id, its prefix or `current`.
pub(crate) async fn revoke(state: &State, caller: &Caller, name: &str) -> Result<Deleted, ServiceError> {
    let sessions = db::sessions::of_user(state.db.read(), caller.user.id, state.now()).await?;
    let session = find(caller, &sessions, name)?;
    let mut write = state.db.write().await?;
    let target = format!("{SESSION_PREFIX}{}", session.prefix);
    // First, because it may be the one that asks.
    audit::record(&mut write, state, caller, None, Action::SessionRevoked, &target).await?;
    db::sessions::revoke(&mut write, session.id, state.now()).await?;
    write.commit().await?;
    Ok(Deleted { id: session.id })
}

/// Ends, in the transaction that makes it necessary, everything that a person is signed in by: sessions, pages but the
/// one with this hash, and terminals that were approved and have not come. The session that the server makes for its own
/// machine stays: who can read it can read everything else there.
pub(crate) async fn end_all(
    write: &mut Write,
    state: &State,
    user: Uuid,
    but_page: Option<&[u8]>,
) -> Result<(), ServiceError> {
    db::sessions::revoke_all(write, user, &state.owner_session, state.now()).await?;
    db::device_authorizations::deny_approved(write, user).await?;
    Ok(db::page_sessions::delete_all(write, user, but_page).await?)
}

/// Whether a caller has the session that the server makes for its own machine.
pub(crate) async fn is_of_own_machine(write: &mut Write, state: &State, caller: &Caller) -> Result<bool, ServiceError> {
    let own = db::sessions::find(&mut **write, &state.owner_session, false).await?;
    Ok(own.is_some_and(|own| Some(own.id) == caller.session))
}

fn find<'a>(caller: &Caller, sessions: &'a [ListedSession], name: &str) -> Result<&'a ListedSession, ServiceError> {
    let prefix = name.strip_prefix(SESSION_PREFIX).unwrap_or(name);
    // A person may paste the whole secret: only its beginning is looked at.
    let prefix = prefix.get(..DISPLAY_LENGTH).unwrap_or(prefix);
    let candidates: Vec<&ListedSession> = match name.parse::<Uuid>() {
        _ if name == CURRENT => sessions.iter().filter(|session| Some(session.id) == caller.session).collect(),
        Ok(id) => sessions.iter().filter(|session| session.id == id).collect(),
        Err(_) if prefix.chars().count() < SHORTEST_PREFIX => {
            let message = format!(
                "name a session by its id, by at least {SHORTEST_PREFIX} characters after `{SESSION_PREFIX}`, or `{CURRENT}`"
            );
            return Err(ServiceError::new(ErrorCode::ValidationFailed, message)
                .hint("`zerodeploy session list` shows ids and prefixes"));
        }
        Err(_) => sessions.iter().filter(|session| session.prefix.starts_with(prefix)).collect(),
    };
    match candidates.as_slice() {
        [session] => Ok(session),
        [] => Err(caller.not_found(&format!("session `{SESSION_PREFIX}{prefix}`"))),
        several => {
            let names: Vec<String> =
                several.iter().map(|session| format!("{SESSION_PREFIX}{}", session.prefix)).collect();
            let message = format!("`{SESSION_PREFIX}{prefix}` stands for several sessions: {}", names.join(", "));
            Err(ServiceError::new(ErrorCode::Conflict, message).hint("give more characters, or the id"))
        }
    }
}

fn to_wire(session: ListedSession, caller: &Caller) -> Session {
    Session {
        current: Some(session.id) == caller.session,
        id: session.id,
        prefix: format!("{SESSION_PREFIX}{}", session.prefix),
        address: session.address,
        user_agent: session.user_agent,
        created_at: timestamp(session.created_at),
        expires_at: timestamp(session.expires_at),
        last_used_at: session.last_used_at.map(timestamp),
    }
}
