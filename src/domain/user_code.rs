//! The short code that a terminal shows and a person types on a page (RFC 8628 §6.1).

use std::fmt;
use std::str::FromStr;

/// Letters without vowels, so that no word comes of them, and none that is easily taken for another.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters in a code: 20^8 codes are 34.5 bits, which five guesses in ten minutes do not search.
const LENGTH: usize = 8;

/// A code, shown as `XXXX-XXXX`.
#[derive(Clone, PartialEq, Eq)]
pub struct UserCode([u8; LENGTH]);

impl UserCode {
    /// Makes a code of random bytes, or `None` when they held too few usable ones: those of 240 and above are skipped,
    /// so that every letter is equally likely.
    pub fn from_random(random: &[u8]) -> Option<Self> {
        let mut usable = random.iter().filter(|byte| **byte < 240);
        let mut code = [0; LENGTH];
        for letter in &mut code {
            *letter = ALPHABET[usize::from(usable.next()? % 20)];
        }
        Some(UserCode(code))
    }
}

impl fmt::Display for UserCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, letter) in self.0.iter().enumerate() {
            let separator = if position == LENGTH / 2 { "-" } else { "" };
            write!(formatter, "{separator}{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl FromStr for UserCode {
    type Err = ();

    /// Reads a code as people type it: in any case, with or without hyphen and spaces.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let letters = text.chars().filter(|character| !matches!(character, '-' | ' '));
        let mut code = [0; LENGTH];
        let mut length = 0;
        for letter in letters {
            let letter = u8::try_from(letter).map_err(|_| ())?.to_ascii_uppercase();
            if !ALPHABET.contains(&letter) {
                return Err(());
            }
            *code.get_mut(length).ok_or(())? = letter;
            length += 1;
        }
        if length == LENGTH { Ok(UserCode(code)) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::UserCode;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = UserCode::from_random(&[0, 250, 1, 2, 3, 4, 255, 5, 6, 7]).expect("enough bytes");
        assert_eq!(code.to_string(), "BCDF-GHJK");
        for typed in ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "BcDf-gHjK"] {
            assert!(typed.parse::<UserCode>().is_ok_and(|read| read == code), "{typed}");
        }
        for wrong in ["", "BCDF-GHJ", "BCDF-GHJKL", "ACDF-GHJK", "BCDF_GHJK", "BCDF-GHJ1", "BCDFGHJ\u{212a}"] {
            assert!(wrong.parse::<UserCode>().is_err(), "{wrong}");
        }
        assert!(UserCode::from_random(&[1; 7]).is_none());
    }
}
