//! The audit: the rules of [`crate::domain::token_audit`] over the tokens that somebody manages.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use uuid::Uuid;

use crate::api::tokens::{TokenFinding, TokenKind};
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::token_audit::{self, Finding, Place, Scope, Subject};
use crate::server::caller::Caller;
use crate::server::db::token_uses::Address;
use crate::server::db::{self, tokens::Token};
use crate::server::error::ServiceError;
use crate::server::services::access;
use crate::server::state::State;

use super::{shown_since, wire};

/// What is wrong with the tokens that the caller manages and that still work, those of one organization when it is
/// named: the worst first, then token by token, newest first.
pub(crate) async fn findings(
    state: &State,
    caller: &Caller,
    organization: Option<&str>,
) -> Result<Vec<TokenFinding>, ServiceError> {
    let organization = match organization {
        Some(slug) => Some(access::organization(state, caller, slug).await?.id),
        None => None,
    };
    let (read, user, since, now) = (state.db.read(), caller.user.id, shown_since(state), state.now());
    let tokens = db::tokens::managed_by(read, user, since).await?;
    let mut used: HashMap<Uuid, PermissionSet> = HashMap::new();
    for (token, permission) in db::token_uses::permissions_of_managed(read, user, since).await? {
        let permission: Permission = permission.parse().map_err(ServiceError::internal)?;
        let known = used.entry(token).or_default();
        *known = known.union([permission].into_iter().collect());
    }
    let mut addresses: HashMap<Uuid, Vec<Address>> = HashMap::new();
    for (token, address) in db::token_uses::addresses_of_managed(read, user, since).await? {
        addresses.entry(token).or_default().push(address);
    }
    let works = |token: &Token| token.expires_at.is_none_or(|end| end > now);
    let replaced: HashSet<Uuid> =
        tokens.iter().filter(|token| works(token)).filter_map(|token| token.rotated_from).collect();

    let mut found: Vec<(Finding, &Token)> = Vec::new();
    let is_asked = |token: &Token| organization.is_none() || token.organization_id == organization;
    for token in tokens.iter().filter(|token| works(token) && is_asked(token)) {
        let places = addresses.get(&token.id).map(Vec::as_slice).unwrap_or_default();
        let places: Vec<Place<'_>> = places.iter().filter_map(place).collect();
        let subject = Subject {
            prefix: &token.prefix,
            name: &token.name,
            scope: scope(token),
            permissions: wire::permissions(token)?,
            other_owner: (token.owner.id != caller.user.id).then_some(token.owner.name.as_str()),
            created_at: token.created_at,
            expires_at: token.expires_at,
            lifetime: token.lifetime,
            last_used_at: token.last_used_at,
            is_replaced: replaced.contains(&token.id),
            used: used.get(&token.id).copied().unwrap_or_default(),
            places: &places,
        };
        found.extend(token_audit::audit(&subject, now).into_iter().map(|finding| (finding, token)));
    }
    found.sort_by_key(|(finding, _)| Reverse(finding.severity));
    Ok(found.into_iter().map(|(finding, token)| to_wire(finding, token)).collect())
}

fn place(used: &Address) -> Option<Place<'_>> {
    let address: IpAddr = used.address.parse().ok()?;
    let ci = used.ci.as_ref().map(|(service, at)| (service.as_str(), *at));
    Some(Place { address, last_used_at: used.last_used_at, ci })
}

/// A site or an organization that is gone leaves a name to fill in.
fn scope(token: &Token) -> Scope<'_> {
    match wire::kind(token) {
        TokenKind::User => Scope::Person,
        TokenKind::Org => Scope::Organization(token.organization_slug.as_deref().unwrap_or("ORG")),
        TokenKind::Site => Scope::Site(token.site_slug.as_deref().unwrap_or("SITE")),
    }
}

fn to_wire(finding: Finding, token: &Token) -> TokenFinding {
    TokenFinding {
        code: finding.code.as_str().to_owned(),
        severity: finding.severity.as_str().to_owned(),
        message: finding.message,
        fix: finding.fix,
        token_id: token.id,
        prefix: wire::prefix(token),
        name: token.name.clone(),
        owner: token.owner.name.clone(),
        kind: wire::kind(token),
        org: token.organization_slug.clone(),
        site: token.site_slug.clone(),
    }
}
