//! Checking a manifest while it arrives.

use std::ops::Range;

use bytes::Bytes;

use super::{ENTRY_OVERHEAD, HEADER_LENGTH, Manifest, ManifestError, read_header, read_u16, read_u32, read_u64};
use crate::content::blob::BlobId;
use crate::content::path::{self, PathError};

/// Bounds on what a decoder accepts.
#[derive(Debug, Clone, Copy)]
pub struct ManifestLimits {
    /// Most files.
    pub files: usize,
    /// Most bytes of the manifest itself.
    pub bytes: usize,
}

/// Checks a manifest while it arrives: what is wrong is noticed at the first wrong entry, not at the end.
#[derive(Debug)]
pub struct ManifestDecoder {
    limits: ManifestLimits,
    bytes: Vec<u8>,
    header: Option<(usize, u64)>,
    checked: usize,
    next_entry: usize,
    previous_path: Option<Range<usize>>,
    total: u64,
}

impl ManifestDecoder {
    /// A decoder that accepts at most `limits`.
    pub fn new(limits: ManifestLimits) -> Self {
        ManifestDecoder {
            limits,
            bytes: Vec::new(),
            header: None,
            checked: 0,
            next_entry: 0,
            previous_path: None,
            total: 0,
        }
    }

    /// Takes the next bytes and checks every entry that is complete by now.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), ManifestError> {
        if self.bytes.len() + chunk.len() > self.limits.bytes {
            return Err(ManifestError::TooLarge(self.limits.bytes));
        }
        self.bytes.extend_from_slice(chunk);
        let Some((count, _)) = self.read_header()? else { return Ok(()) };
        let entries = HEADER_LENGTH + 4 * count;
        while self.checked < count && self.bytes.len() >= entries {
            let begin = entries + self.next_entry;
            let Some(length) = read_u16(&self.bytes, begin) else { break };
            let end = begin + ENTRY_OVERHEAD + usize::from(length);
            if self.bytes.len() < end {
                break;
            }
            self.check_entry(begin, usize::from(length))?;
            self.next_entry += end - begin;
            self.checked += 1;
        }
        if self.checked == count && self.bytes.len() > entries + self.next_entry {
            return Err(ManifestError::Length);
        }
        Ok(())
    }

    /// Ends the manifest.
    pub fn finish(mut self) -> Result<Manifest, ManifestError> {
        let (count, total) = self.read_header()?.ok_or(ManifestError::Length)?;
        if self.checked != count || self.bytes.len() != HEADER_LENGTH + 4 * count + self.next_entry {
            return Err(ManifestError::Length);
        }
        if total != self.total {
            return Err(ManifestError::TotalSize);
        }
        Ok(Manifest { bytes: Bytes::from(self.bytes), count })
    }

    fn read_header(&mut self) -> Result<Option<(usize, u64)>, ManifestError> {
        if self.header.is_none() && self.bytes.len() >= HEADER_LENGTH {
            let header = read_header(&self.bytes)?;
            if header.0 > self.limits.files {
                return Err(ManifestError::TooManyFiles(header.0, self.limits.files));
            }
            self.header = Some(header);
        }
        Ok(self.header)
    }

    fn check_entry(&mut self, begin: usize, length: usize) -> Result<(), ManifestError> {
        if read_u32(&self.bytes, HEADER_LENGTH + 4 * self.checked) as usize != self.next_entry {
            return Err(ManifestError::Offset(self.checked));
        }
        let range = begin + 2..begin + 2 + length;
        let path = std::str::from_utf8(&self.bytes[range.clone()]).map_err(|_| {
            ManifestError::Path(String::from_utf8_lossy(&self.bytes[range.clone()]).into_owned(), PathError::NotUtf8)
        })?;
        path::check(path).map_err(|error| ManifestError::Path(path.to_owned(), error))?;
        if self.previous_path.clone().is_some_and(|previous| &self.bytes[previous] >= path.as_bytes()) {
            return Err(ManifestError::Order(path.to_owned()));
        }
        let size = read_u64(&self.bytes, range.end + BlobId::LENGTH);
        self.total = self.total.checked_add(size).ok_or(ManifestError::TotalSize)?;
        self.previous_path = Some(range);
        Ok(())
    }
}
