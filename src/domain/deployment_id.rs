//! The short id of a deployment, as people and host names see it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Lower-case Crockford base32: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 10 characters of lower-case Crockford base32, the first a digit: a site slug starts with a letter, so
/// `<deployment>-<site>` never collides with a site's own host name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeploymentId([u8; DeploymentId::LENGTH]);

/// A text that is no deployment id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a deployment id: 10 characters, the first a digit, are expected")]
pub struct InvalidDeploymentId(pub String);

impl DeploymentId {
    /// Characters in an id.
    pub const LENGTH: usize = 10;

    /// Makes an id of random bytes: 10 × 2^45 possible ones.
    pub fn from_random(random: [u8; DeploymentId::LENGTH]) -> Self {
        let mut id = random.map(|byte| ALPHABET[usize::from(byte % 32)]);
        id[0] = ALPHABET[usize::from(random[0] % 10)];
        DeploymentId(id)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for DeploymentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for DeploymentId {
    type Err = InvalidDeploymentId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidDeploymentId(text.to_owned());
        let id: [u8; DeploymentId::LENGTH] = text.as_bytes().try_into().map_err(|_| invalid())?;
        let legal = id[0].is_ascii_digit() && id.iter().all(|byte| ALPHABET.contains(byte));
        if legal { Ok(DeploymentId(id)) } else { Err(invalid()) }
    }
}

impl Serialize for DeploymentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DeploymentId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_start_with_a_digit_and_round_trip() {
        for seed in 0..=255u8 {
            let id = DeploymentId::from_random([seed; 10]);
            assert!(id.as_str().starts_with(|first: char| first.is_ascii_digit()));
            assert_eq!(id.as_str().parse(), Ok(id));
        }
        for bad in ["", "0123", "a123456789", "0123456789a", "012345678i", "012345678A"] {
            assert!(bad.parse::<DeploymentId>().is_err(), "{bad}");
        }
    }
}
