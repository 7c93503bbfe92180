//! Listing tokens.

use crate::api::tokens::{Token, TokenKind};
use crate::server::caller::Caller;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::{shown_since, wire};

/// Which tokens to list.
#[derive(Debug, Default)]
pub(crate) struct TokenFilter {
    pub(crate) kind: Option<TokenKind>,
    pub(crate) organization: Option<String>,
    pub(crate) site: Option<String>,
}

/// The caller's own tokens, newest first; of an organization or a site that is named, all that the caller manages.
/// Deleted ones are not there, and of the ended ones those of the last 30 days.
pub(crate) async fn list(state: &State, caller: &Caller, filter: &TokenFilter) -> Result<Vec<Token>, ServiceError> {
    let tokens = db::tokens::managed_by(state.db.read(), caller.user.id, shown_since(state)).await?;
    let is_place_named = filter.organization.is_some() || filter.site.is_some();
    let fits = |token: &db::tokens::Token| {
        (is_place_named || token.owner.id == caller.user.id)
            && filter.kind.is_none_or(|kind| kind.as_str() == token.kind)
            && (filter.organization.is_none() || filter.organization == token.organization_slug)
            && (filter.site.is_none() || filter.site == token.site_slug)
    };
    tokens.iter().filter(|token| fits(token)).map(wire::token).collect()
}
