//! Finding the first rule that applies to a request.

use std::borrow::Cow;

use super::{Action, MOST_PARAMETERS, QueryTerm, Redirects, Rule};
use crate::domain::rules::encode;
use crate::domain::rules::index::{Index, Pair, RuleNumber};
use crate::domain::rules::{Capture, Captures};

/// What rules look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// The host that is asked for: lower-case, without port.
    pub host: &'a str,
    /// The path, decoded and in NFC, without a slash at its ends.
    pub path: &'a str,
    /// Whether the path ended with a slash.
    pub is_folder: bool,
    /// The query as it was sent.
    pub query: Option<&'a str>,
    /// `Accept-Language`.
    pub accept_language: Option<&'a str>,
    /// `Cookie`; several fields joined with `;`.
    pub cookie: Option<&'a str>,
    /// The visitor's country, from a source that can be believed.
    pub country: Option<&'a str>,
}

/// Which fields of the request an answer depends on: those that some rule looked at on the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DependsOn {
    /// `Accept-Language`
    pub language: bool,
    /// `Cookie`
    pub cookie: bool,
    /// The field that the country comes from.
    pub country: bool,
}

impl DependsOn {
    /// Takes what another look depended on in.
    pub fn add(&mut self, other: DependsOn) {
        self.language |= other.language;
        self.cookie |= other.cookie;
        self.country |= other.country;
    }
}

/// What came of looking for a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The first rule that applies.
    pub hit: Option<Hit>,
    /// What this depends on, also when there is none.
    pub depends_on: DependsOn,
}

/// A rule that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its number in the file.
    pub number: RuleNumber,
    /// What it does.
    pub outcome: Outcome,
    /// Whether its source is a pattern.
    pub is_dynamic: bool,
}

/// What a rule does with this request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An answer with this status and `Location`.
    Redirect { status: u16, location: String },
    /// The file under this path, which is encoded and begins with a slash; `None`: the request's own.
    Serve { status: u16, path: Option<String> },
}

impl Redirects {
    /// The first rule with `!` that applies.
    pub fn find_forced(&self, request: &Request<'_>) -> Found {
        self.find(&self.forced, request, None)
    }

    /// The first rule without `!` that applies; `before`: and stands before that one.
    pub fn find_other(&self, request: &Request<'_>, before: Option<RuleNumber>) -> Found {
        self.find(&self.others, request, before)
    }

    fn find(&self, index: &Index, request: &Request<'_>, before: Option<RuleNumber>) -> Found {
        let query = request.query.filter(|_| self.uses_query);
        let pairs = query.map(|query| encode::query_pairs(query, MOST_PARAMETERS)).unwrap_or_default();
        let pairs: Vec<Pair<'_>> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        let mut found = Found::default();
        for number in index.candidates(request.host, request.path, &pairs) {
            if before.is_some_and(|before| number >= before) {
                break;
            }
            let Some(rule) = self.rules.get(number as usize) else { continue };
            if let Some(outcome) = rule.apply(request, &pairs, &mut found.depends_on) {
                found.hit = Some(Hit { number, outcome, is_dynamic: rule.source.path.is_dynamic() });
                break;
            }
        }
        found
    }
}

impl Rule {
    /// What the rule does with a request, or `None` when it does not apply.
    pub(super) fn apply(
        &self,
        request: &Request<'_>,
        pairs: &[Pair<'_>],
        depends_on: &mut DependsOn,
    ) -> Option<Outcome> {
        let mut captures = self.source.captures(request.host, request.path, request.is_folder)?;
        for term in &self.query {
            term.capture(pairs, &mut captures)?;
        }
        if let Some(conditions) = &self.conditions
            && !conditions.are_met(request, depends_on)
        {
            return None;
        }
        let filled = match &self.destination {
            Some(destination) => Some(destination.fill(&captures)?),
            None => None,
        };
        match (self.action, filled) {
            (Action::Serve(status), filled) => Some(Outcome::Serve { status, path: filled.map(|filled| filled.path) }),
            (Action::Redirect(_), None) => None,
            (Action::Redirect(status), Some(filled)) => {
                // A rule that names parameters says all that is to become of them.
                let query = request.query.filter(|_| self.query.is_empty());
                let query_then = filled.query.as_deref().or(query);
                let is_here = match &filled.origin {
                    None => true,
                    Some((_, authority)) => authority == request.host,
                };
                let is_same = is_here
                    && query_then == request.query
                    && encode::decoded_path(&filled.path).is_some_and(|path| is_path_of(&path, request));
                // It would lead in a circle.
                if is_same { None } else { Some(Outcome::Redirect { status, location: filled.location(query) }) }
            }
        }
    }
}

fn is_path_of(path: &str, request: &Request<'_>) -> bool {
    let inner = path.strip_prefix('/').unwrap_or(path);
    if request.is_folder && !request.path.is_empty() {
        return inner.strip_suffix('/') == Some(request.path);
    }
    inner == request.path
}

impl QueryTerm {
    fn capture<'a>(&'a self, pairs: &[Pair<'a>], captures: &mut Captures<'a>) -> Option<()> {
        match self {
            QueryTerm::Value(name, value) => pairs.contains(&(&**name, &**value)).then_some(()),
            QueryTerm::Placeholder { parameter, name } => {
                let (_, value) = pairs.iter().find(|(known, value)| *known == &**parameter && !value.is_empty())?;
                captures.push(Capture { name, value: Cow::Borrowed(value) });
                Some(())
            }
        }
    }
}
