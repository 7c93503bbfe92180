//! Compressed variants: made once for each content after a deploy, by one task, newest deployment first.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use tokio::sync::{Notify, oneshot};
use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::content::frame::{Encoding, FrameHeader};
use crate::content::mime;
use crate::server::db::blobs::PartRow;
use crate::server::db::{self, ROWS_AT_ONCE};
use crate::server::error::ServiceError;
use crate::server::hosting::{compress, is_worth_trying};
use crate::server::packs::writer::{FinishedPack, PackWriter};
use crate::server::state::State;

/// Level of brotli right after a deploy; higher ones take many times as long.
const BROTLI_QUALITY: u32 = 5;
/// Level of gzip.
const GZIP_LEVEL: u32 = 6;
/// Bytes of variants after which a pack is ended.
const PACK_BYTES: u64 = 32 << 20;

/// Manifests whose contents wait for variants.
#[derive(Default)]
pub(crate) struct VariantQueue {
    waiting: Mutex<Vec<(Uuid, BlobId)>>,
    wake: Notify,
}

impl VariantQueue {
    /// Asks for the variants of a manifest's contents.
    pub(crate) fn push(&self, organization: Uuid, manifest: BlobId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked for again, it is the newest once more.
        waiting.retain(|asked| *asked != (organization, manifest));
        waiting.push((organization, manifest));
        self.wake.notify_one();
    }

    /// The newest one; older ones wait.
    fn pop(&self) -> Option<(Uuid, BlobId)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

/// Makes variants until the task is aborted. What was asked for before a restart is asked for again by the next request
/// for the site.
pub(crate) async fn run(state: Arc<State>) {
    let worker = Worker::start();
    loop {
        while let Some((organization, manifest)) = state.variants.pop() {
            if let Err(error) = make(&state, &worker, organization, manifest).await {
                tracing::error!(error = ?error, "variants could not be made");
            }
        }
        state.variants.wake.notified().await;
    }
}

/// Makes what is missing for one manifest.
async fn make(state: &Arc<State>, worker: &Worker, organization: Uuid, manifest: BlobId) -> Result<(), ServiceError> {
    if state.store.locate(organization, manifest).await?.is_none() {
        // Its site was deleted meanwhile.
        return Ok(());
    }
    let manifest = state.store.manifest(organization, manifest).await?;
    let mut candidates: Vec<BlobId> = manifest
        .iter()
        .filter(|entry| is_worth_trying(mime::content_type(entry.path), entry.size))
        .map(|entry| entry.blob)
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let undecided: HashSet<BlobId> = db::blobs::undecided(state.db.read(), organization, &candidates).await?;
    candidates.retain(|blob| undecided.contains(blob));

    let mut candidates = candidates.into_iter();
    loop {
        // A pack at a time, so that a long list is used and visible bit by bit.
        let mut pack = Some(state.packs.create(organization));
        let mut decided = Vec::new();
        for blob in candidates.by_ref() {
            let Some(writer) = pack.take() else { break };
            let content = state.store.read_whole(organization, blob).await?;
            let work = move || append_variants(writer, blob, &content);
            let writer = worker.run(work).await??;
            let is_full = writer.size() >= PACK_BYTES;
            pack = Some(writer);
            decided.push(blob);
            if is_full || decided.len() >= ROWS_AT_ONCE / 2 {
                break;
            }
        }
        if decided.is_empty() {
            return Ok(());
        }
        let finished = match pack {
            Some(writer) => tokio::task::spawn_blocking(move || writer.finish()).await??,
            None => None,
        };
        index(state, organization, finished, &decided).await?;
    }
}

/// The one thread that compresses, of lower priority than those that serve.
struct Worker(mpsc::Sender<Box<dyn FnOnce() + Send>>);

impl Worker {
    fn start() -> Self {
        let (sender, receiver) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let work = move || {
            lower_priority();
            for work in receiver {
                // The panic is logged where it happens; whoever waits for the result finds that there is none.
                let _ = catch_unwind(AssertUnwindSafe(work));
            }
        };
        if let Err(error) = std::thread::Builder::new().name("variants".to_owned()).spawn(work) {
            tracing::error!(%error, "the thread that compresses cannot start");
        }
        Worker(sender)
    }

    /// Runs work there; fails when the work panicked.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
        let (sender, receiver) = oneshot::channel();
        // Nobody waits for the result any more when the job was ended.
        let work = move || drop(sender.send(work()));
        self.0.send(Box::new(work)).map_err(|_| ServiceError::internal("the thread that compresses is gone"))?;
        receiver.await.map_err(|_| ServiceError::internal("the thread that compresses panicked"))
    }
}

/// Lets every other thread go first. Linux has a priority for each thread; elsewhere it stays as it is.
fn lower_priority() {
    #[cfg(target_os = "linux")]
    {
        let thread = rustix::thread::gettid();
        if let Err(error) = rustix::process::setpriority_process(Some(thread), 10) {
            tracing::debug!(%error, "the thread that compresses keeps its priority");
        }
    }
}

/// Compresses one content and appends what is worth keeping.
fn append_variants(mut pack: PackWriter, blob: BlobId, content: &[u8]) -> std::io::Result<PackWriter> {
    for (kind, quality) in [(Encoding::Gzip, GZIP_LEVEL), (Encoding::Brotli, BROTLI_QUALITY)] {
        if let Some(variant) = compress(content, kind, quality)
            && let Ok(length) = u32::try_from(variant.len())
        {
            pack.append(&FrameHeader { blob, start: 0, length, encoding: kind }, &variant)?;
        }
    }
    Ok(pack)
}

async fn index(
    state: &State,
    organization: Uuid,
    pack: Option<FinishedPack>,
    decided: &[BlobId],
) -> Result<(), ServiceError> {
    let mut write = state.db.write().await?;
    // Held until the transaction has ended.
    if let Some(pack) = &pack {
        let id = db::packs::insert(&mut write, pack.file, organization, pack.size, state.now()).await?;
        let rows: Vec<PartRow> = pack
            .frames
            .iter()
            .map(|frame| PartRow {
                blob: frame.header.blob,
                encoding: frame.header.encoding,
                start: 0,
                length: u64::from(frame.header.length),
                size: u64::from(frame.header.length),
                pack: id,
                pack_offset: frame.offset,
                complete: true,
                variants_decided: true,
            })
            .collect();
        db::blobs::insert_variants(&mut write, organization, &rows).await?;
    }
    db::blobs::mark_decided(&mut write, organization, decided).await?;
    Ok(write.commit().await?)
}
