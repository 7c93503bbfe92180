//! `token`.

pub mod audit;
pub mod create;
pub mod delete;
mod hand_over;
pub mod list;
pub mod rotate;
pub mod show;
pub mod verify;

use crate::api::tokens::{Token, TokenKind};
use crate::domain::permission::Permission;

/// What a token reaches, for people.
fn reach(kind: TokenKind, org: Option<&str>, site: Option<&str>) -> String {
    match (kind, org, site) {
        (TokenKind::User, ..) => "everything you reach".to_owned(),
        (TokenKind::Org, Some(org), _) => format!("org {org}"),
        (TokenKind::Org, None, _) => "an organization that is gone".to_owned(),
        (TokenKind::Site, _, Some(site)) => format!("site {site}"),
        (TokenKind::Site, _, None) => "a site that is gone".to_owned(),
    }
}

/// What a token reaches, as `--site` or `--org` takes it; nothing for a user token.
fn scope(token: &Token) -> Option<&str> {
    match token.kind {
        TokenKind::User => None,
        TokenKind::Org => token.org.as_deref(),
        TokenKind::Site => token.site.as_deref(),
    }
}

/// The permissions, separated by commas as `--permissions` takes them.
fn permissions(permissions: &[Permission]) -> String {
    permissions.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(",")
}

/// The token in a sentence: `ci` (zd_1a2b3c4d).
fn called(token: &Token) -> String {
    format!("`{}` ({})", token.name, token.prefix)
}

#[cfg(test)]
fn sample() -> Token {
    serde_json::from_value(serde_json::json!({
        "id": "00000000-0000-0000-0000-000000000000", "prefix": "zd_1a2b3c4d", "name": "ci", "owner": "ada",
        "kind": "site", "org": "acme", "site": "blog", "permissions": ["sites:read", "deployments:write"],
        "created_at": "2026-05-01T12:00:00Z", "expires_at": null, "last_used_at": null
    }))
    .expect("a token")
}
