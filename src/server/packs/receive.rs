//! Receiving frames: checked and written while they arrive.

use std::collections::HashSet;
use std::io;

use crate::content::blob::BlobId;
use crate::content::frame::{Encoding, FrameHeader, HEADER_LENGTH, LONGEST_PART};

use super::writer::{FinishedPack, PackWriter};

/// Why frames are refused. Whole frames before the wrong one are kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceiveError {
    #[error("the frame of content {0} was not asked for")]
    NotAskedFor(BlobId),
    #[error(
        "the frame of content {0} is not one of its parts: content of {1} bytes travels in parts of {LONGEST_PART}"
    )]
    WrongPart(BlobId, u64),
    #[error("the content {0} does not have its announced hash")]
    Mismatch(BlobId),
    #[error("the content {0} comes twice in one request")]
    Twice(BlobId),
    #[error("a frame's header cannot be read")]
    Header,
    #[error("the last frame is cut off")]
    CutOff,
    #[error("the contents cannot be written")]
    Write(#[from] io::Error),
}

/// Reads frames from pieces of any size and writes them to a pack.
pub(crate) struct FrameReceiver<'a> {
    pack: PackWriter,
    /// The size of a content that was asked for.
    expected: &'a (dyn Fn(BlobId) -> Option<u64> + Send + Sync),
    header: Vec<u8>,
    open: Option<OpenFrame>,
    /// Which parts came: a request of nothing but one tiny content would else make work without bound.
    seen: HashSet<(BlobId, u64)>,
}

struct OpenFrame {
    header: FrameHeader,
    remaining: u32,
    /// For a frame that is a whole content: its hash so far. Parts are checked when the last one is there.
    hasher: Option<blake3::Hasher>,
}

impl<'a> FrameReceiver<'a> {
    pub(crate) fn new(pack: PackWriter, expected: &'a (dyn Fn(BlobId) -> Option<u64> + Send + Sync)) -> Self {
        FrameReceiver { pack, expected, header: Vec::with_capacity(HEADER_LENGTH), open: None, seen: HashSet::new() }
    }

    /// Takes the next piece of the body.
    pub(crate) fn push(&mut self, mut piece: &[u8]) -> Result<(), ReceiveError> {
        while !piece.is_empty() {
            match &mut self.open {
                Some(frame) => {
                    let taken = piece.len().min(frame.remaining as usize);
                    let (content, rest) = piece.split_at(taken);
                    if let Some(hasher) = &mut frame.hasher {
                        hasher.update(content);
                    }
                    self.pack.write(content)?;
                    // `taken` is at most `remaining`, so it fits.
                    frame.remaining -= u32::try_from(taken).unwrap_or(frame.remaining);
                    piece = rest;
                    self.end_frame_if_complete()?;
                }
                None => {
                    let taken = piece.len().min(HEADER_LENGTH - self.header.len());
                    let (header, rest) = piece.split_at(taken);
                    self.header.extend_from_slice(header);
                    piece = rest;
                    if self.header.len() == HEADER_LENGTH {
                        self.begin_frame()?;
                        self.end_frame_if_complete()?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes durable what was whole. The pack is kept also when the body was cut off or a frame was wrong.
    pub(crate) fn finish(self) -> (Result<Option<FinishedPack>, io::Error>, Option<ReceiveError>) {
        let cut_off = (self.open.is_some() || !self.header.is_empty()).then_some(ReceiveError::CutOff);
        (self.pack.finish(), cut_off)
    }

    fn begin_frame(&mut self) -> Result<(), ReceiveError> {
        let bytes: [u8; HEADER_LENGTH] = self.header.as_slice().try_into().map_err(|_| ReceiveError::Header)?;
        self.header.clear();
        let header = FrameHeader::decode(&bytes).map_err(|_| ReceiveError::Header)?;
        if header.encoding != Encoding::Identity {
            return Err(ReceiveError::Header);
        }
        let size = (self.expected)(header.blob).ok_or(ReceiveError::NotAskedFor(header.blob))?;
        if !is_part_of(&header, size) {
            return Err(ReceiveError::WrongPart(header.blob, size));
        }
        if !self.seen.insert((header.blob, header.start)) {
            return Err(ReceiveError::Twice(header.blob));
        }
        self.pack.begin_frame(&header)?;
        let is_whole = u64::from(header.length) == size;
        self.open = Some(OpenFrame { header, remaining: header.length, hasher: is_whole.then(blake3::Hasher::new) });
        Ok(())
    }

    fn end_frame_if_complete(&mut self) -> Result<(), ReceiveError> {
        let Some(frame) = self.open.take_if(|frame| frame.remaining == 0) else { return Ok(()) };
        let hash = frame.hasher.map(|hasher| BlobId::from(hasher.finalize()));
        if hash.is_some_and(|hash| hash != frame.header.blob) {
            self.pack.abandon_frame()?;
            return Err(ReceiveError::Mismatch(frame.header.blob));
        }
        self.pack.end_frame();
        Ok(())
    }
}

/// Whether a frame is one of the canonical parts of a content: whole up to 8 MiB, else cut at multiples of 8 MiB. The
/// same part sent twice is then the same row.
fn is_part_of(header: &FrameHeader, size: u64) -> bool {
    let longest = u64::from(LONGEST_PART);
    let rest = size.checked_sub(header.start);
    header.start.is_multiple_of(longest)
        && (header.start == 0 || header.start < size)
        && rest.is_some_and(|rest| u64::from(header.length) == rest.min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::packs::PackStore;
    use uuid::Uuid;

    fn frame(content: &[u8]) -> Vec<u8> {
        let header = FrameHeader {
            blob: BlobId::of(content),
            start: 0,
            length: u32::try_from(content.len()).expect("short"),
            encoding: Encoding::Identity,
        };
        [&header.encode(), content].concat()
    }

    /// Pushes bytes in pieces; tells what was kept and what was wrong.
    fn receive(body: &[u8], step: usize, known: &[&[u8]]) -> (usize, Option<ReceiveError>) {
        let folder = tempfile::tempdir().expect("a folder");
        let packs = PackStore::open(folder.path().to_owned()).expect("opens");
        let sizes: std::collections::HashMap<BlobId, u64> =
            known.iter().map(|content| (BlobId::of(content), content.len() as u64)).collect();
        let expected = |blob: BlobId| sizes.get(&blob).copied();
        let mut receiver = FrameReceiver::new(packs.create(Uuid::now_v7()), &expected);
        let refused = body.chunks(step).try_for_each(|piece| receiver.push(piece)).err();
        let (pack, cut_off) = receiver.finish();
        let kept = pack.expect("finishes").map_or(0, |pack| pack.frames.len());
        (kept, refused.or(cut_off))
    }

    #[test]
    fn frames_arrive_whole_in_pieces_of_any_size() {
        let body = [frame(b"first"), frame(b""), frame(&[7; 5000])].concat();
        for step in [1, 7, 48, 49, 4096, body.len()] {
            let (kept, error) = receive(&body, step, &[b"first", b"", &[7; 5000]]);
            assert_eq!(kept, 3, "{step}");
            assert!(error.is_none(), "{step}: {error:?}");
        }
    }

    #[test]
    fn whole_frames_are_kept_when_the_connection_is_cut() {
        let body = [frame(b"first"), frame(b"second")].concat();
        for cut in 0..body.len() {
            let (kept, error) = receive(&body[..cut], 10, &[b"first", b"second"]);
            assert_eq!(kept, usize::from(cut >= frame(b"first").len()), "{cut}");
            let is_boundary = cut == 0 || cut == frame(b"first").len();
            assert_eq!(error.is_none(), is_boundary, "{cut}");
        }
    }

    #[test]
    fn nothing_but_what_was_asked_for_is_taken() {
        let (kept, error) = receive(&[frame(b"first"), frame(b"foreign")].concat(), 9, &[b"first"]);
        assert_eq!(kept, 1);
        assert!(matches!(error, Some(ReceiveError::NotAskedFor(_))), "{error:?}");

        let (kept, error) = receive(&[frame(b"first"), frame(b"first")].concat(), 9, &[b"first"]);
        assert_eq!(kept, 1);
        assert!(matches!(error, Some(ReceiveError::Twice(_))), "{error:?}");

        let mut lying = frame(b"first");
        *lying.last_mut().expect("bytes") ^= 1;
        let (kept, error) = receive(&lying, 9, &[b"first"]);
        assert_eq!(kept, 0);
        assert!(matches!(error, Some(ReceiveError::Mismatch(_))), "{error:?}");

        let mut short = frame(b"first");
        short[40] = 4;
        let (_, error) = receive(&short, 9, &[b"first"]);
        assert!(matches!(error, Some(ReceiveError::WrongPart(_, 5))), "{error:?}");

        let mut variant = frame(b"first");
        variant[44] = 1;
        assert!(matches!(receive(&variant, 9, &[b"first"]).1, Some(ReceiveError::Header)));
    }

    #[test]
    fn large_contents_have_fixed_parts() {
        let part = |start: u64, length: u32| {
            let blob = BlobId::of(b"");
            is_part_of(&FrameHeader { blob, start, length, encoding: Encoding::Identity }, 20 << 20)
        };
        assert!(part(0, 8 << 20) && part(8 << 20, 8 << 20) && part(16 << 20, 4 << 20));
        assert!(!part(0, 20 << 20) && !part(1, 8 << 20) && !part(16 << 20, 8 << 20) && !part(24 << 20, 0));
    }
}
