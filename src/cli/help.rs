//! Help beyond the options: the environment and the exit codes, from the constants that the code itself uses.

use std::fmt::Write;

use clap::builder::Styles;
use clap::builder::styling::{AnsiColor, Style};

use crate::domain::permission::Permission;
use crate::error::EXIT_CODES;
use crate::settings::env;

/// Colours of help and usage errors.
pub(super) const STYLES: Styles = Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default().dimmed());

/// First steps, for the help of the whole program.
const FIRST_STEPS: [(&str, &str); 3] = [
    ("zerodeploy deploy --local --dir FOLDER", "Put a folder online on this machine, nothing else needed"),
    ("zerodeploy serve", "Keep a server running on this machine"),
    ("zerodeploy login --api-url URL", "Use a server elsewhere"),
];

/// What stands below the short help.
pub(super) fn pointer() -> String {
    format!("{}\n\nEnvironment variables and exit codes: zerodeploy --help", examples("First steps", &FIRST_STEPS))
}

/// Commands under a title, each below what it does.
pub(super) fn examples(title: &str, examples: &[(&str, &str)]) -> String {
    let lines = examples.iter().map(|(command, meaning)| format!("\n  {meaning}:\n    {command}"));
    format!("{title}:{}", lines.collect::<String>())
}

/// The permissions of tokens and what each allows.
pub(super) fn permissions() -> String {
    let names = Permission::ALL.map(|permission| permission.as_str()).join(", ");
    format!("Permissions (a write includes the read of the same):\n  {names}")
}

/// What stands below the long help.
pub(super) fn topics() -> String {
    let mut text = examples("First steps", &FIRST_STEPS);
    text.push_str("\n\nEnvironment:\n");
    let width = env::ALL.iter().map(|variable| variable.name.len()).max().unwrap_or(0);
    for variable in env::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:width$}  {}", variable.name, variable.help);
    }
    text.push_str("\nExit codes:\n");
    for (code, meaning) in EXIT_CODES {
        let _ = writeln!(text, "  {code:<3}  {meaning}");
    }
    text.trim_end().to_owned()
}

/// The environment as a Markdown table, for the documentation.
pub fn environment_markdown() -> String {
    markdown(["Variable", "Meaning"], env::ALL.iter().map(|variable| (variable.name.to_owned(), variable.help)))
}

/// The exit codes as a Markdown table, for the documentation.
pub fn exit_codes_markdown() -> String {
    markdown(["Code", "Meaning"], EXIT_CODES.iter().map(|(code, meaning)| (code.to_string(), *meaning)))
}

fn markdown(header: [&str; 2], rows: impl Iterator<Item = (String, &'static str)>) -> String {
    let mut text = format!("| {} | {} |\n| --- | --- |\n", header[0], header[1]);
    for (name, meaning) in rows {
        let _ = writeln!(text, "| `{name}` | {} |", meaning.replace('|', "\\|"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_variable_and_exit_code() {
        let topics = topics();
        for variable in env::ALL {
            assert!(topics.contains(variable.name), "{}", variable.name);
            assert!(environment_markdown().contains(&format!("| `{}` |", variable.name)), "{}", variable.name);
        }
        for (code, meaning) in EXIT_CODES {
            assert!(topics.contains(meaning), "{code}");
        }
        assert_eq!(exit_codes_markdown().lines().count(), EXIT_CODES.len() + 2);
    }
}
