//! Log events on standard error: off for commands unless `-v` asks, requests and faults for a server.

mod human;

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use human::Human;

/// Whose events are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// A command that ends by itself
    Command,
    /// A command that serves what it deployed: the server's requests are not what the person asked for
    DeployAndServe,
    /// The server
    Server,
}

/// Starts logging for the process.
///
/// `filter` is the text of `ZERODEPLOY_LOG` and wins over `verbose`. Only our own events are shown unless the filter
/// asks for more: other crates may log headers, and with them secrets. The server's events are JSON lines where
/// standard error is no terminal; all else are lines for people.
///
/// # Errors
///
/// A sentence for people when `filter` cannot be parsed.
pub fn start(filter: Option<&str>, verbose: u8, program: Program, color: bool) -> Result<(), String> {
    let filter = match filter {
        Some(text) => EnvFilter::try_new(text).map_err(|error| error.to_string())?,
        None => match level(verbose, program) {
            Some(level) => EnvFilter::new(format!("zerodeploy={level}")),
            None => return Ok(()),
        },
    };
    let events = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(color);
    // A second start in one process, as tests may do, keeps the first.
    let _ = if program == Program::Server && !std::io::stderr().is_terminal() {
        events.json().finish().try_init()
    } else {
        events.event_format(Human { color }).finish().try_init()
    };
    Ok(())
}

const fn level(verbose: u8, program: Program) -> Option<&'static str> {
    match (program, verbose) {
        (Program::Command, 0) => None,
        (Program::DeployAndServe, 0) => Some("warn"),
        (Program::Server, 0) | (Program::DeployAndServe, 1) => Some("info"),
        (_, 1) | (Program::DeployAndServe, 2) => Some("debug"),
        _ => Some("trace"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_silent_until_asked_and_servers_tell_of_requests() {
        let levels = |program| [0, 1, 2, 3].map(|verbose| level(verbose, program).unwrap_or("off"));
        assert_eq!(levels(Program::Command), ["off", "debug", "trace", "trace"]);
        assert_eq!(levels(Program::DeployAndServe), ["warn", "info", "debug", "trace"]);
        assert_eq!(levels(Program::Server), ["info", "debug", "trace", "trace"]);
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_refused() {
        assert!(start(Some("zerodeploy=loud"), 0, Program::Command, false).is_err());
    }
}
