//! Names of contents.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The BLAKE3 hash of a file's content; 64 lower-case hexadecimal digits as text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobId([u8; 32]);

/// A text that is no blob id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a blob id has 64 lower-case hexadecimal digits")]
pub struct InvalidBlobId;

impl BlobId {
    /// Bytes in an id.
    pub const LENGTH: usize = 32;

    /// Hashes a content that is in memory.
    pub fn of(content: &[u8]) -> Self {
        BlobId(*blake3::hash(content).as_bytes())
    }

    /// The raw hash.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 16 hexadecimal digits, enough for a message.
    pub fn short(&self) -> String {
        self.to_string().chars().take(16).collect()
    }
}

impl From<[u8; 32]> for BlobId {
    fn from(bytes: [u8; 32]) -> Self {
        BlobId(bytes)
    }
}

impl From<blake3::Hash> for BlobId {
    fn from(hash: blake3::Hash) -> Self {
        BlobId(*hash.as_bytes())
    }
}

impl TryFrom<&[u8]> for BlobId {
    type Error = InvalidBlobId;

    fn try_from(bytes: &[u8]) -> Result<Self, InvalidBlobId> {
        bytes.try_into().map(BlobId).map_err(|_| InvalidBlobId)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for BlobId {
    type Err = InvalidBlobId;

    fn from_str(text: &str) -> Result<Self, InvalidBlobId> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(InvalidBlobId);
        }
        blake3::Hash::from_hex(text).map(BlobId::from).map_err(|_| InvalidBlobId)
    }
}

impl Serialize for BlobId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Which of a list of blobs are meant: one bit for each, in the list's order; hexadecimal digits as text.
///
/// Bit `n` is bit `n % 8`, counted from the lowest, of byte `n / 8`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BlobBitmap(Vec<u8>);

impl BlobBitmap {
    /// A bitmap for `count` blobs, none of them marked.
    pub fn empty(count: usize) -> Self {
        BlobBitmap(vec![0; count.div_ceil(8)])
    }

    /// Marks one blob.
    pub fn insert(&mut self, position: usize) {
        self.0[position / 8] |= 1 << (position % 8);
    }

    /// Takes one blob's mark away.
    pub fn remove(&mut self, position: usize) {
        self.0[position / 8] &= !(1 << (position % 8));
    }

    /// Whether a blob is marked; false past the end.
    pub fn contains(&self, position: usize) -> bool {
        self.0.get(position / 8).is_some_and(|byte| byte & (1 << (position % 8)) != 0)
    }

    /// How many blobs are marked.
    pub fn count(&self) -> usize {
        self.0.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// How many blobs the bitmap has room for, in eights.
    pub fn capacity(&self) -> usize {
        self.0.len() * 8
    }

    /// The positions that are marked, in order.
    pub fn positions(&self) -> impl Iterator<Item = usize> {
        (0..self.capacity()).filter(|position| self.contains(*position))
    }
}

impl Serialize for BlobBitmap {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for BlobBitmap {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("a bitmap has an even number of hexadecimal digits");
        if !digits.is_ascii() || digits.len() % 2 != 0 {
            return Err(wrong());
        }
        let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16);
        (0..digits.len()).step_by(2).map(byte).collect::<Result<_, _>>().map(BlobBitmap).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_as_text() {
        let id = BlobId::of(b"hello");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().to_uppercase().parse::<BlobId>().is_err());
        assert!("00".parse::<BlobId>().is_err());
    }

    #[test]
    fn bitmaps_round_trip_as_text() {
        let mut bitmap = BlobBitmap::empty(20);
        for position in [0, 7, 8, 19] {
            bitmap.insert(position);
        }
        bitmap.remove(7);
        let text = serde_json::to_string(&bitmap).expect("serializes");
        assert_eq!(text, "\"010108\"");
        let read: BlobBitmap = serde_json::from_str(&text).expect("reads back");
        assert_eq!(read, bitmap);
        assert_eq!(read.positions().collect::<Vec<_>>(), [0, 8, 19]);
        assert_eq!((read.count(), read.contains(99)), (3, false));
        for wrong in ["\"0\"", "\"zz\"", "\"é\""] {
            assert!(serde_json::from_str::<BlobBitmap>(wrong).is_err(), "{wrong}");
        }
    }
}
