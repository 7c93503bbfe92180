//! The one error of all clients, and how failures of the network become it.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::api::ErrorCode;

/// What to do where TLS meets no TLS.
const PLAIN_HTTP: &str = "check the address: a server on this machine usually has http://, not https://";

/// Why a request has no useful answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct ClientError {
    /// The code, or the nearest one known here; decides the exit code.
    pub code: ErrorCode,
    /// The code as the server named it; differs from `code` when a newer server knows more codes.
    pub code_text: String,
    /// What happened, for people.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The answer's HTTP status; `None` when there was no answer.
    pub status: Option<u16>,
    /// The id under which the server logged the request.
    pub request_id: Option<String>,
    /// The bounds that were exceeded, by name.
    pub limits: Option<Map<String, Value>>,
    /// How long the server asked to wait before the next try.
    pub retry_after: Option<Duration>,
}

impl ClientError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        ClientError {
            code,
            code_text: code.as_str().to_owned(),
            message: message.into(),
            hint: None,
            status: None,
            request_id: None,
            limits: None,
            retry_after: None,
        }
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }
}

/// At which point a request failed: what a repetition may be judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// No connection came about: the server saw nothing of the request.
    Connect,
    /// Nothing listens there, or something that ends the connection at once; the server may be starting again, if one
    /// was there before.
    Refused,
    /// The connection broke or a time limit passed: the server may have done what was asked.
    Broken,
    /// The server answered with this status.
    Status(u16),
    /// Another try would end the same.
    Final,
}

/// A failed try.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) error: ClientError,
    pub(crate) cause: Cause,
}

impl Failure {
    pub(crate) fn last(error: ClientError) -> Self {
        Failure { error, cause: Cause::Final }
    }

    /// A try that took longer than `limit`.
    pub(crate) fn timed_out(origin: &str, limit: Duration) -> Self {
        let message = format!("{origin} did not answer within {}", seconds(limit));
        let error = ClientError::new(ErrorCode::NetworkError, message)
            .with_hint("check the connection and the server's load, then run the command again");
        Failure { error, cause: Cause::Broken }
    }

    /// An upload of which nothing moved for `limit`.
    pub(crate) fn stalled(origin: &str, limit: Duration) -> Self {
        let message = format!("nothing moved between here and {origin} for {}", seconds(limit));
        let error = ClientError::new(ErrorCode::NetworkError, message)
            .with_hint("check the connection and run the command again: what has arrived is not sent twice");
        Failure { error, cause: Cause::Broken }
    }

    /// What went wrong below HTTP, judged by types and never by texts.
    pub(crate) fn from_reqwest(error: &reqwest::Error, origin: &str) -> Self {
        let network = |message: String| ClientError::new(ErrorCode::NetworkError, message);
        let found = |wanted: fn(&(dyn StdError + 'static)) -> bool| chain(error).any(wanted);
        if found(|source| source.is::<crate::client::stream::ContentUnreadable>()) {
            return Failure::last(ClientError::new(
                ErrorCode::FileUnusable,
                "a file could not be read while it was sent",
            ));
        }
        if let Some(tls) = chain(error).find_map(as_tls) {
            return Failure::last(tls_error(tls, origin));
        }
        if error.is_dns() {
            let error = network(format!("the host name of {origin} was not found"))
                .with_hint("check the address (--api-url, ZERODEPLOY_API_URL or the profile) and the network");
            return Failure { error, cause: Cause::Connect };
        }
        if error.is_connect() {
            // The innermost one: those around it say `Other`.
            let kinds = chain(error).filter_map(|source| source.downcast_ref::<io::Error>().map(io::Error::kind));
            let kind = kinds.last();
            let refusals = [io::ErrorKind::ConnectionRefused, io::ErrorKind::UnexpectedEof];
            let cause = if kind.is_some_and(|kind| refusals.contains(&kind)) { Cause::Refused } else { Cause::Connect };
            return Failure { error: connect_error(error, origin, kind), cause };
        }
        if error.is_builder() {
            return Failure::last(network(format!("the request to {origin} could not be made: {}", root(error))));
        }
        let what = if error.is_timeout() { "took too long" } else { "broke" };
        let error = network(format!("the connection to {origin} {what}: {}", root(error)))
            .with_hint("check the connection and run the command again");
        Failure { error, cause: Cause::Broken }
    }
}

fn connect_error(error: &reqwest::Error, origin: &str, kind: Option<io::ErrorKind>) -> ClientError {
    if kind == Some(io::ErrorKind::UnexpectedEof) {
        // What speaks no TLS may answer the first message of it with nothing.
        return ClientError::new(ErrorCode::NetworkError, format!("{origin} ended the TLS handshake"))
            .with_hint(PLAIN_HTTP);
    }
    let message = if kind == Some(io::ErrorKind::ConnectionRefused) {
        format!("nothing listens at {origin}")
    } else if error.is_timeout() {
        format!("{origin} did not take a connection in time")
    } else {
        format!("no connection to {origin}: {}", root(error))
    };
    ClientError::new(ErrorCode::NetworkError, message).with_hint(
        "start a server here with `zerodeploy serve`, or check the address (--api-url, ZERODEPLOY_API_URL or the \
         profile) and the proxy settings (HTTPS_PROXY, HTTP_PROXY)",
    )
}

fn tls_error(error: &rustls::Error, origin: &str) -> ClientError {
    let (message, hint) = match error {
        rustls::Error::InvalidCertificate(reason) => (
            format!("the certificate of {origin} is not trusted: {reason}"),
            "if it comes from your own certificate authority, name that authority's PEM file in ZERODEPLOY_CA_FILE",
        ),
        rustls::Error::InvalidMessage(_) => (format!("{origin} does not speak TLS"), PLAIN_HTTP),
        other => {
            (format!("no TLS connection to {origin}: {other}"), "check the address, HTTPS_PROXY and the server's TLS")
        }
    };
    ClientError::new(ErrorCode::NetworkError, message).with_hint(hint)
}

/// An error and everything below it.
fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error as &(dyn StdError + 'static)), |error| below(*error))
}

/// `io::Error::source` skips the error that it wraps, which is often the one that tells.
fn below<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

fn as_tls<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    error.downcast_ref()
}

/// The innermost text, which says most.
fn root(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

/// A duration in a message: whole seconds, or milliseconds below one.
fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        seconds => format!("{seconds} s"),
    }
}
