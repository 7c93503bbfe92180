//! Garbage collection: what no deployment needs is forgotten, and packs that are mostly garbage are rewritten.
//!
//! Roots are the manifests of all ready deployments and of begun ones for 24 hours. A content is deleted only in a
//! transaction that reads the roots again: what was begun after marking is spared. Packs are removed after the index no
//! longer names them; a reader that finds its pack gone looks the content up once more.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::content::frame::FrameHeader;
use crate::server::db::blobs::PartRow;
use crate::server::db::packs::Pack;
use crate::server::db::{self, ROWS_AT_ONCE, Write};
use crate::server::error::ServiceError;
use crate::server::settings::milliseconds;
use crate::server::state::State;

/// Packs smaller than this are merged when there are many of them.
const SMALL_PACK: i64 = 4 << 20;
/// How many small packs one organization may have.
const SMALL_PACKS: usize = 32;
/// Bytes of contents that one rewriting moves.
const REWRITE_BYTES: u64 = 64 << 20;

/// What a collection did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Collected {
    /// Rows of the index that are gone.
    pub(crate) rows: u64,
    /// Packs that are gone, rewritten ones included.
    pub(crate) packs: u64,
}

/// What lives: contents by organization.
type Live = HashMap<Uuid, HashSet<BlobId>>;

/// Collects once. Deploys go on meanwhile.
pub(crate) async fn collect(state: &Arc<State>) -> Result<Collected, ServiceError> {
    let mut collected = Collected::default();
    give_up_abandoned(state).await?;
    let roots = db::deployments::roots(state.db.read()).await?;
    let marked: HashSet<(Uuid, BlobId)> = roots.iter().copied().collect();
    let mut live = Live::new();
    for root in &roots {
        mark(state, *root, &mut live).await?;
    }
    let dead = dead(state, &live).await?;
    for chunk in dead.chunks(ROWS_AT_ONCE) {
        collected.rows += sweep(state, chunk, &marked).await?;
    }
    collected.packs += remove_empty_packs(state).await?;
    collected.packs += rewrite(state).await?;
    remove_left_over_files(state).await?;
    if collected != Collected::default() {
        tracing::info!(rows = collected.rows, packs = collected.packs, "garbage collected");
    }
    Ok(collected)
}

async fn give_up_abandoned(state: &State) -> Result<(), ServiceError> {
    let before = state.now() - milliseconds(state.limits.upload_time);
    let mut write = state.db.write().await?;
    db::deployments::fail_pending(&mut write, before, state.now()).await?;
    Ok(write.commit().await?)
}

/// Adds a manifest and all its contents to what lives.
async fn mark(state: &State, (organization, manifest): (Uuid, BlobId), live: &mut Live) -> Result<(), ServiceError> {
    let contents = live.entry(organization).or_default();
    contents.insert(manifest);
    // A deployment that was just begun may not have stored its manifest yet; then it has no content either.
    if state.store.locate(organization, manifest).await?.is_some() {
        let manifest = state.store.manifest(organization, manifest).await?;
        contents.extend(manifest.iter().map(|entry| entry.blob));
    }
    Ok(())
}

/// Contents in the index that do not live.
async fn dead(state: &State, live: &Live) -> Result<Vec<(Uuid, BlobId)>, ServiceError> {
    let (mut dead, mut after) = (Vec::new(), None);
    loop {
        let page = db::blobs::keys(state.db.read(), after, ROWS_AT_ONCE).await?;
        let Some(last) = page.last().copied() else { return Ok(dead) };
        dead.extend(
            page.iter().filter(|(organization, blob)| !live.get(organization).is_some_and(|live| live.contains(blob))),
        );
        after = Some(last);
    }
}

/// Deletes dead contents, except what roots that came after marking need.
async fn sweep(state: &State, dead: &[(Uuid, BlobId)], marked: &HashSet<(Uuid, BlobId)>) -> Result<u64, ServiceError> {
    let mut write = state.db.write().await?;
    let mut spared = Live::new();
    for root in db::deployments::roots(&mut *write).await?.into_iter().filter(|root| !marked.contains(root)) {
        mark(state, root, &mut spared).await?;
    }
    let mut rows = 0;
    for (organization, blob) in dead {
        if !spared.get(organization).is_some_and(|spared| spared.contains(blob)) {
            rows += db::blobs::delete(&mut write, *organization, *blob).await?;
        }
    }
    write.commit().await?;
    Ok(rows)
}

async fn remove_empty_packs(state: &State) -> Result<u64, ServiceError> {
    let mut write = state.db.write().await?;
    let empty = db::packs::delete_empty(&mut write).await?;
    write.commit().await?;
    remove_files(state, &empty).await?;
    Ok(empty.len() as u64)
}

async fn remove_files(state: &State, files: &[Uuid]) -> Result<(), ServiceError> {
    let (packs, files) = (Arc::clone(&state.packs), files.to_vec());
    let remove = move || files.into_iter().try_for_each(|file| packs.remove(file));
    Ok(tokio::task::spawn_blocking(remove).await??)
}

/// Rewrites packs of which more than half is garbage, and merges small ones when an organization has many.
async fn rewrite(state: &State) -> Result<u64, ServiceError> {
    let usage = db::packs::usage(state.db.read()).await?;
    let mut by_organization: HashMap<Uuid, (Vec<(Pack, i64)>, Vec<(Pack, i64)>)> = HashMap::new();
    for (pack, used) in usage {
        let (sparse, small) = by_organization.entry(pack.organization).or_default();
        if used * 2 < pack.size {
            sparse.push((pack, used));
        } else if pack.size < SMALL_PACK {
            small.push((pack, used));
        }
    }
    let mut rewritten = 0;
    for (organization, (mut packs, small)) in by_organization {
        if small.len() > SMALL_PACKS {
            packs.extend(small);
        }
        let mut batch = Vec::new();
        let mut bytes = 0;
        for (pack, used) in packs {
            batch.push(pack);
            bytes += used.unsigned_abs();
            if bytes >= REWRITE_BYTES {
                rewritten += rewrite_batch(state, organization, std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
        }
        rewritten += rewrite_batch(state, organization, batch).await?;
    }
    Ok(rewritten)
}

/// Copies what the index still names in some packs into a new one, then points the index there.
async fn rewrite_batch(state: &State, organization: Uuid, old: Vec<Pack>) -> Result<u64, ServiceError> {
    if old.is_empty() {
        return Ok(0);
    }
    let mut parts: Vec<(PartRow, Uuid)> = Vec::new();
    for pack in &old {
        parts.extend(db::blobs::in_pack(state.db.read(), pack.id).await?.into_iter().map(|part| (part, pack.file)));
    }
    let (packs, mut writer, sources) = (Arc::clone(&state.packs), state.packs.create(organization), parts.clone());
    let copy = move || {
        let mut buffer = Vec::new();
        for (part, file) in sources {
            let length = u32::try_from(part.length).map_err(std::io::Error::other)?;
            buffer.resize(length as usize, 0);
            packs.read(file, part.pack_offset, &mut buffer)?;
            let header = FrameHeader { blob: part.blob, start: part.start, length, encoding: part.encoding };
            writer.append(&header, &buffer)?;
        }
        writer.finish()
    };
    let new = tokio::task::spawn_blocking(copy).await??;
    let mut write = state.db.write().await?;
    if let Some(new) = new {
        let id = db::packs::insert(&mut write, new.file, organization, new.size, state.now()).await?;
        for ((part, _), frame) in parts.iter().zip(&new.frames) {
            db::blobs::relocate(&mut write, organization, part, id, frame.offset).await?;
        }
    }
    let gone = delete_packs(&mut write, &old).await?;
    write.commit().await?;
    remove_files(state, &gone).await?;
    Ok(gone.len() as u64)
}

/// Deletes packs that the index no longer points to; one that got a new row meanwhile stays.
async fn delete_packs(write: &mut Write, packs: &[Pack]) -> Result<Vec<Uuid>, ServiceError> {
    let mut gone = Vec::new();
    for pack in packs {
        if db::packs::delete_if_empty(write, pack.id).await? {
            gone.push(pack.file);
        }
    }
    Ok(gone)
}

/// Removes files that a crash left without a row.
async fn remove_left_over_files(state: &State) -> Result<(), ServiceError> {
    let before = std::time::SystemTime::now() - state.limits.upload_time;
    let known: HashSet<Uuid> = db::packs::all(state.db.read()).await?.into_iter().map(|pack| pack.file).collect();
    let packs = Arc::clone(&state.packs);
    tokio::task::spawn_blocking(move || packs.remove_unknown(&known, before)).await??;
    Ok(())
}
