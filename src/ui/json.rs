//! The JSON that `--json` prints.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::printable::printable_json;

/// An error as every command reports it.
#[derive(Debug, Clone, Copy)]
pub struct ErrorReport<'a> {
    /// The stable code.
    pub code: &'a str,
    /// What happened and why.
    pub message: &'a str,
    /// What to do about it, one thing each.
    pub hints: &'a [String],
    /// The code that the process ends with.
    pub exit_code: u8,
    /// Further fields of the JSON object, such as `request_id`.
    pub details: &'a Map<String, Value>,
}

/// The error object of the output contract.
pub(super) fn error_object(report: ErrorReport<'_>) -> Value {
    let mut object = report.details.clone();
    object.insert("success".to_owned(), json!(false));
    object.insert("error".to_owned(), json!(report.code));
    object.insert("message".to_owned(), json!(report.message));
    object.insert("exit_code".to_owned(), json!(report.exit_code));
    if !report.hints.is_empty() {
        object.insert("hint".to_owned(), json!(report.hints.join("\n")));
    }
    Value::Object(object)
}

/// One line for a program, indented for a person at a terminal.
pub(super) fn encode<T: Serialize + ?Sized>(value: &T, terminal: bool) -> serde_json::Result<String> {
    let text = if terminal { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }?;
    Ok(printable_json(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_object_has_the_documented_fields() {
        let mut details = Map::new();
        details.insert("request_id".to_owned(), json!("r1"));
        let hints = ["Sign in.".to_owned(), "Or set ZERODEPLOY_TOKEN.".to_owned()];
        let report = ErrorReport {
            code: "not_authenticated",
            message: "not signed in",
            hints: &hints,
            exit_code: 1,
            details: &details,
        };
        assert_eq!(
            error_object(report),
            json!({"success": false, "error": "not_authenticated", "message": "not signed in", "exit_code": 1,
                "hint": "Sign in.\nOr set ZERODEPLOY_TOKEN.", "request_id": "r1"})
        );
        let report = ErrorReport { hints: &[], ..report };
        assert_eq!(error_object(report).get("hint"), None);
    }
}
