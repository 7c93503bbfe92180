//! What is printed when the program itself fails.

use std::io::Write;
use std::panic::PanicHookInfo;

/// Replaces the default panic message: a formatted message may hold anything, a secret included, so only literal
/// messages and the place are shown.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|information| {
        let _ = writeln!(std::io::stderr(), "{}", describe(information));
    }));
}

fn describe(information: &PanicHookInfo<'_>) -> String {
    let place = information.location().map(ToString::to_string).unwrap_or_else(|| "an unknown place".to_owned());
    describe_parts(information.payload().downcast_ref::<&'static str>().copied(), &place)
}

fn describe_parts(literal: Option<&'static str>, place: &str) -> String {
    match literal {
        Some(message) => format!("zerodeploy failed at {place}: {message}"),
        None => format!("zerodeploy failed at {place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::describe_parts;

    #[test]
    fn only_literals_are_shown() {
        assert_eq!(describe_parts(Some("no entry"), "a.rs:1:2"), "zerodeploy failed at a.rs:1:2: no entry");
        assert_eq!(describe_parts(None, "a.rs:1:2"), "zerodeploy failed at a.rs:1:2");
    }
}
