//! When a process that serves ends.

/// Watches for Ctrl-C and, where there is one, SIGTERM, from this call on. Completes with the first.
#[cfg(unix)]
pub(super) fn shutdown_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupted, terminated) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        // Without a watch the signal ends the process by itself.
        let (Ok(mut interrupted), Ok(mut terminated)) = (interrupted, terminated) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    }
}

/// Watches for Ctrl-C. Completes with the first.
#[cfg(not(unix))]
pub(super) async fn shutdown_signal() {
    let _ = tokio::signal::ctrl_c().await;
}
