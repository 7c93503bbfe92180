//! What a path was found to be, ready to be sent: everything that does not depend on the request.
//!
//! Pages of files are kept in memory, so that a request for a known path costs two look-ups (page, body) and a copy of
//! the prepared header fields.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::http::{HeaderMap, StatusCode};

use super::cache::Cache;
use super::encoding::is_worth_trying;
use super::headers::Described;
use super::source::{Generation, LiveDeployment, Representations, Stored};
use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::content::manifest::Entry;
use crate::content::mime::content_type;

/// How long a page is used whose variants are still to be made.
const RECHECK_AFTER: Duration = Duration::from_secs(1);
/// Longest key, in bytes, whose page is kept: real paths are shorter, and long ones are cheap to invent.
const LONGEST_KEPT_KEY: usize = 512;
/// Estimate of the memory that a page takes beside its key, in bytes: mostly the prepared fields of each encoding.
const PAGE_BYTES: usize = 1024;
const HEAD_BYTES: usize = 1536;

/// A file, ready to be sent in each of its encodings.
pub(super) struct Page<C> {
    /// 200, or 404 or 410 for a page that says so: then neither preconditions nor ranges apply.
    pub(super) status: StatusCode,
    /// The file's content.
    pub(super) blob: BlobId,
    representations: Representations<C>,
    heads: [Option<HeaderMap>; 3],
    valid_until: Option<Instant>,
}

impl<C> Page<C> {
    /// Prepares a file that was asked for by its path.
    pub(super) fn file(deployment: &LiveDeployment, entry: &Entry<'_>, representations: Representations<C>) -> Self {
        Self::prepare(StatusCode::OK, deployment, entry, representations, true)
    }

    /// Prepares a file that answers for another path, with the status 200 or as a page that says that something is not
    /// there.
    pub(super) fn elsewhere(
        status: StatusCode,
        deployment: &LiveDeployment,
        entry: &Entry<'_>,
        representations: Representations<C>,
    ) -> Self {
        Self::prepare(status, deployment, entry, representations, false)
    }

    fn prepare(
        status: StatusCode,
        deployment: &LiveDeployment,
        entry: &Entry<'_>,
        representations: Representations<C>,
        is_at_its_path: bool,
    ) -> Self {
        let content_type = content_type(entry.path);
        let varies = is_worth_trying(content_type, representations.identity.length)
            || representations.gzip.is_some()
            || representations.brotli.is_some();
        let head = |encoding: Encoding| {
            let length = representations.get(encoding)?.length;
            let path = entry.path;
            let described = Described { deployment, path, content_type, varies, encoding, length, is_at_its_path };
            Some(if status == StatusCode::OK { described.file_head(&entry.blob) } else { described.error_head() })
        };
        let heads = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli].map(head);
        let may_gain_variants = varies && !representations.complete;
        let valid_until = may_gain_variants.then(|| Instant::now() + RECHECK_AFTER);
        Page { status, blob: entry.blob, representations, heads, valid_until }
    }

    /// Whether the content is stored in this encoding.
    pub(super) fn has(&self, encoding: Encoding) -> bool {
        self.representations.get(encoding).is_some()
    }

    /// Where the content lies in this encoding; the content itself when it is not stored in it.
    pub(super) fn stored(&self, encoding: Encoding) -> &Stored<C> {
        self.representations.get(encoding).unwrap_or(&self.representations.identity)
    }

    /// The prepared fields of this encoding.
    pub(super) fn head(&self, encoding: Encoding) -> HeaderMap {
        self.heads[encoding as usize].clone().unwrap_or_default()
    }

    fn is_current(&self, now: impl FnOnce() -> Instant) -> bool {
        self.valid_until.is_none_or(|until| now() < until)
    }

    fn bytes(&self) -> usize {
        PAGE_BYTES + HEAD_BYTES * self.heads.iter().flatten().count()
    }
}

/// Pages by deployment and key, bounded in bytes. The key is the path as the request has it; [`elsewhere_key`]
/// names others.
pub(super) struct PageCache<C> {
    pages: Cache<u64, KeptPage<C>>,
    hasher: RandomState,
}

struct KeptPage<C> {
    generation: Generation,
    key: Box<str>,
    page: Arc<Page<C>>,
}

/// The key of a file that answers for other paths, of which there may be many. No request's path begins so.
pub(super) fn elsewhere_key(status: StatusCode, site_path: &str) -> String {
    format!("{} {site_path}", status.as_u16())
}

impl<C> PageCache<C> {
    /// A cache of at most `bytes` bytes.
    pub(super) fn new(bytes: usize) -> Self {
        PageCache { pages: Cache::new(bytes), hasher: RandomState::new() }
    }

    /// The page under a key, when it is known and current.
    pub(super) fn get(&self, generation: Generation, key: &str) -> Option<Arc<Page<C>>> {
        // Found by hash, so that no key has to be built; two keys of one hash merely take each other's place.
        self.pages
            .read(&self.hasher.hash_one((generation, key)), |kept| {
                let is_it = kept.generation == generation && &*kept.key == key && kept.page.is_current(Instant::now);
                is_it.then(|| kept.page.clone())
            })
            .flatten()
    }

    /// Keeps a page.
    pub(super) fn insert(&self, generation: Generation, key: &str, page: Arc<Page<C>>) {
        if key.len() > LONGEST_KEPT_KEY {
            return;
        }
        let bytes = page.bytes() + key.len();
        let kept = KeptPage { generation, key: key.into(), page };
        self.pages.insert(self.hasher.hash_one((generation, key)), kept, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::deployment_of;
    use super::*;

    fn page(length: u64, complete: bool) -> (LiveDeployment, Page<()>) {
        let deployment = deployment_of(&["a.html"]);
        let identity = Stored { length, content: () };
        let representations = Representations { identity, gzip: None, brotli: None, complete };
        let page = Page::file(&deployment, &deployment.manifest.get("a.html").expect("there"), representations);
        (deployment, page)
    }

    #[test]
    fn a_page_that_may_gain_variants_is_soon_made_again() {
        let later = || Instant::now() + RECHECK_AFTER;
        for (length, complete, stays) in [(5000, false, false), (5000, true, true), (500, false, true)] {
            let (_, page) = page(length, complete);
            assert!(page.is_current(Instant::now));
            assert_eq!(page.is_current(later), stays, "{length} {complete}");
        }
    }

    #[test]
    fn pages_are_found_by_generation_and_path() {
        let cache = PageCache::new(1 << 20);
        let (deployment, page) = page(10, true);
        let page = Arc::new(page);
        cache.insert(deployment.generation, "/a", page.clone());
        assert!(cache.get(deployment.generation, "/a").is_some());
        assert!(cache.get(deployment.generation, "/A").is_none());
        assert!(cache.get(Generation::next(), "/a").is_none());
        let long = format!("/{}", "a".repeat(LONGEST_KEPT_KEY));
        cache.insert(deployment.generation, &long, page);
        assert!(cache.get(deployment.generation, &long).is_none());
    }
}
