//! Names of accounts: what people sign in with.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::is_nfkc;

/// Most characters of a name.
pub const LONGEST_NAME: usize = 64;

/// Letters that nobody sees: the fillers of Hangul.
const INVISIBLE: [char; 2] = ['\u{115f}', '\u{1160}'];

/// A name that a new account may have: 1 to 64 letters, digits, `.`, `-`, `_`, `@` and `+`, with a letter or digit
/// first, so that a mail address fits and no name looks like another one with something invisible in it. It is in the
/// normal form NFKC, so that the same letters are the same name however they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

impl AccountName {
    /// The name as it was written; two names that differ only in ASCII case are the same account's.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_fit = (1..=LONGEST_NAME).contains(&text.chars().count())
            && text.starts_with(char::is_alphanumeric)
            && text.chars().all(|character| character.is_alphanumeric() || ".-_@+".contains(character))
            && !text.contains(INVISIBLE)
            && is_nfkc(text);
        match is_fit {
            true => Ok(AccountName(text.to_owned())),
            false => Err(format!(
                "an account's name has 1 to {LONGEST_NAME} letters, digits, `.`, `-`, `_`, `@` or `+`, with a letter or digit first"
            )),
        }
    }
}

impl TryFrom<String> for AccountName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> String {
        name.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::AccountName;

    #[test]
    fn names_and_mail_addresses_fit_and_tricks_do_not() {
        for fit in ["ada", "ada@example.com", "j\u{f6}rg", "a.b-c_d+e", "1", &"x".repeat(64)] {
            assert!(fit.parse::<AccountName>().is_ok(), "{fit}");
        }
        for unfit in ["", " ada", "a b", "a\u{200b}b", "a\nb", "-a", "@a", "a/b", "a\u{202e}b", &"x".repeat(65)] {
            assert!(unfit.parse::<AccountName>().is_err(), "{unfit:?}");
        }
    }

    #[test]
    fn no_name_looks_like_another_by_what_is_invisible_or_only_another_form() {
        let fillers = ["ada\u{3164}", "ada\u{115f}", "ada\u{1160}", "ada\u{ffa0}"];
        let forms = ["\u{ff41}da", "\u{212b}ke", "e\u{212a}a", "\u{1d41a}da", "\u{1112}\u{1161}\u{11ab}"];
        for unfit in fillers.into_iter().chain(forms) {
            assert!(unfit.parse::<AccountName>().is_err(), "{unfit:?}");
        }
        for fit in ["\u{d55c}", "\u{c5}ke", "\u{65e5}\u{672c}"] {
            assert!(fit.parse::<AccountName>().is_ok(), "{fit:?}");
        }
    }
}
