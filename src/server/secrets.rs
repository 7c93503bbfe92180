//! Making and hashing secrets.

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::domain::token;

use super::error::ServiceError;

/// Fills an array from the operating system's randomness.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], ServiceError> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| ServiceError::internal(error.to_string()))?;
    Ok(bytes)
}

/// A new secret.
pub(crate) struct NewSecret {
    pub(crate) secret: SecretString,
    pub(crate) hash: [u8; 32],
    pub(crate) prefix: String,
}

/// Draws a secret with one of the prefixes of [`token`].
pub(crate) fn draw(prefix: &str) -> Result<NewSecret, ServiceError> {
    loop {
        // 64 bytes hold 36 usable ones but for one time in many billions.
        let Some(secret) = token::secret_from_random(prefix, &random::<64>()?) else { continue };
        let shown = token::display_prefix(&secret).unwrap_or_default().to_owned();
        return Ok(NewSecret { hash: hash(&secret), prefix: shown, secret: SecretString::from(secret) });
    }
}

/// What is stored of a secret. It is random and long, so one round of SHA-256 is enough.
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
