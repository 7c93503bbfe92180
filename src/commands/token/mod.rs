//! `token`.

pub mod create;
pub mod delete;
pub mod list;

use crate::api::tokens::Token;

/// What a token reaches, for people.
fn scope(token: &Token) -> String {
    match (&token.site, &token.org) {
        (Some(site), _) => format!("site {site}"),
        (None, Some(org)) => format!("org {org}"),
        (None, None) => "everything you reach".to_owned(),
    }
}

/// The permissions, separated by commas as `--permissions` takes them.
fn permissions(token: &Token) -> String {
    token.permissions.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
fn sample() -> Token {
    serde_json::from_value(serde_json::json!({
        "id": "00000000-0000-0000-0000-000000000000", "prefix": "zd_1a2b3c4d", "name": "ci", "kind": "site",
        "org": "acme", "site": "blog", "permissions": ["sites:read", "deployments:write"],
        "created_at": "2026-05-01T12:00:00Z", "expires_at": null, "last_used_at": null
    }))
    .expect("a token")
}
