//! What can be said about the text of a secret without asking a server.

use crate::domain::token::{self, TokenForm};

/// Why a text cannot be a token or session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// A line break at an end or inside.
    #[error("it holds a line break; copy the token as one line")]
    LineBreak,
    /// A blank at an end or inside.
    #[error("it holds a blank; remove it")]
    Blank,
    /// Quotation marks around it.
    #[error("it is wrapped in quotation marks; remove them")]
    Quoted,
    /// `Bearer ` before it.
    #[error("it starts with `Bearer`; give the token alone")]
    Bearer,
    /// Characters that no header can carry.
    #[error("it holds characters that no token has")]
    Characters,
    /// Our form, but the checksum does not fit.
    #[error("its checksum does not fit: a character is missing, added or wrong; copy it again")]
    WrongChecksum,
    /// Not our form, though the server only makes such.
    #[error("it has not the form of a token (`zd_…`) or session (`zds_…`) of this server; copy it again")]
    Malformed,
}

/// Checks a secret's text. Nothing is corrected silently: a blank that is there today was somebody's mistake, and the
/// next tool would stumble over it.
///
/// `ours` says that the server is known to be this program's own, which makes only one form.
///
/// # Errors
///
/// What is wrong, without the text.
pub fn check(text: &str, ours: bool) -> Result<(), Flaw> {
    let quoted = |mark: char| text.starts_with(mark) || text.ends_with(mark);
    if text.trim().is_empty() {
        return Err(Flaw::Empty);
    }
    if text.contains(['\n', '\r']) {
        return Err(Flaw::LineBreak);
    }
    if quoted('"') || quoted('\'') || quoted('`') {
        return Err(Flaw::Quoted);
    }
    if text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
        return Err(Flaw::Bearer);
    }
    if text.contains(char::is_whitespace) {
        return Err(Flaw::Blank);
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Flaw::Characters);
    }
    match token::form(text) {
        TokenForm::Ours => Ok(()),
        TokenForm::WrongChecksum => Err(Flaw::WrongChecksum),
        TokenForm::Foreign if ours => Err(Flaw::Malformed),
        TokenForm::Foreign => Ok(()),
    }
}

/// Whether the text is certainly an API token, which never opens what needs a session.
pub fn is_api_token(text: &str) -> bool {
    text.starts_with(token::TOKEN_PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> String {
        token::secret_from_random(token::TOKEN_PREFIX, &[9; 64]).expect("enough random bytes")
    }

    #[test]
    fn nothing_is_trimmed_silently() {
        let good = good();
        assert_eq!(check(&good, true), Ok(()));
        for (text, flaw) in [
            (String::new(), Flaw::Empty),
            (" ".to_owned(), Flaw::Empty),
            (format!("{good}\n"), Flaw::LineBreak),
            (format!("\r\n{good}"), Flaw::LineBreak),
            (format!(" {good}"), Flaw::Blank),
            (format!("{good}\t"), Flaw::Blank),
            (format!("\"{good}\""), Flaw::Quoted),
            (format!("'{good}"), Flaw::Quoted),
            (format!("Bearer {good}"), Flaw::Bearer),
            (format!("{good}é"), Flaw::Characters),
        ] {
            assert_eq!(check(&text, false), Err(flaw), "{text:?}");
        }
    }

    #[test]
    fn a_mistyped_token_is_known_offline_and_a_foreign_one_only_where_the_server_is_ours() {
        let good = good();
        let mistyped =
            if good.ends_with('x') { good.replace('x', "y") } else { format!("{}x", &good[..good.len() - 1]) };
        assert_eq!(check(&mistyped, false), Err(Flaw::WrongChecksum));
        assert_eq!(check("eyJhbGciOi.x.y", false), Ok(()));
        assert_eq!(check("eyJhbGciOi.x.y", true), Err(Flaw::Malformed));
    }

    #[test]
    fn tokens_are_told_from_sessions() {
        assert!(is_api_token(&good()));
        assert!(!is_api_token("zds_0123"));
        assert!(!is_api_token("eyJhbGciOi.x.y"));
    }
}
