//! Signing a terminal in: the device authorization grant of OAuth 2.0 (RFC 8628).

use std::time::Duration;

use secrecy::ExposeSecret as _;
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::api::login::{CLIENT_ID, DeviceAuthorization, GRANT_TYPE, SessionToken};
use crate::domain::printable::printable;
use crate::domain::token::{DEVICE_PREFIX, SESSION_PREFIX, without_secrets};
use crate::domain::user_code::UserCode;
use crate::server::caller::{Caller, Origin};
use crate::server::db::device_authorizations::{self as devices, Decision, NewDeviceAuthorization};
use crate::server::db::sessions::NewSession;
use crate::server::db::{self, Write};
use crate::server::device_polls::INTERVAL;
use crate::server::error::ServiceError;
use crate::server::rate_limit::address_key;
use crate::server::secrets;
use crate::server::settings::milliseconds;
use crate::server::state::State;

use super::audit::{self, Action};

/// Where a person types the code.
pub(crate) const PATH: &str = "/device";
/// How long both codes are good.
const CODE_TIME: Duration = Duration::from_secs(10 * 60);
/// How long a terminal that comes too late is told so.
const REMEMBERED_TIME: i64 = 60 * 60 * 1000;
/// Most terminals of one network that may wait at once.
const MOST_OF_A_NETWORK: i64 = 20;
/// Most terminals that may wait at once.
const MOST: i64 = 1_000;
/// Characters of a terminal's host name that are kept.
const LONGEST_HOST: usize = 100;

/// Why a terminal gets no session: an error of the standard, or another one.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Its code and what it says to people (RFC 6749 §5.2, RFC 8628 §3.5)
    Standard(&'static str, &'static str),
    /// Limits, and failures of the server
    Service(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Refused::Service(error.into())
    }
}

/// A request that lacks something (RFC 6749 §5.2).
pub(crate) const INVALID_REQUEST: Refused = Refused::Standard(
    "invalid_request",
    "the request is not a form with the fields that RFC 8628 asks for, each of them once",
);
const INVALID_CLIENT: Refused =
    Refused::Standard("invalid_client", "this server signs in no other client than `zerodeploy-cli`");
const INVALID_GRANT: Refused =
    Refused::Standard("invalid_grant", "the device code is not known, or its session was fetched already");

/// What a terminal asks with.
pub(crate) struct Asking<'a> {
    pub(crate) client_id: Option<&'a str>,
    /// What its machine is called.
    pub(crate) host: Option<&'a str>,
    pub(crate) origin: &'a Origin,
}

/// Gives a terminal its two codes (RFC 8628 §3.2).
pub(crate) async fn begin(state: &State, asking: Asking<'_>) -> Result<DeviceAuthorization, Refused> {
    check_client(asking.client_id)?;
    let now = state.now();
    let network = asking.origin.address.map(|address| address_key(address).to_string());
    let (all, of_network) = devices::count(state.db.read(), network.as_deref(), now).await?;
    if all >= MOST || of_network >= MOST_OF_A_NETWORK {
        let message = "too many terminals wait to be signed in";
        let hint = "sign in on one of them, or try again in ten minutes";
        let refusal = ServiceError::new(ErrorCode::RateLimited, message).hint(hint).retry_after(CODE_TIME.as_secs());
        return Err(Refused::Service(refusal));
    }
    let host: String = without_secrets(asking.host.unwrap_or_default()).trim().chars().take(LONGEST_HOST).collect();
    let address = asking.origin.address.map(|address| address.to_string());
    let device = secrets::draw(DEVICE_PREFIX)?;
    let mut write = state.db.write().await?;
    devices::delete_expired(&mut write, now - REMEMBERED_TIME).await?;
    let code = loop {
        // 32 bytes hold 8 usable ones but for one time in more than there are atoms.
        let Some(code) = UserCode::from_random(&secrets::random::<32>()?) else { continue };
        let new = NewDeviceAuthorization {
            device_hash: &device.hash,
            user_hash: &secrets::hash(&code.to_string()),
            host: &printable(&host),
            address: address.as_deref(),
            network: network.as_deref(),
            user_agent: asking.origin.user_agent.as_deref(),
            created_at: now,
            expires_at: now.saturating_add(milliseconds(CODE_TIME)),
        };
        if devices::insert(&mut write, new).await? {
            break code;
        }
    };
    write.commit().await?;
    let page = format!("{}{PATH}", state.addresses.api);
    Ok(DeviceAuthorization {
        device_code: device.secret.expose_secret().to_owned(),
        user_code: code.to_string(),
        verification_uri_complete: format!("{page}?code={code}"),
        verification_uri: page,
        expires_in: CODE_TIME.as_secs(),
        interval: INTERVAL.unsigned_abs() / 1000,
    })
}

/// What a terminal fetches its session with.
pub(crate) struct Fetching<'a> {
    pub(crate) grant_type: Option<&'a str>,
    pub(crate) client_id: Option<&'a str>,
    pub(crate) device_code: Option<&'a str>,
    pub(crate) origin: &'a Origin,
}

/// Gives a terminal its session once a person has approved, exactly once (RFC 8628 §3.4, §3.5).
pub(crate) async fn fetch(state: &State, fetching: Fetching<'_>) -> Result<SessionToken, Refused> {
    match fetching.grant_type {
        None => return Err(INVALID_REQUEST),
        Some(GRANT_TYPE) => {}
        Some(_) => {
            return Err(Refused::Standard("unsupported_grant_type", "this server grants device codes only (RFC 8628)"));
        }
    }
    check_client(fetching.client_id)?;
    let code = fetching.device_code.ok_or(INVALID_REQUEST)?;
    let found = devices::find_by_device(state.db.read(), &secrets::hash(code)).await?.ok_or(INVALID_GRANT)?;
    let now = state.now();
    match found.decision {
        Some(Decision::Fetched) => return Err(INVALID_GRANT),
        _ if found.expires_at <= now => {
            return Err(Refused::Standard("expired_token", "the code has ended; ask for a new one"));
        }
        Some(Decision::Denied) => return Err(Refused::Standard("access_denied", "the person refused")),
        None if state.device_polls.is_too_soon(found.id, found.expires_at, now) => {
            return Err(Refused::Standard("slow_down", "too soon; wait five seconds longer than before from now on"));
        }
        None => return Err(Refused::Standard("authorization_pending", "nobody has approved yet")),
        Some(Decision::Approved) => {}
    }
    let mut write = state.db.write().await?;
    if !devices::fetch(&mut write, found.id).await? {
        return Err(INVALID_GRANT);
    }
    let account = match found.user {
        Some(user) => db::users::find(&mut *write, user).await?,
        None => None,
    };
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else {
        return Err(Refused::Standard("access_denied", "the account that approved is disabled"));
    };
    let caller = Caller::person(account.user, fetching.origin.clone());
    let session = open_session(&mut write, state, &caller, &found.host).await?;
    write.commit().await?;
    state.device_polls.forget(found.id);
    Ok(session)
}

/// Opens a session in the transaction that hands it out.
async fn open_session(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    host: &str,
) -> Result<SessionToken, ServiceError> {
    let secret = secrets::draw(SESSION_PREFIX)?;
    let (now, lifetime) = (state.now(), state.limits.login_session);
    let address = caller.origin.address.map(|address| address.to_string());
    let session = NewSession {
        id: Uuid::now_v7(),
        hash: &secret.hash,
        prefix: &secret.prefix,
        user: caller.user.id,
        created_at: now,
        expires_at: now.saturating_add(milliseconds(lifetime)),
        address: address.as_deref(),
        user_agent: caller.origin.user_agent.as_deref(),
    };
    db::sessions::delete_expired(write, now).await?;
    db::sessions::insert(write, session).await?;
    let target = format!("{SESSION_PREFIX}{} on {}", secret.prefix, if host.is_empty() { "a terminal" } else { host });
    audit::record(write, state, caller, None, Action::SessionOpened, &target).await?;
    Ok(SessionToken {
        access_token: secret.secret.expose_secret().to_owned(),
        token_type: "Bearer".to_owned(),
        expires_in: lifetime.as_secs(),
    })
}

fn check_client(client_id: Option<&str>) -> Result<(), Refused> {
    match client_id {
        None => Err(INVALID_REQUEST),
        Some(CLIENT_ID) => Ok(()),
        Some(_) => Err(INVALID_CLIENT),
    }
}
