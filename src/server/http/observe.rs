//! What surrounds every API request: an id, a time limit, a net for panics, the error's body, and one log event.

use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State as Shared};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, EXPECT, RETRY_AFTER, USER_AGENT, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use ipnet::IpNet;
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::api::tokens::EXPIRES_FIELD;
use crate::domain::token;
use crate::server::caller::Origin;
use crate::server::clock::timestamp;
use crate::server::error::ServiceError;
use crate::server::pages;
use crate::server::rate_limit::Decision;

use super::answer::{OwnForm, Refusal, Refused, error_envelope};
use super::authorize::Asker;
use super::body::SharedBody;
use super::router::streams_its_body;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TOKEN_EXPIRES: HeaderName = HeaderName::from_static(EXPIRES_FIELD);
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const RATE_LIMIT_REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("ratelimit-reset");
/// How long the rest of a refused request's body may stand still.
const DRAIN_IDLE: Duration = Duration::from_secs(5);
/// How long it is read in all: the client waits for its answer meanwhile.
const DRAIN_TIME: Duration = Duration::from_secs(20);
/// Clients that wait this long meet a server that has restarted.
const RETRY_AFTER_SECONDS: u64 = 2;

/// Characters of a User-Agent that are kept.
const LONGEST_USER_AGENT: usize = 200;

/// What the layer needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Observer {
    pub(crate) trusted_proxies: Arc<[IpNet]>,
    pub(crate) request_time: Duration,
    /// How much of a refused request's body is still read.
    pub(crate) drain_bytes: u64,
}

/// Surrounds a request.
pub(crate) async fn observe(Shared(observer): Shared<Observer>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let request_id = Uuid::now_v7().to_string();
    let method = request.method().clone();
    // An address is no place for a secret, but people put them there.
    let path = token::path_without_secrets(request.uri().path()).into_owned();
    let route = request.extensions().get::<MatchedPath>().map(|matched| matched.as_str().to_owned());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let client = peer.map(|peer| client_address(peer, request.headers(), &observer.trusted_proxies));
    let is_page = route.as_deref().is_some_and(pages::is_page);
    // A body that is streamed has limits of its own: how long it stands still, and a much longer time in all.
    let is_streamed = route.as_deref().is_some_and(|route| streams_its_body(&method, route));

    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(Origin { address: client, user_agent: user_agent(&parts.headers) });
    let body = SharedBody::new(body, parts.headers.contains_key(EXPECT));
    let request = Request::from_parts(parts, Body::new(body.clone()));
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind();
    let handled = async {
        handled.await.unwrap_or_else(|_| Refusal(ServiceError::internal("a handler panicked")).into_response())
    };
    let mut response = if is_streamed {
        handled.await
    } else {
        tokio::time::timeout(observer.request_time, handled).await.unwrap_or_else(|_| {
            let message = format!("the server did not answer within {} seconds", observer.request_time.as_secs());
            Refusal(ServiceError::new(ErrorCode::RequestTimeout, message)).into_response()
        })
    };
    body.drain(observer.drain_bytes, DRAIN_IDLE, DRAIN_TIME).await;
    if response.extensions().get::<Refused>().is_none() && response.extensions().get::<OwnForm>().is_none() {
        replace_plain_error(&mut response, &method, &path);
    }
    let refused = response.extensions_mut().remove::<Refused>().map(|Refused(error)| error);
    let asker = response.extensions_mut().remove::<Asker>();
    let decision = response.extensions_mut().remove::<Decision>();
    if let Some(error) = &refused {
        let (status, allow) = (response.status(), response.headers_mut().remove(ALLOW));
        response = match is_page {
            true => pages::problem(status, error, &request_id),
            false => (status, Json(error_envelope(error, &request_id))).into_response(),
        };
        mark_refusal(&mut response, error, allow);
    }
    if let Some(decision) = decision {
        tell_limit(response.headers_mut(), &decision);
    }
    if is_page {
        pages::harden(response.headers_mut());
    }
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(REQUEST_ID, value);
    }
    if let Some(end) = asker.as_ref().and_then(|asker| asker.ends_soon)
        && let Ok(value) = HeaderValue::from_str(&timestamp(end).to_string())
    {
        headers.insert(TOKEN_EXPIRES, value);
    }
    let cause = refused.as_ref().and_then(|error| error.cause.as_ref());
    if let Some(cause) = cause {
        tracing::error!(http.request_id = %request_id, error.cause = ?cause, "a request failed");
    }
    tracing::info!(
        http.method = %method,
        http.path = %path,
        http.route = route,
        http.status = response.status().as_u16(),
        http.request_id = %request_id,
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        client.address = client.map(|client| client.to_string()),
        user.name = asker.as_ref().map(|asker| asker.user.as_str()),
        credential.prefix = asker.as_ref().map(|asker| asker.prefix.as_str()),
        error.code = refused.as_ref().map(|error| error.code.as_str()),
        "request"
    );
    response
}

/// What a client calls itself, as it may be stored and shown.
fn user_agent(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(USER_AGENT)?.to_str().ok()?;
    let text: String = token::without_secrets(text).chars().take(LONGEST_USER_AGENT).collect();
    Some(text).filter(|text| !text.is_empty())
}

/// Adds the fields that HTTP asks of some refusals (RFC 9110 §10.2.1, §10.2.3, §11.6.1).
fn mark_refusal(response: &mut Response, error: &ServiceError, allow: Option<HeaderValue>) {
    let status = response.status();
    let headers = response.headers_mut();
    if matches!(error.code, ErrorCode::Unavailable | ErrorCode::RateLimited) {
        headers.insert(RETRY_AFTER, HeaderValue::from(error.retry_after.unwrap_or(RETRY_AFTER_SECONDS)));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(allow) = allow {
        headers.insert(ALLOW, allow);
    }
}

/// Tells the limit that will be reached first (draft-ietf-httpapi-ratelimit-headers-06).
fn tell_limit(headers: &mut HeaderMap, decision: &Decision) {
    headers.insert(RATE_LIMIT, HeaderValue::from(decision.limit));
    headers.insert(RATE_LIMIT_REMAINING, HeaderValue::from(decision.remaining));
    headers.insert(RATE_LIMIT_RESET, HeaderValue::from(decision.wait_seconds()));
}

/// Gives answers of the router itself (an unknown path or method, a path that cannot be read) the API's form.
fn replace_plain_error(response: &mut Response, method: &axum::http::Method, path: &str) {
    let error = match response.status() {
        StatusCode::NOT_FOUND => ServiceError::new(ErrorCode::NotFound, format!("there is nothing at `{path}`")),
        StatusCode::METHOD_NOT_ALLOWED => {
            ServiceError::new(ErrorCode::MethodNotAllowed, format!("`{path}` does not take {method}"))
        }
        status if status.is_client_error() || status.is_server_error() => {
            ServiceError::new(ErrorCode::from_status(status.as_u16()), "the request cannot be handled")
        }
        _ => return,
    };
    response.extensions_mut().insert(Refused(Arc::new(error)));
}

/// Who sent a request: the peer, or what the nearest trusted proxy says about who came to it.
///
/// `X-Forwarded-For` is read from the right: each trusted proxy vouches for the address before it.
pub(crate) fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address.to_canonical()));
    let mut client = peer.to_canonical();
    // What a client wrote may be anything, and must not hide what a proxy wrote behind it.
    let values = headers.get_all("x-forwarded-for").iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let values: Vec<_> = values.collect();
    for value in values.iter().rev().flat_map(|value| value.rsplit(',')) {
        if !is_trusted(client) {
            break;
        }
        let Ok(address) = value.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let trusted = ["10.0.0.0/8".parse().expect("a network"), "127.0.0.1/32".parse().expect("a network")];
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let client = |peer: &str, forwarded: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
            }
            client_address(address(peer), &headers, &trusted)
        };
        assert_eq!(client("192.0.2.9", &["198.51.100.7"]), address("192.0.2.9"), "an untrusted peer is not believed");
        assert_eq!(client("10.0.0.1", &["198.51.100.7"]), address("198.51.100.7"));
        assert_eq!(client("10.0.0.1", &["6.6.6.6, 198.51.100.7"]), address("198.51.100.7"), "not what a client claims");
        assert_eq!(client("10.0.0.1", &["6.6.6.6", "198.51.100.7, 10.0.0.2"]), address("198.51.100.7"));
        assert_eq!(client("10.0.0.1", &["nonsense"]), address("10.0.0.1"));
        assert_eq!(
            client("10.0.0.1", &["\u{fc}, 198.51.100.7"]),
            address("198.51.100.7"),
            "nobody hides behind a proxy"
        );
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.7"]), address("198.51.100.7"));
    }
}
