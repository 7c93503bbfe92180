//! Connections: accepted, told apart by host name, and ended within a deadline.

use std::convert::Infallible;
use std::net::{Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::domain::host::HostTarget;
use crate::server::addresses::Addresses;
use crate::server::directory::Directory;
use crate::server::hosting::{Hosting, SiteBody, requested_host};

use super::observe::client_address;

/// Connections at once; more wait to be accepted.
const CONNECTIONS: usize = 8_192;
/// How long a client may take to send a request's head, and how long an idle connection is kept.
const HEAD_TIME: Duration = Duration::from_secs(60);
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
    let places = Arc::new(Semaphore::new(CONNECTIONS));
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
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).pipeline_flush(true);
    if let Err(error) = watcher.watch(builder.serve_connection(TokioIo::new(stream), service)).await {
        tracing::debug!(%error, %peer, "a connection ended early");
    }
}

async fn answer(front: &Front, peer: SocketAddr, request: Request<Incoming>) -> Response<AnyBody> {
    let (parts, body) = request.into_parts();
    let target = front.hosting.target(&parts);
    let is_api = matches!(target, Ok(HostTarget::Other))
        && requested_host(&parts).is_ok_and(|host| front.addresses.is_api(&host));
    if is_api {
        let mut request = Request::from_parts(parts, Body::new(body));
        request.extensions_mut().insert(ConnectInfo(peer));
        let Ok(response) = front.api.clone().oneshot(request).await;
        return response.map(Either::Right);
    }
    let started = front.access_log.then(Instant::now);
    let response = front.hosting.serve(target, &parts).await;
    if let Some(started) = started {
        tracing::info!(
            http.method = %parts.method,
            http.host = parts.headers.get("host").and_then(|host| host.to_str().ok()),
            http.path = parts.uri.path(),
            http.status = response.status().as_u16(),
            duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            client.address = %client_address(peer.ip(), &parts.headers, &front.trusted_proxies),
            "site request"
        );
    }
    response.map(Either::Left)
}
