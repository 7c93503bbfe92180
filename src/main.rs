//! The `zerodeploy` program: reads the arguments, picks a runtime, runs the command, and tells the exit code.

use std::process::ExitCode;

use clap::Parser;
use zerodeploy::cli::Cli;
use zerodeploy::context::{self, Context};
use zerodeploy::settings::env::Environment;
use zerodeploy::{commands, ui};

fn main() -> ExitCode {
    ui::panic::install_hook();
    let arguments: Vec<_> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(ui::usage::report(&error, &arguments)),
    };
    let environment = Environment::of_process();
    let ui = context::output(&cli.global, &environment);
    let context = Context::new(ui, &cli.global, environment, &std::env::current_dir().unwrap_or_default());
    ExitCode::from(commands::run_to_exit_code(&context, cli.command))
}
