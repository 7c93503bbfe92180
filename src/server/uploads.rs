//! What each begun deployment still waits for, in memory; it can be made again from the manifest at any time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use crate::content::blob::{BlobBitmap, BlobId};

/// Begun deployments that are remembered; an older one is made again when it is asked for.
const REMEMBERED: usize = 64;

/// A begun deployment.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The manifest's distinct contents, ascending by id.
    pub(crate) blobs: Vec<(BlobId, u64)>,
    /// Which of them were named as missing.
    pub(crate) missing: BlobBitmap,
}

impl Upload {
    /// The size of a content that was named as missing.
    pub(crate) fn expected(&self, blob: BlobId) -> Option<u64> {
        let position = self.blobs.binary_search_by_key(&blob, |(blob, _)| *blob).ok()?;
        self.missing.contains(position).then(|| self.blobs[position].1)
    }
}

/// The begun deployments by their ids.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<HashMap<Uuid, Arc<Upload>>>);

impl Uploads {
    pub(crate) fn get(&self, deployment: Uuid) -> Option<Arc<Upload>> {
        self.lock().get(&deployment).cloned()
    }

    pub(crate) fn remember(&self, deployment: Uuid, upload: Arc<Upload>) {
        let mut uploads = self.lock();
        if uploads.len() >= REMEMBERED
            && let Some(oldest) = uploads.keys().min().copied()
        {
            uploads.remove(&oldest);
        }
        uploads.insert(deployment, upload);
    }

    pub(crate) fn forget(&self, deployment: Uuid) {
        self.lock().remove(&deployment);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Arc<Upload>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
