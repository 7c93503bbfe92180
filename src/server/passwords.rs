//! Passwords: which are good enough, and how they are kept. Argon2id with the parameters that OWASP's Password Storage
//! Cheat Sheet names first among those of little memory: 19 MiB, two passes, one lane.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use crate::api::ErrorCode;

use super::error::ServiceError;

/// Fewest and most characters of a password.
pub(crate) const SHORTEST: usize = 10;
pub(crate) const LONGEST: usize = 200;
/// KiB of memory for one hash.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes that are worked on at once: so much memory, and no more than two threads, may be taken by people who sign in.
const AT_ONCE: usize = 2;
/// How long somebody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(15);
/// A hash that no password has, so that a name without an account takes as long as one with.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// The commonest passwords that are long enough, in lower case.
const COMMONEST: [&str; 28] = [
    "0123456789",
    "0987654321",
    "1029384756",
    "1122334455",
    "1234567890",
    "12345678910",
    "123456789a",
    "1234567891",
    "123qwe123qwe",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "abcdefghij",
    "administrator",
    "changeme123",
    "football123",
    "iloveyou123",
    "letmein123",
    "password12",
    "password123",
    "password1234",
    "passwordpassword",
    "q1w2e3r4t5",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "welcome123",
    "zerodeploy",
];

/// Whoever hashes takes a turn here.
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// What is stored of a password, in PHC's format.
    pub(crate) async fn hash(&self, password: &SecretString) -> Result<String, ServiceError> {
        let bytes = normal(password);
        self.work(move || {
            let hash = argon2()?.hash_password(bytes.expose_secret().as_bytes());
            hash.map(|hash: PasswordHash| hash.to_string()).map_err(|error| ServiceError::internal(error.to_string()))
        })
        .await
    }

    /// Whether a password is the one that was stored. Takes as long when nothing was.
    pub(crate) async fn verify(&self, stored: Option<&str>, password: &SecretString) -> Result<bool, ServiceError> {
        let (is_known, stored) = (stored.is_some(), stored.unwrap_or(NOBODYS).to_owned());
        let bytes = normal(password);
        self.work(move || {
            let hash = PasswordHash::new(&stored).map_err(|error| ServiceError::internal(error.to_string()))?;
            let fits = argon2()?.verify_password(bytes.expose_secret().as_bytes(), &hash).is_ok();
            Ok(fits && is_known)
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(ServiceError::unavailable("no turn to hash a password"));
        };
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await?
    }
}

fn argon2() -> Result<Argon2<'static>, ServiceError> {
    let parameters = Params::new(MEMORY, PASSES, LANES, None);
    let parameters = parameters.map_err(|error| ServiceError::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

/// Keyboards write the same letters in different ways (NIST SP 800-63B §3.1.1.2 asks for this). What is too long to be
/// a password is cut: it fits nothing, and costs nothing.
fn normal(password: &SecretString) -> SecretString {
    password.expose_secret().nfkc().take(4 * LONGEST).collect::<String>().into()
}

/// Refuses what is soon guessed.
pub(crate) fn check(password: &SecretString, account: &str) -> Result<(), ServiceError> {
    let text = password.expose_secret();
    let lower = text.to_lowercase();
    let length = text.chars().count();
    let first = text.chars().next();
    let refuse = |message: &str| Err(ServiceError::new(ErrorCode::ValidationFailed, message));
    if !(SHORTEST..=LONGEST).contains(&length) {
        return refuse(&format!("a password has {SHORTEST} to {LONGEST} characters; this one has {length}"));
    }
    if lower == account.to_lowercase() {
        return refuse("the account's name is no password");
    }
    if COMMONEST.contains(&lower.as_str()) || text.chars().all(|character| Some(character) == first) {
        return refuse("this is one of the commonest passwords, which are tried first");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    #[tokio::test]
    async fn a_hash_has_owasps_parameters_and_fits_its_password_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&secret("correct horse battery")).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(hash.len(), NOBODYS.len(), "as long to work on as anybody's");
        let verify = async |password: &str| passwords.verify(Some(&hash), &secret(password)).await.expect("verifies");
        assert!(verify("correct horse battery").await);
        assert!(!verify("correct horse batterx").await && !verify("").await);
        assert!(!passwords.verify(None, &secret("")).await.expect("verifies"), "nobody's is nobody's");
        let other = passwords.hash(&secret("correct horse battery")).await.expect("a hash");
        assert_ne!(hash, other, "each has its salt");
    }

    #[tokio::test]
    async fn letters_are_the_same_however_they_are_typed() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&secret("gr\u{fc}n und \u{ff42}lau")).await.expect("a hash");
        assert!(passwords.verify(Some(&hash), &secret("gru\u{308}n und blau")).await.expect("verifies"));
    }

    #[test]
    fn what_is_soon_guessed_is_refused() {
        for good in ["correct horse", "0123456780", "\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}x"] {
            assert!(check(&secret(good), "ada").is_ok(), "{good}");
        }
        for bad in ["", "short", "123456789", "1234567890", "PassWord123", "aaaaaaaaaaaa", "Ada@Example.com"] {
            assert!(check(&secret(bad), "ada@example.com").is_err(), "{bad}");
        }
        assert!(check(&secret(&"ab".repeat(100)), "ada").is_ok());
        assert!(check(&secret(&"ab".repeat(101)), "ada").is_err());
    }
}
