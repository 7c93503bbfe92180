//! What the receiver of a one-time link does with it. Looking at a link changes nothing: mail programs look at every
//! link before their owner does.

use secrecy::SecretString;
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::domain::role::Role;
use crate::server::caller::{Caller, Origin};
use crate::server::clock::timestamp;
use crate::server::db::invitations::{Invitation, Purpose};
use crate::server::db::users::User;
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::state::State;
use crate::server::{passwords, secrets};

use super::audit::{self, Action};
use super::{sessions, sign_in};

/// What a link asks of who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// To choose a password
    Password,
    /// To sign in with the account that there is
    SignIn,
}

/// Reads a link without using it.
///
/// # Errors
/// `not_found` for one that is good for nothing, `conflict` when what it is for cannot be had any more.
pub(crate) async fn look(state: &State, secret: &str) -> Result<(Invitation, Needs), ServiceError> {
    let mut reader = state.db.read().acquire().await?;
    look_within(&mut reader, state, secret).await
}

async fn look_within(
    connection: &mut sqlx::SqliteConnection,
    state: &State,
    secret: &str,
) -> Result<(Invitation, Needs), ServiceError> {
    let found = db::invitations::find(&mut *connection, &secrets::hash(secret)).await?;
    let invitation = found.ok_or_else(gone)?;
    if invitation.expires_at <= state.now() {
        let message = format!("this link ended at {}", timestamp(invitation.expires_at));
        return Err(ServiceError::new(ErrorCode::NotFound, message).hint("ask whoever sent it for a new one"));
    }
    let conflict = |message: String| Err(ServiceError::new(ErrorCode::Conflict, message));
    if !invitation.may_still_invite {
        return conflict(format!("`{}`, who made this link, may not invite to this any more", invitation.inviter));
    }
    let account = db::users::find_by_name(&mut *connection, &invitation.name).await?;
    let needs = match (invitation.purpose, &account) {
        (Purpose::Account, None) => Needs::Password,
        (Purpose::Account, Some(account)) => {
            return conflict(format!("there is an account `{}` already; sign in with it", account.user.name));
        }
        (Purpose::Membership, None) if invitation.is_by_owner => Needs::Password,
        // The same with and without an account: anybody can make an organization and invite names to it, and must not
        // learn from the link which of them there are.
        (Purpose::Membership, _) => Needs::SignIn,
        (Purpose::Reset, Some(account)) if account.disabled_at.is_none() => Needs::Password,
        (Purpose::Reset, _) => return conflict("the account is disabled, or gone".to_owned()),
    };
    Ok((invitation, needs))
}

/// Uses a link up with a password: makes the account, with its membership if it is for one, or sets the new password.
/// Answers what the cookie of a new account is to hold; after a new password, people sign in with it.
///
/// Setting a password anew removes the second factor and ends all sessions. Tokens stay: a forgotten password should
/// stop no deploy, and who suspects worse disables the account, which ends them too.
pub(crate) async fn with_password(
    state: &State,
    secret: &str,
    password: &SecretString,
    origin: &Origin,
) -> Result<(Invitation, Option<SecretString>), ServiceError> {
    let (invitation, needs) = look(state, secret).await?;
    if needs != Needs::Password {
        return Err(ServiceError::new(ErrorCode::Conflict, "there is an account for this already; sign in with it"));
    }
    passwords::check(password, &invitation.name)?;
    let hash = state.passwords.hash(password).await?;
    let mut write = state.db.write().await?;
    let (invitation, _) = take(&mut write, state, secret, Needs::Password).await?;
    let cookie = if invitation.purpose == Purpose::Reset {
        set_anew(&mut write, state, &invitation, &hash, origin).await?;
        None
    } else {
        let user = User { id: Uuid::now_v7(), name: invitation.name.clone(), is_admin: false };
        db::users::insert(&mut write, &user, state.now()).await?;
        db::users::set_password(&mut write, user.id, &hash).await?;
        db::invitations::delete_for(&mut write, Purpose::Account, &user.name).await?;
        let caller = Caller::person(user, origin.clone());
        audit::record(&mut write, state, &caller, None, Action::AccountJoined, &caller.user.name).await?;
        join(&mut write, state, &caller, &invitation).await?;
        Some(sign_in::open(&mut write, state, &caller.user, origin).await?)
    };
    write.commit().await?;
    Ok((invitation, cookie))
}

/// Uses a link up as somebody who is signed in: joins the organization.
pub(crate) async fn as_person(state: &State, secret: &str, caller: &Caller) -> Result<Invitation, ServiceError> {
    let mut write = state.db.write().await?;
    let (invitation, _) = take(&mut write, state, secret, Needs::SignIn).await?;
    if !invitation.name.eq_ignore_ascii_case(&caller.user.name) {
        let message = format!("this link is for `{}`; you are signed in as `{}`", invitation.name, caller.user.name);
        return Err(ServiceError::new(ErrorCode::Forbidden, message).hint("sign out, then open the link again"));
    }
    join(&mut write, state, caller, &invitation).await?;
    write.commit().await?;
    Ok(invitation)
}

/// Looks once more, now that nobody else writes, and uses the link up.
async fn take(
    write: &mut Write,
    state: &State,
    secret: &str,
    expected: Needs,
) -> Result<(Invitation, Needs), ServiceError> {
    let (invitation, needs) = look_within(write, state, secret).await?;
    if needs != expected {
        return Err(ServiceError::new(ErrorCode::Conflict, "the account was made meanwhile; open the link again"));
    }
    if !db::invitations::take(write, &secrets::hash(secret), state.now()).await? {
        return Err(gone());
    }
    Ok((invitation, needs))
}

/// Adds the membership that an invitation is for. Who is a member already keeps their role: an invitation raises nobody,
/// and above all lowers nobody.
async fn join(write: &mut Write, state: &State, caller: &Caller, invitation: &Invitation) -> Result<(), ServiceError> {
    let Some((organization, slug, role)) = &invitation.membership else { return Ok(()) };
    if db::memberships::is_member(&mut **write, *organization, caller.user.id).await? {
        return Ok(());
    }
    let role: Role = role.parse().map_err(ServiceError::internal)?;
    db::memberships::add(write, *organization, caller.user.id, role, state.now()).await?;
    let target = format!("{} as {role} of {slug}, invited by {}", caller.user.name, invitation.inviter);
    audit::record(write, state, caller, Some(*organization), Action::MemberJoined, &target).await
}

async fn set_anew(
    write: &mut Write,
    state: &State,
    invitation: &Invitation,
    hash: &str,
    origin: &Origin,
) -> Result<(), ServiceError> {
    let account = db::users::find_by_name(&mut **write, &invitation.name).await?.ok_or_else(gone)?;
    let id = account.user.id;
    db::users::set_password(write, id, hash).await?;
    db::users::set_totp(write, id, None).await?;
    sessions::end_all(write, state, id, None).await?;
    let caller = Caller::person(account.user, origin.clone());
    if account.totp_secret.is_some() {
        audit::record(write, state, &caller, None, Action::SecondFactorRemoved, &caller.user.name).await?;
    }
    audit::record(write, state, &caller, None, Action::PasswordChanged, &caller.user.name).await
}

fn gone() -> ServiceError {
    ServiceError::new(
        ErrorCode::NotFound,
        "this link was used already, was replaced by a newer one, or is not complete",
    )
    .hint("ask whoever sent it for a new one")
}
