//! What our client calls itself, and how a server reads from it that a command ran in continuous integration.

/// Marks a client that runs in continuous integration, before the service's name.
const CI_MARK: &str = "ci";
/// What a service is called that has no name.
const UNNAMED_CI: &str = "ci";
/// Most characters of a service's name that are believed.
const LONGEST_SERVICE: usize = 40;

/// A continuous integration that a client runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ci {
    /// One that we know by name
    Service(&'static str),
    /// One that only says that it is one
    Unnamed,
}

/// The `User-Agent` of our client: `zerodeploy/0.1.0`, or `zerodeploy/0.1.0 (ci; github-actions)`.
pub fn user_agent(ci: Option<Ci>) -> String {
    let product = concat!("zerodeploy/", env!("CARGO_PKG_VERSION"));
    match ci {
        None => product.to_owned(),
        Some(Ci::Unnamed) => format!("{product} ({CI_MARK})"),
        Some(Ci::Service(name)) => format!("{product} ({CI_MARK}; {name})"),
    }
}

/// The continuous integration that a client says it runs in: its name, or `ci` when it tells none.
///
/// Only our own client's form is read, and only a name of letters, digits and hyphens: the text is anybody's.
pub fn ci_of(user_agent: &str) -> Option<&str> {
    let comment = user_agent.strip_prefix("zerodeploy/")?.split_once(" (")?.1.strip_suffix(')')?;
    match comment.strip_prefix(CI_MARK)? {
        "" => Some(UNNAMED_CI),
        rest => {
            let name = rest.strip_prefix("; ")?;
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            (!name.is_empty() && name.len() <= LONGEST_SERVICE && name.bytes().all(is_name)).then_some(name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(ci_of(&user_agent(None)), None);
        assert_eq!(ci_of(&user_agent(Some(Ci::Unnamed))), Some("ci"));
        assert_eq!(ci_of(&user_agent(Some(Ci::Service("github-actions")))), Some("github-actions"));
        assert!(user_agent(Some(Ci::Service("github-actions"))).ends_with(" (ci; github-actions)"));
    }

    #[test]
    fn what_others_write_says_nothing() {
        for text in [
            "",
            "curl/8.0",
            "curl/8.0 (ci; github-actions)",
            "zerodeploy/1.0 (ci; )",
            "zerodeploy/1.0 (ci; a b)",
            "zerodeploy/1.0 (ci; a) more",
            "zerodeploy/1.0 (cinema)",
            "zerodeploy/1.0 (linux)",
            &format!("zerodeploy/1.0 (ci; {})", "x".repeat(41)),
        ] {
            assert_eq!(ci_of(text), None, "{text}");
        }
    }
}
