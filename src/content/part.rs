//! Reading contents again, to send them.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

use super::blob::BlobId;
use super::file;
use super::scan_error::ProblemKind;

/// Where a content can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The content's id.
    pub blob: BlobId,
    /// The content's size in bytes.
    pub size: u64,
    /// A file that has it.
    pub path: PathBuf,
}

/// Why a part of a content cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("`{0}` changed while it was being deployed; deploy again once nothing writes there any more")]
    Changed(PathBuf),
    #[error("`{0}` cannot be deployed: {1}")]
    Unusable(PathBuf, #[source] ProblemKind),
    #[error("`{path}` has {size} bytes, but {length} were asked for from byte {start} on")]
    OutOfRange { path: PathBuf, size: u64, start: u64, length: u32 },
}

/// Reads `length` bytes of a content from byte `start` on; they replace what is in `buffer`.
///
/// A part that is the whole content is hashed; of other parts the receiver has to judge the whole.
///
/// # Errors
/// `Changed` when the file's size or, for a whole content, its hash is no longer as it was.
pub fn read_part(source: &Source, start: u64, length: u32, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
    if start.checked_add(u64::from(length)).is_none_or(|end| end > source.size) {
        return Err(ReadError::OutOfRange { path: source.path.clone(), size: source.size, start, length });
    }
    let changed = || ReadError::Changed(source.path.clone());
    let unusable = |kind| ReadError::Unusable(source.path.clone(), kind);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => changed(),
        _ => unusable(ProblemKind::of_io(&error)),
    };
    let (mut file, metadata) = file::open(&source.path).map_err(unusable)?;
    if metadata.len() != source.size {
        return Err(changed());
    }
    if start > 0 {
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
    }
    buffer.resize(length as usize, 0);
    file.read_exact(buffer).map_err(failed)?;
    if u64::from(length) == source.size && BlobId::of(buffer) != source.blob {
        return Err(changed());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn parts_are_read_and_checked() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "0123456789").expect("written");
        let source = Source { blob: BlobId::of(b"0123456789"), size: 10, path: path.clone() };
        let mut buffer = vec![b'x'; 100];
        let mut read = |start, length| read_part(&source, start, length, &mut buffer).map(|()| buffer.clone());
        assert_eq!(read(0, 10).expect("whole"), b"0123456789");
        assert_eq!(read(3, 4).expect("a part"), b"3456");
        assert_eq!(read(10, 0).expect("nothing"), b"");
        assert!(matches!(read(3, 8), Err(ReadError::OutOfRange { .. })));
        assert!(matches!(read(u64::MAX, 8), Err(ReadError::OutOfRange { .. })));
        fs::write(&path, "012345678x").expect("written");
        assert!(matches!(read(0, 10), Err(ReadError::Changed(_))));
        assert!(read(0, 9).is_ok(), "only the receiver of all parts can tell");
        fs::write(&path, "012345678").expect("written");
        assert!(matches!(read(0, 5), Err(ReadError::Changed(_))));
        fs::remove_file(&path).expect("removed");
        assert!(matches!(read(0, 5), Err(ReadError::Unusable(_, ProblemKind::Vanished))));
    }

    #[test]
    fn an_empty_content_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "").expect("written");
        let source = Source { blob: BlobId::of(b""), size: 0, path };
        let mut buffer = vec![1];
        read_part(&source, 0, 0, &mut buffer).expect("read");
        assert!(buffer.is_empty());
    }
}
