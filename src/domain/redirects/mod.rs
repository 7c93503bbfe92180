//! `_redirects`: which request leads elsewhere, or gets another file of the site.
//!
//! One rule a line: `source [name=value …] destination [status[!]] [Condition=value,…]`. The first rule that fits wins.
//! A rule without `!` stands back behind a file of the site. Where the services that read such files differ, the order of
//! authority is the documented ZeroDeploy service, Netlify, Cloudflare Pages; `docs/redirects.md` lists the differences.

mod conditions;
mod destination;
mod find;
mod line;
mod parse;
#[cfg(test)]
mod tests;

use crate::domain::rules::index::Index;
use crate::domain::rules::source::Source;

use conditions::Conditions;
use destination::Destination;

pub use find::{DependsOn, Found, Hit, Outcome, Request};
pub use parse::{Parsed, parse};

/// The name of the file, at the root of the site.
pub const FILE: &str = "_redirects";
/// Most bytes of the file (our own choice).
pub const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Most bytes of a line (our own choice; Cloudflare Pages: 1,000 characters).
pub const LONGEST_LINE: usize = 4096;
/// Most rules (our own choice; Cloudflare Pages: 2,100).
pub const MOST_RULES: usize = 50_000;
/// Most rules with `*` or placeholders.
pub const MOST_DYNAMIC: usize = 10_000;
/// Most rules with a `*` or a placeholder that is a part of a segment: each is tried against each request.
pub const MOST_MIXED: usize = 100;
/// Most rules for one source, other than those with different values of a query parameter.
pub const MOST_OF_ONE_SOURCE: usize = 1_000;
/// Most parameters of a request's query that are looked at.
pub const MOST_PARAMETERS: usize = 100;

/// What a rule does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Leads elsewhere, with this status: 301, 302, 303, 307 or 308.
    Redirect(u16),
    /// Answers with a file of the site and this status: 200, 404 or 410.
    Serve(u16),
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The requests it is for.
    pub source: Source,
    /// What it does.
    pub action: Action,
    /// Whether it wins over a file.
    pub forced: bool,
    query: Box<[QueryTerm]>,
    /// `None`: the request's own path.
    destination: Option<Destination>,
    conditions: Option<Box<Conditions>>,
    /// Why it never applies on this server, whatever the request.
    never: bool,
}

impl Rule {
    /// The file that it answers with, when it is the same for every request.
    pub fn served_path(&self) -> Option<String> {
        let is_served = matches!(self.action, Action::Serve(_)) && !self.never;
        self.destination.as_ref().filter(|_| is_served)?.constant_path()
    }

    /// Whether it applies to every request for its source.
    pub fn is_unconditional(&self) -> bool {
        self.conditions.is_none() && self.query.is_empty() && !self.never
    }
}

/// A query parameter that a request must have.
#[derive(Debug, Clone, PartialEq, Eq)]
enum QueryTerm {
    /// With this value.
    Value(Box<str>, Box<str>),
    /// With any value but none, which is captured.
    Placeholder { parameter: Box<str>, name: Box<str> },
}

/// The rules of a file, ready to be asked.
#[derive(Debug, Default)]
pub struct Redirects {
    rules: Vec<Rule>,
    forced: Index,
    others: Index,
    has_forced: bool,
    uses_query: bool,
    bytes: usize,
}

impl Redirects {
    /// Prepares rules. `text_bytes`: the length of their file.
    pub fn new(rules: Vec<Rule>, text_bytes: usize) -> Redirects {
        let mut redirects = Redirects::default();
        for (number, rule) in (0..).zip(&rules) {
            if rule.never {
                continue;
            }
            let pair = rule.query.iter().find_map(|term| match term {
                QueryTerm::Value(name, value) => Some((&**name, &**value)),
                QueryTerm::Placeholder { .. } => None,
            });
            let index = if rule.forced { &mut redirects.forced } else { &mut redirects.others };
            index.insert(number, &rule.source, pair);
            redirects.has_forced |= rule.forced;
            redirects.uses_query |= !rule.query.is_empty();
        }
        // What the rules and the index add to the text, roughly: boxes, hash maps, nodes.
        redirects.bytes = text_bytes * 2 + rules.len() * (size_of::<Rule>() + 256);
        redirects.rules = rules;
        redirects
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether there is a rule that wins over files.
    pub fn has_forced(&self) -> bool {
        self.has_forced
    }

    /// Bytes in memory (estimate).
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}
