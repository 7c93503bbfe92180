//! A secret from standard input.

use std::io::{IsTerminal, Read};

use secrecy::SecretString;

use crate::api::ErrorCode;
use crate::context::Context;
use crate::error::CliError;

/// Most bytes that are read from standard input: far above any token.
const LONGEST_INPUT: u64 = 64 * 1024;

/// Reads the secret: hidden on a terminal, else one line of standard input.
pub(super) async fn read_secret(context: &Context) -> Result<SecretString, CliError> {
    if std::io::stdin().is_terminal() {
        return Ok(context.ui.secret("Token or session").await?);
    }
    let read = tokio::task::spawn_blocking(|| {
        let mut text = String::new();
        std::io::stdin().lock().take(LONGEST_INPUT).read_to_string(&mut text).map(|_| text)
    });
    let text = read.await?.map_err(|error| {
        CliError::from_source(ErrorCode::ValidationFailed, "standard input cannot be read as a token", &error)
    })?;
    Ok(SecretString::from(one_line(&text)))
}

/// Takes off the one line break that `echo` and editors end a line with; anything else is judged as it is.
fn one_line(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn only_the_end_of_the_line_is_taken_off() {
        for (text, kept) in [("a\n", "a"), ("a\r\n", "a"), ("a", "a"), ("a\n\n", "a\n"), (" a", " a")] {
            assert_eq!(one_line(text), kept);
        }
    }
}
