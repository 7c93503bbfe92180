//! The error that ends a command, and the exit codes.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::api::ErrorCode;
use crate::client::error::ClientError;
use crate::credentials::CredentialError;
use crate::settings::SettingsError;
use crate::ui::json::ErrorReport;
use crate::ui::prompt::PromptError;
use crate::ui::{OutputError, Ui};

/// Every exit code and its meaning, for help and manual. Which error has which code stands in [`ErrorCode`].
pub const EXIT_CODES: &[(u8, &str)] = &[
    (0, "Success; also a closed pipe, and a server stopped with Ctrl-C or SIGTERM"),
    (1, "Authentication or permission: sign in, or use another token"),
    (2, "Not found, or outside the token's scope"),
    (3, "Validation: wrong usage, refused confirmation, conflict, too large, failed install or build"),
    (4, "Rate limited: wait and try again"),
    (5, "The server failed"),
    (6, "Network: the server cannot be reached, or `--timeout` ran out"),
    (7, "Billing or quota"),
    (8, "A check that was asked to fail has findings"),
    (130, "Interrupted with Ctrl-C or SIGTERM"),
];

/// Why a command ends early: a stable code, what happened, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct CliError {
    code: ErrorCode,
    /// The code as the server wrote it: a newer server may have codes that we do not know.
    code_text: Cow<'static, str>,
    message: String,
    hints: Vec<String>,
    details: Map<String, Value>,
    closed_pipe: bool,
    beside_data: bool,
}

impl CliError {
    /// An error with one of our codes.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> CliError {
        CliError {
            code,
            code_text: Cow::Borrowed(code.as_str()),
            message: message.into(),
            hints: Vec::new(),
            details: Map::new(),
            closed_pipe: false,
            beside_data: false,
        }
    }

    /// An error of the operating system or a library: `doing` says what was tried, the chain of causes follows.
    pub fn from_source(code: ErrorCode, doing: &str, source: &dyn std::error::Error) -> CliError {
        let mut message = format!("{doing}: {source}");
        let mut cause = source.source();
        while let Some(next) = cause {
            let text = next.to_string();
            // Many libraries repeat their source in their own text.
            if !message.ends_with(&text) {
                message.push_str(": ");
                message.push_str(&text);
            }
            cause = next.source();
        }
        CliError::new(code, message)
    }

    /// The command was interrupted with Ctrl-C.
    pub fn interrupted() -> CliError {
        CliError::new(ErrorCode::Interrupted, "interrupted")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> CliError {
        self.hints.push(hint.into());
        self
    }

    /// Adds a field to the JSON error object.
    #[must_use]
    pub fn detail(mut self, name: &str, value: impl Into<Value>) -> CliError {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// Says that standard output has its data already, or cannot take any: the error is told on standard error, also
    /// with `--json`.
    #[must_use]
    pub fn beside_data(mut self) -> CliError {
        self.beside_data = true;
        self
    }

    /// The stable code; the nearest known one when the server's is newer than we are.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// What to do about it.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Reports the error and returns the exit code.
    pub fn report(&self, ui: &Ui) -> u8 {
        if self.closed_pipe {
            return 0;
        }
        let exit_code = self.code.exit_code();
        let report = ErrorReport {
            code: &self.code_text,
            message: &self.message,
            hints: &self.hints,
            exit_code,
            details: &self.details,
        };
        match self.beside_data {
            true => ui.error_beside_data(report),
            false => ui.error(report),
        }
        exit_code
    }
}

/// Adds what to do about an error where nothing better is known.
pub trait OrHint<T> {
    /// Adds `hint` to an error of this code that has none.
    ///
    /// # Errors
    ///
    /// The same error.
    fn or_hint(self, code: ErrorCode, hint: impl Into<String>) -> Result<T, CliError>;
}

impl<T, E: Into<CliError>> OrHint<T> for Result<T, E> {
    fn or_hint(self, code: ErrorCode, hint: impl Into<String>) -> Result<T, CliError> {
        self.map_err(|error| {
            let error: CliError = error.into();
            if error.code == code && error.hints.is_empty() { error.hint(hint) } else { error }
        })
    }
}

impl From<ClientError> for CliError {
    fn from(error: ClientError) -> Self {
        let mut converted = CliError::new(error.code, error.message);
        converted.code_text = Cow::Owned(error.code_text);
        converted.hints.extend(error.hint);
        if let Some(wait) = error.retry_after {
            converted.hints.push(format!("try again in {} s", wait.as_secs().max(1)));
            converted.details.insert("retry_after_seconds".to_owned(), wait.as_secs().into());
        }
        if let Some(limits) = error.limits {
            converted.details.insert("limits".to_owned(), Value::Object(limits));
        }
        if let Some(request_id) = error.request_id {
            converted.details.insert("request_id".to_owned(), Value::String(request_id));
        }
        converted
    }
}

impl From<SettingsError> for CliError {
    fn from(error: SettingsError) -> Self {
        let mut converted = CliError::new(error.code(), error.to_string());
        converted.hints = error.hints();
        converted
    }
}

impl From<CredentialError> for CliError {
    fn from(error: CredentialError) -> Self {
        let mut converted = CliError::new(error.code(), error.to_string());
        converted.hints = error.hints();
        converted
    }
}

impl From<OutputError> for CliError {
    fn from(error: OutputError) -> Self {
        let closed_pipe = matches!(error, OutputError::ClosedPipe);
        CliError { closed_pipe, ..CliError::new(ErrorCode::InternalError, error.to_string()) }
    }
}

impl From<PromptError> for CliError {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Interrupted => CliError::interrupted(),
            PromptError::Unavailable | PromptError::Terminal(_) => {
                CliError::new(ErrorCode::NotConfirmed, error.to_string())
            }
        }
    }
}

/// A blocking task that panicked or was cancelled.
impl From<tokio::task::JoinError> for CliError {
    fn from(_: tokio::task::JoinError) -> Self {
        // Its own text repeats the panic's message, which may hold anything; the hook has told the place.
        CliError::new(ErrorCode::InternalError, "a background task failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;

    #[test]
    fn every_code_has_a_documented_exit_code() {
        for code in ErrorCode::ALL {
            assert!(EXIT_CODES.iter().any(|(exit, _)| *exit == code.exit_code()), "{code}");
        }
        assert!(EXIT_CODES.is_sorted_by_key(|(exit, _)| *exit));
    }

    #[test]
    fn what_the_server_said_survives() {
        let mut limits = Map::new();
        limits.insert("request_bytes".to_owned(), 5.into());
        let error = CliError::from(ClientError {
            code: ErrorCode::BadRequest,
            code_text: "from_the_future".to_owned(),
            message: "no".to_owned(),
            hint: Some("ask again".to_owned()),
            status: Some(400),
            request_id: Some("r1".to_owned()),
            limits: Some(limits),
            retry_after: None,
        });
        let (ui, stdout, _) = Ui::captured(Options { json: true, ..Options::default() });
        assert_eq!(error.report(&ui), 3);
        insta::assert_snapshot!(stdout.text().trim(), @r#"{"error":"from_the_future","exit_code":3,"hint":"ask again","limits":{"request_bytes":5},"message":"no","request_id":"r1","success":false}"#);
    }

    #[test]
    fn a_hint_is_for_its_code_and_never_a_second_one() {
        let hints = |error: CliError| {
            let result: Result<(), _> = Err(error).or_hint(ErrorCode::NotFound, "look again");
            result.expect_err("still an error").hints
        };
        assert_eq!(hints(CliError::new(ErrorCode::NotFound, "no")), ["look again"]);
        assert_eq!(hints(CliError::new(ErrorCode::NotFound, "no").hint("known")), ["known"]);
        assert_eq!(hints(CliError::new(ErrorCode::Conflict, "no")), [""; 0]);
    }

    #[test]
    fn a_closed_pipe_ends_well_and_says_nothing() {
        let (ui, stdout, stderr) = Ui::captured(Options { json: true, ..Options::default() });
        assert_eq!(CliError::from(OutputError::ClosedPipe).report(&ui), 0);
        assert_eq!(stdout.text() + &stderr.text(), "");
    }

    #[test]
    fn beside_data_even_json_has_its_error_on_standard_error() {
        let (ui, stdout, stderr) = Ui::captured(Options { json: true, quiet: true, ..Options::default() });
        let error = CliError::new(ErrorCode::Findings, "1 finding").hint("mend it").beside_data();
        assert_eq!(error.report(&ui), 8);
        assert_eq!((stdout.text().as_str(), stderr.text().as_str()), ("", "error: 1 finding\nhint: mend it\n"));
    }

    #[test]
    fn causes_are_told_once() {
        let inner = std::io::Error::other("disk on fire");
        let outer = std::io::Error::other(inner);
        let error = CliError::from_source(ErrorCode::InternalError, "the list cannot be written", &outer);
        assert_eq!(error.to_string(), "the list cannot be written: disk on fire");
    }
}
