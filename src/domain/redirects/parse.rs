//! The whole file: its lines, and what is odd about them together.

use std::collections::HashMap;

use super::line::{self, Line};
use super::{
    Action, LONGEST_LINE, MOST_BYTES, MOST_DYNAMIC, MOST_MIXED, MOST_OF_ONE_SOURCE, MOST_RULES, QueryTerm, Rule,
};
use crate::domain::rules::finding::{self, Finding, Findings};
use crate::domain::rules::host::HostPattern;
use crate::domain::rules::lines;
use crate::domain::rules::path::PathPattern;
use crate::domain::rules::services::{Difference, Differences};

/// Cloudflare Pages' bounds.
const CLOUDFLARE_STATIC: usize = 2_000;
const CLOUDFLARE_DYNAMIC: usize = 100;
const CLOUDFLARE_LINE: usize = 1_000;

/// What was read.
pub type Parsed = finding::Parsed<Rule>;

/// Reads a file.
pub fn parse(bytes: &[u8]) -> Parsed {
    let text = match lines::text(bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(finding) => return Parsed { rules: Vec::new(), findings: vec![finding] },
    };
    let mut reading = Reading::default();
    for (number, line) in lines::lines(text) {
        let trimmed = line.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(finding) = lines::unusable(number, line, LONGEST_LINE) {
            reading.findings.push(finding);
            continue;
        }
        reading.read(number, line);
    }
    for finding in reading.differences.into_findings() {
        reading.findings.push(finding);
    }
    Parsed { rules: reading.rules, findings: reading.findings.into_list() }
}

#[derive(Default)]
struct Reading {
    rules: Vec<Rule>,
    findings: Findings,
    differences: Differences,
    dynamic: usize,
    mixed: usize,
    /// How many rules of one source are not told apart by a query parameter's value.
    of_source: HashMap<String, usize>,
    /// The first rule of a source that leaves none of its requests to later ones: its line, and whether it is forced.
    takes_all: HashMap<String, (u32, bool)>,
    /// The same for every path of every host.
    everything: Option<(u32, bool)>,
    /// Whether it was told that a rule stands behind such a one.
    told: bool,
}

impl Reading {
    fn read(&mut self, number: u32, text: &str) {
        let words = lines::words(text);
        let mut warnings = Vec::new();
        let line = line::read(number, &words, &mut warnings, &mut self.differences);
        warnings.into_iter().for_each(|warning| self.findings.push(warning));
        let line = match line.and_then(|line| self.within_bounds(number, line)) {
            Ok(line) => line,
            Err(finding) => return self.findings.push(finding),
        };
        if text.chars().count() > CLOUDFLARE_LINE {
            self.differences.add(Difference::LongLine, number, 1);
        }
        self.look_back(&line);
        self.rules.push(line.rule);
    }

    fn within_bounds(&mut self, number: u32, line: Line) -> Result<Line, Finding> {
        let error = |rule, message: String, fix| Err(Finding::error(rule, number, 1, message, fix));
        let more = "say more with one rule: use placeholders and `*`";
        if self.rules.len() == MOST_RULES {
            return error("too_many_rules", format!("the file has more than {MOST_RULES} rules"), more);
        }
        let path = &line.rule.source.path;
        if path.is_dynamic() {
            self.dynamic += 1;
            if self.dynamic > MOST_DYNAMIC {
                let message = format!("the file has more than {MOST_DYNAMIC} rules with `*` or placeholders");
                return error("too_many_rules", message, "write paths without them where you can");
            }
            if self.dynamic > CLOUDFLARE_DYNAMIC {
                self.differences.add(Difference::ManyDynamic, number, 1);
            }
        } else if self.rules.len() - self.dynamic.min(self.rules.len()) >= CLOUDFLARE_STATIC {
            self.differences.add(Difference::ManyStatic, number, 1);
        }
        let has_open_host = matches!(line.rule.source.host, Some(HostPattern::Labels(_)));
        if has_open_host || matches!(path, PathPattern::Mixed(_)) {
            self.mixed += 1;
            if self.mixed > MOST_MIXED {
                let message = format!(
                    "the file has more than {MOST_MIXED} rules with a wildcard in the host or in a part of a segment"
                );
                return error("too_many_rules", message, "let placeholders fill their segment, and put `*` at the end");
            }
        }
        let is_told_apart = line.rule.query.iter().any(|term| matches!(term, QueryTerm::Value(..)));
        if !is_told_apart {
            let count = self.of_source.entry(line.key.clone()).or_default();
            *count += 1;
            if *count > MOST_OF_ONE_SOURCE {
                let message = format!("more than {MOST_OF_ONE_SOURCE} rules are for this source");
                return error("too_many_rules", message, more);
            }
        }
        Ok(line)
    }

    /// Warns of a rule that comes after one which takes all its requests.
    fn look_back(&mut self, line: &Line) {
        let rule = &line.rule;
        let hides = |(_, forced): &(u32, bool)| *forced || !rule.forced;
        if let Some((earlier, _)) = self.takes_all.get(&line.key).filter(|earlier| hides(earlier)) {
            let message = format!("line {earlier} takes every request for this source; this rule is never reached");
            let fix = "take one of the two out, or put the one with conditions first";
            self.findings.push(Finding::warning("never_reached", rule.line, 1, message, fix));
        } else if let Some((earlier, _)) = self.everything.filter(hides) {
            // Told for the first such rule: usually all that follow are meant.
            if !self.told {
                let message =
                    format!("line {earlier} takes every request; this rule and later ones like it are never reached");
                let fix = format!("put line {earlier} last");
                self.findings.push(Finding::warning("never_reached", rule.line, 1, message, fix));
                self.told = true;
            }
        }
        // A redirect that would lead to the request's own address does not apply, so only what serves surely takes all.
        if rule.is_unconditional() && !line.leaves_some {
            let takes = (rule.line, rule.forced);
            let is_circle = matches!(rule.action, Action::Redirect(_)) && rule.source.path.is_everything();
            if rule.source.path.is_everything() && rule.source.host.is_none() && !is_circle {
                self.everything.get_or_insert(takes);
            }
            self.takes_all.entry(line.key.clone()).or_insert(takes);
        }
    }
}
