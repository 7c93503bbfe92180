//! Reading request bodies, within bounds of size and time.

use std::io::{self, Read};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::{Buf as _, Bytes};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;

use crate::api::ErrorCode;
use crate::server::error::ServiceError;

use super::answer::Refusal;

/// Bytes of a JSON body.
const JSON_BYTES: usize = 64 << 10;
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

/// A JSON body; unknown fields are ignored, so that newer clients work with older servers.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        if media_type(request.headers()).as_deref() != Some("application/json") {
            return Err(wrong_media_type("application/json"));
        }
        let bytes = axum::body::to_bytes(request.into_body(), JSON_BYTES).await.map_err(|_| {
            let message = format!("the body cannot be read, or has more than {JSON_BYTES} bytes");
            Refusal(ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("bytes", JSON_BYTES as u64))
        })?;
        serde_json::from_slice(&bytes).map(JsonBody).map_err(|error| {
            let code = if error.is_data() { ErrorCode::ValidationFailed } else { ErrorCode::BadRequest };
            Refusal(ServiceError::new(code, format!("the body is not what is expected: {error}")))
        })
    }
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

/// Passes a body on to a reader on another thread. When it moves nothing for `idle` or exceeds `limit` bytes, or when
/// this future is dropped, the reader sees it as cut off.
pub(crate) struct Pump {
    body: Body,
    pieces: mpsc::Sender<Piece>,
    limit: u64,
    idle: Duration,
}

/// A reader of a body, and what feeds it.
pub(crate) fn pump(body: Body, limit: u64, idle: Duration) -> (Pump, BodyReader) {
    let (sender, receiver) = mpsc::channel(PIECES);
    (
        Pump { body, pieces: sender, limit, idle },
        BodyReader { pieces: receiver, current: Bytes::new(), has_ended: false },
    )
}

impl Pump {
    /// Feeds the reader until the body ends or the reader stops.
    pub(crate) async fn run(self) -> Result<(), ServiceError> {
        let Pump { body, pieces, limit, idle } = self;
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
        let (pump, mut reader) = pump(body, limit, Duration::from_secs(5));
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
}
