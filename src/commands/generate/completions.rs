//! `generate completions`.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Generated;
use crate::cli::Cli;
use crate::cli::generate::OutputArgs;
use crate::context::Context;
use crate::error::CliError;

/// The shells, and the file names that their packages use.
const SHELLS: [(Shell, &str); 4] = [
    (Shell::Bash, "zerodeploy.bash"),
    (Shell::Zsh, "_zerodeploy"),
    (Shell::Fish, "zerodeploy.fish"),
    (Shell::PowerShell, "zerodeploy.ps1"),
];

/// Runs the command.
///
/// # Errors
///
/// When the files cannot be written.
pub async fn run(context: &Context, args: OutputArgs) -> Result<(), CliError> {
    super::write(&args.out, files()).await?;
    context.ui.status(&format!("Wrote completions to {}", args.out.display()));
    Ok(())
}

fn files() -> Vec<Generated> {
    let file = |(shell, name): (Shell, &str)| {
        let mut content = Vec::new();
        generate(shell, &mut Cli::command(), "zerodeploy", &mut content);
        (name.to_owned(), content)
    };
    SHELLS.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn every_shell_completes_the_verbs() {
        for (name, content) in files() {
            let text = String::from_utf8(content).expect("UTF-8");
            assert!(text.contains("rollback") && text.contains("permissions"), "{name}");
        }
    }
}
