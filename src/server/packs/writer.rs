//! Writing one pack.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;

use super::Hold;
use crate::content::frame::{FrameHeader, HEADER_LENGTH};
use crate::private;

const MAGIC: &[u8; 4] = b"ZDPK";
const VERSION: u32 = 1;
const PACK_HEADER_LENGTH: u64 = 32;
const BUFFER: usize = 1 << 20;

/// A frame that lies in a pack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WrittenFrame {
    pub(crate) header: FrameHeader,
    /// Where the frame's bytes begin, behind its header.
    pub(crate) offset: u64,
}

/// A pack that is complete and on disk. To be kept until the index names all of it: without it, it is garbage.
#[derive(Debug)]
pub(crate) struct FinishedPack {
    pub(crate) file: Uuid,
    pub(crate) size: u64,
    pub(crate) frames: Vec<WrittenFrame>,
    _hold: Arc<Hold>,
}

/// Writes a pack from front to back. Dropped before `finish`, it removes its file.
pub(crate) struct PackWriter {
    folder: PathBuf,
    organization: Uuid,
    id: Uuid,
    file: Option<BufWriter<File>>,
    /// Where the next whole frame begins.
    end: u64,
    /// Bytes of the frame that is being written, header included.
    open_frame: Option<(FrameHeader, u64)>,
    frames: Vec<WrittenFrame>,
    is_finished: bool,
    hold: Arc<Hold>,
}

impl PackWriter {
    pub(super) fn new(folder: PathBuf, organization: Uuid, id: Uuid, hold: Arc<Hold>) -> Self {
        PackWriter {
            folder,
            organization,
            id,
            file: None,
            end: PACK_HEADER_LENGTH,
            open_frame: None,
            frames: Vec::new(),
            is_finished: false,
            hold,
        }
    }

    /// Bytes of whole frames so far.
    pub(crate) fn size(&self) -> u64 {
        self.end
    }

    /// Writes one whole frame.
    pub(crate) fn append(&mut self, header: &FrameHeader, content: &[u8]) -> io::Result<()> {
        self.begin_frame(header)?;
        self.write(content)?;
        self.end_frame();
        Ok(())
    }

    /// Begins a frame whose bytes come piece by piece.
    pub(crate) fn begin_frame(&mut self, header: &FrameHeader) -> io::Result<()> {
        crate::server::fault::point("pack-writing")?;
        self.file()?.write_all(&header.encode())?;
        self.open_frame = Some((*header, HEADER_LENGTH as u64));
        Ok(())
    }

    /// Writes a piece of the open frame.
    pub(crate) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file()?.write_all(piece)?;
        if let Some((_, written)) = &mut self.open_frame {
            *written += piece.len() as u64;
        }
        Ok(())
    }

    /// Ends the open frame; from now on it belongs to the pack.
    pub(crate) fn end_frame(&mut self) {
        if let Some((header, written)) = self.open_frame.take() {
            self.frames.push(WrittenFrame { header, offset: self.end + HEADER_LENGTH as u64 });
            self.end += written;
        }
    }

    /// Takes the open frame back, as if it had never begun.
    pub(crate) fn abandon_frame(&mut self) -> io::Result<()> {
        if self.open_frame.take().is_some()
            && let Some(file) = &mut self.file
        {
            file.flush()?;
            file.get_ref().set_len(self.end)?;
            file.seek(SeekFrom::Start(self.end))?;
        }
        Ok(())
    }

    /// Makes the pack durable: file, then folder. `None` when no frame was written.
    pub(crate) fn finish(mut self) -> io::Result<Option<FinishedPack>> {
        self.abandon_frame()?;
        if self.frames.is_empty() {
            return Ok(None);
        }
        if let Some(mut file) = self.file.take() {
            file.flush()?;
            crate::server::fault::point("pack-written")?;
            file.get_ref().sync_all()?;
        }
        private::sync_folder(&self.folder)?;
        crate::server::fault::point("pack-synced")?;
        self.is_finished = true;
        let frames = std::mem::take(&mut self.frames);
        Ok(Some(FinishedPack { file: self.id, size: self.end, frames, _hold: Arc::clone(&self.hold) }))
    }

    fn file(&mut self) -> io::Result<&mut BufWriter<File>> {
        if self.file.is_none() {
            let path = super::file_path(&self.folder, self.id);
            let mut file = BufWriter::with_capacity(BUFFER, File::create_new(path)?);
            file.write_all(MAGIC)?;
            file.write_all(&VERSION.to_le_bytes())?;
            file.write_all(self.organization.as_bytes())?;
            file.write_all(&[0; 8])?;
            self.file = Some(file);
        }
        self.file.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Drop for PackWriter {
    fn drop(&mut self) {
        if !self.is_finished {
            // Best effort: what stays behind is removed by garbage collection.
            if let Some(file) = self.file.take() {
                drop(file.into_parts());
            }
            let _ = std::fs::remove_file(super::file_path(&self.folder, self.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::blob::BlobId;
    use crate::content::frame::Encoding;
    use crate::server::packs::PackStore;

    fn header(content: &[u8]) -> FrameHeader {
        FrameHeader {
            blob: BlobId::of(content),
            start: 0,
            length: u32::try_from(content.len()).expect("short"),
            encoding: Encoding::Identity,
        }
    }

    #[test]
    fn an_abandoned_frame_leaves_no_trace() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().to_owned()).expect("opens");
        let mut pack = packs.create(Uuid::now_v7());
        pack.append(&header(b"one"), b"one").expect("appends");
        pack.begin_frame(&header(b"lost")).expect("begins");
        pack.write(b"lo").expect("writes");
        pack.abandon_frame().expect("abandons");
        pack.append(&header(b"two"), b"two").expect("appends");
        pack.begin_frame(&header(b"cut")).expect("begins");
        let finished = pack.finish().expect("finishes").expect("has frames");
        assert_eq!(finished.frames.len(), 2);
        let bytes = std::fs::read(super::super::file_path(folder.path(), finished.file)).expect("reads");
        assert_eq!(bytes.len() as u64, finished.size);
        assert_eq!(bytes.len(), 32 + 2 * (HEADER_LENGTH + 3));
        let second = usize::try_from(finished.frames[1].offset).expect("small");
        assert_eq!(&bytes[second..second + 3], b"two");
    }

    #[test]
    fn an_unfinished_pack_removes_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().to_owned()).expect("opens");
        let mut pack = packs.create(Uuid::now_v7());
        pack.append(&header(b"one"), b"one").expect("appends");
        drop(pack);
        assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 0);
    }
}
