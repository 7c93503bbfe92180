//! One line of the file: its words, and what each of them is.

use super::conditions::{Conditions, Known};
use super::destination::Destination;
use super::{Action, QueryTerm, Rule};
use crate::domain::rules::encode::decoded_value;
use crate::domain::rules::finding::Finding;
use crate::domain::rules::lines::{Word, column};
use crate::domain::rules::path::{PathPattern, PatternError, Piece};
use crate::domain::rules::services::{Difference, Differences};
use crate::domain::rules::source::{Source, key, without_scheme};
use crate::domain::rules::{SPLAT, placeholder_name, template};

/// The statuses that a rule may have.
const STATUSES: &str = "200, 301, 302, 303, 307, 308, 404 or 410";

/// A rule that was read, and what tells its source from others.
pub(super) struct Line {
    pub(super) rule: Rule,
    pub(super) key: String,
    /// Whether it does not apply to some requests for its source, because it would lead them in a circle.
    pub(super) leaves_some: bool,
}

/// Reads the words of a line. Warnings go to `findings`.
///
/// # Errors
/// Why the line cannot be used.
pub(super) fn read(
    number: u32,
    words: &[Word<'_>],
    findings: &mut Vec<Finding>,
    differences: &mut Differences,
) -> Result<Line, Finding> {
    let end = words.iter().position(|word| word.text.starts_with('#')).unwrap_or(words.len());
    let Some((first, rest)) = words[..end].split_first() else {
        return Err(Finding::error("no_source", number, 1, "the line is empty", "write a source and a destination"));
    };
    let mut reader = Reader { number, findings, differences };
    let (text, source) = reader.source(*first)?;
    let parts = reader.parts(*first, rest)?;
    let query = reader.query(parts.query, &source)?;
    let (action, forced) = reader.status(parts.status, parts.destination.is_some())?;
    let (conditions, is_known) = reader.conditions(parts.conditions)?;
    let mut names = source.names();
    names.extend(query.iter().filter_map(|term| match term {
        QueryTerm::Placeholder { name, .. } => Some(&**name),
        QueryTerm::Value(..) => None,
    }));
    let destination = match parts.destination {
        Some(word) => Some(reader.destination(word, &names)?),
        None => None,
    };
    let is_proxied = matches!(action, Action::Serve(_)) && destination.as_ref().is_some_and(Destination::has_origin);
    if let (true, Some(word)) = (is_proxied, parts.destination) {
        let message = "this rule would fetch its answer from another host, which is not available on this server: it never applies";
        reader.warn("proxy", word, message, "lead there with 301 or 302, or put the files on this site");
    }
    let query = query.into_boxed_slice();
    let conditions = (!conditions.is_empty()).then(|| Box::new(conditions));
    let never = is_proxied || !is_known;
    let rule = Rule { line: number, source, action, forced, query, destination, conditions, never };
    let leaves_some = match (parts.destination, action) {
        (Some(word), Action::Redirect(_)) => reader.check_circle(&rule, text, word)?,
        _ => false,
    };
    if let (true, true, Action::Serve(_), Some(word)) =
        (rule.forced && rule.is_unconditional(), rule.source.path.is_everything(), action, parts.status)
    {
        let message = "with `!` this rule answers for every file of the site, scripts and pictures, too";
        reader.warn("hides_all_files", word, message, "leave `!` out: then files win, and the rule is for the rest");
    }
    reader.compare(&rule, *first, &parts);
    Ok(Line { rule, key: key(text), leaves_some })
}

struct Reader<'r> {
    number: u32,
    findings: &'r mut Vec<Finding>,
    differences: &'r mut Differences,
}

/// What the words behind the source are.
struct Parts<'w, 'a> {
    query: &'w [Word<'a>],
    destination: Option<Word<'a>>,
    status: Option<Word<'a>>,
    conditions: &'w [Word<'a>],
}

impl Reader<'_> {
    fn source<'a>(&mut self, word: Word<'a>) -> Result<(&'a str, Source), Finding> {
        let text = match word.text.split_once('#') {
            Some((text, _)) => {
                let message = "browsers keep what stands behind `#` to themselves; it is not looked at";
                self.warn("fragment_in_source", word, message, "take it out");
                text
            }
            None => word.text,
        };
        if let Some(at) = text.find('?') {
            let (path, query) = text.split_at(at);
            let words = query.trim_start_matches('?').replace('&', " ");
            let message = "the source has a `?`; query parameters are words of their own";
            return Err(self.error("query_in_source", word, at, message, format!("write {path} {words}")));
        }
        let source = Source::parse(text).map_err(|error| self.pattern_error(word, error))?;
        if let PathPattern::Mixed(pieces) = &source.path {
            let splat = pieces.contains(&Piece::Splat);
            let difference = if splat { Difference::SplatInside } else { Difference::PartOfSegment };
            self.differences.add(difference, self.number, word.column);
        }
        Ok((text, source))
    }

    fn parts<'w, 'a>(&self, source: Word<'a>, rest: &'w [Word<'a>]) -> Result<Parts<'w, 'a>, Finding> {
        let Some(second) = rest.first() else {
            let message = "the line has no destination";
            let fix = match source.text.ends_with(':') {
                true => "header fields belong into the file _headers".to_owned(),
                false => format!("write {} /somewhere", source.text),
            };
            return Err(self.error("no_destination", source, 0, message, fix));
        };
        if is_status(second.text) {
            let (conditions, status) = (&rest[1..], Some(*second));
            if !second.text.starts_with("200") {
                let message = "only a rule with the status 200 may go without a destination";
                let fix = format!("write {} /somewhere {}", source.text, second.text);
                return Err(self.error("no_destination", *second, 0, message, fix));
            }
            return Ok(Parts { query: &[], destination: None, status, conditions });
        }
        let is_destination = |word: &Word<'_>| word.text.starts_with('/') || without_scheme(word.text).is_some();
        let Some(at) = rest.iter().position(is_destination) else {
            let odd = rest.iter().find(|word| !word.text.contains('=')).unwrap_or(second);
            let message =
                format!("`{}` is no destination: that is a path with a slash in front, or an address", odd.text);
            return Err(self.error(
                "no_destination",
                *odd,
                0,
                message,
                format!("write /{}, or https:// before it", odd.text),
            ));
        };
        let (query, behind) = rest.split_at(at);
        let (destination, behind) = (Some(behind[0]), &behind[1..]);
        let (status, conditions) = match behind.split_first() {
            Some((status, conditions)) => (Some(*status), conditions),
            None => (None, behind),
        };
        Ok(Parts { query, destination, status, conditions })
    }

    fn query(&self, words: &[Word<'_>], source: &Source) -> Result<Vec<QueryTerm>, Finding> {
        let mut terms: Vec<QueryTerm> = Vec::new();
        let mut names: Vec<String> = source.names().into_iter().map(str::to_owned).collect();
        for word in words {
            let Some((parameter, value)) = word.text.split_once('=').filter(|(parameter, _)| !parameter.is_empty())
            else {
                let message = format!("`{}` is neither a query parameter nor a destination", word.text);
                let fix = format!("write {0}=:{0} for a parameter, /{0} for a destination", word.text);
                return Err(self.error("bad_parameter", *word, 0, message, fix));
            };
            let decoded = |text: &str| decoded_value(text).map(|text| Box::<str>::from(&*text));
            let (Some(parameter), Some(decoded_text)) = (decoded(parameter), decoded(value)) else {
                let message = "the parameter has an escape that is not UTF-8";
                return Err(self.error("not_utf8", *word, 0, message, "encode it as UTF-8"));
            };
            let has = |term: &QueryTerm| match term {
                QueryTerm::Value(known, _) => *known == parameter,
                QueryTerm::Placeholder { parameter: known, .. } => *known == parameter,
            };
            if terms.iter().any(has) {
                let message = format!("the parameter `{parameter}` stands here twice");
                return Err(self.error("parameter_twice", *word, 0, message, "take one out"));
            }
            let name = value.strip_prefix(':').filter(|name| placeholder_name(name) == Some(name));
            let Some(name) = name else {
                terms.push(QueryTerm::Value(parameter, decoded_text));
                continue;
            };
            if name == SPLAT || names.iter().any(|known| known == name) {
                let message = format!("the placeholder `:{name}` stands here twice, or is what a `*` captures");
                return Err(self.error("placeholder_twice", *word, 0, message, "take another name"));
            }
            names.push(name.to_owned());
            terms.push(QueryTerm::Placeholder { parameter, name: name.into() });
        }
        Ok(terms)
    }

    fn status(&self, word: Option<Word<'_>>, has_destination: bool) -> Result<(Action, bool), Finding> {
        let Some(word) = word else { return Ok((Action::Redirect(301), false)) };
        let (digits, forced) = match word.text.strip_suffix('!') {
            Some(digits) => (digits, true),
            None => (word.text, false),
        };
        let action = match digits {
            "301" | "302" | "303" | "307" | "308" if has_destination => digits.parse().ok().map(Action::Redirect),
            "200" | "404" | "410" => digits.parse().ok().map(Action::Serve),
            _ => None,
        };
        action.map(|action| (action, forced)).ok_or_else(|| {
            let (message, fix) = match word.text.contains('=') {
                true => (
                    format!("a status is missing before `{}`", word.text),
                    format!("write 301 {}, or another status", word.text),
                ),
                false => (format!("`{}` is no status that a rule can have", word.text), format!("write {STATUSES}")),
            };
            self.error("bad_status", word, 0, message, fix)
        })
    }

    fn conditions(&mut self, words: &[Word<'_>]) -> Result<(Conditions, bool), Finding> {
        let (mut conditions, mut is_known) = (Conditions::default(), true);
        for word in words {
            match conditions.add(word.text).map_err(|(rule, message, fix)| self.error(rule, *word, 0, message, fix))? {
                Known::Here => {}
                Known::Country => {
                    let message = "`Country` is met only on a server whose operator names a header with the country";
                    let fix =
                        "make sure that the site works without this rule; see `zerodeploy serve --country-header`";
                    self.warn("country", *word, message, fix);
                }
                Known::NotHere => {
                    is_known = false;
                    let name = word.text.split('=').next().unwrap_or_default();
                    let message = format!(
                        "`{name}` is not available on this server: the rule never applies, and protects nothing"
                    );
                    self.warn("condition_not_available", *word, message, "take the rule out");
                }
            }
        }
        Ok((conditions, is_known))
    }

    fn destination(&mut self, word: Word<'_>, names: &[&str]) -> Result<Destination, Finding> {
        let destination = Destination::parse(word.text, names).map_err(|error| self.pattern_error(word, error))?;
        let unknown: Vec<(usize, &str)> = template::names(word.text)
            .filter(|(at, name)| !names.contains(name) && !is_in_authority(word.text, *at))
            .collect();
        for (at, name) in unknown {
            if name == SPLAT {
                let message = "`:splat` is what a `*` captures, and the source has none";
                return Err(self.error("unknown_placeholder", word, at, message, "write * at the end of the source"));
            }
            let message = format!("nothing is captured as `:{name}`; it stands for itself");
            self.warn("unknown_placeholder", word, message, &format!("name it in the source, or write %3A{name}"));
        }
        if word.text.contains('*') {
            let message = "`*` stands for itself in a destination";
            self.warn("splat_in_destination", word, message, "write :splat for what the source's `*` captures");
        }
        Ok(destination)
    }

    /// A redirect to its own source would never end; one that changes the slash at the end applies once. Tells whether it
    /// is such a one.
    fn check_circle(&mut self, rule: &Rule, source: &str, word: Word<'_>) -> Result<bool, Finding> {
        let to = word.text.split(['?', '#']).next().unwrap_or_default();
        let bare = |text: &str| {
            let host = without_scheme(text).unwrap_or(text);
            host.strip_suffix('/').unwrap_or(host).replace(":splat", "*")
        };
        let is_same_host = without_scheme(source).is_some() == without_scheme(to).is_some();
        if !is_same_host || bare(source) != bare(to) || !rule.query.is_empty() || word.text.contains('?') {
            return Ok(false);
        }
        if source.replace('*', ":splat").ends_with('/') == to.ends_with('/') {
            let message = "the rule leads to its own source, in a circle: it never applies";
            return Err(self.error("circle", word, 0, message, "lead somewhere else, or take the rule out"));
        }
        self.differences.add(Difference::SlashOnly, self.number, word.column);
        Ok(true)
    }

    fn compare(&mut self, rule: &Rule, source: Word<'_>, parts: &Parts<'_, '_>) {
        let status = parts.status.unwrap_or(source);
        let is_fallback = rule.source.path.is_everything()
            && parts.destination.is_some_and(|word| matches!(word.text, "/index.html" | "/index"));
        let query = parts.query.first().unwrap_or(&source);
        let condition = parts.conditions.first().unwrap_or(&source);
        for (differs, difference, word) in [
            (parts.status.is_none(), Difference::DefaultStatus, source),
            (rule.forced, Difference::Forced, status),
            (rule.action == Action::Serve(404), Difference::ErrorPage, status),
            (rule.action == Action::Serve(410), Difference::Gone, status),
            (matches!(rule.action, Action::Redirect(303 | 307 | 308)), Difference::Status303, status),
            (!parts.query.is_empty(), Difference::QueryTerms, *query),
            (!parts.conditions.is_empty(), Difference::Conditions, *condition),
            (rule.source.host.is_some(), Difference::HostSource, source),
            (parts.destination.is_none(), Difference::NoDestination, source),
            (is_fallback, Difference::RewriteToIndex, source),
        ] {
            if differs {
                self.differences.add(difference, self.number, word.column);
            }
        }
    }

    fn warn(&mut self, rule: &'static str, word: Word<'_>, message: impl Into<String>, fix: &str) {
        self.findings.push(Finding::warning(rule, self.number, word.column, message, fix));
    }

    fn error(
        &self,
        rule: &'static str,
        word: Word<'_>,
        at: usize,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        let column = word.column + column(word.text, at) - 1;
        Finding::error(rule, self.number, column, message, fix)
    }

    fn pattern_error(&self, word: Word<'_>, error: PatternError) -> Finding {
        self.error(error.rule, word, error.at, error.message, error.fix)
    }
}

fn is_status(text: &str) -> bool {
    let digits = text.strip_suffix('!').unwrap_or(text);
    digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a byte of a destination lies in its host and port.
fn is_in_authority(text: &str, at: usize) -> bool {
    without_scheme(text).is_some_and(|behind| {
        let start = text.len() - behind.len();
        at < start + behind.find(['/', '?', '#']).unwrap_or(behind.len())
    })
}
