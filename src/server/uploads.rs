//! What each begun deployment still waits for, in memory; it can be made again from the manifest at any time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use crate::content::blob::{BlobBitmap, BlobId};

/// Contents of begun deployments that are remembered in all, 40 bytes each; an older deployment's are made again when
/// they are asked for.
const REMEMBERED: usize = 1 << 20;

/// A begun deployment.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The manifest's distinct contents, ascending by id.
    pub(crate) blobs: Vec<(BlobId, u64)>,
    /// Which of them were named as missing.
    pub(crate) missing: BlobBitmap,
}

impl Upload {
    /// What it counts for; an empty one takes room too.
    fn weight(&self) -> usize {
        self.blobs.len() + 100
    }

    /// The size of a content that was named as missing.
    pub(crate) fn expected(&self, blob: BlobId) -> Option<u64> {
        let position = self.blobs.binary_search_by_key(&blob, |(blob, _)| *blob).ok()?;
        self.missing.contains(position).then(|| self.blobs[position].1)
    }
}

/// The begun deployments by their ids.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    // Ids tell the time: the first one is the oldest.
    uploads: BTreeMap<Uuid, Arc<Upload>>,
    contents: usize,
}

impl Remembered {
    fn forget(&mut self, deployment: Uuid) {
        self.contents -= self.uploads.remove(&deployment).map_or(0, |upload| upload.weight());
    }
}

impl Uploads {
    pub(crate) fn get(&self, deployment: Uuid) -> Option<Arc<Upload>> {
        self.lock().uploads.get(&deployment).cloned()
    }

    /// Remembers an upload, and as many of the others as there is room for.
    pub(crate) fn remember(&self, deployment: Uuid, upload: Arc<Upload>) {
        let mut remembered = self.lock();
        remembered.forget(deployment);
        while remembered.contents + upload.weight() > REMEMBERED
            && let Some(oldest) = remembered.uploads.keys().next().copied()
        {
            remembered.forget(oldest);
        }
        remembered.contents += upload.weight();
        remembered.uploads.insert(deployment, upload);
    }

    pub(crate) fn forget(&self, deployment: Uuid) {
        self.lock().forget(deployment);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(contents: usize) -> Arc<Upload> {
        let blobs = (0..contents).map(|number| (BlobId::of(&number.to_le_bytes()), 1)).collect();
        Arc::new(Upload { blobs, missing: BlobBitmap::empty(contents) })
    }

    #[test]
    fn what_is_remembered_is_bounded_and_the_oldest_goes_first() {
        let (uploads, large) = (Uploads::default(), upload(REMEMBERED / 2 - 1_000));
        let ids = [1u128, 2, 3, 4].map(Uuid::from_u128);
        for id in &ids[..3] {
            uploads.remember(*id, Arc::clone(&large));
        }
        assert!(uploads.get(ids[0]).is_none(), "there is room for two");
        assert!(uploads.get(ids[1]).is_some() && uploads.get(ids[2]).is_some());
        uploads.remember(ids[2], upload(1));
        uploads.remember(ids[3], Arc::clone(&large));
        assert!(uploads.get(ids[1]).is_some(), "what is replaced makes room");
        (1..4).for_each(|id| uploads.forget(ids[id]));
        assert_eq!(uploads.lock().contents, 0);
        uploads.remember(
            ids[0],
            Arc::new(Upload { blobs: vec![(BlobId::of(b""), 0); REMEMBERED + 1], missing: BlobBitmap::default() }),
        );
        assert!(uploads.get(ids[0]).is_some(), "one is always remembered");
    }
}
