//! Patterns of host names: labels, some of which may be placeholders (`:project.pages.example`).

use std::borrow::Cow;

use super::path::PatternError;
use super::{Capture, Captures, SPLAT, placeholder_name};

/// A pattern of host names, lower-case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HostPattern {
    /// This name.
    Exact(Box<str>),
    /// As many labels.
    Labels(Box<[Label]>),
}

/// One label of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Label {
    /// This text.
    Text(Box<str>),
    /// Any label, under this name.
    Placeholder(Box<str>),
}

impl HostPattern {
    /// Reads a host name, whose labels may be placeholders.
    ///
    /// # Errors
    /// When it has a port, a `*`, or a label that no host has.
    pub fn parse(text: &str) -> Result<HostPattern, PatternError> {
        let labels = labels(text)?;
        if labels.iter().all(|label| matches!(label, Label::Text(_))) {
            return Ok(HostPattern::Exact(text.trim_end_matches('.').to_ascii_lowercase().into()));
        }
        Ok(HostPattern::Labels(labels.into()))
    }

    /// The names that it captures.
    pub fn names(&self) -> Vec<&str> {
        let HostPattern::Labels(labels) = self else { return Vec::new() };
        labels.iter().filter_map(Label::name).collect()
    }

    /// What it captures of a normalized host name, or `None` when that does not fit.
    pub fn captures<'a>(&'a self, host: &'a str) -> Option<Captures<'a>> {
        let labels = match self {
            HostPattern::Exact(name) => return (**name == *host).then(Vec::new),
            HostPattern::Labels(labels) => labels,
        };
        let mut parts = host.split('.');
        let mut captures = Vec::new();
        for label in labels {
            let part = parts.next()?;
            match label {
                Label::Text(text) if **text != *part => return None,
                Label::Text(_) => {}
                Label::Placeholder(name) => captures.push(Capture { name, value: Cow::Borrowed(part) }),
            }
        }
        parts.next().is_none().then_some(captures)
    }
}

impl Label {
    /// The placeholder's name.
    pub fn name(&self) -> Option<&str> {
        match self {
            Label::Text(_) => None,
            Label::Placeholder(name) => Some(name),
        }
    }
}

/// Reads the labels of a host name.
///
/// # Errors
/// See [`HostPattern::parse`].
pub fn labels(text: &str) -> Result<Vec<Label>, PatternError> {
    let name = text.strip_suffix('.').unwrap_or(text);
    let mut labels = Vec::new();
    let mut at = 0;
    for part in name.split('.') {
        let error = |message: String, fix: &str| Err(PatternError::new("bad_host", at, message, fix));
        match part.strip_prefix(':') {
            Some(behind) if placeholder_name(behind) == Some(behind) && behind != SPLAT => {
                labels.push(Label::Placeholder(behind.into()));
            }
            _ if part.contains('*') => {
                return error(format!("`{part}` in a host name is not possible"), "write :name for a label");
            }
            _ if is_label(part) => labels.push(Label::Text(part.to_ascii_lowercase().into())),
            _ => {
                let fix = "write the host name in ASCII letters, without port, and a `/` behind it";
                return error(format!("`{part}` is no label of a host name"), fix);
            }
        }
        at += part.len() + 1;
    }
    Ok(labels)
}

/// Whether a text can be a label of a host name.
pub fn is_label(text: &str) -> bool {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.len() <= 63 && text.bytes().all(is_legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_fit_label_by_label() {
        for (pattern, host, expected) in [
            ("Blog.Example.com", "blog.example.com", Some(vec![])),
            ("blog.example.com.", "blog.example.com", Some(vec![])),
            ("blog.example.com", "www.blog.example.com", None),
            (":project.pages.dev", "mine.pages.dev", Some(vec![("project", "mine")])),
            (":project.pages.dev", "a.b.pages.dev", None),
            (":a.:b.dev", "x.y.dev", Some(vec![("a", "x"), ("b", "y")])),
        ] {
            let pattern = HostPattern::parse(pattern).expect("a pattern");
            let captures = pattern.captures(host);
            let found = captures
                .map(|captures| captures.iter().map(|one| (one.name, one.value.to_string())).collect::<Vec<_>>());
            let expected =
                expected.map(|list| list.into_iter().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>());
            assert_eq!(found, expected, "{pattern:?} {host}");
        }
        for bad in ["", "a..b", "a:80", "*.example.com", "x:name.example.com", ":splat.example.com", "bücher.example"]
        {
            assert!(HostPattern::parse(bad).is_err(), "{bad}");
        }
    }
}
