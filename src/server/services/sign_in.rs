//! Signing in on the server's own pages, with a password and, where one is set up, a second factor.

use secrecy::SecretString;

use crate::api::ErrorCode;
use crate::domain::token::PAGE_PREFIX;
use crate::server::caller::{Caller, Origin};
use crate::server::db::users::{Account, User};
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::settings::milliseconds;
use crate::server::state::State;

use super::audit::{self, Action};
use super::second_factor;

/// What somebody signs in with.
pub(crate) struct Credentials<'a> {
    pub(crate) name: &'a str,
    pub(crate) password: SecretString,
    /// Of the second factor; empty for who has none.
    pub(crate) code: &'a str,
}

/// Signs somebody in, and answers what the browser's cookie is to hold. The same refusal for a name without an account,
/// a wrong password and a wrong code, after the same time.
///
/// # Errors
/// `forbidden` for what is wrong, `account_disabled`, `rate_limited` after five wrong attempts.
pub(crate) async fn sign_in(
    state: &State,
    credentials: Credentials<'_>,
    origin: &Origin,
) -> Result<SecretString, ServiceError> {
    let Credentials { name, password, code } = credentials;
    let account = db::users::find_by_name(state.db.read(), name).await?;
    let signed_in = prove(state, account.as_ref(), &Credentials { name, password, code }, origin).await;
    match (&signed_in, &account) {
        (Ok(_), _) => state.sign_in_guard.forgive(name, origin.address),
        (Err(error), Some(account)) => audit::sign_in_refused(state, &account.user, origin, error),
        (Err(_), None) => {}
    }
    signed_in
}

async fn prove(
    state: &State,
    account: Option<&Account>,
    credentials: &Credentials<'_>,
    origin: &Origin,
) -> Result<SecretString, ServiceError> {
    let now = state.now();
    state.sign_in_guard.attempt(credentials.name, origin.address, now)?;
    let stored = account.and_then(|account| account.password_hash.as_deref());
    let is_right = state.passwords.verify(stored, &credentials.password).await?;
    let Some(account) = account.filter(|_| is_right) else { return Err(wrong()) };
    let mut write = state.db.write().await?;
    // Meanwhile the password may have been changed, or the account disabled.
    let current = db::users::find(&mut *write, account.user.id).await?.ok_or_else(wrong)?;
    if current.password_hash != account.password_hash {
        return Err(wrong());
    }
    if let Some(key) = &current.totp_secret
        && !second_factor::take(&mut write, current.user.id, key, credentials.code, now).await?
    {
        return Err(wrong());
    }
    if current.disabled_at.is_some() {
        return Err(ServiceError::new(ErrorCode::AccountDisabled, "this account is disabled")
            .hint("the server's owner can enable it again"));
    }
    let cookie = open(&mut write, state, &current.user, origin).await?;
    write.commit().await?;
    Ok(cookie)
}

/// Opens a session of the pages in the transaction that lets somebody in.
pub(crate) async fn open(
    write: &mut Write,
    state: &State,
    user: &User,
    origin: &Origin,
) -> Result<SecretString, ServiceError> {
    let (secret, now) = (secrets::draw(PAGE_PREFIX)?, state.now());
    let expires_at = now.saturating_add(milliseconds(state.limits.page_session));
    db::page_sessions::insert(write, &secret.hash, user.id, now, expires_at).await?;
    let caller = Caller::person(user.clone(), origin.clone());
    audit::record(write, state, &caller, None, Action::SessionOpened, "the server's pages").await?;
    Ok(secret.secret)
}

/// Who is signed in with a cookie.
pub(crate) async fn person(state: &State, cookie: &str) -> Result<Option<User>, ServiceError> {
    Ok(db::page_sessions::find(state.db.read(), &secrets::hash(cookie), state.now()).await?)
}

/// Ends a session of the pages.
pub(crate) async fn sign_out(state: &State, cookie: &str) -> Result<(), ServiceError> {
    let mut write = state.db.write().await?;
    db::page_sessions::delete(&mut write, &secrets::hash(cookie)).await?;
    Ok(write.commit().await?)
}

fn wrong() -> ServiceError {
    ServiceError::new(ErrorCode::Forbidden, "the name, the password or the code is wrong")
        .hint("a code that was used once is not good again: wait for the next")
}
