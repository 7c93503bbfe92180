//! Text with `:placeholders` that are filled in.

use super::encode;
use super::{Capture, SPLAT, captured, placeholder_name};

/// A text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Box<[Part]>);

/// A part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    Placeholder(Box<str>),
}

impl Template {
    /// Reads a text in which every `:name` for which `is_known` holds is a placeholder.
    pub fn parse(text: &str, is_known: impl Fn(&str) -> bool) -> Template {
        let mut parts = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(colon) = text[at..].find(':').map(|colon| at + colon) {
            at = colon + 1;
            let Some(name) = placeholder_name(&text[at..]).filter(|name| is_known(name)) else { continue };
            if start < colon {
                parts.push(Part::Text(text[start..colon].into()));
            }
            at += name.len();
            start = at;
            parts.push(Part::Placeholder(name.into()));
        }
        if start < text.len() {
            parts.push(Part::Text(text[start..].into()));
        }
        Template(parts.into())
    }

    /// The texts between the placeholders, changed.
    #[must_use]
    pub fn map_text(self, change: impl Fn(&str) -> String) -> Template {
        let parts = self.0.into_iter().map(|part| match part {
            Part::Text(text) => Part::Text(change(&text).into()),
            placeholder => placeholder,
        });
        Template(parts.collect())
    }

    /// Whether it has no placeholder.
    pub fn is_constant(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// Fills it in for a path: what a `*` captured keeps its slashes, in all else they are encoded.
    pub fn fill_path(&self, captures: &[Capture<'_>], into: &mut String) {
        self.fill(captures, into, |name, value| if name == SPLAT { encode::path(value) } else { encode::part(value) });
    }

    /// Fills it in for a query, a fragment or a header field: all but unreserved characters are encoded.
    pub fn fill_value(&self, captures: &[Capture<'_>], into: &mut String) {
        self.fill(captures, into, |_, value| encode::part(value));
    }

    /// Fills it in for a header field, where slashes do no harm.
    pub fn fill_field(&self, captures: &[Capture<'_>], into: &mut String) {
        self.fill(captures, into, |_, value| encode::path(value));
    }

    fn fill(&self, captures: &[Capture<'_>], into: &mut String, encode: impl Fn(&str, &str) -> String) {
        for part in &self.0 {
            match part {
                Part::Text(text) => into.push_str(text),
                Part::Placeholder(name) => {
                    into.push_str(&encode(name, captured(captures, name).unwrap_or_default()));
                }
            }
        }
    }
}

/// The `:names` in a text, with the byte at which each begins.
pub fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(':').filter_map(|(at, _)| Some((at, placeholder_name(&text[at + 1..])?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_and_encoded() {
        let captures =
            [Capture { name: "splat", value: "a b/c".into() }, Capture { name: "id", value: "../x&y\r\n".into() }];
        let known = |name: &str| captured(&captures, name).is_some();
        let template = Template::parse("/:id/x:splat:80/:idea", known);
        let mut path = String::new();
        template.fill_path(&captures, &mut path);
        assert_eq!(path, "/..%2Fx%26y%0D%0A/xa%20b/c:80/:idea");
        let mut value = String::new();
        template.fill_value(&captures, &mut value);
        assert_eq!(value, "/..%2Fx%26y%0D%0A/xa%20b%2Fc:80/:idea");
        assert!(!template.is_constant() && Template::parse("a:b", known).is_constant());
        assert_eq!(names("/:a/b:c:1").collect::<Vec<_>>(), [(1, "a"), (5, "c")]);
    }
}
