//! What the argument parser has to say: help, version, and wrong usage.

use std::ffi::OsString;

use serde_json::Map;

use super::json::ErrorReport;
use super::{Options, Ui};
use crate::api::ErrorCode;

/// Prints help or version, or reports wrong usage (as the error object when `--json` is among the arguments). Returns
/// the exit code.
pub fn report(error: &clap::Error, arguments: &[OsString]) -> u8 {
    let json = arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == "--json");
    if error.exit_code() == 0 || !json {
        // A closed pipe is no error, and there is nowhere to report another one to.
        let _ = error.print();
    } else {
        let (message, hints) = describe(&error.render().to_string());
        Ui::new(Options { json: true, ..Options::default() }.on_this_terminal()).error(ErrorReport {
            code: ErrorCode::UsageError.as_str(),
            message: &message,
            hints: &hints,
            exit_code: ErrorCode::UsageError.exit_code(),
            details: &Map::new(),
        });
    }
    if error.exit_code() == 0 { 0 } else { ErrorCode::UsageError.exit_code() }
}

/// Splits the parser's text into what is wrong and what to do.
fn describe(rendered: &str) -> (String, Vec<String>) {
    let mut message = Vec::new();
    let mut hints = Vec::new();
    for line in rendered.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(tip) = line.strip_prefix("tip: ") {
            hints.push(tip.to_owned());
        } else if let Some(usage) = line.strip_prefix("Usage: ") {
            hints.push(format!("usage: {usage}"));
        } else if line.starts_with("For more information") {
            hints.push("add --help for all options".to_owned());
        } else {
            message.push(line.strip_prefix("error: ").unwrap_or(line));
        }
    }
    (message.join(" "), hints)
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn the_parsers_text_becomes_message_and_hints() {
        let rendered = "error: unexpected argument '--jsn' found\n\n  tip: a similar argument exists: '--json'\n\n\
            Usage: zerodeploy whoami --json\n\nFor more information, try '--help'.\n";
        let (message, hints) = describe(rendered);
        assert_eq!(message, "unexpected argument '--jsn' found");
        assert_eq!(
            hints,
            ["a similar argument exists: '--json'", "usage: zerodeploy whoami --json", "add --help for all options"]
        );
    }
}
