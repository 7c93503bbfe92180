//! Work beside the requests. Each job is idempotent: what a crash interrupts is done again.

pub(crate) mod garbage;
pub(crate) mod refusals;
pub(crate) mod session_uses;
pub(crate) mod token_uses;
pub(crate) mod variants;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::task::JoinSet;

use super::error::ServiceError;
use super::services::first_start;
use super::state::State;

/// How often uses of sessions, and refusals, are written.
const USES_EVERY: Duration = Duration::from_secs(5);
/// How often the owner's session is renewed.
const OWNER_SESSION_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often abandoned deployments and garbage are looked for.
const GARBAGE_EVERY: Duration = Duration::from_secs(15 * 60);

/// Runs every job until the returned set is dropped or shut down.
pub(crate) fn start(state: &Arc<State>) -> JoinSet<()> {
    let refused = Arc::clone(state);
    let collected = Arc::clone(state);
    let renewed = Arc::clone(state);
    let mut jobs = JoinSet::new();
    let cleaned = Arc::clone(state);
    jobs.spawn(async move {
        if let Err(error) = garbage::clean_up(&cleaned).await {
            tracing::error!(?error, "what a crash left behind could not be removed");
        }
    });
    jobs.spawn(repeat("owner session", OWNER_SESSION_EVERY, move || {
        let state = Arc::clone(&renewed);
        async move { first_start::renew_session(&state).await }
    }));
    jobs.spawn(token_uses::run(Arc::clone(state)));
    let sessions = Arc::clone(state);
    jobs.spawn(repeat("session uses", USES_EVERY, move || {
        let state = Arc::clone(&sessions);
        async move { state.session_uses.flush(&state.db).await }
    }));
    jobs.spawn(repeat("refusals", USES_EVERY, move || {
        let state = Arc::clone(&refused);
        async move { state.refusals.flush(&state.db).await }
    }));
    jobs.spawn(repeat("garbage collection", GARBAGE_EVERY, move || {
        let state = Arc::clone(&collected);
        async move { garbage::collect(&state).await.map(|_| ()) }
    }));
    jobs.spawn(variants::run(Arc::clone(state)));
    jobs
}

async fn repeat<F: Future<Output = Result<(), ServiceError>>>(
    name: &'static str,
    every: Duration,
    job: impl Fn() -> F,
) {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    ticks.tick().await;
    loop {
        ticks.tick().await;
        match AssertUnwindSafe(job()).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(job = name, error = ?error, "a job failed; it is tried again"),
            Err(_) => tracing::error!(job = name, "a job panicked; it is tried again"),
        }
    }
}
