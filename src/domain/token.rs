//! The text form of our secrets: a prefix, 36 random base62 characters, and 6 base62 characters of CRC-32.
//!
//! The checksum lets a client, a log filter or a secret scanner tell our tokens from noise without asking a server.

use std::borrow::Cow;

use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};

/// Prefix of API tokens, as the documented service uses it.
pub const TOKEN_PREFIX: &str = "zd_";
/// Prefix of sessions (our own choice; the documented service keeps a JWT).
pub const SESSION_PREFIX: &str = "zds_";

/// Prefix of the secret in a one-time link (our own choice).
pub const INVITATION_PREFIX: &str = "zdi_";
/// Prefix of the device code of a terminal that waits to be signed in (our own choice).
pub const DEVICE_PREFIX: &str = "zdd_";
/// Prefix of what a browser's cookie for the server's own pages holds (our own choice).
pub const PAGE_PREFIX: &str = "zdp_";

/// Prefixes of everything that must not be shown, claims of dropped sites among it.
const SECRET_PREFIXES: [&str; 6] =
    [TOKEN_PREFIX, SESSION_PREFIX, INVITATION_PREFIX, DEVICE_PREFIX, PAGE_PREFIX, "zdr_"];

/// Random characters in a secret: 36 × log2(62) is 214 bits.
pub const RANDOM_LENGTH: usize = 36;
/// Characters of checksum: 62^6 exceeds 2^32.
pub const CHECKSUM_LENGTH: usize = 6;
/// Characters after the prefix that are stored in clear and shown in lists.
pub const DISPLAY_LENGTH: usize = 8;
/// Fewest characters after the prefix that name a token in a command.
pub const SHORTEST_PREFIX: usize = 4;
/// Most characters of a token's name.
pub const LONGEST_NAME: usize = 100;
/// Most characters of a token's note.
pub const LONGEST_NOTE: usize = 500;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What the text alone says about a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenForm {
    /// One of ours, with a fitting checksum
    Ours,
    /// Our exact length and alphabet, but the checksum does not fit: mistyped or cut and pasted wrongly
    WrongChecksum,
    /// Anything else; the hosted service's form is not known, so this may still be one of its tokens
    Foreign,
}

/// Builds a secret from random bytes, or returns `None` when they held too few usable ones.
///
/// Bytes of 248 and above are skipped, so that every character is equally likely; 64 random bytes are practically
/// always enough, and the caller draws again when not.
pub fn secret_from_random(prefix: &str, random: &[u8]) -> Option<String> {
    let mut secret = String::with_capacity(prefix.len() + RANDOM_LENGTH + CHECKSUM_LENGTH);
    secret.push_str(prefix);
    let usable = random.iter().filter(|byte| **byte < 248).take(RANDOM_LENGTH);
    secret.extend(usable.map(|byte| char::from(BASE62[usize::from(byte % 62)])));
    if secret.len() < prefix.len() + RANDOM_LENGTH {
        return None;
    }
    let checksum = checksum(&secret);
    secret.push_str(&checksum);
    Some(secret)
}

/// Judges the text of a secret without asking anybody.
pub fn form(secret: &str) -> TokenForm {
    let Some(body) = [SESSION_PREFIX, TOKEN_PREFIX].iter().find_map(|prefix| secret.strip_prefix(prefix)) else {
        return TokenForm::Foreign;
    };
    let alphabet_fits = body.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if body.len() != RANDOM_LENGTH + CHECKSUM_LENGTH || !alphabet_fits {
        return TokenForm::Foreign;
    }
    let (covered, given) = secret.split_at(secret.len() - CHECKSUM_LENGTH);
    if checksum(covered) == given { TokenForm::Ours } else { TokenForm::WrongChecksum }
}

/// The part of a secret that may be stored in clear and shown: `zd_` and 8 characters give 8 characters here.
pub fn display_prefix(secret: &str) -> Option<&str> {
    let body = [SESSION_PREFIX, TOKEN_PREFIX].iter().find_map(|prefix| secret.strip_prefix(prefix))?;
    body.get(..DISPLAY_LENGTH)
}

/// A text as it may be logged: of everything in it that looks like a secret of ours, only the part that may be shown.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    let first_prefix =
        |text: &str| SECRET_PREFIXES.iter().filter_map(|prefix| Some((text.find(prefix)?, prefix))).min();
    let (mut shown, mut rest) = (String::new(), text);
    while let Some((at, prefix)) = first_prefix(rest) {
        let (before, body) = rest.split_at(at + prefix.len());
        let end = body.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(body.len());
        shown.push_str(before);
        rest = body;
        if end > DISPLAY_LENGTH {
            shown.push_str(&body[..DISPLAY_LENGTH]);
            shown.push_str("...");
            rest = &body[end..];
        }
    }
    if shown.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(shown + rest) }
}

/// The path of an address as it may be logged: like [`without_secrets`], also where characters of a secret are
/// percent-encoded, as some programs do with the `_` of a link.
pub fn path_without_secrets(path: &str) -> Cow<'_, str> {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    match without_secrets(&decoded) {
        Cow::Owned(shown) if shown != decoded => Cow::Owned(utf8_percent_encode(&shown, CONTROLS).to_string()),
        _ => Cow::Borrowed(path),
    }
}

fn checksum(covered: &str) -> String {
    let mut value = crc32fast::hash(covered.as_bytes());
    let mut characters = [b'0'; CHECKSUM_LENGTH];
    for character in characters.iter_mut().rev() {
        *character = BASE62[(value % 62) as usize];
        value /= 62;
    }
    characters.iter().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_secret_has_the_documented_form() {
        let random: Vec<u8> = (0..64).map(|step| step * 3).collect();
        let secret = secret_from_random(TOKEN_PREFIX, &random).expect("enough random bytes");
        assert_eq!(secret.len(), 3 + 36 + 6);
        assert_eq!(form(&secret), TokenForm::Ours);
        assert_eq!(display_prefix(&secret), secret.get(3..11));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 16, ..ProptestConfig::default() })]

        /// Every position with every other character, for any secret: 42 × 61 changes each.
        #[test]
        fn every_single_change_of_a_character_is_refused_offline(
            random in proptest::collection::vec(0u8..248, RANDOM_LENGTH),
            is_session in any::<bool>(),
        ) {
            let prefix = if is_session { SESSION_PREFIX } else { TOKEN_PREFIX };
            let secret = secret_from_random(prefix, &random).expect("enough random bytes");
            prop_assert_eq!(form(&secret), TokenForm::Ours);
            let mut changed = secret.clone().into_bytes();
            for position in prefix.len()..secret.len() {
                let original = changed[position];
                for character in BASE62.iter().filter(|character| **character != original) {
                    changed[position] = *character;
                    let text = std::str::from_utf8(&changed).expect("ASCII");
                    prop_assert_eq!(form(text), TokenForm::WrongChecksum, "{} at {}", char::from(*character), position);
                }
                changed[position] = original;
            }
        }

        /// Two neighbours that changed places, as hands do it.
        #[test]
        fn two_characters_that_changed_places_are_refused_offline(
            random in proptest::collection::vec(0u8..248, RANDOM_LENGTH),
            at in TOKEN_PREFIX.len()..TOKEN_PREFIX.len() + RANDOM_LENGTH + CHECKSUM_LENGTH - 1,
        ) {
            let secret = secret_from_random(TOKEN_PREFIX, &random).expect("enough random bytes");
            let mut changed = secret.clone().into_bytes();
            changed.swap(at, at + 1);
            let changed = String::from_utf8(changed).expect("ASCII");
            let expected = if changed == secret { TokenForm::Ours } else { TokenForm::WrongChecksum };
            prop_assert_eq!(form(&changed), expected);
        }
    }

    #[test]
    fn nothing_that_looks_like_a_secret_is_logged() {
        let secret = secret_from_random(TOKEN_PREFIX, &[9; 64]).expect("enough random bytes");
        let shown = without_secrets(&secret).into_owned();
        assert_eq!(shown, format!("{}...", &secret[..11]));
        for (text, expected) in [
            ("/tokens/zd_1a2b3c4d", "/tokens/zd_1a2b3c4d"),
            ("/a/zds_1a2b3c4dXYZ/zd_1a2b3c4dé/zdr_0123456789?x", "/a/zds_1a2b3c4d.../zd_1a2b3c4dé/zdr_01234567...?x"),
            ("zd_zd_123456789zd_123456789", "zd_zd_12345678..._123456789"),
            ("/sites/blog", "/sites/blog"),
            ("", ""),
        ] {
            assert_eq!(without_secrets(text), expected, "{text}");
        }
    }

    #[test]
    fn an_encoded_secret_is_not_logged_either() {
        for (path, expected) in [
            ("/invitation/zdi%5F0123456789abc", "/invitation/zdi_01234567..."),
            ("/invitation/%7adi_0123456789abc", "/invitation/zdi_01234567..."),
            ("/tokens/zd_012345678%39abc%0a", "/tokens/zd_01234567...%0A"),
            ("/tokens/zd_0123456789abc", "/tokens/zd_01234567..."),
            ("/tokens/zd%5F1a2b", "/tokens/zd%5F1a2b"),
            ("/sites/%ff/a%20b", "/sites/%ff/a%20b"),
        ] {
            assert_eq!(path_without_secrets(path), expected, "{path}");
        }
    }

    #[test]
    fn too_little_randomness_is_refused_and_foreign_text_is_foreign() {
        assert_eq!(secret_from_random(TOKEN_PREFIX, &[255; 64]), None);
        for text in ["", "zd_", "zd_short", "ghp_0123456789", "zd_é"] {
            assert_eq!(form(text), TokenForm::Foreign, "{text}");
        }
    }
}
