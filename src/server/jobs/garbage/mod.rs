//! Garbage collection: what no deployment needs is forgotten, and packs that are mostly garbage are rewritten.
//!
//! Roots are the manifests of all ready deployments and of begun ones for 24 hours. Deploys go on meanwhile, and these
//! rules keep what they count on:
//!
//! - a content is deleted only in a transaction that reads the roots again, so what was begun after marking is spared;
//! - a deployment asks what is missing only once it is a root whose manifest is stored;
//! - what makes a manifest a root checks in the same transaction that manifest and contents are still there;
//! - a pack is deleted only when the index names nothing of it and nobody holds it ([`crate::server::packs::Hold`]);
//! - files go after their rows, and a reader that finds its pack gone looks the content up once more.

mod live;
mod rewrite;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::server::db::packs::Pack;
use crate::server::db::{self, ROWS_AT_ONCE};
use crate::server::error::ServiceError;
use crate::server::services::tokens;
use crate::server::settings::milliseconds;
use crate::server::state::State;

use live::Live;

/// Rows that one transaction of a collection changes: as long as it takes, deploys wait.
const ROWS_IN_TRANSACTION: usize = 1_000;

/// What a collection did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Collected {
    /// Rows of the index that are gone.
    pub(crate) rows: u64,
    /// Packs that are gone, rewritten ones included.
    pub(crate) packs: u64,
    /// Files that were left over without a row.
    pub(crate) left_over: u64,
}

/// Collects once; a second call waits for the first.
pub(crate) async fn collect(state: &Arc<State>) -> Result<Collected, ServiceError> {
    let _alone = state.collecting.lock().await;
    let mut collected = Collected::default();
    give_up_abandoned(state).await?;
    tokens::forget_ended(state).await?;
    let mut live = Live::default();
    live.add(state, db::deployments::roots(state.db.read()).await?).await?;
    let dead = dead(state, &live).await?;
    for chunk in dead.chunks(ROWS_IN_TRANSACTION) {
        collected.rows += sweep(state, chunk, &mut live).await?;
    }
    drop((live, dead));
    collected.packs += rewrite::tidy(state).await?;
    collected.left_over += remove_left_over_files(state).await?;
    if collected != Collected::default() {
        let Collected { rows, packs, left_over } = collected;
        tracing::info!(rows, packs, left_over, "garbage collected");
    }
    Ok(collected)
}

/// Removes what a crash left behind.
pub(crate) async fn clean_up(state: &Arc<State>) -> Result<(), ServiceError> {
    let _alone = state.collecting.lock().await;
    let removed = remove_left_over_files(state).await?;
    if removed > 0 {
        tracing::info!(left_over = removed, "packs that a crash left behind are removed");
    }
    Ok(())
}

async fn give_up_abandoned(state: &State) -> Result<(), ServiceError> {
    let before = state.now() - milliseconds(state.limits.upload_time);
    let mut write = state.db.write().await?;
    db::deployments::fail_pending(&mut write, before, state.now()).await?;
    Ok(write.commit().await?)
}

/// Contents in the index that do not live.
async fn dead(state: &State, live: &Live) -> Result<Vec<(Uuid, BlobId)>, ServiceError> {
    let (mut dead, mut after) = (Vec::new(), None);
    loop {
        let page = db::blobs::keys(state.db.read(), after, ROWS_AT_ONCE).await?;
        let Some(last) = page.last().copied() else { return Ok(dead) };
        dead.extend(page.into_iter().filter(|key| !live.has(key)));
        after = Some(last);
    }
}

/// Deletes dead contents, except what roots that came after marking need.
async fn sweep(state: &State, dead: &[(Uuid, BlobId)], live: &mut Live) -> Result<u64, ServiceError> {
    // Most of the new roots are read here, where nobody waits for it.
    live.add(state, db::deployments::roots(state.db.read()).await?).await?;
    let mut write = state.db.write().await?;
    live.add(state, db::deployments::roots(&mut *write).await?).await?;
    let mut rows = 0;
    for (organization, blob) in dead.iter().filter(|key| !live.has(key)) {
        rows += db::blobs::delete(&mut write, *organization, *blob).await?;
    }
    write.commit().await?;
    Ok(rows)
}

/// Deletes packs that the index does not point to; one that got a new row, or that somebody holds, stays.
async fn delete_packs(state: &State, packs: &[Pack]) -> Result<u64, ServiceError> {
    if packs.is_empty() {
        return Ok(0);
    }
    let mut gone = Vec::new();
    let mut write = state.db.write().await?;
    for pack in packs {
        if !state.packs.is_held(pack.file) && db::packs::delete_if_empty(&mut write, pack.id).await? {
            gone.push(pack.file);
        }
    }
    write.commit().await?;
    remove_files(state, gone).await
}

async fn remove_files(state: &State, files: Vec<Uuid>) -> Result<u64, ServiceError> {
    let packs = Arc::clone(&state.packs);
    let remove = move || {
        files.iter().try_for_each(|file| packs.remove(*file))?;
        Ok::<_, std::io::Error>(files.len() as u64)
    };
    Ok(tokio::task::spawn_blocking(remove).await??)
}

/// Removes files that a crash, or a write that failed, left without a row.
async fn remove_left_over_files(state: &State) -> Result<u64, ServiceError> {
    let packs = Arc::clone(&state.packs);
    let mut files = tokio::task::spawn_blocking(move || packs.settled()).await??;
    let known: HashSet<Uuid> = db::packs::all(state.db.read()).await?.into_iter().map(|pack| pack.file).collect();
    files.retain(|file| !known.contains(file));
    remove_files(state, files).await
}
