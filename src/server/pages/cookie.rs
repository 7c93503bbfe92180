//! The one cookie of the pages. It holds a random text: before somebody signs in, forms are bound to it; signing in
//! replaces it by another, under whose hash the session is stored.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::domain::token::PAGE_PREFIX;
use crate::server::state::State;

/// Longest value that is looked at.
const LONGEST: usize = 64;

/// The name. `__Host-` makes browsers refuse the cookie unless it is of this host alone and came over https.
fn name(state: &State) -> &'static str {
    if is_secure(state) { "__Host-zerodeploy" } else { "zerodeploy" }
}

fn is_secure(state: &State) -> bool {
    state.addresses.api.starts_with("https://")
}

/// What the browser sent, if it can be ours. Of several, none: somebody else has set one beside ours.
pub(super) fn read(state: &State, headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(known, _)| *known == name(state)).map(|(_, value)| value);
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let is_ours = value.starts_with(PAGE_PREFIX)
        && value.len() <= LONGEST
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_ours.then(|| value.to_owned())
}

/// The field that sets it. It ends with the browser, or earlier with the session.
///
/// `Lax`: a link in a mail program or a terminal finds the person signed in; a form of another site does not.
pub(super) fn set(state: &State, value: &str) -> Option<HeaderValue> {
    let secure = if is_secure(state) { "; Secure" } else { "" };
    let mut field =
        HeaderValue::try_from(format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", name(state))).ok()?;
    field.set_sensitive(true);
    Some(field)
}

/// The field that deletes it.
pub(super) fn clear(state: &State) -> Option<HeaderValue> {
    let secure = if is_secure(state) { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", name(state))).ok()
}
