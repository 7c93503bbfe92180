//! Bodies that are made while they are sent, and the watch over their progress.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::time::Instant;

/// What the system may still hold after the last byte was handed to it, and at which speed that drains at worst.
const SYSTEM_BUFFER: u64 = 4 * 1024 * 1024;
/// Slowest connection that an upload is expected to survive, in bytes a second.
pub(super) const SLOWEST_RATE: u64 = 32 * 1024;

/// The content of a body could not be read: sending it again is of no use.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the content of the request could not be read")]
pub(crate) struct ContentUnreadable;

/// The pieces of a body, in order.
pub(crate) type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, ContentUnreadable>> + Send>>;

/// A body of known length that can be made anew for every try.
pub(crate) struct StreamedBody {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Exact length in bytes.
    pub(crate) length: u64,
    /// Makes the body from its first byte on.
    pub(crate) open: Box<dyn Fn() -> Pieces + Send + Sync>,
}

impl StreamedBody {
    /// Makes the body for one try; `activity` hears of every piece that is taken.
    pub(super) fn start(&self, activity: &Arc<Activity>) -> reqwest::Body {
        let (activity, length) = (Arc::clone(activity), self.length);
        let mut left = length;
        reqwest::Body::wrap_stream((self.open)().inspect(move |piece| {
            left = left.saturating_sub(piece.as_ref().map_or(0, |piece| piece.len() as u64));
            let rest = if left == 0 { length.min(SYSTEM_BUFFER) / SLOWEST_RATE } else { 0 };
            activity.moved(Duration::from_secs(rest));
        }))
    }
}

/// When something last moved on a connection.
#[derive(Debug)]
pub(super) struct Activity(Mutex<Instant>);

impl Activity {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Activity(Mutex::new(Instant::now())))
    }

    /// Something moved; for `grace` more nothing needs to.
    pub(super) fn moved(&self, grace: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + grace;
    }

    /// Ends once nothing has moved for `limit`.
    pub(super) async fn stalled(&self, limit: Duration) {
        loop {
            let deadline = *self.0.lock().unwrap_or_else(PoisonError::into_inner) + limit;
            if Instant::now() >= deadline {
                return;
            }
            tokio::time::sleep_until(deadline).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn silence_is_noticed_once_the_grace_has_passed() {
        let (limit, hour) = (Duration::from_millis(10), Duration::from_secs(3600));
        let activity = Activity::new();
        activity.moved(hour);
        assert!(tokio::time::timeout(limit, activity.stalled(limit)).await.is_err());
        activity.moved(Duration::ZERO);
        assert!(tokio::time::timeout(hour, activity.stalled(limit)).await.is_ok());
    }
}
