//! The audit log: every change of tokens, members, accounts, sites and deployments is recorded in the transaction that
//! makes it, so that there is neither a change without its record nor a record without its change.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::api::audit::AuditEvent;
use crate::api::{ErrorCode, Page};
use crate::domain::token;
use crate::server::caller::{Caller, Origin};
use crate::server::clock::timestamp;
use crate::server::db::audit_events::{Event, Part};
use crate::server::db::deployments::Deployment;
use crate::server::db::users::User;
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::jobs::refusals::Refusal;
use crate::server::state::State;

use super::{access, authentication};

macro_rules! actions {
    ($($(#[$documentation:meta])* $variant:ident = $name:literal;)*) => {
        /// What can be done, as `noun.verb`. The names are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Action {
            $($(#[$documentation])* $variant,)*
        }

        impl Action {
            /// The name in the log.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Action::$variant => $name,)* }
            }
        }
    };
}

actions! {
    OrganizationCreated = "org.create";
    OrganizationDeleted = "org.delete";
    TokenCreated = "token.create";
    TokenRotated = "token.rotate";
    TokenDeleted = "token.delete";
    MemberInvited = "member.invite";
    MemberRole = "member.role";
    MemberRemoved = "member.remove";
    MemberLeft = "member.leave";
    SiteCreated = "site.create";
    SiteDeleted = "site.delete";
    /// A deployment became what its site serves
    DeploymentPublished = "deployment.publish";
    /// A deployment became ready as a preview
    DeploymentPreviewed = "deployment.preview";
    DeploymentPromoted = "deployment.promote";
    DeploymentRolledBack = "deployment.rollback";
    /// Somebody known may not do what they asked for
    RequestRefused = "request.refused";
    /// A known credential is good no more
    CredentialRefused = "credential.refused";
    MemberJoined = "member.join";
    AccountInvited = "account.invite";
    AccountJoined = "account.join";
    AccountReset = "account.reset";
    AccountDisabled = "account.disable";
    AccountEnabled = "account.enable";
    PasswordChanged = "password.change";
    SecondFactorSet = "second_factor.set";
    SecondFactorRemoved = "second_factor.remove";
    DeviceApproved = "device.approve";
    DeviceDenied = "device.deny";
    SessionOpened = "session.open";
    SessionRevoked = "session.revoke";
    SignInRefused = "sign_in.refused";
}

/// The result of what was done.
const DONE: &str = "done";
/// Characters of a refused request's address that are kept.
const LONGEST_TARGET: usize = 200;
const DEFAULT_PAGE: u32 = 100;
const LONGEST_PAGE: u32 = 1_000;

/// Records something that a caller does. `target` names what it is done to, for people, without any secret.
///
/// Every change passes here, so this is where it is held that nobody makes one with a credential that has ended since
/// the request began.
///
/// # Errors
/// What the credential would be answered with now; nothing may be committed then.
pub(crate) async fn record(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    organization: Option<Uuid>,
    action: Action,
    target: &str,
) -> Result<(), ServiceError> {
    authentication::still_good(write, state, caller).await?;
    let event = db::audit_events::NewEvent {
        at: state.now(),
        organization,
        user: Some((caller.user.id, &caller.user.name)),
        token: caller.token.as_ref().map(|token| (token.id, token.name.as_str())),
        action: action.as_str(),
        target,
        result: DONE,
        count: 1,
        address: caller.origin.address,
        user_agent: caller.origin.user_agent.as_deref(),
    };
    Ok(db::audit_events::insert(write, event).await?)
}

/// Records what a caller did with a deployment.
pub(crate) async fn deployment(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    deployment: &Deployment,
    action: Action,
) -> Result<(), ServiceError> {
    let target = format!("{} {}", deployment.site_slug, deployment.short_id);
    record(write, state, caller, Some(deployment.organization_id), action, &target).await
}

/// Notes that somebody known was refused: a change that they may not make, or anything with a credential that is good
/// no more. `request` is its method and path. It is written within some seconds, and repeats are merged.
pub(crate) fn refused(state: &State, caller: &Caller, error: &ServiceError, is_change: bool, request: &str) {
    let action = match error.code.status() {
        401 => Action::CredentialRefused,
        403 if is_change => Action::RequestRefused,
        _ => return,
    };
    let refusal = Refusal {
        organization: error.organization.or(caller.organization()),
        user: (caller.user.id, caller.user.name.clone()),
        token: caller.token.as_ref().map(|token| (token.id, token.name.clone())),
        action: action.as_str(),
        target: token::path_without_secrets(request).chars().take(LONGEST_TARGET).collect(),
        result: error.code.as_str(),
        address: caller.origin.address,
        user_agent: caller.origin.user_agent.clone(),
    };
    state.refusals.note(refusal, state.now());
}

/// Notes that somebody who could not prove it wanted to be the owner of an account: nothing is recorded of names that no
/// account has, because people type passwords there.
pub(crate) fn sign_in_refused(state: &State, account: &User, origin: &Origin, error: &ServiceError) {
    let refusal = Refusal {
        organization: None,
        user: (account.id, account.name.clone()),
        token: None,
        action: Action::SignInRefused.as_str(),
        target: account.name.clone(),
        result: error.code.as_str(),
        address: origin.address,
        user_agent: origin.user_agent.clone(),
    };
    state.refusals.note(refusal, state.now());
}

/// Which part of the log to list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Listing {
    pub(crate) since: Option<Timestamp>,
    pub(crate) limit: Option<u32>,
    pub(crate) cursor: Option<Uuid>,
}

/// The log of an organization that the caller administers, newest first.
pub(crate) async fn of_organization(
    state: &State,
    caller: &Caller,
    slug: &str,
    listing: &Listing,
) -> Result<Page<AuditEvent>, ServiceError> {
    let organization = access::administered(state, caller, slug).await?;
    let part = part(state, caller, listing).await?;
    page(db::audit_events::of_organization(state.db.read(), organization.id, part).await?, part)
}

/// The whole server's log, newest first: for its owner.
pub(crate) async fn of_server(
    state: &State,
    caller: &Caller,
    listing: &Listing,
) -> Result<Page<AuditEvent>, ServiceError> {
    if !caller.user.is_admin {
        return Err(ServiceError::new(
            ErrorCode::Forbidden,
            "only the owner of the server may read its whole audit log",
        )
        .hint("`zerodeploy org audit ORG` shows that of an organization that you administer"));
    }
    let part = part(state, caller, listing).await?;
    page(db::audit_events::all(state.db.read(), part).await?, part)
}

/// The part, with one event more than fits a page.
async fn part(state: &State, caller: &Caller, listing: &Listing) -> Result<Part, ServiceError> {
    let before = match listing.cursor {
        Some(id) => {
            let at = db::audit_events::time_of(state.db.read(), id).await?;
            (at.ok_or_else(|| caller.not_found(&format!("page `{id}`")))?, id)
        }
        None => db::audit_events::NEWEST,
    };
    let limit = listing.limit.unwrap_or(DEFAULT_PAGE).clamp(1, LONGEST_PAGE);
    let since = listing.since.map_or(i64::MIN, Timestamp::as_millisecond);
    Ok(Part { since, before, limit: i64::from(limit) + 1 })
}

fn page(mut events: Vec<Event>, part: Part) -> Result<Page<AuditEvent>, ServiceError> {
    let most = usize::try_from(part.limit - 1).map_err(ServiceError::internal)?;
    let has_more = events.len() > most;
    events.truncate(most);
    let next_cursor = events.last().filter(|_| has_more).map(|last| last.id.to_string());
    Ok(Page { data: events.into_iter().map(to_wire).collect(), next_cursor })
}

fn to_wire(event: Event) -> AuditEvent {
    AuditEvent {
        id: event.id,
        at: timestamp(event.at),
        org: event.organization_slug,
        user_id: event.user_id,
        user: event.user_name,
        token_id: event.token_id,
        token: event.token_name,
        action: event.action,
        target: event.target,
        result: event.result,
        count: event.count.unsigned_abs(),
        address: event.address,
        user_agent: event.user_agent,
    }
}
