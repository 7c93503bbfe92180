//! What is to be said about a file of rules.

use std::fmt;

/// Most findings of one file that are listed; the rest is counted.
pub const MOST_FINDINGS: usize = 200;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It does something else than one might think, here or elsewhere.
    Warning,
    /// The line cannot be used.
    Error,
}

impl Severity {
    /// As text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// One thing about one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line, from 1.
    pub line: u32,
    /// The character in it, from 1.
    pub column: u32,
    /// How bad it is.
    pub severity: Severity,
    /// Stable snake_case name of what was found.
    pub rule: &'static str,
    /// What it is and why, as a sentence without full stop.
    pub message: String,
    /// What to do about it.
    pub fix: String,
    /// Whether it is only about other services that read such files: here the line does what it says.
    pub is_elsewhere: bool,
}

impl Finding {
    /// A line that cannot be used.
    pub fn error(
        rule: &'static str,
        line: u32,
        column: u32,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        let (message, fix) = (message.into(), fix.into());
        Finding { line, column, severity: Severity::Error, rule, message, fix, is_elsewhere: false }
    }

    /// A line that may not do what is meant.
    pub fn warning(
        rule: &'static str,
        line: u32,
        column: u32,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Finding { severity: Severity::Warning, ..Finding::error(rule, line, column, message, fix) }
    }
}

/// The findings of one file, at most [`MOST_FINDINGS`] of each severity and a last one that counts the rest.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    unlisted: [usize; 2],
    listed: [usize; 2],
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        let kind = finding.severity as usize;
        if self.listed[kind] == MOST_FINDINGS {
            self.unlisted[kind] += 1;
        } else {
            self.listed[kind] += 1;
            self.list.push(finding);
        }
    }

    /// All of them, by line; what was counted only stands last.
    pub fn into_list(mut self) -> Vec<Finding> {
        self.list.sort_by_key(|finding| (finding.line, finding.column));
        let last = self.list.last().map_or(1, |finding| finding.line);
        for severity in [Severity::Warning, Severity::Error] {
            let count = self.unlisted[severity as usize];
            if count > 0 {
                let message = format!("{count} more lines have such findings ({severity}); they are not listed");
                let more = Finding::error("more_findings", last, 1, message, "put the listed lines right first");
                self.list.push(Finding { severity, ..more });
            }
        }
        self.list
    }
}

/// What was read of a file.
#[derive(Debug)]
pub struct Parsed<Rule> {
    /// The rules that can be used.
    pub rules: Vec<Rule>,
    /// What is to be said, by line. Every line is a rule or belongs to one, is a comment, empty, or has an error here or at
    /// the line above that it belongs to.
    pub findings: Vec<Finding>,
}

impl<Rule> Parsed<Rule> {
    /// Whether a line cannot be used.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

impl<Rule> Default for Parsed<Rule> {
    fn default() -> Self {
        Parsed { rules: Vec::new(), findings: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_findings_are_counted() {
        let mut findings = Findings::default();
        for line in (1..=1000).rev() {
            findings.push(Finding::error("bad", line, 1, "bad", "better"));
        }
        findings.push(Finding::warning("odd", 3, 1, "odd", "even"));
        let list = findings.into_list();
        assert_eq!(list.len(), MOST_FINDINGS + 2);
        assert!(
            list.last().is_some_and(|last| last.message.starts_with("800 more") && last.severity == Severity::Error)
        );
        assert_eq!((list[0].line, list[0].severity), (3, Severity::Warning));
    }
}
