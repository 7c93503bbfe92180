//! The server's own pages: where people sign in, approve terminals, keep their accounts and use one-time links.
//!
//! Plain HTML that needs no script, on the API's own origin. A page knows its visitor by a cookie of its own
//! ([`cookie`]); the JSON API never reads one. Every form is a POST that proves to come from a page of ours ([`guard`]),
//! and nothing changes on a GET. Errors are pages too: `http::observe` asks [`problem`] for them.

mod account;
mod cookie;
mod device;
mod form_token;
mod guard;
mod invitation;
mod layout;
mod problem;
mod sign_in;
mod style;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::routing::{MethodRouter, get, post};

use super::state::State;

pub(crate) use problem::problem;

/// One page, or what one of its forms is sent to.
pub struct Page {
    /// The method, in upper case.
    pub method: &'static str,
    /// The path with `{parameters}`.
    pub path: &'static str,
    handler: fn() -> MethodRouter<Arc<State>>,
}

/// Every page.
pub const PAGES: &[Page] = &[
    Page { method: "GET", path: "/sign-in", handler: || get(sign_in::show) },
    Page { method: "POST", path: "/sign-in", handler: || post(sign_in::submit) },
    Page { method: "POST", path: "/sign-out", handler: || post(sign_in::sign_out) },
    Page { method: "GET", path: "/device", handler: || get(device::show) },
    Page { method: "POST", path: "/device", handler: || post(device::submit) },
    Page { method: "GET", path: "/account", handler: || get(account::show) },
    Page { method: "POST", path: "/account", handler: || post(account::submit) },
    Page { method: "GET", path: "/invitation/{secret}", handler: || get(invitation::show) },
    Page { method: "POST", path: "/invitation/{secret}", handler: || post(invitation::submit) },
];

/// The pages, to be surrounded as the API is.
pub(crate) fn router() -> Router<Arc<State>> {
    PAGES.iter().fold(Router::new(), |router, page| router.route(page.path, (page.handler)()))
}

/// Whether a route is a page's.
pub(crate) fn is_page(route: &str) -> bool {
    PAGES.iter().any(|page| page.path == route)
}

/// Sets what every page tells browsers.
///
/// The referrer stays within the server: one-time links have secrets in their paths. Were it never sent at all, browsers
/// would send `Origin: null` with our own forms, and over plain http nothing else tells them from those of other sites.
pub(crate) fn harden(headers: &mut HeaderMap) {
    const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
    const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(CONTENT_SECURITY_POLICY, style::POLICY.clone());
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(OPENER, HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCE, HeaderValue::from_static("same-origin"));
}
