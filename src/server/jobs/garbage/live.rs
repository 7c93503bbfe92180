//! What lives.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::server::error::ServiceError;
use crate::server::state::State;

/// The contents that roots need, by organization.
#[derive(Default)]
pub(super) struct Live {
    contents: HashMap<Uuid, HashSet<BlobId>>,
    /// Roots whose contents are among them.
    marked: HashSet<(Uuid, BlobId)>,
}

impl Live {
    /// Adds what roots need. Those that were added before cost nothing.
    pub(super) async fn add(&mut self, state: &State, roots: Vec<(Uuid, BlobId)>) -> Result<(), ServiceError> {
        for (organization, manifest) in roots {
            if self.marked.contains(&(organization, manifest)) {
                continue;
            }
            let contents = self.contents.entry(organization).or_default();
            contents.insert(manifest);
            // A deployment that was just begun may not have stored its manifest yet, and counts on no content before it
            // has; it may have by the next time.
            if state.store.locate(organization, manifest).await?.is_some() {
                let stored = state.store.manifest(organization, manifest).await?;
                contents.extend(stored.iter().map(|entry| entry.blob));
                self.marked.insert((organization, manifest));
            }
        }
        Ok(())
    }

    /// Whether some root needs a content.
    pub(super) fn has(&self, (organization, blob): &(Uuid, BlobId)) -> bool {
        self.contents.get(organization).is_some_and(|contents| contents.contains(blob))
    }
}
