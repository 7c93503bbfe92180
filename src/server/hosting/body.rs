//! Step 9: bodies, whole or in pieces.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::source::{ContentSource, SourceError};

/// Bytes that are read at once of a content too large for the cache. Every slow receiver holds two or three pieces.
const PIECE: u64 = 64 * 1024;

/// The body of an answer. Its length is always known and exact.
pub(crate) struct SiteBody(Kind);

enum Kind {
    Whole(Bytes),
    Pieces(Box<Pieces>),
}

type Reading = Pin<Box<dyn Future<Output = Result<Bytes, SourceError>> + Send>>;

/// A content that is read while it is sent; one piece is read ahead.
struct Pieces {
    read: Box<dyn Fn(Range<u64>) -> Reading + Send>,
    /// What is not yet being read.
    rest: Range<u64>,
    /// Bytes that the receiver has not got.
    unsent: u64,
    ahead: Option<Ahead>,
}

enum Ahead {
    Reading(Reading),
    Ready(Result<Bytes, SourceError>),
}

impl SiteBody {
    /// No bytes.
    pub(super) fn empty() -> Self {
        SiteBody(Kind::Whole(Bytes::new()))
    }

    /// Bytes in memory.
    pub(super) fn whole(bytes: Bytes) -> Self {
        SiteBody(Kind::Whole(bytes))
    }

    /// A range of a stored content, read in pieces. When a piece cannot be read the body ends with an error, and with
    /// it the connection: a short answer never looks complete.
    pub(super) fn in_pieces<S: ContentSource>(source: Arc<S>, content: S::Content, range: Range<u64>) -> Self {
        let read = move |piece: Range<u64>| -> Reading {
            let (source, content) = (source.clone(), content.clone());
            Box::pin(async move {
                let bytes = source.read(&content, piece.clone()).await?;
                SourceError::check_length(bytes, &piece)
            })
        };
        let unsent = range.end.saturating_sub(range.start);
        let mut pieces = Pieces { read: Box::new(read), rest: range, unsent, ahead: None };
        pieces.ahead = pieces.next_reading().map(Ahead::Reading);
        SiteBody(Kind::Pieces(Box::new(pieces)))
    }
}

impl Pieces {
    fn next_reading(&mut self) -> Option<Reading> {
        let start = self.rest.start;
        let end = self.rest.end.min(start.saturating_add(PIECE));
        self.rest.start = end;
        (start < end).then(|| (self.read)(start..end))
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, SourceError>>> {
        let piece = match &mut self.ahead {
            None => return Poll::Ready(None),
            Some(Ahead::Reading(reading)) => ready!(reading.as_mut().poll(context)),
            Some(Ahead::Ready(_)) => match self.ahead.take() {
                Some(Ahead::Ready(piece)) => piece,
                _ => return Poll::Ready(None),
            },
        };
        self.ahead = None;
        match piece {
            Ok(bytes) => {
                self.unsent -= bytes.len() as u64;
                self.read_ahead(context);
                Poll::Ready(Some(Ok(bytes)))
            }
            Err(error) => {
                tracing::error!(%error, unsent = self.unsent, "a site's file could not be read to its end");
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    /// Sets the next piece going: a future does nothing before it is polled.
    fn read_ahead(&mut self, context: &mut Context<'_>) {
        self.ahead = self.next_reading().map(|mut reading| match reading.as_mut().poll(context) {
            Poll::Ready(piece) => Ahead::Ready(piece),
            Poll::Pending => Ahead::Reading(reading),
        });
    }
}

impl Body for SiteBody {
    type Data = Bytes;
    type Error = SourceError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, SourceError>>> {
        match &mut self.get_mut().0 {
            Kind::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Pieces(pieces) => pieces.poll_piece(context).map(|piece| piece.map(|piece| piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint().exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match &self.0 {
            Kind::Whole(bytes) => bytes.len() as u64,
            Kind::Pieces(pieces) => pieces.unsent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{MemorySource, collect};
    use super::*;
    use http_body_util::BodyExt;

    fn content(length: u64) -> Bytes {
        (0..length).map(|position| (position % 251) as u8).collect()
    }

    fn body(source: &Arc<MemorySource>, content: &Bytes, range: Range<u64>) -> SiteBody {
        SiteBody::in_pieces(source.clone(), content.clone(), range)
    }

    #[tokio::test]
    async fn pieces_make_up_exactly_the_range() {
        let source = Arc::new(MemorySource::default());
        let content = content(3 * PIECE + 17);
        for range in [0..content.len() as u64, 0..PIECE, 5..PIECE + 6, 3 * PIECE..3 * PIECE + 17, 7..7] {
            let body = body(&source, &content, range.clone());
            assert_eq!(body.size_hint().exact(), Some(range.end - range.start));
            let expected = &content[range.start as usize..range.end as usize];
            assert_eq!(collect(body).await.expect("readable"), expected, "{range:?}");
        }
    }

    #[tokio::test]
    async fn one_piece_is_read_ahead() {
        let source = Arc::new(MemorySource::default());
        let content = content(4 * PIECE);
        let mut body = body(&source, &content, 0..4 * PIECE);
        assert_eq!(source.reads(), 0);
        for expected in [2, 3, 4, 4] {
            body.frame().await.expect("a frame").expect("readable");
            assert_eq!(source.reads(), expected);
        }
        assert!(body.is_end_stream());
        assert!(body.frame().await.is_none());
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_an_error_and_never_a_short_body() {
        let content = content(2 * PIECE);
        let failing = Arc::new(MemorySource { fail_from_read: Some(1), ..MemorySource::default() });
        assert!(collect(body(&failing, &content, 0..2 * PIECE)).await.is_err());
        let source = Arc::new(MemorySource::default());
        let short = collect(body(&source, &content, 0..3 * PIECE)).await;
        assert!(matches!(short, Err(SourceError::Length { expected: PIECE, got: 0 })), "{short:?}");
    }
}
