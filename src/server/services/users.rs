//! The accounts of the server. Only its owner sees and changes them.

use crate::api::ErrorCode;
use crate::api::users::{InviteUser, OneTimeLink, User, UserStatus};
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db::invitations::Purpose;
use crate::server::db::users::Account;
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::audit::{self, Action};
use super::{invitations, sessions, tokens};

/// Every account, then the invitations that nobody has used.
pub(crate) async fn list(state: &State, caller: &Caller) -> Result<Vec<User>, ServiceError> {
    owner_only(caller)?;
    let accounts = db::users::all(state.db.read()).await?;
    let invitations = db::invitations::to_accounts(state.db.read(), state.now()).await?;
    let invited = invitations.into_iter().map(|(id, name, created_at)| User {
        id,
        name,
        admin: false,
        status: UserStatus::Invited,
        has_password: false,
        has_second_factor: false,
        created_at: timestamp(created_at),
    });
    Ok(accounts.iter().map(to_wire).chain(invited).collect())
}

/// Invites somebody to an account; an older invitation of the name ends.
pub(crate) async fn invite(state: &State, caller: &Caller, invite: &InviteUser) -> Result<OneTimeLink, ServiceError> {
    owner_only(caller)?;
    let name = invite.name.as_str();
    let mut write = state.db.write().await?;
    if let Some(account) = db::users::find_by_name(&mut *write, name).await? {
        let message = format!("there is an account `{}` already", account.user.name);
        return Err(ServiceError::new(ErrorCode::Conflict, message)
            .hint(format!("`zerodeploy user reset {}` makes a link to a new password", account.user.name)));
    }
    let link = invitations::make(&mut write, state, caller, Purpose::Account, name, None).await?;
    audit::record(&mut write, state, caller, None, Action::AccountInvited, name).await?;
    write.commit().await?;
    Ok(link)
}

/// Makes a link by which somebody sets a new password. Until it is used, nothing changes.
///
/// For the owner only with the session of the server's own machine: a session that was stolen elsewhere must not become
/// a password, nor remove the second factor that guards it.
pub(crate) async fn reset(state: &State, caller: &Caller, name: &str) -> Result<OneTimeLink, ServiceError> {
    owner_only(caller)?;
    let mut write = state.db.write().await?;
    let account = find(&mut write, state.now(), name).await?;
    let name = account.user.name.as_str();
    if account.disabled_at.is_some() {
        let message = format!("the account `{name}` is disabled, so that a new password would be of no use");
        return Err(ServiceError::new(ErrorCode::Conflict, message)
            .hint(format!("enable it first with `zerodeploy user enable {name}`")));
    }
    if account.user.is_admin && !sessions::is_of_own_machine(&mut write, state, caller).await? {
        let message = format!("a new password for `{name}`, who owns the server, is set on its own machine only");
        return Err(ServiceError::new(ErrorCode::Forbidden, message).hint(format!(
            "run `zerodeploy user reset {name}` there, or change the password on the page of the account"
        )));
    }
    let link = invitations::make(&mut write, state, caller, Purpose::Reset, name, None).await?;
    audit::record(&mut write, state, caller, None, Action::AccountReset, name).await?;
    write.commit().await?;
    Ok(link)
}

/// Keeps somebody out: their sessions and tokens end now, for good.
pub(crate) async fn disable(state: &State, caller: &Caller, name: &str) -> Result<User, ServiceError> {
    owner_only(caller)?;
    let now = state.now();
    let mut write = state.db.write().await?;
    let mut account = find(&mut write, state.now(), name).await?;
    if account.user.is_admin {
        return Err(ServiceError::new(ErrorCode::Conflict, "the server's owner cannot be disabled"));
    }
    if account.disabled_at.is_none() {
        let id = account.user.id;
        db::users::set_disabled(&mut write, id, Some(now)).await?;
        tokens::delete_all(&mut write, state, caller, id).await?;
        db::invitations::delete_for(&mut write, Purpose::Reset, &account.user.name).await?;
        sessions::end_all(&mut write, state, id, None).await?;
        audit::record(&mut write, state, caller, None, Action::AccountDisabled, &account.user.name).await?;
        account.disabled_at = Some(now);
    }
    write.commit().await?;
    Ok(to_wire(&account))
}

/// Lets somebody sign in again. Sessions and tokens of before stay ended: nobody may come back by one that was stolen.
pub(crate) async fn enable(state: &State, caller: &Caller, name: &str) -> Result<User, ServiceError> {
    owner_only(caller)?;
    let mut write = state.db.write().await?;
    let mut account = find(&mut write, state.now(), name).await?;
    if account.disabled_at.take().is_some() {
        db::users::set_disabled(&mut write, account.user.id, None).await?;
        audit::record(&mut write, state, caller, None, Action::AccountEnabled, &account.user.name).await?;
    }
    write.commit().await?;
    Ok(to_wire(&account))
}

async fn find(write: &mut Write, now: i64, name: &str) -> Result<Account, ServiceError> {
    if let Some(account) = db::users::find_by_name(&mut **write, name).await? {
        return Ok(account);
    }
    let invited = db::invitations::to_accounts(&mut **write, now).await?;
    if invited.iter().any(|(_, invited, _)| invited.eq_ignore_ascii_case(name)) {
        let message = format!("`{name}` was invited and has no account yet");
        return Err(ServiceError::new(ErrorCode::NotFound, message)
            .hint(format!("`zerodeploy user invite {name}` ends the link that was made and makes another")));
    }
    let message = format!("there is no account `{name}` on this server");
    Err(ServiceError::new(ErrorCode::NotFound, message).hint("`zerodeploy user list` names them all"))
}

fn owner_only(caller: &Caller) -> Result<(), ServiceError> {
    if caller.user.is_admin {
        return Ok(());
    }
    let message = format!("only the server's owner manages accounts; `{}` is not its owner", caller.user.name);
    Err(ServiceError::new(ErrorCode::Forbidden, message))
}

fn to_wire(account: &Account) -> User {
    User {
        id: account.user.id,
        name: account.user.name.clone(),
        admin: account.user.is_admin,
        status: if account.disabled_at.is_some() { UserStatus::Disabled } else { UserStatus::Active },
        has_password: account.password_hash.is_some(),
        has_second_factor: account.totp_secret.is_some(),
        created_at: timestamp(account.created_at),
    }
}
