//! How much of what costs memory or a thread goes on at once. What finds no place soon is told to come back, so that
//! serving sites never waits for uploads.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use crate::api::ErrorCode;

use super::error::ServiceError;

/// Bodies that are received at once: each holds a thread of the runtime's blocking ones (512) until it ends, and about 2
/// MiB of memory.
const BODIES: usize = 64;
/// How long a body waits for a place before its sender is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// MiB of manifests in memory that are being received or wait for their turn.
const MANIFEST_MEBIBYTES: usize = 512;
/// Manifests that are worked on at once: each is in memory two or three times meanwhile.
const MANIFEST_TURNS: usize = 4;

/// The places there are.
pub(crate) struct Admission {
    bodies: Arc<Semaphore>,
    manifest_memory: Arc<Semaphore>,
    manifest_turns: Semaphore,
}

impl Default for Admission {
    fn default() -> Self {
        Admission {
            bodies: Arc::new(Semaphore::new(BODIES)),
            manifest_memory: Arc::new(Semaphore::new(MANIFEST_MEBIBYTES)),
            manifest_turns: Semaphore::new(MANIFEST_TURNS),
        }
    }
}

impl Admission {
    /// A place for a body that a thread reads; to be held by that thread.
    ///
    /// # Errors
    /// `unavailable` when none becomes free in time.
    pub(crate) async fn body(&self) -> Result<OwnedSemaphorePermit, ServiceError> {
        let place = Arc::clone(&self.bodies).acquire_owned();
        match tokio::time::timeout(PATIENCE, place).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(busy("the server receives as many uploads as it can")),
        }
    }

    /// Memory for a manifest, to be claimed while it arrives.
    pub(crate) fn manifest_memory(&self) -> ManifestMemory {
        ManifestMemory { all: Arc::clone(&self.manifest_memory), claimed: Vec::new() }
    }

    /// A turn to work on manifests. Whoever has it waits for no client, so turns come soon.
    pub(crate) async fn manifest_turn(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes it.
        self.manifest_turns.acquire().await.ok()
    }
}

/// What one manifest takes of the memory for manifests; given back when dropped.
pub(crate) struct ManifestMemory {
    all: Arc<Semaphore>,
    /// One MiB each.
    claimed: Vec<OwnedSemaphorePermit>,
}

impl ManifestMemory {
    /// Claims memory, so that it is `bytes` in all.
    ///
    /// # Errors
    /// `unavailable` when other manifests take it.
    pub(crate) fn claim(&mut self, bytes: usize) -> Result<(), ServiceError> {
        while self.claimed.len() << 20 < bytes {
            let mebibyte = Arc::clone(&self.all).try_acquire_owned();
            self.claimed.push(mebibyte.map_err(|_| busy("the server receives as many manifests as it can"))?);
        }
        Ok(())
    }
}

fn busy(message: &str) -> ServiceError {
    ServiceError::new(ErrorCode::Unavailable, message).hint("try again in a moment")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn places_are_bounded_and_come_back() {
        let admission = Admission::default();
        let mut places = Vec::new();
        for _ in 0..BODIES {
            places.push(admission.body().await.expect("a place"));
        }
        assert_eq!(admission.bodies.available_permits(), 0);
        drop(places);
        assert_eq!(admission.bodies.available_permits(), BODIES);
    }

    #[test]
    fn manifests_share_a_bounded_memory() {
        let admission = Admission::default();
        let mut first = admission.manifest_memory();
        first.claim(1).expect("room");
        first.claim(1 << 20).expect("room");
        assert_eq!(admission.manifest_memory.available_permits(), MANIFEST_MEBIBYTES - 1);
        first.claim((MANIFEST_MEBIBYTES - 1) << 20).expect("room");
        let mut second = admission.manifest_memory();
        second.claim(1 << 20).expect("room for one more");
        assert_eq!(second.claim((1 << 20) + 1).expect_err("no room").code, ErrorCode::Unavailable);
        drop(first);
        second.claim(2 << 20).expect("room again");
    }
}
