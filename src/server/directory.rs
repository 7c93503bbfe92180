//! Which deployment each host shows, in memory, and forgotten the moment a site changes.

use std::collections::HashMap;
use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::content::manifest::Manifest;
use crate::domain::host::HostTarget;

use super::clock::Clock;
use super::db::{self, Db};
use super::error::ServiceError;
use super::hosting::{ContentSource, Generation, LiveDeployment, Representations, SiteRules, SourceError, Stored};
use super::jobs::variants::VariantQueue;
use super::settings::{Limits, milliseconds};
use super::store::{Located, Store};

/// How many hosts are looked up at once.
const LANES: usize = 16;
/// Bytes that a host takes beside its manifests (estimate).
const HOST_BYTES: usize = 1024;
/// Bytes of a path in a set of them (estimate).
const KEY_BYTES: usize = 32;

/// The hosts that were asked for lately, bounded by the bytes that they take.
pub(crate) struct Directory {
    db: Db,
    store: Arc<Store>,
    clock: Clock,
    limits: Limits,
    hosts: RwLock<Hosts>,
    /// Where variants are asked for that a restart has left unmade.
    variants: Arc<VariantQueue>,
    /// Counts changes of sites: what was read before the last one is not remembered.
    version: AtomicU64,
    /// Held while a host is looked up: after a deploy many ask for it at once, and each would read all its manifests.
    lanes: [tokio::sync::Mutex<()>; LANES],
}

#[derive(Default)]
struct Hosts {
    entries: HashMap<HostTarget, Entry>,
    bytes: usize,
}

struct Entry {
    live: Arc<LiveDeployment>,
    bytes: usize,
    /// When the oldest kept manifest is no longer served.
    valid_until: i64,
    last_used: AtomicI64,
}

impl Directory {
    pub(crate) fn new(db: Db, store: Arc<Store>, variants: Arc<VariantQueue>, clock: Clock, limits: Limits) -> Self {
        Directory {
            db,
            store,
            variants,
            clock,
            limits,
            hosts: RwLock::default(),
            version: AtomicU64::new(0),
            lanes: Default::default(),
        }
    }

    /// Forgets a site's hosts. To be called after the change is committed and before its success is told.
    pub(crate) fn forget(&self, site: Uuid) {
        self.version.fetch_add(1, Ordering::SeqCst);
        let mut hosts = self.hosts.write().unwrap_or_else(PoisonError::into_inner);
        let mut freed = 0;
        hosts.entries.retain(|_, entry| {
            let stays = entry.live.site != site;
            freed += if stays { 0 } else { entry.bytes };
            stays
        });
        hosts.bytes -= freed;
    }

    async fn load(&self, target: &HostTarget) -> Result<Option<(LiveDeployment, i64)>, ServiceError> {
        let Some((deployment, is_production)) = self.find(target).await? else { return Ok(None) };
        let now = self.clock.now();
        let organization = deployment.organization_id;
        let kept_time = milliseconds(self.limits.kept_time);
        let (mut kept, mut valid_until) = (Vec::new(), i64::MAX);
        if is_production {
            self.variants.push(organization, deployment.manifest);
            let recent = db::deployments::recently_published(
                self.db.read(),
                deployment.site_id,
                deployment.id,
                now - kept_time,
                self.limits.kept_deployments,
            );
            // Deploys that changed nothing share a manifest, which is of use only once.
            let mut seen = vec![deployment.manifest];
            for (manifest, replaced_at) in recent.await? {
                if seen.contains(&manifest) {
                    continue;
                }
                seen.push(manifest);
                kept.push(self.store.manifest(organization, manifest).await?);
                valid_until = valid_until.min(replaced_at + kept_time);
            }
        }
        let manifest = self.store.manifest(organization, deployment.manifest).await?;
        let live = LiveDeployment {
            deployment: deployment.short_id.parse().map_err(ServiceError::internal)?,
            site: deployment.site_id,
            organization,
            rules: self.rules(organization, &manifest, &deployment.short_id).await?,
            manifest,
            is_production,
            changing: db::fingerprinted_paths::changing(self.db.read(), deployment.site_id).await?,
            kept,
            generation: Generation::next(),
        };
        Ok(Some((live, valid_until)))
    }

    /// The deployment's own rules. That they cannot be read is an error: without them it would be another site.
    async fn rules(
        &self,
        organization: Uuid,
        manifest: &Manifest,
        deployment: &str,
    ) -> Result<Option<Arc<SiteRules>>, ServiceError> {
        let mut files = [None, None];
        for (file, (name, most_bytes)) in files.iter_mut().zip(SiteRules::FILES) {
            let Some(entry) = manifest.get(name) else { continue };
            if entry.size > most_bytes as u64 {
                tracing::warn!(deployment, name, size = entry.size, "a file of rules is too large to be read");
                continue;
            }
            *file = Some(self.store.read_whole(organization, entry.blob).await?);
        }
        let [redirects, headers] = files;
        if redirects.is_none() && headers.is_none() {
            return Ok(None);
        }
        let deployment = deployment.to_owned();
        // Tens of thousands of rules take a while to prepare.
        let read = move || SiteRules::read(redirects.as_deref(), headers.as_deref(), &deployment);
        Ok(tokio::task::spawn_blocking(read).await.map_err(ServiceError::internal)?.map(Arc::new))
    }

    async fn find(&self, target: &HostTarget) -> Result<Option<(db::deployments::Deployment, bool)>, ServiceError> {
        let read = self.db.read();
        match target {
            HostTarget::Site(slug) => {
                let Some(current) = db::sites::find(read, slug.as_str()).await?.and_then(|site| site.current) else {
                    return Ok(None);
                };
                Ok(db::deployments::find(read, &current).await?.map(|deployment| (deployment, true)))
            }
            HostTarget::Deployment(id, slug) => {
                let found = db::deployments::find(read, id.as_str()).await?;
                let fitting = found.filter(|found| found.site_slug == slug.as_str() && found.status == "ready");
                Ok(fitting.map(|deployment| (deployment, false)))
            }
            HostTarget::Alias(..) | HostTarget::Other => Ok(None),
        }
    }

    fn lane(&self, target: &HostTarget) -> &tokio::sync::Mutex<()> {
        let mut hasher = std::hash::DefaultHasher::new();
        target.hash(&mut hasher);
        &self.lanes[hasher.finish() as usize % LANES]
    }

    fn remember(&self, target: &HostTarget, live: &Arc<LiveDeployment>, valid_until: i64, version: u64) {
        let manifests = [&live.manifest].into_iter().chain(&live.kept);
        let bytes = HOST_BYTES
            + KEY_BYTES * live.changing.len()
            + live.rules.as_ref().map_or(0, |rules| rules.bytes())
            + manifests.map(|manifest| manifest.as_bytes().len()).sum::<usize>();
        let mut hosts = self.hosts.write().unwrap_or_else(PoisonError::into_inner);
        if self.version.load(Ordering::SeqCst) != version {
            return;
        }
        while hosts.bytes + bytes > self.limits.manifest_cache && !hosts.entries.is_empty() {
            let oldest = hosts.entries.iter().min_by_key(|(_, entry)| entry.last_used.load(Ordering::Relaxed));
            let Some(oldest) = oldest.map(|(target, _)| target.clone()) else { break };
            let freed = hosts.entries.remove(&oldest).map_or(0, |entry| entry.bytes);
            hosts.bytes -= freed;
        }
        let last_used = AtomicI64::new(self.clock.now());
        let entry = Entry { live: Arc::clone(live), bytes, valid_until, last_used };
        let replaced = hosts.entries.insert(target.clone(), entry).map_or(0, |entry| entry.bytes);
        hosts.bytes = hosts.bytes + bytes - replaced;
    }
}

impl ContentSource for Directory {
    type Content = Located;

    async fn deployment(&self, target: &HostTarget) -> Result<Option<Arc<LiveDeployment>>, SourceError> {
        if let Some(cached) = self.cached_deployment(target) {
            return Ok(cached);
        }
        let _lane = self.lane(target).lock().await;
        // Whoever was here before has perhaps looked it up.
        if let Some(cached) = self.cached_deployment(target) {
            return Ok(cached);
        }
        let version = self.version.load(Ordering::SeqCst);
        let Some((live, valid_until)) = self.load(target).await? else { return Ok(None) };
        let live = Arc::new(live);
        self.remember(target, &live, valid_until, version);
        Ok(Some(live))
    }

    fn cached_deployment(&self, target: &HostTarget) -> Option<Option<Arc<LiveDeployment>>> {
        let hosts = self.hosts.read().unwrap_or_else(PoisonError::into_inner);
        let entry = hosts.entries.get(target)?;
        let now = self.clock.now();
        if now >= entry.valid_until {
            return None;
        }
        // Written at most once a second: a shared cache line that every request writes would cost more than it tells.
        if now - entry.last_used.load(Ordering::Relaxed) > 1_000 {
            entry.last_used.store(now, Ordering::Relaxed);
        }
        Some(Some(Arc::clone(&entry.live)))
    }

    async fn representations(
        &self,
        organization: Uuid,
        blob: BlobId,
    ) -> Result<Option<Representations<Located>>, SourceError> {
        let found = self.store.locate(organization, blob).await?;
        let stored = |located: Located| Stored { length: located.length, content: located };
        Ok(found.map(|found| Representations {
            identity: stored(found.identity),
            gzip: found.gzip.map(stored),
            brotli: found.brotli.map(stored),
            complete: found.variants_decided,
        }))
    }

    async fn read(&self, content: &Located, range: Range<u64>) -> Result<Bytes, SourceError> {
        Ok(self.store.read(content, range).await?)
    }
}

impl From<ServiceError> for SourceError {
    fn from(error: ServiceError) -> Self {
        SourceError::store(error.cause.unwrap_or_else(|| error.message.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::services::sites;
    use crate::server::testing::TestState;

    fn host(name: &str) -> HostTarget {
        crate::domain::host::target(name, "localhost")
    }

    async fn test() -> TestState {
        let test = TestState::new().await;
        test.site(&test.owner, "personal", "blog").await;
        test
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_is_never_remembered_after_it() {
        let test = test().await;
        let (directory, blog) = (&test.state.directory, host("blog.localhost"));
        test.deploy(&test.owner, "blog", &[("a", b"old")]).await;
        // A request reads the old deployment; while it does, another one is published.
        let version = directory.version.load(Ordering::SeqCst);
        let (old, valid_until) = directory.load(&blog).await.expect("reads").expect("is there");
        let new = test.deploy(&test.owner, "blog", &[("a", b"new")]).await.deployment.deployment_id;
        directory.remember(&blog, &Arc::new(old), valid_until, version);
        assert!(directory.cached_deployment(&blog).is_none(), "what is old is not kept");
        let live = directory.deployment(&blog).await.expect("reads").expect("is there");
        assert_eq!(live.deployment, new);
        assert!(directory.cached_deployment(&blog).is_some());
    }

    #[tokio::test]
    async fn a_change_is_seen_by_every_host_of_its_site_and_by_no_other() {
        let test = test().await;
        test.site(&test.owner, "personal", "docs").await;
        let (directory, blog) = (&test.state.directory, host("blog.localhost"));
        let shown = async |target: &HostTarget| {
            let live = directory.deployment(target).await.expect("reads");
            live.map(|live| (live.deployment, live.generation))
        };
        assert!(shown(&blog).await.is_none());
        let first = test.deploy(&test.owner, "blog", &[("a", b"1")]).await.deployment.deployment_id;
        test.deploy(&test.owner, "docs", &[("a", b"1")]).await;
        let alone = host(&format!("{first}-blog.localhost"));
        let docs = shown(&host("docs.localhost")).await;
        assert_eq!(shown(&blog).await.map(|shown| shown.0), Some(first));
        assert_eq!(shown(&alone).await.map(|shown| shown.0), Some(first));
        assert!(shown(&host(&format!("{first}-docs.localhost"))).await.is_none(), "it is not that site's");

        let second = test.deploy(&test.owner, "blog", &[("a", b"2")]).await.deployment.deployment_id;
        assert_eq!(shown(&blog).await.map(|shown| shown.0), Some(second));
        assert_eq!(shown(&alone).await.map(|shown| shown.0), Some(first));
        assert_eq!(shown(&host("docs.localhost")).await, docs, "another site stays in memory");

        sites::delete(&test.state, &test.owner, "blog").await.expect("deletes");
        test.site(&test.owner, "personal", "blog").await;
        assert!(shown(&blog).await.is_none() && shown(&alone).await.is_none());
    }

    #[tokio::test]
    async fn a_host_that_many_ask_for_is_read_once() {
        let test = test().await;
        test.deploy(&test.owner, "blog", &[("a", b"1")]).await;
        let blog = host("blog.localhost");
        let asked = (0..50).map(|_| test.state.directory.deployment(&blog));
        let shown = futures_util::future::join_all(asked).await;
        let first = shown[0].as_ref().expect("reads").as_ref().expect("is there").generation;
        assert!(shown.iter().all(|one| matches!(one, Ok(Some(live)) if live.generation == first)));
    }

    #[tokio::test]
    async fn assets_of_replaced_deployments_are_kept_for_a_day_and_equal_manifests_once() {
        let test = test().await;
        let directory = &test.state.directory;
        for content in [b"1", b"2", b"2", b"3", b"3"] {
            test.deploy(&test.owner, "blog", &[("a", content)]).await;
            test.state.clock.advance(1_000);
        }
        let kept = async || {
            let live = directory.deployment(&host("blog.localhost")).await.expect("reads").expect("is there");
            live.kept.iter().filter_map(|kept| kept.get("a")).map(|entry| entry.blob).collect::<Vec<_>>()
        };
        assert_eq!(kept().await, [BlobId::of(b"2"), BlobId::of(b"1")]);
        test.state.clock.advance(milliseconds(test.state.limits.kept_time) - 3_500);
        assert_eq!(kept().await, [BlobId::of(b"2")], "the older one's time is over");
        test.state.clock.advance(5_000);
        assert!(kept().await.is_empty());
    }

    #[tokio::test]
    async fn what_is_remembered_is_bounded() {
        let limits = Limits { manifest_cache: 3 * HOST_BYTES, ..Limits::default() };
        let test = TestState::with_limits(limits).await;
        for site in ["one", "two", "three", "four"] {
            test.site(&test.owner, "personal", site).await;
            test.deploy(&test.owner, site, &[("a", b"1")]).await;
            test.state.clock.advance(2_000);
            test.state.directory.deployment(&host(&format!("{site}.localhost"))).await.expect("reads");
        }
        let remembered =
            |site: &str| test.state.directory.cached_deployment(&host(&format!("{site}.localhost"))).is_some();
        assert!(remembered("three") && remembered("four"));
        assert!(!remembered("one") && !remembered("two"), "the oldest ones made room");
        let hosts = test.state.directory.hosts.read().expect("not poisoned");
        assert!(hosts.bytes <= limits.manifest_cache);
        assert_eq!(hosts.bytes, hosts.entries.values().map(|entry| entry.bytes).sum::<usize>());
    }
}
