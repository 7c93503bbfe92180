//! Reading the file.

use super::{HeaderRule, LONGEST_LINE, MOST_BYTES, MOST_MIXED, MOST_RULES, protected};
use crate::domain::rules::finding::{self, Finding, Findings};
use crate::domain::rules::host::HostPattern;
use crate::domain::rules::lines;
use crate::domain::rules::path::{PathPattern, Piece};
use crate::domain::rules::services::{Difference, Differences};
use crate::domain::rules::source::{Source, without_scheme};
use crate::domain::rules::template::Template;

/// Cloudflare Pages' bounds.
const CLOUDFLARE_RULES: usize = 100;
const CLOUDFLARE_LINE: usize = 2_000;

/// What was read.
pub type Parsed = finding::Parsed<HeaderRule>;

/// Reads a file.
pub fn parse(bytes: &[u8]) -> Parsed {
    let text = match lines::text(bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(finding) => return Parsed { rules: Vec::new(), findings: vec![finding] },
    };
    let mut reading = Reading::default();
    for (number, line) in lines::lines(text) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(finding) = lines::unusable(number, line, LONGEST_LINE) {
            reading.findings.push(finding);
            continue;
        }
        if line.chars().count() > CLOUDFLARE_LINE {
            reading.differences.add(Difference::LongHeaderLine, number, 1);
        }
        let column = lines::column(line, line.len() - line.trim_start().len());
        if let Err(finding) = reading.read(number, column, trimmed) {
            reading.findings.push(finding);
            reading.is_incomplete = true;
        }
    }
    reading.end_rule();
    for finding in reading.differences.into_findings() {
        reading.findings.push(finding);
    }
    Parsed { rules: reading.rules, findings: reading.findings.into_list() }
}

#[derive(Default)]
struct Reading {
    rules: Vec<HeaderRule>,
    findings: Findings,
    differences: Differences,
    current: Current,
    /// Whether a field of the current rule had an error.
    is_incomplete: bool,
    mixed: usize,
    count: usize,
}

/// The path line that the fields belong to.
#[derive(Default)]
enum Current {
    #[default]
    None,
    Rule(HeaderRule),
    /// A path line with an error: its fields are not reported again.
    Unusable,
}

impl Reading {
    fn read(&mut self, number: u32, column: u32, line: &str) -> Result<(), Finding> {
        if line.starts_with('/') || without_scheme(line).is_some() {
            self.end_rule();
            self.current = Current::Unusable;
            self.current = Current::Rule(self.begin_rule(number, column, line)?);
            return Ok(());
        }
        let rule = match &mut self.current {
            Current::Rule(rule) => rule,
            Current::Unusable => return Ok(()),
            Current::None => {
                let message = "a field stands before the first path";
                let fix = "write the path that it is for in a line above it, such as /*";
                return Err(Finding::error("no_path", number, column, message, fix));
            }
        };
        if let Some(name) = line.strip_prefix('!') {
            let name = field_name(name.trim())
                .map_err(|(rule, message, fix)| Finding::error(rule, number, column, message, fix))?;
            if name == "vary" {
                let message = "`Vary` keeps caches from giving one visitor's answer to another";
                return Err(Finding::error("protected_field", number, column, message, "take the line out"));
            }
            self.differences.add(Difference::Removal, number, column);
            rule.removed.push(name.into());
            return Ok(());
        }
        let Some((name, value)) = line.split_once(':') else {
            let message = "the line is neither a path nor a field";
            let fix = "write Name: value, or a path that begins with a slash";
            return Err(Finding::error("bad_field", number, column, message, fix));
        };
        let name = field_name(name.trim_end())
            .map_err(|(rule, message, fix)| Finding::error(rule, number, column, message, fix))?;
        let value = value.trim();
        let column_of = |text: &str| column + lines::column(line, text.as_ptr() as usize - line.as_ptr() as usize) - 1;
        if value.is_empty() {
            let message = format!("the field `{name}` has no value");
            let fix = format!("write a value, or `! {name}` to take the field away");
            return Err(Finding::error("bad_field", number, column, message, fix));
        }
        if let Some((at, bad)) = value.char_indices().find(|(_, one)| !matches!(one, ' '..='~' | '\t')) {
            let message = format!("the value has `{bad}`; fields are ASCII");
            let column = column_of(&value[at..]);
            return Err(Finding::error("bad_value", number, column, message, "percent-encode it, or take it out"));
        }
        let names = rule.source.names();
        rule.fields.push((name.into(), Template::parse(value, |known| names.contains(&known))));
        Ok(())
    }

    fn begin_rule(&mut self, number: u32, column: u32, line: &str) -> Result<HeaderRule, Finding> {
        let error =
            |rule, column, message: String, fix: String| Err(Finding::error(rule, number, column, message, fix));
        let mut words = line.split_whitespace();
        let text = words.next().unwrap_or_default();
        if let Some(more) = words.next().filter(|more| !more.starts_with('#')) {
            let message = format!("a path stands alone in its line; `{more}` does not belong there");
            return error("path_not_alone", column, message, "write fields into lines of their own".to_owned());
        }
        if let Some(at) = text.find(['?', '#']) {
            let message = "only the path is looked at, not what stands behind `?` or `#`".to_owned();
            return error(
                "query_in_source",
                column + lines::column(text, at) - 1,
                message,
                format!("write {}", &text[..at]),
            );
        }
        let source = Source::parse(text).map_err(|error| {
            Finding::error(error.rule, number, column + lines::column(text, error.at) - 1, error.message, error.fix)
        })?;
        self.count += 1;
        if self.count > MOST_RULES {
            let fix = "say more with one rule: use placeholders and `*`".to_owned();
            return error("too_many_rules", column, format!("the file has more than {MOST_RULES} rules"), fix);
        }
        if self.count > CLOUDFLARE_RULES {
            self.differences.add(Difference::ManyHeaderRules, number, column);
        }
        if source.host.is_some() {
            self.differences.add(Difference::HeaderHost, number, column);
        }
        if let PathPattern::Mixed(pieces) = &source.path {
            let splat = pieces.contains(&Piece::Splat);
            let difference = if splat { Difference::SplatInside } else { Difference::PartOfSegment };
            self.differences.add(difference, number, column);
        }
        let is_open =
            matches!(source.host, Some(HostPattern::Labels(_))) || matches!(source.path, PathPattern::Mixed(_));
        self.mixed += usize::from(is_open);
        if is_open && self.mixed > MOST_MIXED {
            let message = format!(
                "the file has more than {MOST_MIXED} rules with a wildcard in the host or in a part of a segment"
            );
            return error("too_many_rules", column, message, "let placeholders fill their segment".to_owned());
        }
        Ok(HeaderRule { line: number, source, removed: Vec::new(), fields: Vec::new() })
    }

    fn end_rule(&mut self) {
        let is_incomplete = std::mem::take(&mut self.is_incomplete);
        let Current::Rule(rule) = std::mem::take(&mut self.current) else { return };
        if rule.fields.is_empty() && rule.removed.is_empty() {
            if is_incomplete {
                return;
            }
            let message = "no field stands below this path";
            let fix = "write Name: value below it, or take the line out";
            self.findings.push(Finding::warning("no_fields", rule.line, 1, message, fix));
            return;
        }
        self.rules.push(rule);
    }
}

/// A field's name, lower-case (RFC 9110 §5.1).
fn field_name(name: &str) -> Result<String, (&'static str, String, &'static str)> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || name.len() > 200 || !name.bytes().all(is_token) {
        return Err(("bad_name", format!("`{name}` is no name of a field"), "write Name: value, or ! Name"));
    }
    let name = name.to_ascii_lowercase();
    match protected::reason(&name) {
        Some((why, fix)) => Err(("protected_field", format!("a site cannot set or remove `{name}`: {why}"), fix)),
        None => Ok(name),
    }
}
