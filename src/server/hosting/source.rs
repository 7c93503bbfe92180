//! What hosting needs of the store.

use std::collections::HashSet;
use std::future::Future;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::content::manifest::Manifest;
use crate::domain::deployment_id::DeploymentId;
use crate::domain::host::HostTarget;

use super::rules::SiteRules;

/// Where deployments and contents come from. Implementations must not block the runtime.
pub(crate) trait ContentSource: Send + Sync + 'static {
    /// Where one stored representation lies. Cloned for every streamed body, so it must be cheap to clone.
    type Content: Clone + Send + Sync + 'static;

    /// The deployment that a host stands for, or `None` when there is no such site, deployment or alias.
    ///
    /// Answering the same `Arc` until something changes lets hosting reuse what it prepared for it.
    fn deployment(
        &self,
        target: &HostTarget,
    ) -> impl Future<Output = Result<Option<Arc<LiveDeployment>>, SourceError>> + Send;

    /// The same, but only when the answer is in memory and current; `None` when the store must be asked.
    fn cached_deployment(&self, target: &HostTarget) -> Option<Option<Arc<LiveDeployment>>>;

    /// The representations of a blob that an organization holds, or `None` when it does not hold the blob.
    fn representations(
        &self,
        organization: Uuid,
        blob: BlobId,
    ) -> impl Future<Output = Result<Option<Representations<Self::Content>>, SourceError>> + Send;

    /// Reads a range of bytes of a stored representation: all of them, or an error.
    ///
    /// A location may be older than the last rewriting of packs. A small body is then looked up once more by hosting, but
    /// of a large one the head is already sent: so it is up to the source to find a moved content again.
    /// The bytes are kept in memory for long, so they should not be a slice of something larger.
    fn read(
        &self,
        content: &Self::Content,
        range: Range<u64>,
    ) -> impl Future<Output = Result<Bytes, SourceError>> + Send;
}

/// The forms a blob is stored in.
#[derive(Debug, Clone)]
pub(crate) struct Representations<C> {
    /// The content itself.
    pub(crate) identity: Stored<C>,
    /// Its gzip variant, when there is one.
    pub(crate) gzip: Option<Stored<C>>,
    /// Its brotli variant, when there is one.
    pub(crate) brotli: Option<Stored<C>>,
    /// Whether it is decided which variants there are: made, or known not to be worth it.
    pub(crate) complete: bool,
}

/// One stored form of a blob.
#[derive(Debug, Clone)]
pub(crate) struct Stored<C> {
    /// Bytes in this form.
    pub(crate) length: u64,
    /// Where they lie.
    pub(crate) content: C,
}

impl<C> Representations<C> {
    /// The form with this encoding.
    pub(super) fn get(&self, encoding: Encoding) -> Option<&Stored<C>> {
        match encoding {
            Encoding::Identity => Some(&self.identity),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref(),
        }
    }
}

/// A deployment as a host shows it. Made anew whenever any of it changes.
#[derive(Debug)]
pub(crate) struct LiveDeployment {
    /// Its short id.
    pub(crate) deployment: DeploymentId,
    /// The site's id.
    pub(crate) site: Uuid,
    /// The id of the organization that holds the contents.
    pub(crate) organization: Uuid,
    /// Its files.
    pub(crate) manifest: Manifest,
    /// Whether the host is the site's own one, not a deployment's or an alias's.
    pub(crate) is_production: bool,
    /// [`path_key`]s of the fingerprinted paths that the site had with two contents.
    pub(crate) changing: HashSet<[u8; 16]>,
    /// Manifests of the last production deployments, newest first, already limited by age and number: a fingerprinted
    /// file that is missing now is answered from them.
    pub(crate) kept: Vec<Manifest>,
    /// Its own rules, when it has any.
    pub(crate) rules: Option<Arc<SiteRules>>,
    /// What tells this picture from every other one, also of the same deployment.
    pub(crate) generation: Generation,
}

/// Number of a [`LiveDeployment`]; unique in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Generation(u64);

impl Generation {
    /// A number that was never used before.
    pub(crate) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Generation(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// How [`LiveDeployment::changing`] names a site path: the first 16 bytes of its BLAKE3.
pub(crate) fn path_key(path: &str) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&BlobId::of(path.as_bytes()).as_bytes()[..16]);
    key
}

/// Why a content cannot be had. Logged, never shown to a visitor.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error("the store failed: {0}")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("blob {0} is in the manifest but not in the store")]
    Missing(BlobId),
    #[error("the store gave {got} bytes where {expected} were asked for")]
    Length { expected: u64, got: u64 },
}

impl SourceError {
    /// Wraps an error of the store.
    pub(crate) fn store(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        SourceError::Store(error.into())
    }

    /// Passes bytes on when they are as many as were asked for.
    pub(super) fn check_length(bytes: Bytes, range: &Range<u64>) -> Result<Bytes, SourceError> {
        let (expected, got) = (range.end - range.start, bytes.len() as u64);
        if expected == got { Ok(bytes) } else { Err(SourceError::Length { expected, got }) }
    }
}
