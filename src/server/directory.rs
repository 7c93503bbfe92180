//! Which deployment each host shows, in memory, and forgotten the moment a site changes.

use std::collections::HashMap;
use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::domain::host::HostTarget;

use super::clock::Clock;
use super::db::{self, Db};
use super::error::ServiceError;
use super::hosting::{ContentSource, Generation, LiveDeployment, Representations, SourceError, Stored};
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
        let live = LiveDeployment {
            deployment: deployment.short_id.parse().map_err(ServiceError::internal)?,
            site: deployment.site_id,
            organization,
            manifest: self.store.manifest(organization, deployment.manifest).await?,
            is_production,
            changing: db::fingerprinted_paths::changing(self.db.read(), deployment.site_id).await?,
            kept,
            generation: Generation::next(),
        };
        Ok(Some((live, valid_until)))
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
