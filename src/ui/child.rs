//! What the programs that we run write.

use std::io;
use std::process::Stdio;

use super::Ui;
use crate::domain::printable::printable_lines;

impl Ui {
    /// Whether nothing but data and errors is to be seen: `--json` or `--quiet`.
    pub fn is_silent(&self) -> bool {
        self.options.json || self.options.quiet
    }

    /// Where a command that we run writes to: standard error, as it comes.
    pub fn stream_of_child() -> Stdio {
        Stdio::from(io::stderr())
    }

    /// Shows what a command that failed had written while it was silenced.
    pub fn output_of_child(&self, text: &str) {
        if !text.is_empty() {
            self.print_message(&printable_lines(text.trim_end_matches(['\r', '\n'])));
        }
    }
}
