//! Packs: large immutable files that hold many contents one after the other.
//!
//! A pack begins with 32 bytes — `ZDPK`, version (4), organization (16), 8 of zero — and goes on with frames
//! ([`crate::content::frame`]). It is written once, in one go; file and folder are synced before the index names it. A
//! pack that the index does not name is left over from a crash; garbage collection removes it a day later.

pub(crate) mod receive;
pub(crate) mod writer;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

use writer::PackWriter;

/// Open packs that are kept for the next read.
const OPEN_FILES: usize = 128;

/// The folder of packs. Every method blocks.
pub(crate) struct PackStore {
    folder: PathBuf,
    open: Mutex<HashMap<Uuid, Arc<File>>>,
}

impl PackStore {
    /// Opens or creates the folder.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(PackStore { folder, open: Mutex::default() })
    }

    /// Begins a new pack of an organization; its file is made when the first frame is written.
    pub(crate) fn create(&self, organization: Uuid) -> PackWriter {
        PackWriter::new(self.folder.clone(), organization)
    }

    /// Reads bytes of a pack.
    ///
    /// # Errors
    /// `NotFound` when the pack is gone, `UnexpectedEof` when it is shorter than the index says.
    pub(crate) fn read(&self, pack: Uuid, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let file = self.file(pack)?;
        read_exact_at(&file, buffer, offset)
    }

    /// Removes a pack; one that is gone already is fine.
    pub(crate) fn remove(&self, pack: Uuid) -> io::Result<()> {
        let removed = std::fs::remove_file(file_path(&self.folder, pack));
        // In this order, and opened under the lock: else a reader could leave a removed file open, and its bytes on disk.
        self.lock().remove(&pack);
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes packs that are not `known` and were begun before a time: what a crash left behind. A pack that is being
    /// written is not known yet either, so the time must lie further back than any writing takes.
    pub(crate) fn remove_unknown(&self, known: &HashSet<Uuid>, before: SystemTime) -> io::Result<u64> {
        let mut removed = 0;
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let id = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse::<Uuid>().ok());
            let Some(id) = id.filter(|id| !known.contains(id)) else { continue };
            // The id is a UUIDv7 and so tells when the pack was begun.
            let begun = id.get_timestamp().map(|timestamp| timestamp.to_unix());
            let begun = begun.map(|(seconds, nanoseconds)| UNIX_EPOCH + Duration::new(seconds, nanoseconds));
            if begun.is_some_and(|begun| begun < before) {
                self.remove(id)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn file(&self, pack: Uuid) -> io::Result<Arc<File>> {
        let mut open = self.lock();
        if let Some(file) = open.get(&pack) {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(File::open(file_path(&self.folder, pack))?);
        if open.len() >= OPEN_FILES {
            // Opening again costs a few microseconds, so which ones are dropped hardly matters.
            open.clear();
        }
        open.insert(pack, Arc::clone(&file));
        Ok(file)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Arc<File>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn file_path(folder: &Path, pack: Uuid) -> PathBuf {
    folder.join(format!("{pack}.pack"))
}

#[cfg(unix)]
fn read_exact_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, buffer, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer = &mut buffer[read..];
        offset += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::blob::BlobId;
    use crate::content::frame::{Encoding, FrameHeader};

    #[test]
    fn what_is_written_is_read_back_and_unknown_packs_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().join("packs")).expect("opens");
        let mut pack = packs.create(Uuid::now_v7());
        let header = FrameHeader { blob: BlobId::of(b"hello"), start: 0, length: 5, encoding: Encoding::Identity };
        pack.append(&header, b"hello").expect("appends");
        let finished = pack.finish().expect("finishes").expect("has a frame");
        let mut buffer = [0; 5];
        packs.read(finished.file, finished.frames[0].offset, &mut buffer).expect("reads");
        assert_eq!(&buffer, b"hello");
        let later = SystemTime::now() + Duration::from_secs(1);
        assert_eq!(packs.remove_unknown(&[finished.file].into(), later).expect("runs"), 0);
        assert_eq!(packs.remove_unknown(&[].into(), later - Duration::from_secs(60)).expect("runs"), 0);
        assert_eq!(packs.remove_unknown(&[].into(), later).expect("runs"), 1);
        let error = packs.read(finished.file, 0, &mut buffer).expect_err("is gone");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_pack_without_frames_leaves_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().to_owned()).expect("opens");
        assert!(packs.create(Uuid::now_v7()).finish().expect("finishes").is_none());
        assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 0);
    }
}
