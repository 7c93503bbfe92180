//! Where a rule leads.

use crate::domain::rules::encode;
use crate::domain::rules::host::{self, Label};
use crate::domain::rules::path::PatternError;
use crate::domain::rules::source::without_scheme;
use crate::domain::rules::template::Template;
use crate::domain::rules::{Capture, captured};

/// A path of the site or an address elsewhere, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Destination {
    origin: Option<Box<Origin>>,
    path: Template,
    query: Option<Template>,
    fragment: Option<Template>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    scheme: &'static str,
    labels: Vec<Label>,
    port: Option<u16>,
}

/// A destination that was filled in: encoded, without a scheme for paths of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    /// `None`: the request's own.
    pub(super) origin: Option<(String, String)>,
    /// Begins with exactly one slash.
    pub(super) path: String,
    pub(super) query: Option<String>,
    fragment: Option<String>,
}

impl Destination {
    /// Reads a destination; `names` are what the rule captures.
    ///
    /// # Errors
    /// When it could lead somewhere that nobody means.
    pub(super) fn parse(text: &str, names: &[&str]) -> Result<Destination, PatternError> {
        if let Some(at) = encode::bad_escape(text) {
            let message = "a `%` stands for itself only as %25";
            return Err(error("bad_escape", at, message, "write %25, or two hexadecimal digits behind it"));
        }
        if text.starts_with("//") {
            let message = "a destination that begins with `//` leads to another host";
            return Err(error("two_slashes", 0, message, "write one slash, or https:// for another host"));
        }
        let (origin, rest) = match without_scheme(text) {
            Some(behind) => {
                let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
                let (authority, rest) = behind.split_at(end);
                let start = text.len() - behind.len();
                (Some(Box::new(Origin::parse(text, authority, start, names)?)), rest)
            }
            None => (None, text),
        };
        let (rest, fragment) = split(rest, '#');
        let (path, query) = split(rest, '?');
        let path = if path.is_empty() { "/" } else { path };
        let is_known = |name: &str| names.contains(&name);
        let template = |text: &str| Template::parse(text, is_known);
        Ok(Destination {
            origin,
            path: template(path).map_text(|text| encode::encoded_path(text).into_owned()),
            query: query.map(|text| template(text).map_text(|text| encode::encoded_query(text).into_owned())),
            fragment: fragment.map(|text| template(text).map_text(|text| encode::encoded_query(text).into_owned())),
        })
    }

    /// Whether it is an address, not a path of the site.
    pub(super) fn has_origin(&self) -> bool {
        self.origin.is_some()
    }

    /// The path, encoded, of a destination on the site without placeholders.
    pub(super) fn constant_path(&self) -> Option<String> {
        let is_constant = self.origin.is_none() && self.path.is_constant();
        is_constant.then(|| self.path(&[]))
    }

    /// Fills it in; `None` when what was captured can stand in no host name.
    pub(super) fn fill(&self, captures: &[Capture<'_>]) -> Option<Filled> {
        let origin = match &self.origin {
            Some(origin) => Some(origin.fill(captures)?),
            None => None,
        };
        let value = |template: &Template| {
            let mut text = String::new();
            template.fill_value(captures, &mut text);
            text
        };
        Some(Filled {
            origin,
            path: self.path(captures),
            query: self.query.as_ref().map(value),
            fragment: self.fragment.as_ref().map(value),
        })
    }

    fn path(&self, captures: &[Capture<'_>]) -> String {
        let mut path = String::new();
        self.path.fill_path(captures, &mut path);
        // An empty capture may leave two slashes in front, which a browser takes for another host.
        let inner = path.trim_start_matches('/');
        if path.len() - inner.len() == 1 { path } else { format!("/{inner}") }
    }
}

impl Filled {
    /// The text of a `Location` field, whose query is `query` unless the destination has one.
    pub(super) fn location(&self, query: Option<&str>) -> String {
        let mut location = String::new();
        if let Some((scheme, authority)) = &self.origin {
            location.push_str(scheme);
            location.push_str(authority);
        }
        location.push_str(&self.path);
        for (mark, part) in [('?', self.query.as_deref().or(query)), ('#', self.fragment.as_deref())] {
            if let Some(part) = part {
                location.push(mark);
                location.push_str(part);
            }
        }
        location
    }
}

impl Origin {
    fn parse(text: &str, authority: &str, start: usize, names: &[&str]) -> Result<Origin, PatternError> {
        let scheme =
            if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("https")) { "https://" } else { "http://" };
        let port = authority.rsplit_once(':').and_then(|(name, port)| Some((name, port.parse::<u16>().ok()?)));
        let (name, port) = port.map_or((authority, None), |(name, port)| (name, Some(port)));
        let labels = host::labels(name).map_err(|error| PatternError {
            at: error.at + start,
            fix: "write the host name in ASCII letters (xn--… for others) and a `/` behind it".to_owned(),
            ..error
        })?;
        if let Some(unknown) = labels.iter().filter_map(Label::name).find(|name| !names.contains(name)) {
            let message = format!("nothing is captured as `:{unknown}`");
            return Err(error("unknown_placeholder", start, message, "name it in the source"));
        }
        let open = labels.len() < 2 || labels.iter().rev().take(2).any(|label| label.name().is_some());
        if open && labels.iter().any(|label| label.name().is_some()) {
            let message = "a visitor could choose any host that this rule leads to";
            return Err(error("open_redirect", start, message, "write the last two labels of the host as text"));
        }
        Ok(Origin { scheme, labels, port })
    }

    fn fill(&self, captures: &[Capture<'_>]) -> Option<(String, String)> {
        let mut authority = String::new();
        for label in &self.labels {
            let text = match label {
                Label::Text(text) => &**text,
                Label::Placeholder(name) => captured(captures, name).filter(|value| host::is_label(value))?,
            };
            if !authority.is_empty() {
                authority.push('.');
            }
            authority.push_str(text);
        }
        if let Some(port) = self.port {
            authority.push_str(&format!(":{port}"));
        }
        Some((self.scheme.to_owned(), authority))
    }
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, behind)) => (before, Some(behind)),
        None => (text, None),
    }
}

fn error(rule: &'static str, at: usize, message: impl Into<String>, fix: &str) -> PatternError {
    PatternError { rule, at, message: message.into(), fix: fix.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(destination: &str, captures: &[(&'static str, &'static str)], query: Option<&str>) -> Option<String> {
        let names: Vec<&str> = captures.iter().map(|(name, _)| *name).collect();
        let captures: Vec<Capture<'_>> =
            captures.iter().map(|(name, value)| Capture { name, value: (*value).into() }).collect();
        let destination = Destination::parse(destination, &names).expect("a destination");
        destination.fill(&captures).map(|filled| filled.location(query))
    }

    #[test]
    fn what_is_captured_cannot_change_the_host() {
        for (destination, captures, expected) in [
            ("/:splat", [("splat", "/evil.example")].as_slice(), Some("/evil.example")),
            ("/:id", &[("id", "/evil.example")], Some("/%2Fevil.example")),
            ("/:id", &[("id", "\\evil.example")], Some("/%5Cevil.example")),
            ("/:id/evil.example", &[("id", "")], Some("/evil.example")),
            ("https://shop.example/:splat", &[("splat", "@evil.example")], Some("https://shop.example/@evil.example")),
            ("https://:sub.shop.example/", &[("sub", "eu")], Some("https://eu.shop.example/")),
            ("https://:sub.shop.example/", &[("sub", "evil.example/")], None),
            ("https://:sub.shop.example/", &[("sub", "")], None),
            ("/a", &[("id", "x\r\nSet-Cookie: a=b")], Some("/a")),
            ("/a/:id", &[("id", "x\r\nb")], Some("/a/x%0D%0Ab")),
            ("/a?q=:id#:id", &[("id", "x&y#z")], Some("/a?q=x%26y%23z#x%26y%23z")),
            ("https://shop.example:8443?x=1", &[], Some("https://shop.example:8443/?x=1")),
            ("/caf\u{e9}/%20\"", &[], Some("/caf%C3%A9/%20%22")),
        ] {
            assert_eq!(location(destination, captures, None).as_deref(), expected, "{destination} {captures:?}");
        }
        for (destination, rule) in [
            ("//evil.example", "two_slashes"),
            ("https://:splat", "bad_host"),
            ("https://:sub", "open_redirect"),
            ("https://:sub.example", "open_redirect"),
            ("https://shop.example:splat", "bad_host"),
            ("https://user@shop.example/", "bad_host"),
            ("https://:other.shop.example/", "unknown_placeholder"),
            ("https://", "bad_host"),
            ("/100%", "bad_escape"),
        ] {
            let found = Destination::parse(destination, &["sub", "splat"]).map_err(|error| error.rule);
            assert_eq!(found, Err(rule), "{destination}");
        }
    }

    #[test]
    fn the_query_is_passed_on_unless_there_is_one() {
        assert_eq!(location("/b", &[], Some("x=1")).as_deref(), Some("/b?x=1"));
        assert_eq!(location("/b#top", &[], Some("x=1")).as_deref(), Some("/b?x=1#top"));
        assert_eq!(location("/b?y=2", &[], Some("x=1")).as_deref(), Some("/b?y=2"));
        assert_eq!(location("https://a.example", &[], Some("x=1")).as_deref(), Some("https://a.example/?x=1"));
    }
}
