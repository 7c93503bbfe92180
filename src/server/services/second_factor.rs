//! The second factor: codes that change with the time (TOTP, RFC 6238): SHA-1, six digits, 30 seconds, and one step of
//! drift either way, which is what every authenticator program takes.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Secret, Totp};

use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::state::State;

/// Bytes of a key (RFC 4226 §4 recommends 160 bits).
const KEY_BYTES: usize = 20;

/// A key that is about to become somebody's second factor.
pub(crate) struct NewKey {
    /// What is typed into an authenticator program.
    pub(crate) base32: String,
    /// What its camera reads.
    pub(crate) uri: String,
}

/// Draws a key for an account.
pub(crate) fn draw(state: &State, account: &str) -> Result<NewKey, ServiceError> {
    let key = secrets::random::<KEY_BYTES>()?;
    Ok(describe(state, account, &key))
}

/// Reads a key that was drawn before and comes back from a form.
pub(crate) fn read(base32: &str) -> Option<[u8; KEY_BYTES]> {
    Secret::try_from_base32(base32).ok()?.as_bytes().try_into().ok()
}

/// A key as an authenticator program takes it.
pub(crate) fn describe(state: &State, account: &str, key: &[u8; KEY_BYTES]) -> NewKey {
    let base32 = Secret::from(*key).to_base32();
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let issuer = encoded(&format!("ZeroDeploy {}", state.addresses.domain));
    let uri = format!("otpauth://totp/{issuer}:{}?secret={base32}&issuer={issuer}", encoded(account));
    NewKey { base32, uri }
}

/// The time step whose code this is, near enough to now.
pub(crate) fn matching_step(key: &[u8], code: &str, now: i64) -> Option<i64> {
    let code: String = code.chars().filter(|character| !character.is_whitespace()).collect();
    let step = totp(key)?.check(&code, u64::try_from(now / 1000).ok()?)?;
    i64::try_from(step).ok()
}

/// Takes a code: false when it is wrong, or when it or a later one was taken before.
pub(crate) async fn take(
    write: &mut Write,
    user: uuid::Uuid,
    key: &[u8],
    code: &str,
    now: i64,
) -> Result<bool, ServiceError> {
    match matching_step(key, code, now) {
        Some(step) => Ok(db::users::take_totp_step(write, user, step).await?),
        None => Ok(false),
    }
}

fn totp(key: &[u8]) -> Option<Totp> {
    let key: [u8; KEY_BYTES] = key.try_into().ok()?;
    Builder::new().with_secret(key).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 6238 appendix B for SHA-1.
    const KEY: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard_within_one_step() {
        // Appendix B has eight digits; six are their end.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let step = Some(seconds / 30);
            for drift in [-30, 0, 30] {
                assert_eq!(matching_step(KEY, code, (seconds + drift) * 1000), step, "{seconds} {drift}");
            }
            assert_eq!(matching_step(KEY, code, (seconds + 90) * 1000), None);
        }
        assert_eq!(matching_step(KEY, " 287 082 ", 59_000), Some(1));
        for wrong in ["", "287083", "28708", "2870820", "+87082", "94287082"] {
            assert_eq!(matching_step(KEY, wrong, 59_000), None, "{wrong}");
        }
    }

    #[test]
    fn a_key_is_read_back_from_its_text() {
        let base32 = Secret::from(*KEY).to_base32();
        assert_eq!(read(&base32).as_ref(), Some(KEY));
        assert!(read("GEZDGNBV").is_none() && read("!").is_none());
    }
}
