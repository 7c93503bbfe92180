//! Packs: large immutable files that hold many contents one after the other.
//!
//! A pack begins with 32 bytes — `ZDPK`, version (4), organization (16), 8 of zero — and goes on with frames
//! ([`crate::content::frame`]). It is written once, in one go; file and folder are synced before the index names it. A
//! pack that the index does not name and nobody holds is left over from a crash, and is removed after the next start.

pub(crate) mod receive;
pub(crate) mod writer;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use writer::PackWriter;

use crate::private;

/// Open packs that are kept for the next read.
const OPEN_FILES: usize = 128;

/// Packs that somebody holds.
type Held = Arc<Mutex<HashSet<Uuid>>>;

/// The folder of packs. Every method but `create` and `is_held` blocks.
pub(crate) struct PackStore {
    folder: PathBuf,
    open: Mutex<HashMap<Uuid, Arc<File>>>,
    held: Held,
}

/// Holds a pack from before its file is made until the index names all of it: meanwhile it looks like garbage, because
/// nothing names it, or only some of what lies in it.
#[derive(Debug)]
pub(crate) struct Hold {
    pack: Uuid,
    held: Held,
}

impl Hold {
    fn new(pack: Uuid, held: &Held) -> Arc<Self> {
        lock(held).insert(pack);
        Arc::new(Hold { pack, held: Arc::clone(held) })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        lock(&self.held).remove(&self.pack);
    }
}

impl PackStore {
    /// Opens or creates the folder.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        private::create_folder(&folder)?;
        Ok(PackStore { folder, open: Mutex::default(), held: Held::default() })
    }

    /// Begins a new pack of an organization; its file is made when the first frame is written.
    pub(crate) fn create(&self, organization: Uuid) -> PackWriter {
        let id = Uuid::now_v7();
        PackWriter::new(self.folder.clone(), organization, id, Hold::new(id, &self.held))
    }

    /// Whether a pack is being written or entered in the index.
    pub(crate) fn is_held(&self, pack: Uuid) -> bool {
        lock(&self.held).contains(&pack)
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
        // In this order: whoever opens the file meanwhile has put it among the open ones by now.
        lock(&self.open).remove(&pack);
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The packs whose files lie in the folder and that nobody holds. Those of them that the index does not name
    /// afterwards are left over.
    pub(crate) fn settled(&self) -> io::Result<Vec<Uuid>> {
        let mut packs = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            packs.extend(path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse::<Uuid>().ok()));
        }
        // After listing: a file that was listed and is not held by now has been entered in the index, or never will be.
        let held = lock(&self.held);
        packs.retain(|pack| !held.contains(pack));
        Ok(packs)
    }

    fn file(&self, pack: Uuid) -> io::Result<Arc<File>> {
        let mut open = lock(&self.open);
        if let Some(file) = open.get(&pack) {
            return Ok(Arc::clone(file));
        }
        // Under the lock, so that a pack that is removed meanwhile is not kept open, and its space taken, for long.
        let file = Arc::new(File::open(file_path(&self.folder, pack))?);
        if open.len() >= OPEN_FILES {
            // Opening again costs a few microseconds, so which ones are dropped hardly matters.
            open.clear();
        }
        open.insert(pack, Arc::clone(&file));
        Ok(file)
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn what_is_written_is_read_back_until_it_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().join("packs")).expect("opens");
        let mut pack = packs.create(Uuid::now_v7());
        let header = FrameHeader { blob: BlobId::of(b"hello"), start: 0, length: 5, encoding: Encoding::Identity };
        pack.append(&header, b"hello").expect("appends");
        let finished = pack.finish().expect("finishes").expect("has a frame");
        let mut buffer = [0; 5];
        packs.read(finished.file, finished.frames[0].offset, &mut buffer).expect("reads");
        assert_eq!(&buffer, b"hello");
        packs.remove(finished.file).expect("removes");
        packs.remove(finished.file).expect("nothing to do");
        let error = packs.read(finished.file, 0, &mut buffer).expect_err("is gone");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_pack_is_held_until_it_is_in_the_index_or_given_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().join("packs")).expect("opens");
        let header = FrameHeader { blob: BlobId::of(b"hello"), start: 0, length: 5, encoding: Encoding::Identity };
        let begun = || {
            let mut pack = packs.create(Uuid::now_v7());
            pack.append(&header, b"hello").expect("appends");
            pack
        };
        let (writing, finished) = (begun(), begun().finish().expect("finishes").expect("has a frame"));
        assert!(packs.is_held(finished.file));
        assert!(packs.settled().expect("lists").is_empty(), "both are held");
        drop(writing);
        let file = finished.file;
        drop(finished);
        assert!(!packs.is_held(file));
        assert_eq!(packs.settled().expect("lists"), [file], "the other one has removed itself");
    }

    #[test]
    fn a_pack_without_frames_leaves_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().to_owned()).expect("opens");
        assert!(packs.create(Uuid::now_v7()).finish().expect("finishes").is_none());
        assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 0);
    }
}
