//! `generate man`.

use clap::{Command, CommandFactory};

use super::Generated;
use crate::api::ErrorCode;
use crate::cli::Cli;
use crate::cli::generate::OutputArgs;
use crate::context::Context;
use crate::error::CliError;

/// Runs the command.
///
/// # Errors
///
/// When the files cannot be written.
pub async fn run(context: &Context, args: OutputArgs) -> Result<(), CliError> {
    let files = files()
        .map_err(|error| CliError::from_source(ErrorCode::InternalError, "the manual pages cannot be made", &error))?;
    super::write(&args.out, files).await?;
    context.ui.status(&format!("Wrote manual pages to {}", args.out.display()));
    Ok(())
}

fn files() -> std::io::Result<Vec<Generated>> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    Ok(files)
}

/// One page a command, `zerodeploy-token-create.1`, without the hidden ones.
fn collect(command: &Command, files: &mut Vec<Generated>) -> std::io::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .title(name.to_uppercase())
        .source("zerodeploy")
        .date("")
        .render(&mut page)?;
    files.push((format!("{name}.1"), page));
    command.get_subcommands().filter(|child| !child.is_hide_set()).try_for_each(|child| collect(child, files))
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn every_visible_command_has_a_page() {
        let files = files().expect("made");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        for name in ["zerodeploy.1", "zerodeploy-token-create.1", "zerodeploy-deploy-promote.1", "zerodeploy-whoami.1"]
        {
            assert!(names.contains(&name), "{name} is not among {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("generate") || name.contains("help")), "{names:?}");
        let text = String::from_utf8(files[0].1.clone()).expect("UTF-8");
        assert!(text.contains("ZERODEPLOY_TOKEN"), "the environment belongs into the manual");
    }
}
