//! What proves that a form was made for the browser that sends it: derived from the browser's cookie, which no other
//! site can read, so that nothing has to be stored.

use blake3::Hash;

/// The hidden field that holds it.
pub(super) const FIELD: &str = "form_token";
/// Keeps these apart from everything else that is ever derived from a cookie.
const CONTEXT: &str = "zerodeploy 2026-11 pages: token of a form";

/// The token for a cookie.
pub(super) fn of(cookie: &str) -> String {
    hash(cookie).to_hex().to_string()
}

/// Whether a token is the one for a cookie, in time that does not depend on either.
pub(super) fn fits(cookie: &str, token: &str) -> bool {
    Hash::from_hex(token).is_ok_and(|given| given == hash(cookie))
}

fn hash(cookie: &str) -> Hash {
    Hash::from_bytes(blake3::derive_key(CONTEXT, cookie.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{fits, of};

    #[test]
    fn a_token_fits_its_cookie_only() {
        let token = of("zdp_one");
        assert!(fits("zdp_one", &token));
        assert!(!fits("zdp_two", &token) && !fits("zdp_one", "") && !fits("zdp_one", "zdp_one"));
        assert!(!token.contains("zdp"));
    }
}
