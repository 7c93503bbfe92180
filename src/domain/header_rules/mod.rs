//! `_headers`: fields that a site adds to its answers, or takes from them.
//!
//! A line with a path begins a rule, the lines behind it are its fields: `Name: value`, or `! Name` to take one away. All
//! rules that fit apply, in the order of the file.

mod parse;
mod protected;
#[cfg(test)]
mod tests;

use crate::domain::rules::index::Index;
use crate::domain::rules::source::Source;
use crate::domain::rules::template::Template;

pub use parse::{Parsed, parse};

/// The name of the file, at the root of the site.
pub const FILE: &str = "_headers";
/// Most bytes of the file (our own choice).
pub const MOST_BYTES: usize = 256 * 1024;
/// Most bytes of a line (our own choice; Cloudflare Pages: 2,000 characters).
pub const LONGEST_LINE: usize = 8192;
/// Most rules (our own choice; Cloudflare Pages: 100).
pub const MOST_RULES: usize = 2_000;
/// Most rules with a wildcard in the host or in a part of a segment: each is tried against each request.
pub const MOST_MIXED: usize = 100;

/// One rule.
#[derive(Debug)]
pub struct HeaderRule {
    /// The line of its path, from 1.
    pub line: u32,
    /// The requests it is for.
    pub source: Source,
    /// Names, lower-case, that it takes away, from the server's own fields and from what earlier rules set.
    removed: Vec<Box<str>>,
    /// Names, lower-case, and values.
    fields: Vec<(Box<str>, Template)>,
}

/// What is to be done to an answer's fields; the name is lower-case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<'a> {
    /// Takes the field away.
    Remove(&'a str),
    /// Sets the field instead of the server's own one, or adds a value to what an earlier change set.
    Set(&'a str, String),
}

/// The rules of a file, ready to be asked.
#[derive(Debug, Default)]
pub struct HeaderRules {
    rules: Vec<HeaderRule>,
    index: Index,
    bytes: usize,
}

impl HeaderRules {
    /// Prepares rules. `text_bytes`: the length of their file.
    pub fn new(rules: Vec<HeaderRule>, text_bytes: usize) -> HeaderRules {
        let mut index = Index::default();
        for (number, rule) in (0..).zip(&rules) {
            index.insert(number, &rule.source, None);
        }
        let bytes = text_bytes * 2 + rules.len() * (size_of::<HeaderRule>() + 256);
        HeaderRules { rules, index, bytes }
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[HeaderRule] {
        &self.rules
    }

    /// Bytes in memory (estimate).
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// What all rules for a request do to its answer, in order. The host is lower-case and without port; the path is
    /// decoded and has no slash at its ends, `is_folder` tells whether it ended with one.
    pub fn changes(&self, host: &str, path: &str, is_folder: bool) -> Vec<Change<'_>> {
        let mut changes = Vec::new();
        for number in self.index.candidates(host, path, &[]) {
            let Some(rule) = self.rules.get(number as usize) else { continue };
            let Some(captures) = rule.source.captures(host, path, is_folder) else { continue };
            changes.extend(rule.removed.iter().map(|name| Change::Remove(name)));
            changes.extend(rule.fields.iter().map(|(name, template)| {
                let mut value = String::new();
                template.fill_field(&captures, &mut value);
                Change::Set(name, value)
            }));
        }
        changes
    }
}
