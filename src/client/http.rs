//! One request and its answer, with time limits and retries around both.

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;

use super::answer::{self, Answer, Wording};
use super::error::{Cause, ClientError, Failure};
use super::proof::{self, Proof};
use super::retry::{self, Repeat};
use super::stream::{Activity, SLOWEST_RATE, StreamedBody};
use super::wait::Patience;
use super::{ClientSettings, connection};
use crate::api::{ErrorCode, Health};

/// Time for one request with a small body, its answer included.
const REQUEST_TIME: Duration = Duration::from_secs(60);
/// Longest time in which nothing of an upload moves.
const STALL_TIME: Duration = Duration::from_secs(30);
/// Most bytes of an answer that are read.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// What a request carries.
pub(crate) enum Payload {
    /// Nothing
    Empty,
    /// A JSON document
    Json(Bytes),
    /// A form, as OAuth 2.0 asks
    Form(Bytes),
    /// A document of this media type, compressed with gzip
    Gzip(&'static str, Bytes),
    /// A body that is made while it is sent
    Stream(StreamedBody),
}

impl Payload {
    /// A value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, ClientError> {
        serde_json::to_vec(value).map(|text| Payload::Json(text.into())).map_err(|error| {
            ClientError::new(ErrorCode::ValidationFailed, format!("the request cannot be written as JSON: {error}"))
        })
    }

    /// Names and values as a form.
    pub(crate) fn form(fields: &[(&str, &str)]) -> Self {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        Payload::Form(pairs.collect::<Vec<_>>().join("&").into())
    }

    fn length(&self) -> u64 {
        match self {
            Payload::Empty => 0,
            Payload::Json(bytes) | Payload::Form(bytes) | Payload::Gzip(_, bytes) => bytes.len() as u64,
            Payload::Stream(body) => body.length,
        }
    }
}

/// A request to be made.
pub(crate) struct Call<'a> {
    method: Method,
    path: &'a [&'a str],
    query: Vec<(&'static str, String)>,
    payload: Payload,
    repeat: Repeat,
    with_credential: bool,
    wording: Wording,
}

impl<'a> Call<'a> {
    /// Reads something; `path` has the segments as they are, before encoding.
    pub(crate) fn get(path: &'a [&'a str]) -> Self {
        Call {
            method: Method::GET,
            path,
            query: Vec::new(),
            payload: Payload::Empty,
            repeat: Repeat::Harmless,
            with_credential: true,
            wording: Wording::Envelope,
        }
    }

    /// Reads something that is for everybody; the credential stays here.
    fn get_public(path: &'a [&'a str]) -> Self {
        Call { with_credential: false, ..Call::get(path) }
    }

    /// Deletes something.
    pub(crate) fn delete(path: &'a [&'a str]) -> Self {
        Call { method: Method::DELETE, ..Call::get(path) }
    }

    /// Makes or changes something.
    pub(crate) fn post(path: &'a [&'a str], payload: Payload, repeat: Repeat) -> Self {
        Call { method: Method::POST, payload, repeat, ..Call::get(path) }
    }

    /// Changes something; once and twice are the same.
    pub(crate) fn patch(path: &'a [&'a str], payload: Payload) -> Self {
        Call { method: Method::PATCH, payload, ..Call::get(path) }
    }

    /// Asks an OAuth 2.0 endpoint for something that it gives once; the credential stays here.
    pub(crate) fn oauth(path: &'a [&'a str], payload: Payload) -> Self {
        let call = Call::post(path, payload, Repeat::Harmful);
        Call { with_credential: false, wording: Wording::OAuth, ..call }
    }

    /// Adds a query parameter, when there is a value.
    pub(crate) fn query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(value.map(|value| (name, value.to_string())));
        self
    }
}

/// A connection to one server.
pub(crate) struct Http {
    client: reqwest::Client,
    base: Url,
    origin: String,
    authorization: Option<HeaderValue>,
    proof: Proof,
    proven: OnceCell<()>,
    /// Whether anything answered yet: only then a server that is gone can be expected back.
    reached: AtomicBool,
    /// When the credential ends, once an answer said that this is soon.
    token_expires: OnceLock<jiff::Timestamp>,
    request_time: Duration,
    stall_time: Duration,
    patience: Patience,
}

impl fmt::Debug for Http {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Http").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

impl Http {
    /// Checks the settings and sets the connection up; sends nothing.
    pub(crate) fn new(settings: &ClientSettings) -> Result<Self, ClientError> {
        let base = connection::base_url(settings)?;
        let request_time = settings.request_timeout.unwrap_or(REQUEST_TIME);
        Ok(Http {
            client: connection::build(settings, &base)?,
            origin: base.origin().ascii_serialization(),
            authorization: connection::authorization(settings)?,
            proof: settings.proof.clone(),
            proven: OnceCell::new(),
            reached: AtomicBool::new(false),
            token_expires: OnceLock::new(),
            base,
            request_time,
            stall_time: request_time.min(STALL_TIME),
            patience: Patience::new(settings.on_wait.clone()),
        })
    }

    /// Scheme, host and port of the server.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// When the credential ends, once an answer said that this is soon.
    pub(crate) fn token_expires(&self) -> Option<jiff::Timestamp> {
        self.token_expires.get().copied()
    }

    /// Makes a request, again where that is allowed, and reads its answer. A server that is not known has to prove
    /// itself first, once.
    pub(crate) async fn send<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, ClientError> {
        if self.authorization.is_some() {
            self.proven.get_or_try_init(|| self.prove()).await?;
        }
        let result = self.request(call).await;
        if matches!(&result, Err(error) if error.code == ErrorCode::NotZeroDeploy) {
            self.in_memory(proof::forget).await;
        }
        result
    }

    /// Whether a ZeroDeploy server is there and works; sends no credential.
    pub(crate) async fn health(&self) -> Result<Health, ClientError> {
        // The one answer without `data`: probes of other programs read it too.
        proof::judge(self.request(Call::get_public(&["healthz"])).await, &self.origin)
    }

    async fn prove(&self) -> Result<(), ClientError> {
        if self.proof == Proof::Given || self.in_memory(proof::is_remembered).await == Some(true) {
            return Ok(());
        }
        self.health().await?;
        if let Some(Err(error)) = self.in_memory(proof::remember).await {
            tracing::debug!(%error, "that the server proved itself cannot be remembered");
        }
        Ok(())
    }

    /// Does something with what is remembered of this server, where anything can be.
    async fn in_memory<T: Send + 'static>(&self, act: fn(&Path, &str) -> T) -> Option<T> {
        let Proof::Needed { memory: Some(memory) } = &self.proof else { return None };
        let (memory, url) = (memory.clone(), self.base.to_string());
        tokio::task::spawn_blocking(move || act(&memory, &url)).await.ok()
    }

    async fn request<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, ClientError> {
        let url = self.url(&call)?;
        let limit = self.request_time + Duration::from_secs(call.payload.length() / SLOWEST_RATE);
        let answer = retry::run(call.repeat, 2 * limit, &self.patience, || self.attempt(&call, &url, limit)).await?;
        answer.read(&url)
    }

    async fn attempt(&self, call: &Call<'_>, url: &Url, limit: Duration) -> Result<Answer, Failure> {
        let begin = Instant::now();
        let activity = Activity::new();
        let stall_time = match call.payload {
            Payload::Stream(_) => self.stall_time,
            _ => limit,
        };
        let result = tokio::select! {
            result = self.exchange(call, url, &activity) => result,
            () = activity.stalled(stall_time), if stall_time < limit => Err(Failure::stalled(&self.origin, stall_time)),
            () = tokio::time::sleep(limit) => Err(Failure::timed_out(&self.origin, limit)),
        };
        let elapsed_ms = begin.elapsed().as_millis() as u64;
        match &result {
            Ok(answer) => {
                self.reached.store(true, Ordering::Relaxed);
                if let Some(end) = answer.token_expires {
                    self.token_expires.get_or_init(|| end);
                }
                let request_id = answer.request_id.as_deref();
                tracing::debug!(method = %call.method, %url, status = answer.status, elapsed_ms, request_id, "answered");
            }
            Err(failure) => {
                tracing::debug!(method = %call.method, %url, elapsed_ms, error = %failure.error, "no answer");
            }
        }
        match result {
            Ok(answer) => answer.check(url, call.wording),
            Err(Failure { error, cause: Cause::Refused }) if !self.reached.load(Ordering::Relaxed) => {
                Err(Failure::last(error))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn exchange(&self, call: &Call<'_>, url: &Url, activity: &Arc<Activity>) -> Result<Answer, Failure> {
        let mut request = self.client.request(call.method.clone(), url.clone());
        if let Some(authorization) = self.authorization.as_ref().filter(|_| call.with_credential) {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        request = match &call.payload {
            Payload::Empty => request,
            Payload::Json(text) => request.header(CONTENT_TYPE, answer::JSON).body(text.clone()),
            Payload::Form(text) => request.header(CONTENT_TYPE, answer::FORM).body(text.clone()),
            Payload::Gzip(media_type, bytes) => {
                request.header(CONTENT_TYPE, *media_type).header(CONTENT_ENCODING, "gzip").body(bytes.clone())
            }
            Payload::Stream(body) => request
                .header(CONTENT_TYPE, body.media_type)
                .header(CONTENT_LENGTH, body.length)
                .body(body.start(activity)),
        };
        let failed = |error: reqwest::Error| Failure::from_reqwest(&error, &self.origin);
        let mut response = request.send().await.map_err(failed)?;
        let body = read_body(&mut response, activity).await.map_err(failed)?;
        Ok(Answer::new(&response, body))
    }

    fn url(&self, call: &Call<'_>) -> Result<Url, ClientError> {
        // A segment of dots or nothing would name another resource after normalization.
        if let Some(bad) = call.path.iter().find(|segment| matches!(**segment, "" | "." | "..")) {
            return Err(ClientError::new(ErrorCode::ValidationFailed, format!("`{bad}` is not a name")));
        }
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(call.path);
        }
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        Ok(url)
    }
}

/// Reads an answer's body. One that is too long is cut, and so is no JSON.
async fn read_body(response: &mut Response, activity: &Activity) -> Result<Bytes, reqwest::Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        activity.moved(Duration::ZERO);
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_ANSWER {
            break;
        }
    }
    Ok(body.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt, stream};

    #[tokio::test]
    async fn an_upload_that_nobody_reads_is_given_up() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let request_timeout = Some(Duration::from_millis(50));
        let http = Http::new(&ClientSettings { base_url, request_timeout, ..Default::default() }).expect("a client");
        // More than the system buffers between two sockets.
        let (piece, count) = (Bytes::from_static(&[0; 1 << 16]), 1 << 10);
        let length = (piece.len() * count) as u64;
        let open = Box::new(move || stream::repeat(piece.clone()).take(count).map(Ok).boxed());
        let body = StreamedBody { media_type: "application/octet-stream", length, open };
        let call = Call::post(&["x"], Payload::Stream(body), Repeat::Harmless);
        let url = http.url(&call).expect("a URL");
        let failure = http.attempt(&call, &url, Duration::from_secs(3600)).await.expect_err("nothing moves");
        assert_eq!(failure.cause, crate::client::error::Cause::Broken);
        assert!(failure.error.message.contains("nothing moved"), "{}", failure.error);
    }
}
