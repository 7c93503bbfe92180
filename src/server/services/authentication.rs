//! From a secret to the caller behind it.

use crate::api::{Credential, ErrorCode, WhoAmI};
use crate::domain::permission::Permission;
use crate::domain::token::{self, TokenForm};
use crate::server::caller::{Caller, Origin, Scope, TokenDetails};
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::state::State;

/// Finds out who presents a secret. Ended and deleted ones are refused on their very next use.
pub(crate) async fn authenticate(state: &State, secret: &str, origin: Origin) -> Result<Caller, ServiceError> {
    if token::form(secret) != TokenForm::Ours {
        return Err(invalid());
    }
    let hash = secrets::hash(secret);
    if secret.starts_with(token::SESSION_PREFIX) {
        return session(state, &hash, origin).await;
    }
    let found = db::tokens::find_by_hash(state.db.read(), &hash).await?.ok_or_else(invalid)?;
    let subject = format!("the token `{}` (zd_{})", found.name, found.prefix);
    let renewal = format!(
        "renew it with `zerodeploy token rotate zd_{}`, or make another with `zerodeploy token create`; both need a \
         session",
        found.prefix
    );
    check_times(state, &subject, found.expires_at, found.revoked_at, &renewal)?;
    let kind = found.kind.clone();
    let scope = match (found.organization_id, found.site_id) {
        (None, _) => Scope::Person,
        (Some(id), None) => Scope::Organization { id, slug: found.organization_slug.clone().unwrap_or_default() },
        (Some(_), Some(id)) => Scope::Site {
            id,
            slug: found.site_slug.clone(),
            organization_slug: found.organization_slug.clone().unwrap_or_default(),
        },
    };
    if let Some(organization) = found.organization_id
        && !db::organizations::is_member(state.db.read(), organization, found.owner.id).await?
    {
        let message =
            format!("{subject} belongs to `{}`, who has no access to its organization any more", found.owner.name);
        return Err(ServiceError::new(ErrorCode::OwnerLostAccess, message)
            .hint("a member of the organization has to make a new token"));
    }
    let permissions = found.permissions.parse().map_err(ServiceError::internal)?;
    Ok(Caller {
        user: found.owner,
        scope,
        token: Some(TokenDetails { id: found.id, name: found.name, kind, permissions }),
        session: None,
        prefix: found.prefix,
        expires_at: found.expires_at,
        origin,
    })
}

/// Describes the caller's own credential.
pub(crate) async fn who_am_i(state: &State, caller: &Caller) -> Result<WhoAmI, ServiceError> {
    let (org, site) = match &caller.scope {
        Scope::Person => (None, None),
        Scope::Organization { slug, .. } => (Some(slug.clone()), None),
        Scope::Site { slug, organization_slug, .. } => (Some(organization_slug.clone()), slug.clone()),
    };
    let orgs = match &org {
        Some(slug) => vec![slug.clone()],
        None => {
            let organizations = db::organizations::of_user(state.db.read(), caller.user.id).await?;
            organizations.into_iter().map(|organization| organization.slug).collect()
        }
    };
    let permissions = match &caller.token {
        Some(token) => token.permissions.iter().collect(),
        None => Permission::ALL.to_vec(),
    };
    Ok(WhoAmI {
        user_id: caller.user.id,
        username: caller.user.name.clone(),
        admin: caller.user.is_admin,
        credential: Credential {
            kind: caller.token.as_ref().map_or_else(|| "session".to_owned(), |token| token.kind.clone()),
            prefix: caller.prefix.clone(),
            name: caller.token.as_ref().map(|token| token.name.clone()),
            org,
            site,
            permissions,
            expires_at: caller.expires_at.map(timestamp),
        },
        orgs,
    })
}

async fn session(state: &State, hash: &[u8], origin: Origin) -> Result<Caller, ServiceError> {
    let found = db::sessions::find(state.db.read(), hash).await?.ok_or_else(invalid)?;
    check_times(
        state,
        "the session",
        Some(found.expires_at),
        found.revoked_at,
        "sign in again with `zerodeploy login`",
    )?;
    Ok(Caller {
        user: found.user,
        scope: Scope::Person,
        token: None,
        session: Some(found.id),
        prefix: found.prefix,
        expires_at: Some(found.expires_at),
        origin,
    })
}

fn check_times(
    state: &State,
    subject: &str,
    expires_at: Option<i64>,
    revoked_at: Option<i64>,
    renewal: &str,
) -> Result<(), ServiceError> {
    if let Some(at) = revoked_at {
        let message = format!("{subject} was deleted at {}", timestamp(at));
        return Err(ServiceError::new(ErrorCode::TokenRevoked, message)
            .hint("make a new one with `zerodeploy token create`, or sign in with `zerodeploy login`"));
    }
    if let Some(at) = expires_at.filter(|at| *at <= state.now()) {
        let message = format!("{subject} expired at {}", timestamp(at));
        return Err(ServiceError::new(ErrorCode::TokenExpired, message).hint(renewal));
    }
    Ok(())
}

fn invalid() -> ServiceError {
    ServiceError::new(ErrorCode::TokenInvalid, "this server does not know the credential")
        .hint("check that it is complete and was made on this server; `zerodeploy login` stores a new one")
}
