//! What checks find, as it is printed.

use serde::{Serialize, Serializer};

use crate::domain::rules::finding::{Finding, Severity};
use crate::ui::table::{Cell, Table};

/// One thing in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Found {
    /// Path in the folder.
    file: String,
    /// From 1; without one when it is about the file as a whole.
    line: Option<u32>,
    /// From 1, in characters.
    column: Option<u32>,
    #[serde(serialize_with = "as_text")]
    severity: Severity,
    /// Stable snake_case name of what was found.
    rule: &'static str,
    message: String,
    fix: String,
    /// Whether it is only about other services that read such files.
    #[serde(skip)]
    pub(super) is_elsewhere: bool,
}

impl Found {
    /// A finding in a line of a file.
    pub(super) fn in_line(file: &str, finding: Finding) -> Self {
        let Finding { line, column, severity, rule, message, fix, is_elsewhere } = finding;
        let (line, column) = (Some(line), Some(column));
        Found { file: file.to_owned(), line, column, severity, rule, message, fix, is_elsewhere }
    }

    /// A warning about a file as a whole.
    pub(super) fn warning(file: &str, rule: &'static str, message: String, fix: String) -> Self {
        let severity = Severity::Warning;
        Found { file: file.to_owned(), line: None, column: None, severity, rule, message, fix, is_elsewhere: false }
    }

    /// How bad it is.
    pub(super) fn severity(&self) -> Severity {
        self.severity
    }

    /// One line for people: where, what, and what to do.
    pub(super) fn sentence(&self) -> String {
        let position = match (self.line, self.column) {
            (Some(line), Some(column)) => format!(":{line}:{column}"),
            _ => String::new(),
        };
        format!("{}{position}: {}; {}", self.file, self.message, self.fix)
    }
}

fn as_text<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.as_str())
}

/// All findings as a list.
pub(super) fn table(found: &[Found]) -> Table {
    let mut table = Table::new(&["file", "line", "column", "severity", "rule", "message", "fix"])
        .only_for_programs(&["column", "rule"]);
    for one in found {
        let number = |number: Option<u32>| number.map_or(Cell::Missing, |number| Cell::Number(number.into()));
        table.row(vec![
            one.file.clone().into(),
            number(one.line),
            number(one.column),
            one.severity.as_str().into(),
            one.rule.into(),
            one.message.clone().into(),
            one.fix.clone().into(),
        ]);
    }
    table
}
