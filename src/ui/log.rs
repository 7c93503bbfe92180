//! Log events on standard error: off for commands unless `-v` asks, on for `serve`.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging for the process.
///
/// `filter` is the text of `ZERODEPLOY_LOG` and wins over `verbose`. Only our own events are shown unless the filter
/// asks for more: other crates may log headers, and with them secrets. Without a terminal the server's events are
/// JSON lines.
///
/// # Errors
///
/// A sentence for people when `filter` cannot be parsed.
pub fn start(filter: Option<&str>, verbose: u8, serving: bool, color: bool) -> Result<(), String> {
    let filter = match filter {
        Some(text) => EnvFilter::try_new(text).map_err(|error| error.to_string())?,
        None => match level(verbose, serving) {
            Some(level) => EnvFilter::new(format!("zerodeploy={level}")),
            None => return Ok(()),
        },
    };
    let events = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(color);
    // A second start in one process, as tests may do, keeps the first.
    let _ = if serving && !std::io::stderr().is_terminal() {
        events.json().finish().try_init()
    } else {
        events.with_target(verbose > 1).finish().try_init()
    };
    Ok(())
}

const fn level(verbose: u8, serving: bool) -> Option<&'static str> {
    match (verbose, serving) {
        (0, false) => None,
        (0, true) | (1, false) => Some("info"),
        (1, true) | (2, _) => Some("debug"),
        _ => Some("trace"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_silent_until_asked() {
        assert_eq!(level(0, false), None);
        assert_eq!(level(1, false), Some("info"));
        assert_eq!(level(0, true), Some("info"));
        assert_eq!(level(3, false), Some("trace"));
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_refused() {
        assert!(start(Some("zerodeploy=loud"), 0, false, false).is_err());
    }
}
