//! Paths inside a site.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Most bytes of UTF-8 in one segment of a path, as file systems have it.
pub const LONGEST_SEGMENT: usize = 255;
/// Most bytes of UTF-8 in a whole path (our own choice; Linux's `PATH_MAX`).
pub const LONGEST_PATH: usize = 4096;

/// A file's path inside a site: `/` between segments, none at the start or end, in Unicode's NFC form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SitePath(String);

/// Why a text is no path inside a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    #[error("it is empty or has an empty segment")]
    EmptySegment,
    #[error("it has a `.` or `..` segment")]
    DotSegment,
    #[error("it has a backslash")]
    Backslash,
    #[error("it has a control character")]
    Control,
    #[error("a segment is longer than {LONGEST_SEGMENT} bytes")]
    LongSegment,
    #[error("it is longer than {LONGEST_PATH} bytes")]
    LongPath,
    #[error("it is not in Unicode's NFC form")]
    NotNormalized,
    #[error("it is not UTF-8")]
    NotUtf8,
    #[error("it has a `%` that no two hexadecimal digits follow")]
    BadEscape,
}

impl SitePath {
    /// Checks a path that must already be in its final form, as the ones in a manifest.
    pub fn new(path: &str) -> Result<Self, PathError> {
        check(path)?;
        Ok(SitePath(path.to_owned()))
    }

    /// Brings a path from a file system into NFC, then checks it.
    pub fn normalized(path: &str) -> Result<Self, PathError> {
        let normalized = to_nfc(path);
        check(&normalized)?;
        Ok(SitePath(normalized.into_owned()))
    }

    /// The path as text, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Checks the rules of a path without taking it.
pub fn check(path: &str) -> Result<(), PathError> {
    if path.len() > LONGEST_PATH {
        return Err(PathError::LongPath);
    }
    for segment in path.split('/') {
        match segment {
            "" => return Err(PathError::EmptySegment),
            "." | ".." => return Err(PathError::DotSegment),
            _ if segment.len() > LONGEST_SEGMENT => return Err(PathError::LongSegment),
            _ => {}
        }
    }
    if path.contains('\\') {
        return Err(PathError::Backslash);
    }
    if path.chars().any(char::is_control) {
        return Err(PathError::Control);
    }
    if matches!(to_nfc(path), Cow::Owned(_)) {
        return Err(PathError::NotNormalized);
    }
    Ok(())
}

/// A request's path after decoding: which file or folder it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPath {
    /// The path without leading and trailing slash; empty for the root.
    pub path: String,
    /// Whether it ended with a slash, as the root does.
    pub is_folder: bool,
}

impl RequestPath {
    /// Reads the path of a request target (RFC 9112 §3.2.1, without the query): percent-decoded exactly once, then NFC.
    pub fn parse(raw: &str) -> Result<Self, PathError> {
        let raw = raw.strip_prefix('/').ok_or(PathError::EmptySegment)?;
        let decoded = decode(raw)?;
        let normalized = to_nfc(&decoded);
        let (path, is_folder) = match normalized.strip_suffix('/') {
            Some(folder) => (folder, true),
            None => (&*normalized, normalized.is_empty()),
        };
        if !path.is_empty() {
            check(path)?;
        } else if normalized.len() > 1 || &*normalized == "/" {
            return Err(PathError::EmptySegment);
        }
        Ok(RequestPath { path: path.to_owned(), is_folder })
    }
}

fn decode(raw: &str) -> Result<Cow<'_, str>, PathError> {
    let bytes = raw.as_bytes();
    let escape_is_bad =
        |at: usize| !matches!(bytes.get(at + 1..at + 3), Some(digits) if digits.iter().all(u8::is_ascii_hexdigit));
    if bytes.iter().enumerate().any(|(at, byte)| *byte == b'%' && escape_is_bad(at)) {
        return Err(PathError::BadEscape);
    }
    percent_encoding::percent_decode_str(raw).decode_utf8().map_err(|_| PathError::NotUtf8)
}

fn to_nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    let normalized: String = text.nfc().collect();
    if normalized == text { Cow::Borrowed(text) } else { Cow::Owned(normalized) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_and_illegal_paths() {
        let longest = "x".repeat(255);
        for good in ["index.html", "a/b.c", "50%-0", "a#b?c", "a b", "[x]", "🎉.html", ".well-known/x", "é", &longest]
        {
            assert_eq!(SitePath::new(good).map(|path| path.to_string()), Ok(good.to_owned()));
        }
        let too_long = "x".repeat(256);
        for (bad, error) in [
            ("", PathError::EmptySegment),
            ("/a", PathError::EmptySegment),
            ("a/", PathError::EmptySegment),
            ("a//b", PathError::EmptySegment),
            ("../a", PathError::DotSegment),
            ("a/./b", PathError::DotSegment),
            ("a\\b", PathError::Backslash),
            ("a\0b", PathError::Control),
            ("a\nb", PathError::Control),
            ("a\u{85}b", PathError::Control),
            ("e\u{301}", PathError::NotNormalized),
            (&too_long, PathError::LongSegment),
            (&"a/".repeat(3000), PathError::LongPath),
        ] {
            assert_eq!(SitePath::new(bad), Err(error), "{bad:?}");
        }
        assert_eq!(SitePath::normalized("e\u{301}").map(|path| path.to_string()), Ok("é".to_owned()));
    }

    #[test]
    fn request_paths_are_decoded_exactly_once() {
        let parse = |raw: &str| RequestPath::parse(raw).map(|request| (request.path, request.is_folder));
        assert_eq!(parse("/"), Ok((String::new(), true)));
        assert_eq!(parse("/a/b.html"), Ok(("a/b.html".to_owned(), false)));
        assert_eq!(parse("/a/"), Ok(("a".to_owned(), true)));
        assert_eq!(parse("/50%25-0"), Ok(("50%-0".to_owned(), false)));
        assert_eq!(parse("/e%CC%81"), Ok(("é".to_owned(), false)));
        assert_eq!(parse("/a%2Fb"), Ok(("a/b".to_owned(), false)));
        // Decoded once, this is the name `%2e%2e`, which is no dot segment.
        assert_eq!(parse("/%252e%252e/x"), Ok(("%2e%2e/x".to_owned(), false)));
        for bad in [
            "",
            "x",
            "//",
            "//a",
            "/a//b",
            "/../x",
            "/%2e%2e/x",
            "/..%2fx",
            "/a/%2E%2E",
            "/a%5cb",
            "/..\\x",
            "/a%00b",
            "/%",
            "/%2",
            "/%zz",
            "/%ff",
            "/a/..",
            "/./a",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
