//! Connections: accepted, told apart by host name, and ended within a deadline.

use std::convert::Infallible;
use std::net::{Ipv6Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use futures_util::FutureExt as _;
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::domain::token;
use crate::server::addresses::Addresses;
use crate::server::directory::Directory;
use crate::server::file_handles::room_for_connections;
use crate::server::hosting::{Hosting, SiteBody, requested_host};

use super::observe::client_address;
use super::stall::StallGuard;

/// Connections at once, if as many files may be open; more wait to be accepted.
const CONNECTIONS: usize = 8_192;
/// Bytes of a request's head, and of what is read or written at once: what a connection may cost.
const BUFFER: usize = 64 << 10;
/// How long a client may take to send a request's head, and how long an idle connection is kept.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long a client may take nothing of an answer.
const STALL_TIME: Duration = Duration::from_secs(60);
/// How long accepting pauses when the process has no file handles left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

type AnyBody = Either<SiteBody, Body>;

/// What every connection shares.
pub(crate) struct Front {
    pub(crate) hosting: Hosting<Directory>,
    pub(crate) api: Router,
    pub(crate) addresses: Addresses,
    pub(crate) trusted_proxies: Arc<[IpNet]>,
    pub(crate) access_log: bool,
    /// How long a site's answer may take to begin.
    pub(crate) request_time: Duration,
}

/// Binds an address; loopback is bound in both families where the machine has them, because a browser may ask either.
pub(crate) async fn bind(address: SocketAddr) -> std::io::Result<Vec<TcpListener>> {
    let first = TcpListener::bind(address).await?;
    let mut listeners = Vec::with_capacity(2);
    if address.ip() == std::net::Ipv4Addr::LOCALHOST {
        let port = first.local_addr()?.port();
        // Not having IPv6, or not this port of it, is no reason not to serve.
        listeners.extend(TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await);
    }
    listeners.insert(0, first);
    Ok(listeners)
}

/// Serves until `stop` changes, then lets requests under way end for at most `deadline`.
pub(crate) async fn serve(
    front: Arc<Front>,
    listeners: Vec<TcpListener>,
    mut stop: watch::Receiver<bool>,
    deadline: Duration,
) {
    let graceful = Arc::new(GracefulShutdown::new());
    let places = Arc::new(Semaphore::new(room_for_connections(CONNECTIONS)));
    let accepting: Vec<_> = listeners
        .into_iter()
        .map(|listener| {
            let accept = accept(Arc::clone(&front), listener, Arc::clone(&places), Arc::clone(&graceful));
            tokio::spawn(accept)
        })
        .collect();
    // An error means that nobody can ask to stop any more, which is a reason to stop.
    let _ = stop.wait_for(|stop| *stop).await;
    for task in accepting {
        task.abort();
        let _ = task.await;
    }
    // The accepting tasks were the other owners.
    let Ok(graceful) = Arc::try_unwrap(graceful) else { return };
    if tokio::time::timeout(deadline, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still under way");
    }
}

async fn accept(front: Arc<Front>, listener: TcpListener, places: Arc<Semaphore>, graceful: Arc<GracefulShutdown>) {
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let front = Arc::clone(&front);
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            connection(front, stream, peer, watcher).await;
            drop(place);
        });
    }
}

async fn connection(front: Arc<Front>, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
    // Answers are written in one go; waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let front = Arc::clone(&front);
        async move { Ok::<_, Infallible>(answer(&front, peer, request).await) }
    });
    let stream = TokioIo::new(StallGuard::new(stream, STALL_TIME));
    if let Err(error) = watcher.watch(protocol().serve_connection(stream, service)).await {
        tracing::debug!(%error, %peer, "a connection ended early");
    }
}

fn protocol() -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(BUFFER);
    protocol
}

async fn answer(front: &Front, peer: SocketAddr, request: Request<Incoming>) -> Response<AnyBody> {
    let (parts, body) = request.into_parts();
    let host = requested_host(&parts);
    // The API's own names come first: a site must never take the place of what is sent credentials.
    if host.as_ref().is_ok_and(|host| front.addresses.is_api(host)) {
        let mut request = Request::from_parts(parts, Body::new(body));
        request.extensions_mut().insert(ConnectInfo(peer));
        let Ok(response) = front.api.clone().oneshot(request).await;
        return response.map(Either::Right);
    }
    let started = front.access_log.then(Instant::now);
    let is_proxied = front.trusted_proxies.iter().any(|network| network.contains(&peer.ip().to_canonical()));
    let serving = AssertUnwindSafe(front.hosting.serve(host, &parts, is_proxied)).catch_unwind();
    let response = match tokio::time::timeout(front.request_time, serving).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => front.hosting.failed(&parts, "a panic"),
        Err(_) => front.hosting.failed(&parts, "it took too long"),
    };
    if let Some(started) = started {
        tracing::info!(
            http.method = %parts.method,
            http.host = parts.headers.get("host").and_then(|host| host.to_str().ok()),
            http.path = &*token::path_without_secrets(parts.uri.path()),
            http.status = response.status().as_u16(),
            duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            client.address = %client_address(peer.ip(), &parts.headers, &front.trusted_proxies),
            "site request"
        );
    }
    response.map(Either::Left)
}

#[cfg(test)]
mod tests;
