//! API tokens. Only a session makes, lists and deletes them.

use secrecy::ExposeSecret as _;
use uuid::Uuid;

use crate::api::tokens::{CreateToken, CreatedToken, Token, TokenKind};
use crate::api::{Deleted, ErrorCode};
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::token::{DISPLAY_LENGTH, SHORTEST_PREFIX, TOKEN_PREFIX};
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::state::State;

use super::access;

const LONGEST_NAME: usize = 100;
/// Shortest lifetime in seconds.
const SHORTEST_LIFE: u64 = 60;
/// Longest lifetime in seconds: a hundred years, so that no arithmetic overflows.
const LONGEST_LIFE: u64 = 100 * 366 * 24 * 60 * 60;

/// Which tokens to list.
#[derive(Debug, Default)]
pub(crate) struct TokenFilter {
    pub(crate) kind: Option<TokenKind>,
    pub(crate) organization: Option<String>,
    pub(crate) site: Option<String>,
}

/// The caller's tokens that are not deleted, newest first; expired ones are there too.
pub(crate) async fn list(state: &State, caller: &Caller, filter: &TokenFilter) -> Result<Vec<Token>, ServiceError> {
    let tokens = db::tokens::of_user(state.db.read(), caller.user.id).await?;
    let fits = |token: &db::tokens::Token| {
        filter.kind.is_none_or(|kind| kind.as_str() == token.kind)
            && (filter.organization.is_none() || filter.organization == token.organization_slug)
            && (filter.site.is_none() || filter.site == token.site_slug)
    };
    tokens.iter().filter(|token| fits(token)).map(to_wire).collect()
}

/// Makes a token; the answer is the only one that ever holds its secret.
pub(crate) async fn create(state: &State, caller: &Caller, create: &CreateToken) -> Result<CreatedToken, ServiceError> {
    let invalid = |message: String| ServiceError::new(ErrorCode::ValidationFailed, message);
    let name = create.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(invalid(format!("a token's name has 1 to {LONGEST_NAME} characters and no control characters")));
    }
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
    let now = state.now();
    let expires_at = create.expires_in_seconds.map(|life| now.saturating_add_unsigned(life.saturating_mul(1_000)));
    let id = Uuid::now_v7();
    let permissions = permissions.to_string();
    let mut write = state.db.write().await?;
    let secret = loop {
        let secret = secrets::draw(TOKEN_PREFIX)?;
        let token = db::tokens::NewToken {
            id,
            hash: &secret.hash,
            prefix: &secret.prefix,
            name,
            kind: kind.as_str(),
            user: caller.user.id,
            organization,
            site,
            permissions: &permissions,
            created_at: now,
            expires_at,
        };
        if db::tokens::insert(&mut write, token).await? {
            break secret;
        }
    };
    write.commit().await?;
    let stored = db::tokens::find_by_hash(state.db.read(), &secret.hash).await?;
    let stored = stored.ok_or_else(|| ServiceError::internal("a token vanished while it was made"))?;
    Ok(CreatedToken { token: secret.secret.expose_secret().to_owned(), details: to_wire(&stored)? })
}

/// Deletes one of the caller's tokens, named by its id or by its prefix.
pub(crate) async fn delete(state: &State, caller: &Caller, name: &str) -> Result<Deleted, ServiceError> {
    let tokens = db::tokens::of_user(state.db.read(), caller.user.id).await?;
    let token = find(caller, &tokens, name)?;
    let mut write = state.db.write().await?;
    db::tokens::revoke(&mut write, token.id, state.now()).await?;
    write.commit().await?;
    Ok(Deleted { id: token.id })
}

fn find<'a>(
    caller: &Caller,
    tokens: &'a [db::tokens::Token],
    name: &str,
) -> Result<&'a db::tokens::Token, ServiceError> {
    let prefix = name.strip_prefix(TOKEN_PREFIX).unwrap_or(name);
    // A person may paste the whole secret: only its beginning is looked at.
    let prefix = prefix.get(..DISPLAY_LENGTH).unwrap_or(prefix);
    let candidates: Vec<&db::tokens::Token> = match name.parse::<Uuid>() {
        Ok(id) => tokens.iter().filter(|token| token.id == id).collect(),
        Err(_) if prefix.chars().count() < SHORTEST_PREFIX => {
            let message =
                format!("name a token by its id or by at least {SHORTEST_PREFIX} characters after `{TOKEN_PREFIX}`");
            return Err(
                ServiceError::new(ErrorCode::ValidationFailed, message).hint("`zerodeploy token list` shows both")
            );
        }
        Err(_) => tokens.iter().filter(|token| token.prefix.starts_with(prefix)).collect(),
    };
    match candidates.as_slice() {
        [token] => Ok(token),
        [] => Err(caller.not_found(&format!("token `{TOKEN_PREFIX}{prefix}`"))),
        several => {
            let names: Vec<String> =
                several.iter().map(|token| format!("{TOKEN_PREFIX}{} ({})", token.prefix, token.name)).collect();
            let message = format!("`{TOKEN_PREFIX}{prefix}` stands for several tokens: {}", names.join(", "));
            Err(ServiceError::new(ErrorCode::Conflict, message).hint("give more characters"))
        }
    }
}

fn to_wire(token: &db::tokens::Token) -> Result<Token, ServiceError> {
    let permissions: PermissionSet = token.permissions.parse().map_err(ServiceError::internal)?;
    Ok(Token {
        id: token.id,
        prefix: format!("{TOKEN_PREFIX}{}", token.prefix),
        name: token.name.clone(),
        kind: match token.kind.as_str() {
            "org" => TokenKind::Org,
            "site" => TokenKind::Site,
            _ => TokenKind::User,
        },
        org: token.organization_slug.clone(),
        site: token.site_slug.clone(),
        permissions: permissions.iter().collect(),
        created_at: timestamp(token.created_at),
        expires_at: token.expires_at.map(timestamp),
        last_used_at: token.last_used_at.map(timestamp),
    })
}
