//! The hash of one file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use super::blob::BlobId;
use super::file::{self, FileStamp};
use super::scan_error::ProblemKind;

/// Bytes that are read at once; each thread has one such buffer.
pub const BUFFER_LENGTH: usize = 256 * 1024;

/// How often a file that changes while it is read is read again.
const TRIES: usize = 3;

/// A file's content at a moment when nothing wrote to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hashed {
    /// The content's id.
    pub blob: BlobId,
    /// The content's size in bytes.
    pub size: u64,
    /// The file's stamp, if the hash may be remembered under it.
    pub stamp: Option<FileStamp>,
}

/// Reads a file and hashes it; when it changed meanwhile, once more, at most 3 times.
///
/// `now` is the clock that the file's times are compared with. `read` hears of every piece that was read, also of those
/// that are read again.
///
/// # Errors
/// `Changing` when no try found the file at rest; `Vanished`, `Special` or `Unreadable` when it cannot be opened or read.
pub fn hash_file(
    path: &Path,
    buffer: &mut [u8],
    now: fn() -> SystemTime,
    mut read: impl FnMut(u64),
) -> Result<Hashed, ProblemKind> {
    for _ in 0..TRIES {
        let begun = now();
        // Opened anew each time: a program that replaces files leaves the old one to whoever has it open.
        let (mut file, before) = file::open(path)?;
        let content = hash_exactly(&mut file, before.len(), buffer, &mut read);
        let blob = content.map_err(|error| ProblemKind::of_io(&error))?;
        let after = file.metadata().map_err(|error| ProblemKind::of_io(&error))?;
        if let Some(blob) = blob.filter(|_| file::is_unchanged(&before, &after)) {
            let stamp = FileStamp::of(&after).filter(|stamp| stamp.is_settled(begun));
            return Ok(Hashed { blob, size: after.len(), stamp });
        }
    }
    Err(ProblemKind::Changing)
}

/// The hash of the first `size` bytes; `None` when there are fewer.
fn hash_exactly(
    file: &mut File,
    size: u64,
    buffer: &mut [u8],
    read: &mut impl FnMut(u64),
) -> io::Result<Option<BlobId>> {
    let mut hasher = blake3::Hasher::new();
    let mut left = size;
    while left > 0 {
        let wanted = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let length = match file.read(&mut buffer[..wanted]) {
            Ok(0) => return Ok(None),
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..length]);
        read(length as u64);
        left -= length as u64;
    }
    Ok(Some(BlobId::from(hasher.finalize())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;
    use std::time::Duration;

    fn later() -> SystemTime {
        SystemTime::now() + Duration::from_secs(10)
    }

    #[test]
    fn contents_of_any_size_are_hashed_piece_by_piece() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        for size in [0, 1, 15, 16, 17, 100] {
            let content = vec![b'x'; size];
            fs::write(&path, &content).expect("written");
            let mut total = 0;
            let hashed = hash_file(&path, &mut [0; 16], later, |length| total += length).expect("hashed");
            assert_eq!((hashed.blob, hashed.size, total), (BlobId::of(&content), size as u64, size as u64));
            assert_eq!(hashed.stamp.is_some(), cfg!(unix));
        }
        let fresh = hash_file(&path, &mut [0; 16], SystemTime::now, |_| {}).expect("hashed");
        assert_eq!(fresh.stamp, None, "a file this young may change without a trace");
    }

    #[test]
    fn a_file_that_changes_is_read_again_and_given_up_in_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let grow = || fs::OpenOptions::new().append(true).open(&path).and_then(|mut file| file.write_all(b"y"));
        fs::write(&path, "x").expect("written");
        let mut reads = 0;
        let hashed = hash_file(&path, &mut [0; 16], later, |_| {
            reads += 1;
            if reads == 1 {
                grow().expect("grown");
            }
        });
        assert_eq!(hashed.map(|hashed| hashed.blob), Ok(BlobId::of(b"xy")));
        assert_eq!(reads, 2);
        let mut reads = 0;
        let hashed = hash_file(&path, &mut [0; 16], later, |_| {
            reads += 1;
            grow().expect("grown");
        });
        assert_eq!((hashed, reads), (Err(ProblemKind::Changing), TRIES));
    }

    #[test]
    fn a_file_that_shrinks_while_it_is_read_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, [b'x'; 20]).expect("written");
        let mut reads = 0;
        let hashed = hash_file(&path, &mut [0; 16], later, |_| {
            reads += 1;
            if reads == 1 {
                fs::write(&path, "short").expect("written");
            }
        });
        assert_eq!(hashed.map(|hashed| (hashed.blob, hashed.size)), Ok((BlobId::of(b"short"), 5)));
    }
}
