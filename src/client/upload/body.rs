//! The body of one upload request: frames, read from the files while they are sent.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::StreamExt;
use tokio::sync::mpsc;

use super::plan::Request;
use crate::client::stream::{ContentUnreadable, Pieces, StreamedBody};
use crate::content::blob::BlobId;
use crate::content::frame::{self, Encoding, FrameHeader};
use crate::content::part::{ReadError, Source, read_part};

/// Bytes that are read at once, and fewest that travel from the reading thread at once: small files are joined.
const PIECE: usize = 256 * 1024;
/// Pieces that wait for the network.
const QUEUE: usize = 4;

/// A frame and where its content comes from.
struct Frame {
    source: Source,
    start: u64,
    length: u32,
}

/// What happens to one request's body over all its tries.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Bytes that the current try has handed to the network.
    sent: AtomicU64,
    unreadable: Mutex<Option<(BlobId, ReadError)>>,
}

impl Outcome {
    /// Which content could not be read, if that is what ended the request.
    pub(super) fn take_unreadable(&self) -> Option<(BlobId, ReadError)> {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Prepares a request's body. `sent` counts the bytes of all requests that the network has taken.
pub(super) fn body(request: &Request, sources: &[Source], sent: &Arc<AtomicU64>) -> (StreamedBody, Arc<Outcome>) {
    let frames = request.parts.iter().map(|part| Frame {
        source: sources[part.source].clone(),
        start: part.start,
        length: part.length,
    });
    let frames: Arc<[Frame]> = frames.collect();
    let outcome = Arc::new(Outcome::default());
    let (sent, for_tries) = (Arc::clone(sent), Arc::clone(&outcome));
    let open = move || {
        // What an earlier try has sent is sent again.
        sent.fetch_sub(for_tries.sent.swap(0, Ordering::Relaxed), Ordering::Relaxed);
        let (sent, outcome) = (Arc::clone(&sent), Arc::clone(&for_tries));
        let pieces = open(Arc::clone(&frames), Arc::clone(&outcome)).inspect(move |piece| {
            let length = piece.as_ref().map_or(0, |piece| piece.len() as u64);
            outcome.sent.fetch_add(length, Ordering::Relaxed);
            sent.fetch_add(length, Ordering::Relaxed);
        });
        Box::pin(pieces) as Pieces
    };
    let body = StreamedBody { media_type: frame::MEDIA_TYPE, length: request.body_bytes, open: Box::new(open) };
    (body, outcome)
}

/// Starts a thread that reads the frames; it ends with the body that it reads for.
fn open(frames: Arc<[Frame]>, outcome: Arc<Outcome>) -> impl futures_util::Stream<Item = Piece> + Send {
    let (sender, mut receiver) = mpsc::channel(QUEUE);
    tokio::task::spawn_blocking(move || {
        if let Err(unreadable) = produce(&frames, &sender) {
            *outcome.unreadable.lock().unwrap_or_else(PoisonError::into_inner) = Some(unreadable);
            let _nobody_listens = sender.blocking_send(Err(ContentUnreadable));
        }
    });
    futures_util::stream::poll_fn(move |context| receiver.poll_recv(context))
}

type Piece = Result<Bytes, ContentUnreadable>;

/// Reads frame after frame until the end or until nobody listens any more.
fn produce(frames: &[Frame], sender: &mpsc::Sender<Piece>) -> Result<(), (BlobId, ReadError)> {
    let (mut piece, mut content) = (Vec::with_capacity(PIECE), Vec::with_capacity(PIECE));
    for Frame { source, start, length } in frames {
        let header = FrameHeader { blob: source.blob, start: *start, length: *length, encoding: Encoding::Identity };
        piece.extend_from_slice(&header.encode());
        let (mut at, end) = (*start, *start + u64::from(*length));
        while at < end {
            let wanted = (end - at).min(PIECE as u64) as u32;
            read_part(source, at, wanted, &mut content).map_err(|error| (source.blob, error))?;
            piece.extend_from_slice(&content);
            at += u64::from(wanted);
            if piece.len() >= PIECE && !send(&mut piece, sender) {
                return Ok(());
            }
        }
    }
    if !piece.is_empty() {
        send(&mut piece, sender);
    }
    Ok(())
}

fn send(piece: &mut Vec<u8>, sender: &mpsc::Sender<Piece>) -> bool {
    let full = std::mem::replace(piece, Vec::with_capacity(PIECE));
    sender.blocking_send(Ok(full.into())).is_ok()
}
