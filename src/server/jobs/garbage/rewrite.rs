//! Packs: empty ones are deleted, sparse ones rewritten, small ones merged.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use uuid::Uuid;

use crate::content::frame::FrameHeader;
use crate::server::db;
use crate::server::db::blobs::PartRow;
use crate::server::db::packs::Pack;
use crate::server::error::ServiceError;
use crate::server::packs::PackStore;
use crate::server::packs::writer::{FinishedPack, PackWriter};
use crate::server::state::State;

use super::{ROWS_IN_TRANSACTION, delete_packs};

/// Packs smaller than this are merged when there are many of them.
const SMALL_PACK: i64 = 4 << 20;
/// How many small packs one organization may have.
const SMALL_PACKS: usize = 32;
/// Bytes that one rewriting moves.
const REWRITE_BYTES: i64 = 64 << 20;

/// What is to be done with an organization's packs.
#[derive(Default)]
struct Untidy {
    empty: Vec<Pack>,
    /// Packs of which more than half is garbage, with the bytes that are not.
    sparse: Vec<(Pack, i64)>,
    small: Vec<(Pack, i64)>,
}

/// Deletes, rewrites and merges packs; tells how many are gone.
pub(super) async fn tidy(state: &State) -> Result<u64, ServiceError> {
    let mut organizations: HashMap<Uuid, Untidy> = HashMap::new();
    for (pack, used) in db::packs::usage(state.db.read()).await? {
        // Of a pack that is being entered in the index, most still looks like garbage.
        if state.packs.is_held(pack.file) {
            continue;
        }
        let untidy = organizations.entry(pack.organization).or_default();
        if used == 0 {
            untidy.empty.push(pack);
        } else if used * 2 < pack.size {
            untidy.sparse.push((pack, used));
        } else if pack.size < SMALL_PACK {
            untidy.small.push((pack, used));
        }
    }
    let mut gone = 0;
    for (organization, Untidy { empty, sparse: mut packs, small }) in organizations {
        gone += delete_packs(state, &empty).await?;
        if small.len() > SMALL_PACKS {
            packs.extend(small);
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for (pack, used) in packs {
            batch.push(pack);
            bytes += used;
            if bytes >= REWRITE_BYTES {
                gone += rewrite(state, organization, std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
        }
        gone += rewrite(state, organization, batch).await?;
    }
    Ok(gone)
}

/// Copies what the index still names in some packs into a new one, points the index there, and deletes them.
async fn rewrite(state: &State, organization: Uuid, old: Vec<Pack>) -> Result<u64, ServiceError> {
    let mut parts: Vec<(PartRow, Uuid)> = Vec::new();
    for pack in &old {
        parts.extend(db::blobs::in_pack(state.db.read(), pack.id).await?.into_iter().map(|part| (part, pack.file)));
    }
    let (packs, writer) = (Arc::clone(&state.packs), state.packs.create(organization));
    let copied = tokio::task::spawn_blocking(move || Ok::<_, io::Error>((copy(&packs, writer, &parts)?, parts)));
    let (new, parts) = copied.await??;
    if let Some(new) = new {
        relocate(state, organization, &parts, &new).await?;
    }
    delete_packs(state, &old).await
}

fn copy(packs: &PackStore, mut writer: PackWriter, parts: &[(PartRow, Uuid)]) -> io::Result<Option<FinishedPack>> {
    let mut buffer = Vec::new();
    for (part, file) in parts {
        let length = u32::try_from(part.length).map_err(io::Error::other)?;
        buffer.resize(length as usize, 0);
        packs.read(*file, part.pack_offset, &mut buffer)?;
        let header = FrameHeader { blob: part.blob, start: part.start, length, encoding: part.encoding };
        writer.append(&header, &buffer)?;
    }
    writer.finish()
}

/// Points the index to the new places, in bounded transactions. What was deleted meanwhile stays deleted, and what was
/// deleted and sent again stays where it was sent to.
async fn relocate(
    state: &State,
    organization: Uuid,
    parts: &[(PartRow, Uuid)],
    new: &FinishedPack,
) -> Result<(), ServiceError> {
    let mut id = None;
    for (parts, frames) in parts.chunks(ROWS_IN_TRANSACTION).zip(new.frames.chunks(ROWS_IN_TRANSACTION)) {
        let mut write = state.db.write().await?;
        let id = match id {
            Some(id) => id,
            None => *id.insert(db::packs::insert(&mut write, new.file, organization, new.size, state.now()).await?),
        };
        for ((part, _), frame) in parts.iter().zip(frames) {
            db::blobs::relocate(&mut write, organization, part, id, frame.offset).await?;
        }
        write.commit().await?;
    }
    Ok(())
}
