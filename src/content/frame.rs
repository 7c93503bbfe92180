//! Frames: how contents travel in an upload request, and how they lie in a pack.
//!
//! A frame is a header of 48 bytes and the bytes it announces. An upload's body is nothing but frames. Numbers are
//! little-endian.
//!
//! | bytes | meaning |
//! | --- | --- |
//! | 0–31 | the blob's id: BLAKE3 of the whole content |
//! | 32–39 | where in the content this part begins |
//! | 40–43 | bytes in this part |
//! | 44–47 | 0: the content itself; 1: its gzip variant; 2: its brotli variant (packs only) |

use super::blob::BlobId;

/// Bytes of a frame's header.
pub const HEADER_LENGTH: usize = 48;
/// Most bytes in one frame: larger blobs travel in parts, so that a cut connection loses little.
pub const LONGEST_PART: u32 = 8 * 1024 * 1024;
/// Media type of an upload's body (our own choice).
pub const MEDIA_TYPE: &str = "application/vnd.zerodeploy.frames";

/// How the bytes of a frame relate to the blob's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Encoding {
    /// The content itself
    Identity = 0,
    /// Compressed with gzip (RFC 1952)
    Gzip = 1,
    /// Compressed with brotli (RFC 7932)
    Brotli = 2,
}

impl Encoding {
    /// The encoding a number stands for in frames and in the index.
    pub fn from_number(number: u32) -> Option<Encoding> {
        [Encoding::Identity, Encoding::Gzip, Encoding::Brotli].into_iter().find(|encoding| *encoding as u32 == number)
    }
}

/// A frame's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHeader {
    /// Which content this is a part of.
    pub blob: BlobId,
    /// Where in the content the part begins, in bytes.
    pub start: u64,
    /// Bytes in the part.
    pub length: u32,
    /// What was done to the content.
    pub encoding: Encoding,
}

/// A frame's header that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the frame has an unknown encoding {0}")]
pub struct UnknownEncoding(pub u32);

impl FrameHeader {
    /// The header's bytes.
    pub fn encode(&self) -> [u8; HEADER_LENGTH] {
        let mut bytes = [0; HEADER_LENGTH];
        bytes[..32].copy_from_slice(self.blob.as_bytes());
        bytes[32..40].copy_from_slice(&self.start.to_le_bytes());
        bytes[40..44].copy_from_slice(&self.length.to_le_bytes());
        bytes[44..].copy_from_slice(&(self.encoding as u32).to_le_bytes());
        bytes
    }

    /// Reads a header.
    pub fn decode(bytes: &[u8; HEADER_LENGTH]) -> Result<Self, UnknownEncoding> {
        let mut blob = [0; 32];
        blob.copy_from_slice(&bytes[..32]);
        let mut start = [0; 8];
        start.copy_from_slice(&bytes[32..40]);
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        Ok(FrameHeader {
            blob: BlobId::from(blob),
            start: u64::from_le_bytes(start),
            length: number(40),
            encoding: Encoding::from_number(number(44)).ok_or(UnknownEncoding(number(44)))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_round_trip() {
        let header =
            FrameHeader { blob: BlobId::of(b"x"), start: 1 << 40, length: 0x0102_0304, encoding: Encoding::Brotli };
        assert_eq!(FrameHeader::decode(&header.encode()), Ok(header));
        let mut bytes = header.encode();
        bytes[44] = 9;
        assert_eq!(FrameHeader::decode(&bytes), Err(UnknownEncoding(9)));
    }
}
