//! Percent-encoding (RFC 3986).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What stands as itself nowhere but in unreserved characters: for one segment of a path, or a value of a query.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What stands as itself in a path: RFC 3986's `pchar` and the slash.
pub const PATH: &AsciiSet = &PART
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// What stands as itself in text that is encoded already: `%` stays, too.
const ENCODED_PATH: &AsciiSet = &PATH.remove(b'%');
const ENCODED_QUERY: &AsciiSet = &ENCODED_PATH.remove(b'?');

/// Encodes a path; slashes stay.
pub fn path(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// Encodes one part: a segment or a value, in which a slash is no separator.
pub fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

/// Encodes what may not stand in a path and leaves escapes as they are.
pub fn encoded_path(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ENCODED_PATH).into()
}

/// Encodes what may not stand in a query or a fragment and leaves escapes as they are.
pub fn encoded_query(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ENCODED_QUERY).into()
}

/// Where a `%` stands that no two hexadecimal digits follow.
pub fn bad_escape(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_bad =
        |at: usize| !matches!(bytes.get(at + 1..at + 3), Some(digits) if digits.iter().all(u8::is_ascii_hexdigit));
    (0..bytes.len()).find(|at| bytes[*at] == b'%' && is_bad(*at))
}

/// Decodes a path once and brings it into Unicode's NFC form, as requests are. `None`: it is not UTF-8.
pub fn decoded_path(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
    if decoded.is_ascii() || is_nfc_quick(decoded.chars()) == IsNormalized::Yes {
        return Some(decoded.into_owned());
    }
    Some(decoded.nfc().collect())
}

/// Decodes a name or value of a query: `+` is a space. `None`: it is not UTF-8.
pub fn decoded_value(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['+', '%']) {
        return Some(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(Cow::Owned(decoded.into_owned()))
}

/// The names and values of a query, at most `most` of them. What is not UTF-8 is left out.
pub fn query_pairs(query: &str, most: usize) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let parts = query.split('&').filter(|part| !part.is_empty()).take(most);
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    pairs.filter_map(|(name, value)| Some((decoded_value(name)?, decoded_value(value)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_keeps_what_is_encoded() {
        assert_eq!(encoded_path("/a%20b/é\"<"), "/a%20b/%C3%A9%22%3C");
        assert_eq!(encoded_query("a=1?&b=é"), "a=1?&b=%C3%A9");
        assert_eq!(path("a/b c?%"), "a/b%20c%3F%25");
        assert_eq!(part("a/b&c"), "a%2Fb%26c");
        assert_eq!(bad_escape("/a%20%2"), Some(5));
        assert_eq!(bad_escape("/a%20%zz"), Some(5));
        assert_eq!(bad_escape("/%C3%A9"), None);
    }

    #[test]
    fn decoding_is_the_one_of_requests() {
        assert_eq!(decoded_path("/e%CC%81").as_deref(), Some("/é"));
        assert_eq!(decoded_path("/%ff"), None);
        assert_eq!(decoded_path("/a+b").as_deref(), Some("/a+b"));
        let pairs = query_pairs("a=1&b=x+y%21&&c&%ff=1&a=2", 100);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(pairs, [("a", "1"), ("b", "x y!"), ("c", ""), ("a", "2")]);
        assert_eq!(query_pairs("a=1&b=2&c=3", 2).len(), 2);
    }
}
