//! Compressed variants: made once for each content after a deploy, by one task, newest deployment first.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
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
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((organization, manifest));
        self.wake.notify_one();
    }

    /// The newest one; older ones wait.
    fn pop(&self) -> Option<(Uuid, BlobId)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

/// Makes variants until the task is aborted. What was asked for before a restart is asked for again by the next deploy
/// or the next request for the site.
pub(crate) async fn run(state: Arc<State>) {
    loop {
        while let Some((organization, manifest)) = state.variants.pop() {
            if let Err(error) = make(&state, organization, manifest).await {
                tracing::error!(error = ?error, "variants could not be made");
            }
        }
        state.variants.wake.notified().await;
    }
}

/// Makes what is missing for one manifest.
async fn make(state: &Arc<State>, organization: Uuid, manifest: BlobId) -> Result<(), ServiceError> {
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
            let writer = tokio::task::spawn_blocking(work).await??;
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
