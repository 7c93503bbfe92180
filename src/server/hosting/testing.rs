//! A source in memory for this module's tests.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http_body_util::BodyExt;
use uuid::Uuid;

use super::source::{ContentSource, Generation, LiveDeployment, Representations, SourceError, Stored};
use super::{SiteBody, compress};
use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::content::manifest::Manifest;
use crate::content::path::SitePath;
use crate::domain::host::HostTarget;

/// Content is where it "lies". Nothing is answered at once but what a real source has in memory.
#[derive(Default)]
pub(super) struct MemorySource {
    pub(super) deployments: Vec<(HostTarget, Arc<LiveDeployment>)>,
    pub(super) blobs: HashMap<BlobId, Representations<Bytes>>,
    pub(super) fail_from_read: Option<usize>,
    pub(super) knows_deployments: bool,
    pub(super) read_count: AtomicUsize,
}

impl MemorySource {
    /// How often something was read.
    pub(super) fn reads(&self) -> usize {
        self.read_count.load(Ordering::SeqCst)
    }

    /// Stores a content without variants.
    pub(super) fn store(&mut self, content: &[u8]) {
        let stored = stored(Bytes::copy_from_slice(content));
        let representations = Representations { identity: stored, gzip: None, brotli: None, complete: true };
        self.blobs.insert(BlobId::of(content), representations);
    }

    /// Makes the variants of a stored content.
    pub(super) fn make_variants(&mut self, content: &[u8]) {
        let representations = self.blobs.get_mut(&BlobId::of(content)).expect("stored");
        representations.gzip = compress(content, Encoding::Gzip, 6).map(|bytes| stored(bytes.into()));
        representations.brotli = compress(content, Encoding::Brotli, 5).map(|bytes| stored(bytes.into()));
    }

    fn find(&self, target: &HostTarget) -> Option<Arc<LiveDeployment>> {
        self.deployments.iter().find(|(host, _)| host == target).map(|(_, deployment)| deployment.clone())
    }
}

fn stored(bytes: Bytes) -> Stored<Bytes> {
    Stored { length: bytes.len() as u64, content: bytes }
}

impl ContentSource for MemorySource {
    type Content = Bytes;

    async fn deployment(&self, target: &HostTarget) -> Result<Option<Arc<LiveDeployment>>, SourceError> {
        tokio::task::yield_now().await;
        Ok(self.find(target))
    }

    fn cached_deployment(&self, target: &HostTarget) -> Option<Option<Arc<LiveDeployment>>> {
        self.knows_deployments.then(|| self.find(target))
    }

    async fn representations(
        &self,
        organization: Uuid,
        blob: BlobId,
    ) -> Result<Option<Representations<Bytes>>, SourceError> {
        assert_eq!(organization, Uuid::nil());
        tokio::task::yield_now().await;
        Ok(self.blobs.get(&blob).cloned())
    }

    async fn read(&self, content: &Bytes, range: Range<u64>) -> Result<Bytes, SourceError> {
        let number = self.read_count.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        if self.fail_from_read.is_some_and(|first| number >= first) {
            return Err(SourceError::store("the disk is gone: /secret/path"));
        }
        let end = (range.end as usize).min(content.len());
        Ok(content.slice((range.start as usize).min(end)..end))
    }
}

/// A manifest of paths and contents.
pub(super) fn manifest_of(files: &[(&str, &str)]) -> Manifest {
    let files = files.iter().map(|(path, content)| {
        (SitePath::new(path).expect("legal path"), BlobId::of(content.as_bytes()), content.len() as u64)
    });
    Manifest::build(files.collect()).expect("a manifest")
}

/// A production deployment with files at these paths; each one's content is its path.
pub(super) fn deployment_of(paths: &[&str]) -> LiveDeployment {
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, *path)).collect();
    LiveDeployment {
        deployment: "0123456789".parse().expect("legal id"),
        site: Uuid::nil(),
        organization: Uuid::nil(),
        manifest: manifest_of(&files),
        is_production: true,
        changing: HashSet::new(),
        kept: Vec::new(),
        rules: None,
        generation: Generation::next(),
    }
}

/// All bytes of a body.
pub(super) async fn collect(body: SiteBody) -> Result<Bytes, SourceError> {
    body.collect().await.map(|collected| collected.to_bytes())
}
