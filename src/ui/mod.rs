//! Everything that is printed: data on standard output, everything else on standard error.
//!
//! What comes from a server or a folder is escaped here, so that no caller can forget it. Writing to a pipe that was
//! closed is [`OutputError::ClosedPipe`], which ends a command without an error.

mod child;
pub mod format;
pub mod json;
pub mod log;
pub mod panic;
pub mod progress;
pub mod prompt;
pub mod style;
pub mod table;
pub mod usage;

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressDrawTarget};
use serde::Serialize;

use json::ErrorReport;
use progress::{Display, Phase, Progress};
use style::{ColorWish, Style};
use table::{Cell, Table};

use crate::domain::printable::{printable, printable_lines};

/// How output looks and where it goes.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--json`: one JSON value on standard output, no status lines.
    pub json: bool,
    /// `--quiet`: data and errors only.
    pub quiet: bool,
    /// How often `-v` was given.
    pub verbose: u8,
    /// Whether a continuous integration service keeps the output: lines instead of bars.
    pub plain: bool,
    /// `--no-input`: never ask.
    pub no_input: bool,
    /// What the environment says about colour.
    pub color: ColorWish,
    /// Whether standard input is a terminal.
    pub stdin_terminal: bool,
    /// Whether standard output is a terminal.
    pub stdout_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_terminal: bool,
}

impl Options {
    /// Fills in which streams are terminals.
    pub fn on_this_terminal(self) -> Options {
        Options {
            stdin_terminal: io::stdin().is_terminal(),
            stdout_terminal: io::stdout().is_terminal(),
            stderr_terminal: io::stderr().is_terminal(),
            ..self
        }
    }
}

/// Why data could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The reader went away: no error for us.
    #[error("standard output was closed")]
    ClosedPipe,
    /// Another fault, such as a full disk behind a redirection.
    #[error("standard output cannot be written: {0}")]
    Failed(io::Error),
    /// The value has no JSON form.
    #[error("the result cannot be written as JSON: {0}")]
    Encoding(serde_json::Error),
}

impl From<io::Error> for OutputError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { OutputError::ClosedPipe } else { OutputError::Failed(error) }
    }
}

type Stream = Mutex<Box<dyn Write + Send>>;

/// The two output streams and the rules of the output contract.
pub struct Ui {
    options: Options,
    stdout: Stream,
    stderr: Stream,
    bars: MultiProgress,
    last_phase: Mutex<Option<Phase>>,
}

impl Ui {
    /// Output to the process's own streams.
    pub fn new(options: Options) -> Ui {
        Ui::with_streams(options, Box::new(io::stdout()), Box::new(io::stderr()))
    }

    /// Output to any streams.
    pub fn with_streams(options: Options, stdout: Box<dyn Write + Send>, stderr: Box<dyn Write + Send>) -> Ui {
        let target = if options.stderr_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bars = MultiProgress::with_draw_target(target);
        Ui { options, stdout: Mutex::new(stdout), stderr: Mutex::new(stderr), bars, last_phase: Mutex::new(None) }
    }

    /// Whether `--json` asks for JSON.
    pub fn is_json(&self) -> bool {
        self.options.json
    }

    /// Whether a person reads standard output.
    pub fn is_terminal(&self) -> bool {
        self.options.stdout_terminal
    }

    /// How often `-v` was given.
    pub fn verbosity(&self) -> u8 {
        self.options.verbose
    }

    /// Whether standard error is coloured.
    pub fn colors_messages(&self) -> bool {
        self.options.color.decide(self.options.stderr_terminal)
    }

    /// Prints one line of data.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written; the same for the other functions that print data.
    pub fn line(&self, text: &str) -> Result<(), OutputError> {
        self.write(&printable(text))
    }

    /// Prints a heading above fields or [`Ui::item`]s; nothing when no person reads.
    ///
    /// # Errors
    ///
    /// See [`Ui::line`].
    pub fn heading(&self, text: &str) -> Result<(), OutputError> {
        if !self.is_terminal() {
            return Ok(());
        }
        self.write(&Style::Bold.paint(&printable(text), self.colors_stdout()))
    }

    /// Prints one indented line.
    ///
    /// # Errors
    ///
    /// See [`Ui::line`].
    pub fn item(&self, text: &str) -> Result<(), OutputError> {
        self.write(&format!("  {}", printable(text)))
    }

    /// Prints names and values: indented and aligned on a terminal, a tab between them when piped.
    ///
    /// # Errors
    ///
    /// See [`Ui::line`].
    pub fn fields(&self, fields: &[(&str, Cell)]) -> Result<(), OutputError> {
        let width = fields.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0) + 1;
        let now = jiff::Timestamp::now();
        for (name, value) in fields {
            if self.is_terminal() {
                let label = Style::Dim.paint(&format!("{:width$}", format!("{name}:")), self.colors_stdout());
                let value = value.painted(now, self.colors_stdout());
                self.write(&format!("  {label} {value}"))?;
            } else {
                self.write(&format!("{name}\t{}", value.for_programs()))?;
            }
        }
        Ok(())
    }

    /// Prints a list; a person sees no header without rows.
    ///
    /// # Errors
    ///
    /// See [`Ui::line`].
    pub fn table(&self, table: &Table) -> Result<(), OutputError> {
        if self.is_terminal() && table.is_empty() {
            Ok(())
        } else if self.is_terminal() {
            self.write(&table.aligned(jiff::Timestamp::now(), self.colors_stdout()))
        } else {
            self.write(&table.separated())
        }
    }

    /// Prints one JSON value: on one line, or indented on a terminal.
    ///
    /// # Errors
    ///
    /// See [`Ui::line`].
    pub fn json<T: Serialize + ?Sized>(&self, value: &T) -> Result<(), OutputError> {
        let text = json::encode(value, self.is_terminal()).map_err(OutputError::Encoding)?;
        self.write(&text)
    }

    /// Prints one JSON value on exactly one line, for streams of values.
    ///
    /// # Errors
    ///
    /// See [`Ui::line`].
    pub fn json_line<T: Serialize + ?Sized>(&self, value: &T) -> Result<(), OutputError> {
        let text = json::encode(value, false).map_err(OutputError::Encoding)?;
        self.write(&text)
    }

    /// Tells what is being done; silent with `--quiet` and `--json`.
    pub fn status(&self, text: &str) {
        if !self.options.quiet && !self.options.json {
            self.print_message(&printable(text));
        }
    }

    /// Tells what the person has to do for the command to go on; never silent.
    pub fn instruct(&self, text: &str) {
        self.print_message(&printable_lines(text));
    }

    /// Whether a command must not wait for a person, as `--no-input` and continuous integration ask.
    pub fn is_unattended(&self) -> bool {
        self.options.no_input
    }

    /// Tells of a choice that was made for the person, also with `--json`; silent only with `--quiet`.
    pub fn notice(&self, text: &str) {
        if !self.options.quiet {
            self.labelled("note", Style::Cyan, text);
        }
    }

    /// Tells of something that may surprise, also with `--json`; silent only with `--quiet`.
    pub fn warn(&self, text: &str) {
        if !self.options.quiet {
            self.labelled("warning", Style::Yellow, text);
        }
    }

    /// Tells what to do next; silent with `--quiet` and `--json`.
    pub fn hint(&self, text: &str) {
        if !self.options.quiet && !self.options.json {
            self.labelled("hint", Style::Cyan, text);
        }
    }

    /// Reports the error that ends the command: the error object on standard output with `--json`, else lines on
    /// standard error. A stream that cannot be written changes nothing: the exit code still tells.
    pub fn error(&self, report: ErrorReport<'_>) {
        if self.options.json {
            let _ = self.json(&json::error_object(report));
            return;
        }
        self.error_beside_data(report);
    }

    /// Reports the error that ends a command whose data standard output has already, or cannot take: always on standard
    /// error.
    pub fn error_beside_data(&self, report: ErrorReport<'_>) {
        self.labelled("error", Style::Red, report.message);
        for hint in report.hints {
            self.labelled("hint", Style::Cyan, hint);
        }
    }

    /// Starts showing the progress of a phase; `total_bytes` when it is known.
    pub fn progress(self: &Arc<Self>, phase: Phase, total_bytes: Option<u64>) -> Progress {
        *self.last_phase.lock().unwrap_or_else(PoisonError::into_inner) = Some(phase);
        Progress::start(Arc::clone(self), phase, total_bytes)
    }

    /// The phase that began last, whether it has ended or not.
    pub fn last_phase(&self) -> Option<Phase> {
        *self.last_phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress_display(&self) -> Display {
        let options = &self.options;
        match options {
            _ if options.json || options.quiet => Display::Nothing,
            // Log events between the frames of a bar would tear it.
            _ if options.stderr_terminal && options.verbose == 0 && !options.color.dumb && !options.plain => {
                Display::Bar
            }
            _ => Display::Lines,
        }
    }

    fn colors_stdout(&self) -> bool {
        self.options.color.decide(self.options.stdout_terminal)
    }

    fn labelled(&self, label: &str, style: Style, text: &str) {
        let indented = printable_lines(text).replace('\n', &format!("\n{:width$}", "", width = label.len() + 2));
        self.print_message(&format!("{} {indented}", style.paint(&format!("{label}:"), self.colors_messages())));
    }

    /// Writes a line that is escaped already to standard output.
    fn write(&self, text: &str) -> Result<(), OutputError> {
        let mut stream = self.stdout.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(stream, "{text}")?;
        Ok(stream.flush()?)
    }

    /// Writes a line that is escaped already to standard error; there is nowhere to report a failure to.
    fn print_message(&self, text: &str) {
        let mut stream = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        self.bars.suspend(|| {
            let _ = writeln!(stream, "{text}");
        });
    }
}

#[cfg(test)]
pub(crate) mod capture {
    use super::*;

    /// A stream whose text a test can read.
    #[derive(Clone, Default)]
    pub(crate) struct Captured(Arc<Mutex<Vec<u8>>>);

    impl Captured {
        pub(crate) fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.lock().expect("not poisoned")).into_owned()
        }
    }

    impl Write for Captured {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("not poisoned").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Ui {
        pub(crate) fn captured(options: Options) -> (Ui, Captured, Captured) {
            let (stdout, stderr) = (Captured::default(), Captured::default());
            (Ui::with_streams(options, Box::new(stdout.clone()), Box::new(stderr.clone())), stdout, stderr)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn report(hints: &[String]) -> ErrorReport<'_> {
        static NO_DETAILS: std::sync::LazyLock<serde_json::Map<String, serde_json::Value>> =
            std::sync::LazyLock::new(serde_json::Map::new);
        ErrorReport { code: "not_found", message: "no \u{1b}[31msite", hints, exit_code: 2, details: &NO_DETAILS }
    }

    #[test]
    fn data_and_everything_else_take_different_streams() {
        let (ui, stdout, stderr) = Ui::captured(Options::default());
        ui.line("data").expect("written");
        ui.status("status");
        ui.warn("first\nsecond");
        ui.hint("hint");
        assert_eq!(stdout.text(), "data\n");
        assert_eq!(stderr.text(), "status\nwarning: first\n         second\nhint: hint\n");
    }

    #[test]
    fn json_silences_status_and_puts_the_error_on_standard_output() {
        let (ui, stdout, stderr) = Ui::captured(Options { json: true, ..Options::default() });
        ui.status("status");
        ui.hint("hint");
        ui.error(report(&[]));
        assert_eq!(stderr.text(), "");
        let object: serde_json::Value = serde_json::from_str(&stdout.text()).expect("one JSON value");
        assert_eq!(object["error"], "not_found");
    }

    #[test]
    fn notes_and_warnings_are_for_people_who_read_json_too_but_not_for_those_who_want_silence() {
        for (options, told) in [
            (Options { json: true, ..Options::default() }, "note: left out\nwarning: odd\n"),
            (Options { quiet: true, ..Options::default() }, ""),
        ] {
            let (ui, _, stderr) = Ui::captured(options);
            ui.notice("left out");
            ui.warn("odd");
            ui.status("status\u{1b}");
            ui.hint("hint");
            assert_eq!(stderr.text(), told);
        }
    }

    #[test]
    fn errors_for_people_are_escaped_and_have_their_hints() {
        let (ui, stdout, stderr) = Ui::captured(Options::default());
        ui.error(report(&["look again".to_owned()]));
        assert_eq!(stdout.text(), "");
        assert_eq!(stderr.text(), "error: no \\u{1b}[31msite\nhint: look again\n");
    }

    #[test]
    fn a_closed_pipe_is_told_apart() {
        let ui = Ui::with_streams(Options::default(), Box::new(Closed), Box::new(Closed));
        assert!(matches!(ui.line("data"), Err(OutputError::ClosedPipe)));
        ui.status("no panic either");
    }

    #[test]
    fn fields_are_aligned_for_people_and_separated_for_programs() {
        let fields = [("site", Cell::from("blog")), ("files", Cell::Number(3)), ("note", Cell::Missing)];
        let (ui, stdout, _) = Ui::captured(Options { stdout_terminal: true, ..Options::default() });
        Ui { options: Options { color: ColorWish { never: true, ..ColorWish::default() }, ..ui.options }, ..ui }
            .fields(&fields)
            .expect("written");
        assert_eq!(stdout.text(), "  site:  blog\n  files: 3\n  note:  -\n");
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.fields(&fields).expect("written");
        assert_eq!(stdout.text(), "site\tblog\nfiles\t3\nnote\t\n");
    }
}
