//! Questions. Asked only where somebody can answer: on a terminal, and neither with `--no-input` nor with `--json`.

use std::io;

use secrecy::SecretString;

use super::Ui;
use crate::domain::printable::printable;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Nobody can be asked.
    #[error("nobody can be asked: standard input is no terminal, or --no-input or --json is set")]
    Unavailable,
    /// The person pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("the terminal cannot be read: {0}")]
    Terminal(String),
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => PromptError::Interrupted,
            _ => PromptError::Terminal(error.to_string()),
        }
    }
}

impl Ui {
    /// Whether questions can be asked.
    pub fn can_prompt(&self) -> bool {
        let options = &self.options;
        options.stdin_terminal && options.stderr_terminal && !options.no_input && !options.json
    }

    /// Asks for yes or no; no is the default.
    ///
    /// # Errors
    ///
    /// When nobody can be asked, or the question was interrupted.
    pub async fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        let question = printable(question).into_owned();
        self.ask(move || dialoguer::Confirm::new().with_prompt(question).default(false).interact()).await
    }

    /// Asks for a secret without showing what is typed.
    ///
    /// # Errors
    ///
    /// When nobody can be asked, or the question was interrupted.
    pub async fn secret(&self, question: &str) -> Result<SecretString, PromptError> {
        let question = printable(question).into_owned();
        let ask = move || dialoguer::Password::new().with_prompt(question).report(false).interact();
        self.ask(ask).await.map(SecretString::from)
    }

    /// Reads on another thread, so that the command stays cancellable.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> dialoguer::Result<T> + Send + 'static,
    ) -> Result<T, PromptError> {
        if !self.can_prompt() {
            return Err(PromptError::Unavailable);
        }
        let mut cursor = HiddenCursor { ui: self, answered: false };
        let answer = tokio::task::spawn_blocking(question).await;
        // Ctrl-C may end the question before it ends the command.
        cursor.answered = matches!(answer, Ok(Ok(_)));
        let answer = answer.map_err(|error| PromptError::Terminal(error.to_string()))?;
        answer.map_err(|dialoguer::Error::IO(error)| error.into())
    }
}

/// A question hides the cursor while it waits. Ctrl-C drops the waiting command, and the cursor must come back.
struct HiddenCursor<'a> {
    ui: &'a Ui,
    answered: bool,
}

impl Drop for HiddenCursor<'_> {
    fn drop(&mut self) {
        if !self.answered {
            // At the start of a new line.
            self.ui.print_message("\u{1b}[?25h");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;

    #[test]
    fn questions_need_a_terminal_and_permission() {
        let terminal =
            Options { stdin_terminal: true, stderr_terminal: true, stdout_terminal: true, ..Options::default() };
        assert!(Ui::captured(terminal.clone()).0.can_prompt());
        for options in [
            Options { no_input: true, ..terminal.clone() },
            Options { json: true, ..terminal.clone() },
            Options { stdin_terminal: false, ..terminal.clone() },
            Options { stderr_terminal: false, ..terminal },
        ] {
            assert!(!Ui::captured(options).0.can_prompt());
        }
    }

    #[tokio::test]
    async fn without_a_terminal_there_is_no_answer() {
        let (ui, _, _) = Ui::captured(Options::default());
        assert!(matches!(ui.confirm("Sure?").await, Err(PromptError::Unavailable)));
    }
}
