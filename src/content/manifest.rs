//! Manifests: every path of a deployment with its content's id and size, in one canonical binary form.
//!
//! The form is looked up in place by binary search and never parsed into objects, so that a server can hold many.
//! Numbers are little-endian. Two equal sites have equal bytes, so a manifest is named by the BLAKE3 of its bytes and
//! stored as a blob like any content.
//!
//! | bytes | meaning |
//! | --- | --- |
//! | 4 | `ZDMF` |
//! | 4 | version, now 1 |
//! | 4 | number of entries *n* |
//! | 8 | sum of the sizes |
//! | 4 *n* | where each entry begins, counted from the first |
//! | … | the entries, strictly ascending by the bytes of their paths: path length (2), path, blob id (32), size (8) |

mod decoder;

use bytes::Bytes;

use super::blob::BlobId;
use super::path::{PathError, SitePath};

pub use decoder::{ManifestDecoder, ManifestLimits};

/// Media type of a manifest in a request (our own choice).
pub const MEDIA_TYPE: &str = "application/vnd.zerodeploy.manifest";

const MAGIC: [u8; 4] = *b"ZDMF";
const VERSION: u32 = 1;
const HEADER_LENGTH: usize = 20;
/// Bytes of an entry beside its path.
const ENTRY_OVERHEAD: usize = 2 + BlobId::LENGTH + 8;

/// One file of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The path inside the site.
    pub path: &'a str,
    /// The content's id.
    pub blob: BlobId,
    /// The content's size in bytes.
    pub size: u64,
}

/// A checked manifest; cloning shares the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    bytes: Bytes,
    count: usize,
}

/// Why bytes are no manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    #[error("these bytes are not a manifest")]
    Magic,
    #[error("the manifest's version {0} is not known here; version {VERSION} is")]
    Version(u32),
    #[error("the manifest ends too early or has bytes left over")]
    Length,
    #[error("the manifest has {0} files; at most {1} are allowed")]
    TooManyFiles(usize, usize),
    #[error("the manifest has more than {0} bytes")]
    TooLarge(usize),
    #[error("the manifest's table of entries is wrong at entry {0}")]
    Offset(usize),
    #[error("the manifest's path `{0}` is not allowed: {1}")]
    Path(String, PathError),
    #[error("the manifest's paths are not in order, or `{0}` is there twice")]
    Order(String),
    #[error("the manifest's sizes do not add up")]
    TotalSize,
    #[error("the manifest gives one content two sizes")]
    TwoSizes,
}

impl Manifest {
    /// Builds a manifest of files in any order.
    ///
    /// # Errors
    /// `Order` when a path is there twice, `TotalSize` when the sizes exceed 64 bits.
    pub fn build(mut files: Vec<(SitePath, BlobId, u64)>) -> Result<Self, ManifestError> {
        files.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        if let Some(pair) = files.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(ManifestError::Order(pair[0].0.to_string()));
        }
        let entries = files.iter().map(|(path, blob, size)| Entry { path: path.as_str(), blob: *blob, size: *size });
        Self::from_sorted(entries, files.len())
    }

    /// Lays `other` over this manifest: paths of `other` win, all others stay.
    pub fn merged_with(&self, other: &Manifest) -> Result<Self, ManifestError> {
        let mut merged = Vec::with_capacity(self.len() + other.len());
        let (mut below, mut above) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let order = match (below.peek(), above.peek()) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(left), Some(right)) => left.path.as_bytes().cmp(right.path.as_bytes()),
            };
            if order.is_eq() {
                below.next();
            }
            merged.extend(if order.is_lt() { below.next() } else { above.next() });
        }
        Self::from_sorted(merged.iter().copied(), merged.len())
    }

    fn from_sorted<'a>(entries: impl Iterator<Item = Entry<'a>> + Clone, count: usize) -> Result<Self, ManifestError> {
        let paths: usize = entries.clone().map(|entry| entry.path.len()).sum();
        let mut bytes = Vec::with_capacity(HEADER_LENGTH + 4 * count + ENTRY_OVERHEAD * count + paths);
        let total = entries.clone().try_fold(0u64, |total, entry| total.checked_add(entry.size));
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(count).map_err(|_| ManifestError::Length)?.to_le_bytes());
        bytes.extend_from_slice(&total.ok_or(ManifestError::TotalSize)?.to_le_bytes());
        let mut offset = 0usize;
        for entry in entries.clone() {
            bytes.extend_from_slice(&u32::try_from(offset).map_err(|_| ManifestError::Length)?.to_le_bytes());
            offset += ENTRY_OVERHEAD + entry.path.len();
        }
        for entry in entries {
            let length = u16::try_from(entry.path.len()).map_err(|_| ManifestError::Length)?;
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(entry.path.as_bytes());
            bytes.extend_from_slice(entry.blob.as_bytes());
            bytes.extend_from_slice(&entry.size.to_le_bytes());
        }
        Ok(Manifest { bytes: Bytes::from(bytes), count })
    }

    /// Reads a manifest that was checked before, when it was received: only the header is looked at.
    pub fn from_stored(bytes: Bytes) -> Result<Self, ManifestError> {
        let count = read_header(&bytes)?.0;
        if bytes.len() < HEADER_LENGTH + 4 * count {
            return Err(ManifestError::Length);
        }
        Ok(Manifest { bytes, count })
    }

    /// The manifest's own name: the BLAKE3 of its bytes.
    pub fn id(&self) -> BlobId {
        BlobId::of(&self.bytes)
    }

    /// The canonical bytes.
    pub fn as_bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Sum of the files' sizes in bytes.
    pub fn total_size(&self) -> u64 {
        read_u64(&self.bytes, 12)
    }

    /// The entry at a position, in the order of the paths.
    pub fn entry(&self, position: usize) -> Option<Entry<'_>> {
        if position >= self.count {
            return None;
        }
        let table = HEADER_LENGTH + 4 * position;
        let begin = HEADER_LENGTH + 4 * self.count + read_u32(&self.bytes, table) as usize;
        let length = usize::from(read_u16(&self.bytes, begin)?);
        let path = self.bytes.get(begin + 2..begin + 2 + length)?;
        let blob = self.bytes.get(begin + 2 + length..begin + 2 + length + BlobId::LENGTH)?;
        Some(Entry {
            path: std::str::from_utf8(path).ok()?,
            blob: BlobId::try_from(blob).ok()?,
            size: read_u64(&self.bytes, begin + 2 + length + BlobId::LENGTH),
        })
    }

    /// Finds a file by its exact path, by binary search.
    pub fn get(&self, path: &str) -> Option<Entry<'_>> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            let entry = self.entry(middle)?;
            match entry.path.as_bytes().cmp(path.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(entry),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Whether any file lies below a folder, named without a closing slash.
    pub fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entry(middle) {
                Some(entry) if entry.path.as_bytes() < prefix.as_bytes() => low = middle + 1,
                _ => high = middle,
            }
        }
        self.entry(low).is_some_and(|entry| entry.path.starts_with(&prefix))
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> + Clone {
        (0..self.count).filter_map(|position| self.entry(position))
    }

    /// The distinct contents with their sizes, ascending by id: the order that an upload's bitmap counts in.
    ///
    /// # Errors
    /// `TwoSizes` when one content is listed with two sizes.
    pub fn distinct_blobs(&self) -> Result<Vec<(BlobId, u64)>, ManifestError> {
        let mut blobs: Vec<(BlobId, u64)> = self.iter().map(|entry| (entry.blob, entry.size)).collect();
        blobs.sort_unstable();
        blobs.dedup();
        if blobs.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(ManifestError::TwoSizes);
        }
        Ok(blobs)
    }
}

fn read_header(bytes: &[u8]) -> Result<(usize, u64), ManifestError> {
    if bytes.len() < HEADER_LENGTH {
        return Err(ManifestError::Length);
    }
    if bytes[..4] != MAGIC {
        return Err(ManifestError::Magic);
    }
    match read_u32(bytes, 4) {
        VERSION => Ok((read_u32(bytes, 8) as usize, read_u64(bytes, 12))),
        version => Err(ManifestError::Version(version)),
    }
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(u16::from_le_bytes(bytes))
}

fn read_u32(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn read_u64(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests;
