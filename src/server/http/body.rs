//! Reading request bodies, within bounds of size and time.

use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::{Buf as _, Bytes};
use futures_util::StreamExt as _;
use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;

use crate::api::ErrorCode;
use crate::server::error::ServiceError;

use super::answer::Refusal;

/// Bytes of a JSON body.
const JSON_BYTES: usize = 64 << 10;
/// Bytes of a form.
const FORM_BYTES: usize = 16 << 10;
/// The media type of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// How long a JSON body or a form may take to arrive.
const JSON_TIME: Duration = Duration::from_secs(30);
/// Pieces of a body that wait for their reader.
const PIECES: usize = 8;

/// The media type of a request without its parameters, in lower case.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The refusal of a media type.
pub(crate) fn wrong_media_type(expected: &str) -> Refusal {
    let message = format!("the body must have the Content-Type `{expected}`");
    Refusal(ServiceError::new(ErrorCode::UnsupportedMediaType, message))
}

/// A JSON body. An unknown field is refused: a restriction that this server does not know must not be passed over, be it
/// a newer client's or a mistyped one.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        if media_type(request.headers()).as_deref() != Some("application/json") {
            return Err(wrong_media_type("application/json"));
        }
        let bytes = axum::body::to_bytes(request.into_body(), JSON_BYTES);
        let bytes = tokio::time::timeout(JSON_TIME, bytes).await.map_err(|_| Refusal(too_slow(JSON_TIME)))?;
        let bytes = bytes.map_err(|_| {
            let message = format!("the body cannot be read, or has more than {JSON_BYTES} bytes");
            Refusal(ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("bytes", JSON_BYTES as u64))
        })?;
        serde_json::from_slice(&bytes).map(JsonBody).map_err(|error| {
            let code = if error.is_data() { ErrorCode::ValidationFailed } else { ErrorCode::BadRequest };
            Refusal(ServiceError::new(code, format!("the body is not what is expected: {error}")))
        })
    }
}

/// A form. Fields that are not known are passed over, as RFC 6749 §3.2 asks.
pub(crate) struct FormBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for FormBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if media_type(request.headers()).as_deref() != Some(FORM) {
            return Err(wrong_media_type(FORM));
        }
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, FORM_BYTES);
        let bytes = tokio::time::timeout(JSON_TIME, bytes).await.map_err(|_| Refusal(too_slow(JSON_TIME)))?;
        let bytes = bytes.map_err(|_| {
            let message = format!("the body cannot be read, or has more than {FORM_BYTES} bytes");
            Refusal(ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("bytes", FORM_BYTES as u64))
        })?;
        let form = axum::Form::from_request(Request::from_parts(parts, Body::from(bytes)), state).await;
        // What exactly is wrong might repeat what was typed into a field, such as a password.
        let axum::Form(form) = form.map_err(|_| {
            let message = "the form is not what is expected: a field is missing, there twice, or no UTF-8";
            Refusal(ServiceError::new(ErrorCode::ValidationFailed, message))
        })?;
        Ok(FormBody(form))
    }
}

fn too_slow(longest: Duration) -> ServiceError {
    let message = format!("the body did not arrive within {} seconds", longest.as_secs());
    ServiceError::new(ErrorCode::RequestTimeout, message)
}

/// The query, with our own error.
pub(crate) struct QueryOf<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> axum::extract::FromRequestParts<S> for QueryOf<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, Refusal> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|axum::extract::Query(query)| QueryOf(query)).map_err(
            |error| Refusal(ServiceError::new(ErrorCode::ValidationFailed, format!("the query is wrong: {error}"))),
        )
    }
}

/// A request's body of which somebody else may read the rest, once the handler has let go of it.
///
/// A client that is refused half-way through sending would otherwise find its connection reset instead of an answer.
#[derive(Clone)]
pub(crate) struct SharedBody(Arc<Mutex<Shared>>);

struct Shared {
    body: Body,
    /// Whether the sender was told to go on, which the first look at the body does.
    was_asked_for: bool,
}

impl SharedBody {
    /// Shares a body. `waits` says that its sender holds it back until it is asked for (`Expect: 100-continue`).
    pub(crate) fn new(body: Body, waits: bool) -> Self {
        SharedBody(Arc::new(Mutex::new(Shared { body, was_asked_for: !waits })))
    }

    /// Reads and forgets what is left, up to `limit` bytes, as long as it keeps coming, for at most `longest`. A body
    /// that is still held back is not asked for.
    pub(crate) async fn drain(mut self, limit: u64, idle: Duration, longest: Duration) {
        if !self.lock().was_asked_for {
            return;
        }
        let drain = async {
            let mut drained = 0;
            while drained <= limit {
                match tokio::time::timeout(idle, self.frame()).await {
                    Ok(Some(Ok(frame))) => drained += frame.data_ref().map_or(0, |data| data.len() as u64),
                    _ => return,
                }
            }
        };
        // Whatever it says, enough was read.
        let _ = tokio::time::timeout(longest, drain).await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for SharedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut shared = self.lock();
        shared.was_asked_for = true;
        Pin::new(&mut shared.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().body.size_hint()
    }
}

/// A piece of a body. A body that just stops, without `End`, was cut off.
enum Piece {
    Bytes(Bytes),
    End,
}

/// A body as a blocking thread reads it: an error where the connection broke.
pub(crate) struct BodyReader {
    pieces: mpsc::Receiver<Piece>,
    current: Bytes,
    has_ended: bool,
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() && !self.has_ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Bytes(bytes)) => self.current = bytes,
                Some(Piece::End) => self.has_ended = true,
                None => return Err(io::ErrorKind::ConnectionAborted.into()),
            }
        }
        let length = buffer.len().min(self.current.len());
        self.current.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// What a body that is passed on must keep to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimits {
    /// Most bytes.
    pub(crate) bytes: u64,
    /// How long it may not move.
    pub(crate) idle: Duration,
    /// How long it may take in all.
    pub(crate) longest: Duration,
}

/// Passes a body on to a reader on another thread. When it does not keep to its limits, or when this future is dropped,
/// the reader sees it as cut off.
pub(crate) struct Pump {
    body: Body,
    pieces: mpsc::Sender<Piece>,
    limits: BodyLimits,
}

/// A reader of a body, and what feeds it.
pub(crate) fn pump(body: Body, limits: BodyLimits) -> (Pump, BodyReader) {
    let (sender, receiver) = mpsc::channel(PIECES);
    (Pump { body, pieces: sender, limits }, BodyReader { pieces: receiver, current: Bytes::new(), has_ended: false })
}

impl Pump {
    /// Feeds the reader until the body ends or the reader stops.
    pub(crate) async fn run(self) -> Result<(), ServiceError> {
        let longest = self.limits.longest;
        tokio::time::timeout(longest, self.pass_on()).await.unwrap_or_else(|_| Err(too_slow(longest)))
    }

    async fn pass_on(self) -> Result<(), ServiceError> {
        let Pump { body, pieces, limits: BodyLimits { bytes: limit, idle, .. } } = self;
        let (mut stream, mut received) = (body.into_data_stream(), 0u64);
        loop {
            let next = tokio::time::timeout(idle, stream.next()).await.map_err(|_| {
                let message = format!("nothing arrived for {} seconds", idle.as_secs());
                ServiceError::new(ErrorCode::RequestTimeout, message)
            })?;
            let piece = match next {
                Some(Ok(bytes)) => {
                    received += bytes.len() as u64;
                    if received > limit {
                        let message = format!("the body has more than {limit} bytes");
                        return Err(
                            ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("request_bytes", limit)
                        );
                    }
                    Piece::Bytes(bytes)
                }
                Some(Err(error)) => {
                    let message = format!("the connection broke: {error}");
                    return Err(ServiceError::new(ErrorCode::BadRequest, message));
                }
                None => {
                    // The reader may have stopped early; its own answer tells why.
                    let _ = pieces.send(Piece::End).await;
                    return Ok(());
                }
            };
            if pieces.send(piece).await.is_err() {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read_back(body: Body, limit: u64) -> (Result<(), ErrorCode>, io::Result<Vec<u8>>) {
        let limits = BodyLimits { bytes: limit, idle: Duration::from_secs(5), longest: Duration::from_secs(60) };
        let (pump, mut reader) = pump(body, limits);
        let read = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map(|_| bytes)
        });
        let pumped = pump.run().await.map_err(|error| error.code);
        (pumped, read.await.expect("joins"))
    }

    #[tokio::test]
    async fn a_whole_body_arrives_and_a_cut_one_is_an_error() {
        let (pumped, read) = read_back(Body::from("hello"), 5).await;
        assert_eq!((pumped, read.expect("reads").as_slice()), (Ok(()), b"hello".as_slice()));

        let pieces = [Ok(Bytes::from_static(b"hel")), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
        let (pumped, read) = read_back(Body::from_stream(futures_util::stream::iter(pieces)), 100).await;
        assert_eq!(pumped, Err(ErrorCode::BadRequest));
        assert_eq!(read.expect_err("is cut").kind(), io::ErrorKind::ConnectionAborted);

        let (pumped, read) = read_back(Body::from("too long"), 3).await;
        assert_eq!(pumped, Err(ErrorCode::PayloadTooLarge));
        assert!(read.is_err());
    }

    #[tokio::test]
    async fn a_body_that_drips_ends_in_time() {
        let drip =
            futures_util::stream::repeat_with(|| Ok::<_, io::Error>(Bytes::from_static(b"x"))).then(|piece| async {
                tokio::time::sleep(Duration::from_millis(1)).await;
                piece
            });
        let limits = BodyLimits { bytes: u64::MAX, idle: Duration::from_secs(5), longest: Duration::from_millis(20) };
        let (pump, mut reader) = pump(Body::from_stream(drip), limits);
        let read = tokio::task::spawn_blocking(move || io::copy(&mut reader, &mut io::sink()));
        assert_eq!(pump.run().await.expect_err("too slow").code, ErrorCode::RequestTimeout);
        assert!(read.await.expect("joins").is_err(), "the reader sees it as cut off");
    }

    #[tokio::test]
    async fn the_rest_of_a_body_is_read_unless_its_sender_waits() {
        let (idle, longest) = (Duration::from_secs(5), Duration::from_secs(5));
        for (waits, looked_at, expected) in [(false, false, true), (true, false, false), (true, true, true)] {
            let pieces = (0..3).map(|_| Ok::<_, io::Error>(Bytes::from_static(b"piece")));
            let mut body = SharedBody::new(Body::from_stream(futures_util::stream::iter(pieces)), waits);
            if looked_at {
                body.frame().await.expect("a piece").expect("readable");
            }
            body.clone().drain(100, idle, longest).await;
            let is_drained = body.frame().await.is_none();
            assert_eq!(is_drained, expected, "{waits} {looked_at}");
        }
        let endless = futures_util::stream::repeat_with(|| Ok::<_, io::Error>(Bytes::from_static(b"piece")));
        SharedBody::new(Body::from_stream(endless), false).drain(100, idle, longest).await;
        let silent = futures_util::stream::pending::<io::Result<Bytes>>();
        SharedBody::new(Body::from_stream(silent), false).drain(100, idle, Duration::from_millis(1)).await;
    }
}
