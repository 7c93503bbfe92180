//! From a secret to the caller behind it.

use uuid::Uuid;

use crate::api::{Credential, ErrorCode, WhoAmI};
use crate::domain::permission::Permission;
use crate::domain::token::{self, TokenForm};
use crate::server::caller::{Access, Caller, Origin, Scope, TokenDetails};
use crate::server::clock::timestamp;
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::state::State;

/// A secret that is refused.
#[derive(Debug)]
pub(crate) struct Rejected {
    pub(crate) error: ServiceError,
    /// Whose secret it was, when it is known here.
    pub(crate) caller: Option<Box<Caller>>,
}

impl<E: Into<ServiceError>> From<E> for Rejected {
    fn from(error: E) -> Self {
        Rejected { error: error.into(), caller: None }
    }
}

/// Finds out who presents a secret, with one query. Ended and deleted ones are refused on their very next use.
pub(crate) async fn authenticate(
    state: &State,
    secret: &str,
    access: Access,
    origin: Origin,
) -> Result<Caller, Rejected> {
    if token::form(secret) != TokenForm::Ours {
        return Err(invalid().into());
    }
    let hash = secrets::hash(secret);
    // What is for every credential tells what it reaches.
    let with_organizations = access == Access::Authenticated;
    let (caller, standing) = if secret.starts_with(token::SESSION_PREFIX) {
        of_session(db::sessions::find(state.db.read(), &hash, with_organizations).await?.ok_or_else(invalid)?, origin)
    } else {
        of_token(
            db::tokens::find_by_hash(state.db.read(), &hash, with_organizations).await?.ok_or_else(invalid)?,
            origin,
        )?
    };
    match standing.check(&caller, state.now()) {
        Ok(()) => Ok(caller),
        Err(error) => Err(Rejected { error, caller: Some(Box::new(caller)) }),
    }
}

/// Asks once more whether a caller's credential is good, and reaches an organization, in the transaction of a change
/// that comes long after the first byte of its request: it may have been deleted meanwhile.
///
/// # Errors
/// What [`authenticate`] would answer now.
pub(crate) async fn still_valid(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    organization: Uuid,
) -> Result<(), ServiceError> {
    let Some((now, mut standing)) = read_again(write, caller).await? else { return Ok(()) };
    if let Scope::Person = now.scope {
        standing.has_access = db::memberships::is_member(&mut **write, organization, now.user.id).await?;
    }
    standing.check(&now, state.now())
}

/// Asks once more whether a caller's credential is good, in the transaction of a change: whoever sends the body of a
/// request slowly could otherwise make changes for as long after the credential has ended.
///
/// # Errors
/// What [`authenticate`] would answer now.
pub(crate) async fn still_good(write: &mut Write, state: &State, caller: &Caller) -> Result<(), ServiceError> {
    match read_again(write, caller).await? {
        Some((now, standing)) => standing.check(&now, state.now()),
        None => Ok(()),
    }
}

/// A caller's credential as it is now; none for people who are known otherwise, and for the server itself.
async fn read_again(write: &mut Write, caller: &Caller) -> Result<Option<(Caller, Standing)>, ServiceError> {
    let origin = Origin::default();
    Ok(match (&caller.token, caller.session) {
        (Some(token), _) => {
            Some(of_token(db::tokens::find_by_id(&mut **write, token.id).await?.ok_or_else(invalid)?, origin)?)
        }
        (None, Some(session)) => {
            Some(of_session(db::sessions::find_by_id(&mut **write, session).await?.ok_or_else(invalid)?, origin))
        }
        (None, None) => None,
    })
}

/// Describes the caller's own credential.
pub(crate) fn who_am_i(caller: &Caller) -> WhoAmI {
    let (org, site) = match &caller.scope {
        Scope::Person => (None, None),
        Scope::Organization { slug, .. } => (Some(slug.clone()), None),
        Scope::Site { slug, organization_slug, .. } => (Some(organization_slug.clone()), slug.clone()),
    };
    let orgs = match &org {
        Some(slug) => vec![slug.clone()],
        None => caller.organizations.clone(),
    };
    let permissions = match &caller.token {
        Some(token) => token.permissions.iter().collect(),
        None => Permission::ALL.to_vec(),
    };
    WhoAmI {
        user_id: caller.user.id,
        username: caller.user.name.clone(),
        admin: caller.user.is_admin,
        credential: Credential {
            kind: caller.token.as_ref().map_or_else(|| "session".to_owned(), |token| token.kind.clone()),
            prefix: caller.shown_prefix(),
            name: caller.token.as_ref().map(|token| token.name.clone()),
            org,
            site,
            permissions,
            expires_at: caller.expires_at.map(timestamp),
        },
        orgs,
    }
}

fn of_session(found: db::sessions::Session, origin: Origin) -> (Caller, Standing) {
    let standing = Standing {
        revoked_at: found.revoked_at,
        disabled_at: found.disabled_at,
        expires_at: Some(found.expires_at),
        has_access: true,
    };
    let caller = Caller {
        user: found.user,
        scope: Scope::Person,
        token: None,
        session: Some(found.id),
        prefix: found.prefix,
        expires_at: Some(found.expires_at),
        organizations: found.organizations,
        origin,
    };
    (caller, standing)
}

fn of_token(found: db::tokens::Token, origin: Origin) -> Result<(Caller, Standing), ServiceError> {
    let standing = Standing {
        revoked_at: found.revoked_at,
        disabled_at: found.owner_disabled_at,
        expires_at: found.expires_at,
        has_access: found.owner_has_access,
    };
    let scope = match (found.organization_id, found.site_id) {
        (None, _) => Scope::Person,
        (Some(id), None) => Scope::Organization { id, slug: found.organization_slug.unwrap_or_default() },
        (Some(organization_id), Some(id)) => Scope::Site {
            id,
            slug: found.site_slug,
            organization_id,
            organization_slug: found.organization_slug.unwrap_or_default(),
        },
    };
    let permissions = found.permissions.parse().map_err(ServiceError::internal)?;
    let caller = Caller {
        user: found.owner,
        scope,
        token: Some(TokenDetails { id: found.id, name: found.name, kind: found.kind, permissions }),
        session: None,
        prefix: found.prefix,
        expires_at: found.expires_at,
        organizations: found.organizations,
        origin,
    };
    Ok((caller, standing))
}

/// What decides whether a known credential is good.
struct Standing {
    revoked_at: Option<i64>,
    /// When its owner's account was disabled.
    disabled_at: Option<i64>,
    expires_at: Option<i64>,
    /// Whether the owner belongs to the organization that it is bound to, or that is asked about.
    has_access: bool,
}

impl Standing {
    fn check(&self, caller: &Caller, now: i64) -> Result<(), ServiceError> {
        let subject = match &caller.token {
            Some(token) => format!("the token `{}` (zd_{})", token.name, caller.prefix),
            None => "the session".to_owned(),
        };
        let is_token = caller.token.is_some();
        let new_one = match is_token {
            true => "make a new one with `zerodeploy token create`, or sign in with `zerodeploy login`",
            false => "sign in again with `zerodeploy login`",
        };
        let renewal = match &caller.token {
            Some(_) => format!(
                "renew it with `zerodeploy token rotate zd_{}`, or make another with `zerodeploy token create`; both \
                 need a session",
                caller.prefix
            ),
            None => "sign in again with `zerodeploy login`".to_owned(),
        };
        let owner = &caller.user.name;
        let enable = format!("the owner of the server can enable it again with `zerodeploy user enable {owner}`");
        let (code, message, hint) = if let Some(at) = self.disabled_at {
            let message = format!("{subject} belongs to `{owner}`, whose account was disabled at {}", timestamp(at));
            (ErrorCode::AccountDisabled, message, enable.as_str())
        } else if let Some(at) = self.revoked_at {
            let message = format!("{subject} was {} at {}", if is_token { "deleted" } else { "ended" }, timestamp(at));
            (ErrorCode::TokenRevoked, message, new_one)
        } else if let Some(at) = self.expires_at.filter(|at| *at <= now) {
            (ErrorCode::TokenExpired, format!("{subject} expired at {}", timestamp(at)), renewal.as_str())
        } else if !self.has_access {
            let message = format!("{subject} belongs to `{owner}`, who has no access to the organization any more");
            (ErrorCode::OwnerLostAccess, message, "a member of the organization has to make a new token")
        } else {
            return Ok(());
        };
        Err(ServiceError::new(code, message).hint(hint))
    }
}

fn invalid() -> ServiceError {
    ServiceError::new(ErrorCode::TokenInvalid, "this server does not know the credential")
        .hint("check that it is complete and was made on this server; `zerodeploy login` stores a new one")
}
