//! What a rule is for: a path on every host of the site, or on one host.

use super::encode::decoded_path;
use super::host::HostPattern;
use super::path::{PathPattern, PatternError};
use super::{Captures, template};

/// The hosts and paths of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The host; `None`: every one.
    pub host: Option<HostPattern>,
    /// The path.
    pub path: PathPattern,
}

impl Source {
    /// Reads a path, or an address with host and path. The scheme is not looked at: what is in front of the server knows
    /// it.
    ///
    /// # Errors
    /// When no request could fit it. The byte in the error counts from the begin of `text`.
    pub fn parse(text: &str) -> Result<Source, PatternError> {
        let Some(behind) = without_scheme(text) else {
            return Ok(Source { host: None, path: PathPattern::parse(text)? });
        };
        let start = text.len() - behind.len();
        let shifted = |by: usize| move |error: PatternError| PatternError { at: error.at + by, ..error };
        let (host, path) = match behind.find('/') {
            Some(slash) => behind.split_at(slash),
            None => (behind, "/"),
        };
        let host = HostPattern::parse(host).map_err(shifted(start))?;
        let path = PathPattern::parse(path).map_err(shifted(text.len().saturating_sub(path.len())))?;
        let twice = path.names().into_iter().find(|name| host.names().contains(name));
        if let Some(name) = twice {
            let message = format!("the placeholder `:{name}` stands here twice");
            return Err(PatternError::new("placeholder_twice", 0, message, "take another name for one of them"));
        }
        Ok(Source { host: Some(host), path })
    }

    /// The names that it captures.
    pub fn names(&self) -> Vec<&str> {
        let mut names = self.host.as_ref().map(HostPattern::names).unwrap_or_default();
        names.extend(self.path.names());
        names
    }

    /// What it captures of a request, or `None` when that does not fit. See [`PathPattern::captures`].
    pub fn captures<'a>(&'a self, host: &'a str, path: &'a str, is_folder: bool) -> Option<Captures<'a>> {
        let mut captures = match &self.host {
            Some(pattern) => pattern.captures(host)?,
            None => Vec::new(),
        };
        captures.extend(self.path.captures(path, is_folder)?);
        Some(captures)
    }
}

/// What stands behind `http://` or `https://`.
pub fn without_scheme(text: &str) -> Option<&str> {
    let prefix = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://"].into_iter().find(|scheme| prefix(scheme)).map(|scheme| &text[scheme.len()..])
}

/// Whether two texts of sources fit the same requests although they are written differently or equally: only the names
/// of placeholders, escapes and a slash at the end differ.
pub fn key(text: &str) -> String {
    let mut key = String::new();
    let mut rest = text;
    for (at, name) in template::names(text).collect::<Vec<_>>() {
        let start = text.len() - rest.len();
        key.push_str(&text[start..at]);
        key.push_str(":x");
        rest = &text[at + 1 + name.len()..];
    }
    key.push_str(rest);
    let key = key.strip_suffix('/').unwrap_or(&key);
    decoded_path(key).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_may_name_a_host() {
        let source = Source::parse("HTTPS://:sub.Example.com/a/:id").expect("a source");
        assert_eq!(source.names(), ["sub", "id"]);
        assert!(source.captures("x.example.com", "a/1", false).is_some());
        assert!(source.captures("example.com", "a/1", false).is_none());
        let bare = Source::parse("http://example.com").expect("a source");
        assert!(bare.captures("example.com", "", true).is_some());
        assert!(bare.captures("example.com", "a", false).is_none());
        assert!(Source::parse("/a").expect("a source").captures("any", "a", true).is_some());
        let at = |text: &str| Source::parse(text).map_err(|error| error.at);
        assert_eq!(at("https://a.example/x//y"), Err(20));
        assert_eq!(at("https://a.ex*mple/x"), Err(10));
        assert!(Source::parse("https://:a.example/:a").is_err());
    }

    #[test]
    fn equal_sources_have_equal_keys() {
        assert_eq!(key("/a/:id/"), key("/a/:name"));
        assert_eq!(key("/caf%C3%A9"), key("/café"));
        assert_ne!(key("/a"), key("/b"));
        assert_eq!(key("/"), "");
    }
}
