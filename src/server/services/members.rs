//! Who belongs to an organization. Changes are for its administrators; anybody may leave who does not administer it.
//!
//! Every change takes the writer before it looks at anything: nobody else writes from then on, so what is read holds
//! until the commit, and no two administrators can demote each other at once.

use crate::api::members::{ChangeRole, InviteMember, Member, MemberStatus};
use crate::api::users::OneTimeLink;
use crate::api::{Deleted, ErrorCode};
use crate::domain::role::Role;
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db::invitations::Purpose;
use crate::server::db::memberships::{self, Entry, Standing};
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::access;
use super::audit::{self, Action};
use super::invitations;

/// The members of an organization and those who were invited; for every member.
pub(crate) async fn list(state: &State, caller: &Caller, org: &str) -> Result<Vec<Member>, ServiceError> {
    let organization = access::organization(state, caller, org).await?;
    let entries = memberships::of_organization(state.db.read(), organization.id).await?;
    Ok(entries.into_iter().map(to_wire).collect())
}

/// Makes the link by which somebody joins; an older one ends.
pub(crate) async fn invite(
    state: &State,
    caller: &Caller,
    org: &str,
    invite: &InviteMember,
) -> Result<OneTimeLink, ServiceError> {
    let mut write = state.db.write().await?;
    let organization = access::administered(state, caller, org).await?;
    let (name, role) = (invite.name.as_str(), invite.role);
    let known = memberships::find(&mut *write, organization.id, name).await?;
    if let Some(Entry { standing: Standing::Active(_), name, role, .. }) = known {
        let message = format!("`{name}` is a member of the organization `{org}` already, as {role}");
        let hint = format!("`zerodeploy org members role {name} ROLE --org {org}` gives another role");
        return Err(ServiceError::new(ErrorCode::Conflict, message).hint(hint));
    }
    let membership = Some((organization.id, role));
    let link = invitations::make(&mut write, state, caller, Purpose::Membership, name, membership).await?;
    let target = format!("{name} as {role}");
    audit::record(&mut write, state, caller, Some(organization.id), Action::MemberInvited, &target).await?;
    write.commit().await?;
    Ok(link)
}

/// Gives a member, or somebody who was invited, another role.
pub(crate) async fn change_role(
    state: &State,
    caller: &Caller,
    org: &str,
    name: &str,
    change: &ChangeRole,
) -> Result<Member, ServiceError> {
    let mut write = state.db.write().await?;
    let organization = access::administered(state, caller, org).await?;
    let found = memberships::find(&mut *write, organization.id, name).await?;
    let Some(entry) = found else { return Err(absent(org, name)) };
    let changed = Entry { role: change.role, ..entry.clone() };
    if entry.role == changed.role {
        return Ok(to_wire(entry));
    }
    if let Standing::Active(user) = entry.standing
        && entry.role == Role::Admin
        && !memberships::has_other_administrator(&mut write, organization.id, user).await?
    {
        return Err(last_administrator(org, &entry.name));
    }
    memberships::set_role(&mut write, organization.id, entry.standing, changed.role).await?;
    let target = format!("{} as {}", entry.name, changed.role);
    audit::record(&mut write, state, caller, Some(organization.id), Action::MemberRole, &target).await?;
    write.commit().await?;
    Ok(to_wire(changed))
}

/// Ends a membership, the caller's own as well, or revokes an invitation.
pub(crate) async fn remove(state: &State, caller: &Caller, org: &str, name: &str) -> Result<Deleted, ServiceError> {
    let mut write = state.db.write().await?;
    let organization = access::organization(state, caller, org).await?;
    let found = memberships::find(&mut *write, organization.id, name).await?;
    let is_caller = found.as_ref().is_some_and(|entry| entry.standing == Standing::Active(caller.user.id));
    if !is_caller {
        access::administered(state, caller, org).await?;
    }
    let Some(entry) = found else { return Err(absent(org, name)) };
    let id = match entry.standing {
        Standing::Invited { id, .. } => id,
        Standing::Active(user) => {
            if entry.role == Role::Admin {
                let has_other = memberships::has_other_administrator(&mut write, organization.id, user).await?;
                return Err(match has_other {
                    true => still_administrator(org, &entry.name),
                    false => last_administrator(org, &entry.name),
                });
            }
            memberships::remove(&mut write, organization.id, user).await?;
            user
        }
    };
    // Also of a member: nobody comes back by an old link.
    memberships::revoke_invitations(&mut write, organization.id, &entry.name).await?;
    let (action, target) = match entry.standing {
        Standing::Active(_) if is_caller => (Action::MemberLeft, entry.name),
        Standing::Active(_) => (Action::MemberRemoved, entry.name),
        Standing::Invited { .. } => (Action::MemberRemoved, format!("the invitation of {}", entry.name)),
    };
    audit::record(&mut write, state, caller, Some(organization.id), action, &target).await?;
    write.commit().await?;
    Ok(Deleted { id })
}

fn absent(org: &str, name: &str) -> ServiceError {
    let message = format!("nobody called `{name}` is a member of the organization `{org}`, or invited to it");
    ServiceError::new(ErrorCode::NotFound, message)
        .hint(format!("`zerodeploy org members list --org {org}` shows who is"))
}

fn still_administrator(org: &str, name: &str) -> ServiceError {
    let message = format!("`{name}` administers the organization `{org}`, and administrators are not removed");
    ServiceError::new(ErrorCode::Conflict, message)
        .hint(format!("take the role away first: `zerodeploy org members role {name} MEMBER --org {org}`"))
}

fn last_administrator(org: &str, name: &str) -> ServiceError {
    let message = format!("`{name}` is the last administrator of the organization `{org}`");
    ServiceError::new(ErrorCode::Conflict, message)
        .hint(format!("give the role to somebody else first: `zerodeploy org members role NAME ADMIN --org {org}`"))
}

fn to_wire(entry: Entry) -> Member {
    let (user_id, status, expires_at) = match entry.standing {
        Standing::Active(user) => (Some(user), MemberStatus::Active, None),
        Standing::Invited { expires_at, .. } => (None, MemberStatus::PendingInvite, Some(timestamp(expires_at))),
    };
    let Entry { name, role, created_at, .. } = entry;
    Member { user_id, name, role, status, created_at: timestamp(created_at), expires_at }
}
