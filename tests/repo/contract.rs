//! The only uses of the library in these tests.

/// The whole tree of commands, as the binary parses them.
pub(crate) fn command() -> clap::Command {
    zerodeploy::cli::command()
}

/// The README's table of environment variables, as the settings know them.
pub(crate) fn environment_table() -> String {
    let rows = zerodeploy::settings::env::VARIABLES.iter().map(|variable| {
        let secret = if variable.secret { " (secret)" } else { "" };
        format!("| `{}` | {}{secret} |\n", variable.name, variable.description)
    });
    format!("| variable | meaning |\n| --- | --- |\n{}", rows.collect::<String>())
}
