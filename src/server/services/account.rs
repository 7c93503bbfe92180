//! What people change of their own accounts, on the server's pages. Each change asks for the password.

use secrecy::SecretString;

use crate::api::ErrorCode;
use crate::server::caller::Caller;
use crate::server::db;
use crate::server::db::invitations::Purpose;
use crate::server::db::users::Account;
use crate::server::error::ServiceError;
use crate::server::passwords;
use crate::server::secrets;
use crate::server::state::State;

use super::audit::{self, Action};
use super::{second_factor, sessions};

/// The caller's account.
pub(crate) async fn show(state: &State, caller: &Caller) -> Result<Account, ServiceError> {
    let found = db::users::find(state.db.read(), caller.user.id).await?;
    found.ok_or_else(|| ServiceError::internal("a signed-in person without an account"))
}

/// Sets a new password. All other sessions end, of browsers and of terminals, and links to a new password with them;
/// tokens stay.
pub(crate) async fn change_password(
    state: &State,
    caller: &Caller,
    cookie: &str,
    current: &SecretString,
    new: &SecretString,
) -> Result<(), ServiceError> {
    passwords::check(new, &caller.user.name)?;
    let account = confirm(state, caller, current).await?;
    let hash = state.passwords.hash(new).await?;
    let mut write = state.db.write().await?;
    unchanged(&mut write, &account).await?;
    db::users::set_password(&mut write, caller.user.id, &hash).await?;
    db::invitations::delete_for(&mut write, Purpose::Reset, &caller.user.name).await?;
    sessions::end_all(&mut write, state, caller.user.id, Some(&secrets::hash(cookie))).await?;
    audit::record(&mut write, state, caller, None, Action::PasswordChanged, &caller.user.name).await?;
    Ok(write.commit().await?)
}

/// Sets the second factor up, once a code proves that the person's program has the key.
pub(crate) async fn set_second_factor(
    state: &State,
    caller: &Caller,
    password: &SecretString,
    key: &[u8],
    code: &str,
) -> Result<(), ServiceError> {
    let account = confirm(state, caller, password).await?;
    let mut write = state.db.write().await?;
    unchanged(&mut write, &account).await?;
    if account.totp_secret.is_some() {
        return Err(ServiceError::new(ErrorCode::Conflict, "there is a second factor already; remove it first"));
    }
    db::users::set_totp(&mut write, caller.user.id, Some(key)).await?;
    if !second_factor::take(&mut write, caller.user.id, key, code, state.now()).await? {
        return Err(ServiceError::new(ErrorCode::ValidationFailed, "the code is not the one of now")
            .hint("type the code that your authenticator shows at this moment, and see that its clock is right"));
    }
    audit::record(&mut write, state, caller, None, Action::SecondFactorSet, &caller.user.name).await?;
    Ok(write.commit().await?)
}

/// Removes the second factor.
pub(crate) async fn remove_second_factor(
    state: &State,
    caller: &Caller,
    password: &SecretString,
) -> Result<(), ServiceError> {
    let account = confirm(state, caller, password).await?;
    let mut write = state.db.write().await?;
    unchanged(&mut write, &account).await?;
    db::users::set_totp(&mut write, caller.user.id, None).await?;
    audit::record(&mut write, state, caller, None, Action::SecondFactorRemoved, &caller.user.name).await?;
    Ok(write.commit().await?)
}

/// Asks for the password once more: an open browser is not yet its owner.
async fn confirm(state: &State, caller: &Caller, password: &SecretString) -> Result<Account, ServiceError> {
    let (name, origin) = (&caller.user.name, &caller.origin);
    let account = show(state, caller).await?;
    let checked = match state.sign_in_guard.attempt(name, origin.address, state.now()) {
        Ok(()) => state.passwords.verify(account.password_hash.as_deref(), password).await,
        Err(error) => Err(error),
    };
    let error = match checked {
        Ok(true) => {
            state.sign_in_guard.forgive(name, origin.address);
            return Ok(account);
        }
        Ok(false) => ServiceError::new(ErrorCode::Forbidden, "the current password is wrong"),
        Err(error) => error,
    };
    audit::sign_in_refused(state, &account.user, origin, &error);
    Err(error)
}

/// Refuses when the password was changed, or the account disabled, since it was confirmed.
async fn unchanged(write: &mut db::Write, account: &Account) -> Result<(), ServiceError> {
    let now = db::users::find(&mut **write, account.user.id).await?;
    let is_same = now.is_some_and(|now| now.password_hash == account.password_hash && now.disabled_at.is_none());
    if is_same {
        return Ok(());
    }
    Err(ServiceError::new(ErrorCode::Conflict, "the account was changed meanwhile; sign in again"))
}
