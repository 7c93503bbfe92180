//! Tokens as they travel and as they are called.

use crate::api::tokens::{Token, TokenKind};
use crate::domain::permission::PermissionSet;
use crate::domain::token::TOKEN_PREFIX;
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;

pub(super) fn token(token: &db::tokens::Token) -> Result<Token, ServiceError> {
    Ok(Token {
        id: token.id,
        prefix: prefix(token),
        name: token.name.clone(),
        note: token.note.clone(),
        owner: token.owner.name.clone(),
        kind: kind(token),
        org: token.organization_slug.clone(),
        site: token.site_slug.clone(),
        permissions: permissions(token)?.iter().collect(),
        created_at: timestamp(token.created_at),
        expires_at: token.expires_at.map(timestamp),
        last_used_at: token.last_used_at.map(timestamp),
        rotated_from: token.rotated_from,
    })
}

pub(super) fn permissions(token: &db::tokens::Token) -> Result<PermissionSet, ServiceError> {
    token.permissions.parse().map_err(ServiceError::internal)
}

/// What it is bound to; a token of which that cannot be read reaches nothing more than its owner does.
pub(super) fn kind(token: &db::tokens::Token) -> TokenKind {
    match token.kind.as_str() {
        "org" => TokenKind::Org,
        "site" => TokenKind::Site,
        _ => TokenKind::User,
    }
}

/// `zd_` and the 8 characters after it.
pub(super) fn prefix(token: &db::tokens::Token) -> String {
    format!("{TOKEN_PREFIX}{}", token.prefix)
}

/// The token in a sentence and in the audit log: `ci (zd_1a2b3c4d)`.
pub(super) fn called(token: &db::tokens::Token) -> String {
    format!("{} ({})", token.name, prefix(token))
}
