//! Making a token.

use secrecy::ExposeSecret as _;
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::api::tokens::{CreateToken, CreatedToken, TokenKind};
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::token::{LONGEST_NAME, LONGEST_NOTE, TOKEN_PREFIX};
use crate::server::caller::Caller;
use crate::server::db::tokens::NewToken;
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::secrets::{self, NewSecret};
use crate::server::services::access;
use crate::server::services::audit::{self, Action};
use crate::server::state::State;

use super::wire;

/// Shortest lifetime in seconds.
const SHORTEST_LIFE: u64 = 60;
/// Longest lifetime in seconds: a hundred years, so that no arithmetic overflows.
const LONGEST_LIFE: u64 = 100 * 366 * 24 * 60 * 60;

/// What a token is made of, by whatever way it comes about.
pub(super) struct Blueprint<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) organization: Option<Uuid>,
    pub(super) site: Option<Uuid>,
    pub(super) permissions: &'a str,
    pub(super) note: Option<&'a str>,
    /// In milliseconds.
    pub(super) lifetime: Option<i64>,
    pub(super) rotated_from: Option<Uuid>,
}

/// Makes a token; the answer is the only one that ever holds its secret.
pub(crate) async fn create(state: &State, caller: &Caller, create: &CreateToken) -> Result<CreatedToken, ServiceError> {
    let name = name(&create.name)?;
    let note = note(create.note.as_deref())?;
    let permissions: PermissionSet = match &create.permissions {
        Some(permissions) => permissions.iter().copied().collect(),
        None => Permission::DEFAULT.into_iter().collect(),
    };
    if permissions.is_empty() {
        return Err(invalid("a token needs at least one permission".to_owned()));
    }
    if create.expires_in_seconds.is_some_and(|life| !(SHORTEST_LIFE..=LONGEST_LIFE).contains(&life)) {
        return Err(invalid(format!("a token lives {SHORTEST_LIFE} to {LONGEST_LIFE} seconds, or for ever")));
    }
    let (kind, organization, site) = match (&create.org, &create.site) {
        (Some(_), Some(_)) => {
            return Err(invalid("a token is bound to an organization or to a site, not to both".to_owned()));
        }
        (None, None) => (TokenKind::User, None, None),
        (Some(slug), None) => {
            (TokenKind::Org, Some(access::organization(state, caller, slug.as_str()).await?.id), None)
        }
        (None, Some(slug)) => {
            let site = access::site(state, caller, slug.as_str()).await?;
            (TokenKind::Site, Some(site.organization_id), Some(site.id))
        }
    };
    let permissions = permissions.to_string();
    let lifetime = create.expires_in_seconds.map(|life| life.saturating_mul(1_000).cast_signed());
    let blueprint = Blueprint {
        name,
        kind: kind.as_str(),
        organization,
        site,
        permissions: &permissions,
        note,
        lifetime,
        rotated_from: None,
    };
    let mut write = state.db.write().await?;
    let secret = make(&mut write, state, caller, &blueprint).await?;
    let target = format!("{name} ({TOKEN_PREFIX}{})", secret.prefix);
    audit::record(&mut write, state, caller, organization, Action::TokenCreated, &target).await?;
    write.commit().await?;
    created(state, &secret).await
}

/// Draws a secret and stores the token of the caller; the display prefix is drawn again when it is in use.
pub(super) async fn make(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    blueprint: &Blueprint<'_>,
) -> Result<NewSecret, ServiceError> {
    let now = state.now();
    let id = Uuid::now_v7();
    loop {
        let secret = secrets::draw(TOKEN_PREFIX)?;
        let token = NewToken {
            id,
            hash: &secret.hash,
            prefix: &secret.prefix,
            name: blueprint.name,
            kind: blueprint.kind,
            user: caller.user.id,
            organization: blueprint.organization,
            site: blueprint.site,
            permissions: blueprint.permissions,
            created_at: now,
            expires_at: blueprint.lifetime.map(|lifetime| now.saturating_add(lifetime)),
            note: blueprint.note,
            lifetime: blueprint.lifetime,
            rotated_from: blueprint.rotated_from,
        };
        if db::tokens::insert(write, token).await? {
            return Ok(secret);
        }
    }
}

/// What was made, once it is stored.
pub(super) async fn created(state: &State, secret: &NewSecret) -> Result<CreatedToken, ServiceError> {
    let stored = db::tokens::find_by_hash(state.db.read(), &secret.hash, false).await?;
    let stored = stored.ok_or_else(|| ServiceError::internal("a token vanished while it was made"))?;
    Ok(CreatedToken { token: secret.secret.expose_secret().to_owned(), details: wire::token(&stored)? })
}

fn name(text: &str) -> Result<&str, ServiceError> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(invalid(format!("a token's name has 1 to {LONGEST_NAME} characters and no control characters")));
    }
    Ok(name)
}

fn note(text: Option<&str>) -> Result<Option<&str>, ServiceError> {
    let Some(note) = text.map(str::trim).filter(|note| !note.is_empty()) else { return Ok(None) };
    if note.chars().count() > LONGEST_NOTE || note.chars().any(char::is_control) {
        return Err(invalid(format!("a token's note has at most {LONGEST_NOTE} characters and no control characters")));
    }
    Ok(Some(note))
}

fn invalid(message: String) -> ServiceError {
    ServiceError::new(ErrorCode::ValidationFailed, message)
}
