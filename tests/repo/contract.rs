//! The only uses of the command line's own modules in these tests.

use clap::CommandFactory;

/// The whole tree of commands, as the binary parses them.
pub(crate) fn command() -> clap::Command {
    zerodeploy::cli::Cli::command()
}

/// The README's table of environment variables, as the settings know them.
pub(crate) fn environment_table() -> String {
    zerodeploy::cli::help::environment_markdown()
}

/// The README's table of exit codes, as commands end with them.
pub(crate) fn exit_code_table() -> String {
    zerodeploy::cli::help::exit_codes_markdown()
}
