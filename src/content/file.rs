//! Opening a file to read, and telling whether it is still the same.

use std::fs::{File, Metadata, OpenOptions};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::scan_error::ProblemKind;

/// How much older than a look at a file its times must be for them to tell later changes: file systems keep times in
/// steps of up to two seconds (FAT), and within one step a second change leaves no trace.
const SETTLED_AFTER: Duration = Duration::from_secs(2);

/// What the file system knows of a file's content: as long as it is equal, so is the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Which file system.
    pub device: u64,
    /// Which file on it.
    pub inode: u64,
    /// Bytes.
    pub size: u64,
    /// When the content was last modified, in nanoseconds since 1970. Any program may set it.
    pub modified: i64,
    /// When anything about the file last changed, in nanoseconds since 1970. Only the system sets it.
    pub changed: i64,
}

impl FileStamp {
    /// Bytes of its binary form.
    pub const LENGTH: usize = 40;

    /// The stamp of a file, or `None` where the system tells no inode or time of change.
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        Some(FileStamp {
            device: metadata.dev(),
            inode: Some(metadata.ino()).filter(|inode| *inode != 0)?,
            size: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec())?,
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec())?,
        })
    }

    /// The stamp of a file, or `None` where the system tells no inode or time of change.
    #[cfg(not(unix))]
    pub fn of(_metadata: &Metadata) -> Option<Self> {
        None
    }

    /// The binary form, little-endian.
    pub fn encode(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        let numbers = [self.device, self.inode, self.size, self.modified.cast_unsigned(), self.changed.cast_unsigned()];
        for (place, number) in bytes.chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Whether a change after `now` is sure to change the stamp: both its times are over two seconds older.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let limit = now.checked_sub(SETTLED_AFTER).and_then(|limit| limit.duration_since(UNIX_EPOCH).ok());
        let limit = limit.and_then(|limit| i64::try_from(limit.as_nanos()).ok());
        limit.is_some_and(|limit| self.modified < limit && self.changed < limit)
    }
}

/// Opens a regular file. Never waits for the other end of a pipe, and on Unix follows no link in the last segment.
pub(super) fn open(path: &Path) -> Result<(File, Metadata), ProblemKind> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed());
    }
    let file = options.open(path).map_err(|error| ProblemKind::of_io(&error))?;
    let metadata = file.metadata().map_err(|error| ProblemKind::of_io(&error))?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(ProblemKind::Special) }
}

/// Whether two looks at an open file show the same content, as far as the system tells.
pub(super) fn is_unchanged(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len()
        && before.modified().ok() == after.modified().ok()
        && FileStamp::of(before) == FileStamp::of(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_long_past_are_settled() {
        let now = UNIX_EPOCH + Duration::from_secs(100);
        let settled = |modified: i64, changed: i64| {
            let stamp = FileStamp { device: 1, inode: 1, size: 1, modified, changed };
            stamp.is_settled(now)
        };
        let limit = 98_000_000_000;
        assert!(settled(limit - 1, limit - 1) && settled(-5, 0));
        assert!(!settled(limit, 0) && !settled(0, limit) && !settled(0, i64::MAX));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe"), rustix::fs::Mode::RWXU).expect("a pipe");
        assert_eq!(open(&path("pipe")).map(|_| ()), Err(ProblemKind::Special));
        assert_eq!(open(folder.path()).map(|_| ()), Err(ProblemKind::Special));
        assert_eq!(open(&path("none")).map(|_| ()), Err(ProblemKind::Vanished));
        std::fs::write(path("file"), "x").expect("written");
        assert!(open(&path("file")).is_ok());
        std::os::unix::fs::symlink(path("file"), path("link")).expect("a link");
        assert!(matches!(open(&path("link")), Err(ProblemKind::Unreadable(_))));
    }
}
