//! What `_redirects` and `_headers` share: lines and findings, the patterns of hosts and paths, what a pattern captures,
//! and finding the rules for a request without looking at all of them.

pub mod encode;
pub mod finding;
pub mod host;
pub mod index;
pub mod lines;
pub mod path;
pub mod services;
pub mod source;
pub mod template;

/// What a pattern captured, by name: percent-decoded.
pub type Captures<'a> = Vec<Capture<'a>>;

/// One captured text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture<'a> {
    /// The placeholder's name; `splat` for `*`.
    pub name: &'a str,
    /// What stood there.
    pub value: std::borrow::Cow<'a, str>,
}

/// The name under which a `*` is used.
pub const SPLAT: &str = "splat";

/// Finds a captured text.
pub fn captured<'a>(captures: &'a [Capture<'_>], name: &str) -> Option<&'a str> {
    captures.iter().find(|capture| capture.name == name).map(|capture| &*capture.value)
}

/// Reads the name behind a `:`: a letter, then letters, digits and `_`. Anything else means the colon itself.
pub fn placeholder_name(text: &str) -> Option<&str> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let end = text.find(|character| !is_part(character)).unwrap_or(text.len());
    text.starts_with(|first: char| first.is_ascii_alphabetic()).then(|| &text[..end])
}
