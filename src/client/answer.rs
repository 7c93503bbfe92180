//! Reads answers, and tells those of a ZeroDeploy server from those of anything else.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Response, Url};
use serde::de::DeserializeOwned;

use super::error::{Cause, ClientError, Failure};
use crate::api::login::TokenRefusal;
use crate::api::tokens::EXPIRES_FIELD;
use crate::api::{ErrorCode, ErrorEnvelope};

/// Most characters of a message that are told.
const LONGEST_TEXT: usize = 1000;

/// Media type of every answer that is worth reading.
pub(super) const JSON: &str = "application/json";
/// Media type of the requests of OAuth 2.0.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// How an endpoint words its errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// In our envelope
    Envelope,
    /// As RFC 6749 §5.2 says; what concerns every endpoint comes in our envelope all the same
    OAuth,
}

/// An answer as it came.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    /// When the credential ends, where that is soon.
    pub(super) token_expires: Option<jiff::Timestamp>,
    is_json: bool,
    location: Option<String>,
    retry_after: Option<Duration>,
    body: Bytes,
}

impl Answer {
    pub(super) fn new(response: &Response, body: Bytes) -> Self {
        let headers = response.headers();
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let media_type = text(CONTENT_TYPE.as_str()).unwrap_or_default();
        Answer {
            status: response.status().as_u16(),
            request_id: text("x-request-id"),
            token_expires: text(EXPIRES_FIELD).and_then(|time| time.parse().ok()),
            is_json: media_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(JSON)),
            location: text(LOCATION.as_str()),
            retry_after: read_retry_after(headers),
            body,
        }
    }

    /// Turns everything but success into a failure.
    pub(super) fn check(self, url: &Url, wording: Wording) -> Result<Self, Failure> {
        match self.status {
            200..=299 if self.is_json => Ok(self),
            200..=299 => Err(Failure::last(foreign(url, self.status, "what came back is no JSON"))),
            300..=399 => Err(Failure::last(self.redirected(url))),
            status => {
                let error = self.error(url, wording);
                let cause = if error.code == ErrorCode::NotZeroDeploy { Cause::Final } else { Cause::Status(status) };
                Err(Failure { error, cause })
            }
        }
    }

    /// Reads a checked answer's value.
    pub(super) fn read<T: DeserializeOwned>(&self, url: &Url) -> Result<T, ClientError> {
        serde_json::from_slice(&self.body)
            .map_err(|error| foreign(url, self.status, &format!("its answer has another form ({error})")))
    }

    fn oauth_refusal(&self) -> Option<TokenRefusal> {
        let refusal: TokenRefusal = if self.is_json { serde_json::from_slice(&self.body).ok()? } else { return None };
        is_code(&refusal.error).then_some(refusal)
    }

    /// Where a redirect wanted the credential to go.
    fn redirected(&self, url: &Url) -> ClientError {
        let target = self.location.as_deref().and_then(|location| url.join(location).ok());
        let target = target.map_or_else(|| "another address".to_owned(), |url| url.origin().ascii_serialization());
        let mut error = foreign(url, self.status, &format!("it redirects to {target}"));
        error.hint =
            Some("the credential was not sent there; if that is the API's address, name it with --api-url".to_owned());
        error
    }

    fn error(self, url: &Url, wording: Wording) -> ClientError {
        let envelope: Option<ErrorEnvelope> = if self.is_json { serde_json::from_slice(&self.body).ok() } else { None };
        let nearest = ErrorCode::from_status(self.status);
        if wording == Wording::OAuth
            && let Some(refusal) = self.oauth_refusal()
        {
            let message = shortened(refusal.error_description.unwrap_or_else(|| refusal.error.clone()));
            let code_text = refusal.error;
            return ClientError { code_text, ..ClientError::new(nearest, message) }.with_status(self.status);
        }
        let mut error = match envelope {
            Some(ErrorEnvelope { error: body }) => ClientError {
                code: ErrorCode::from_text(&body.code).unwrap_or(nearest),
                code_text: if is_code(&body.code) { body.code } else { nearest.as_str().to_owned() },
                message: shortened(body.message),
                hint: body.hint.map(shortened),
                request_id: body.request_id.or(self.request_id),
                limits: body.limits,
                status: None,
                retry_after: None,
            },
            // Proxies in front of a server answer these themselves.
            None if matches!(self.status, 402 | 408 | 413 | 429 | 500..=599) => {
                let message = format!("{url} answered with status {} and no explanation", self.status);
                ClientError { request_id: self.request_id, ..ClientError::new(nearest, message) }
            }
            None => foreign(url, self.status, "its error has another form"),
        };
        error.status = Some(self.status);
        error.retry_after = self.retry_after;
        error
    }
}

/// Whether a text has the form of a code.
fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte))
}

/// A text of a server, bounded: nobody reads megabytes of an error.
fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn foreign(url: &Url, status: u16, reason: &str) -> ClientError {
    let reason = shortened(reason.to_owned());
    ClientError::new(ErrorCode::NotZeroDeploy, format!("{url} is not a ZeroDeploy API: {reason} (status {status})"))
        .with_status(status)
        .with_hint("check the address (--api-url, ZERODEPLOY_API_URL or the profile), and that client and server have versions that fit")
}

/// Seconds or a date (RFC 9110 §10.2.3).
fn read_retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(until.duration_since(jiff::Timestamp::now()).try_into().unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, media_type: &str, body: &str) -> Answer {
        Answer {
            status,
            request_id: None,
            token_expires: None,
            is_json: media_type == JSON,
            location: None,
            retry_after: None,
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    fn failure(status: u16, media_type: &str, body: &str) -> Failure {
        let url = Url::parse("http://localhost/x").expect("a URL");
        answer(status, media_type, body).check(&url, Wording::Envelope).expect_err("a failure")
    }

    #[test]
    fn errors_keep_what_the_server_said() {
        let body = r#"{"error": {"code": "permission_missing", "message": "m", "hint": "h", "request_id": "r"}}"#;
        let error = failure(403, JSON, body).error;
        assert_eq!((error.code, error.status), (ErrorCode::PermissionMissing, Some(403)));
        assert_eq!((error.hint.as_deref(), error.request_id.as_deref()), (Some("h"), Some("r")));
        let error = failure(401, JSON, r#"{"error": {"code": "token_frozen", "message": "m"}}"#).error;
        assert_eq!((error.code, error.code_text.as_str()), (ErrorCode::NotAuthenticated, "token_frozen"));
    }

    #[test]
    fn refusals_of_oauth_are_read_where_they_are_expected_and_nowhere_else() {
        let url = Url::parse("http://localhost/oauth/token").expect("a URL");
        let body = r#"{"error": "slow_down", "error_description": "too soon"}"#;
        let error = answer(400, JSON, body).check(&url, Wording::OAuth).expect_err("a refusal").error;
        assert_eq!((error.code, error.code_text.as_str()), (ErrorCode::BadRequest, "slow_down"));
        assert_eq!((error.message.as_str(), error.status), ("too soon", Some(400)));
        assert_eq!(failure(400, JSON, body).error.code, ErrorCode::NotZeroDeploy);
        let enveloped = r#"{"error": {"code": "rate_limited", "message": "m"}}"#;
        let error = answer(429, JSON, enveloped).check(&url, Wording::OAuth).expect_err("a refusal").error;
        assert_eq!(error.code, ErrorCode::RateLimited);
    }

    #[test]
    fn what_a_server_says_is_bounded_in_length_and_form() {
        let body = serde_json::json!({"error": {"code": "A\n{}", "message": "é".repeat(100_000)}}).to_string();
        let error = failure(409, JSON, &body).error;
        assert_eq!((error.code_text.as_str(), error.message.chars().count()), ("bad_request", LONGEST_TEXT + 1));
        let url = Url::parse("http://localhost/x").expect("a URL");
        let wrong = answer(200, JSON, &serde_json::json!("x".repeat(100_000)).to_string());
        let error = wrong.read::<u32>(&url).expect_err("another form");
        assert!(error.message.len() < 2 * LONGEST_TEXT, "{}", error.message.len());
    }

    #[test]
    fn only_what_proxies_say_for_a_server_is_no_foreign_answer() {
        for status in [200, 201, 302, 400, 401, 403, 404, 405] {
            assert_eq!(failure(status, "text/html", "<html>").error.code, ErrorCode::NotZeroDeploy, "{status}");
        }
        for (status, code) in [
            (413, ErrorCode::PayloadTooLarge),
            (429, ErrorCode::RateLimited),
            (502, ErrorCode::InternalError),
            (503, ErrorCode::Unavailable),
        ] {
            let failure = failure(status, "text/html", "<html>");
            assert_eq!((failure.error.code, failure.cause), (code, Cause::Status(status)));
        }
    }

    #[test]
    fn waiting_times_are_seconds_or_dates() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("a header"));
            read_retry_after(&headers)
        };
        assert_eq!(read("7"), Some(Duration::from_secs(7)));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert!(read("Fri, 06 Nov 2099 08:49:37 GMT").is_some_and(|wait| wait > Duration::from_secs(1 << 30)));
        assert_eq!(read("soon"), None);
    }
}
