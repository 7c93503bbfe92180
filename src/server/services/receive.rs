//! Receiving contents: each request becomes one pack, and is answered when pack and index are on disk.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

use uuid::Uuid;

use crate::api::ErrorCode;
use crate::api::deployments::ReceivedBlobs;
use crate::content::blob::BlobId;
use crate::content::frame::{Encoding, LONGEST_PART};
use crate::domain::deployment_id::DeploymentId;
use crate::server::caller::Caller;
use crate::server::db::blobs::{PartRow, StoredPart};
use crate::server::db::{self, ROWS_AT_ONCE, deployments::Deployment};
use crate::server::error::ServiceError;
use crate::server::fault;
use crate::server::packs::receive::{FrameReceiver, ReceiveError};
use crate::server::packs::writer::FinishedPack;
use crate::server::state::State;
use crate::server::uploads::Upload;

use super::{access, authentication, begin};

/// How often a content in parts is looked at anew because its parts changed meanwhile.
const COMPLETE_TRIES: usize = 3;

/// A deployment that takes contents.
pub(crate) struct Receiving {
    caller: Caller,
    deployment: Deployment,
    upload: Arc<Upload>,
}

/// Checks that a deployment still takes contents, before the first byte is read.
pub(crate) async fn open(state: &State, caller: &Caller, id: DeploymentId) -> Result<Receiving, ServiceError> {
    let deployment = access::deployment(state, caller, id).await?;
    if deployment.status != "pending" {
        let message = format!("the deployment `{id}` is {} and takes no more files", deployment.status);
        return Err(ServiceError::new(ErrorCode::Conflict, message).hint("begin a new deployment"));
    }
    let upload = begin::upload(state, &deployment).await?;
    Ok(Receiving { caller: caller.clone(), deployment, upload })
}

/// Reads frames from a body to its end. A body that breaks off (an error of the reader) loses only its last frame.
///
/// # Errors
/// The first thing that was wrong; whole frames before it are kept all the same, unless the credential was deleted while
/// they came: then nothing is.
pub(crate) async fn receive(
    state: &State,
    receiving: &Receiving,
    body: impl Read + Send + 'static,
) -> Result<ReceivedBlobs, ServiceError> {
    let organization = receiving.deployment.organization_id;
    let (pack, upload) = (state.packs.create(organization), Arc::clone(&receiving.upload));
    let read = move || read_frames(FrameReceiver::new(pack, &|blob| upload.expected(blob)), body);
    let (finished, wrong) = tokio::task::spawn_blocking(read).await?;
    let finished = finished?;
    fault::point("blobs-received")?;
    let answer = finished.as_ref().map_or(ReceivedBlobs { frames: 0, bytes: 0 }, |pack| ReceivedBlobs {
        frames: pack.frames.len() as u64,
        bytes: pack.frames.iter().map(|frame| u64::from(frame.header.length)).sum(),
    });
    let in_parts = index(state, organization, finished, &receiving.upload.blobs, Some(&receiving.caller)).await?;
    for (blob, size) in in_parts {
        complete_parts(state, organization, blob, size).await?;
    }
    fault::point("blobs-indexed")?;
    match wrong {
        Some(error) => Err(refused(error)),
        None => Ok(answer),
    }
}

fn read_frames(
    mut receiver: FrameReceiver<'_>,
    mut body: impl Read,
) -> (std::io::Result<Option<FinishedPack>>, Option<ReceiveError>) {
    let mut buffer = vec![0; 256 << 10];
    let wrong = loop {
        match body.read(&mut buffer) {
            Ok(0) => break None,
            Ok(length) => {
                if let Err(error) = receiver.push(&buffer[..length]) {
                    break Some(error);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            // The connection broke or stood still: nobody reads the answer, and what is whole is kept.
            Err(_) => break Some(ReceiveError::CutOff),
        }
    };
    let (finished, cut_off) = receiver.finish();
    (finished, wrong.or(cut_off))
}

/// Adds a pack's frames to the index, in bounded transactions, as long as the credential of who sent them is good.
/// Returns the contents in parts that it touched.
pub(crate) async fn index(
    state: &State,
    organization: Uuid,
    pack: Option<FinishedPack>,
    sizes: &[(BlobId, u64)],
    sender: Option<&Caller>,
) -> Result<BTreeSet<(BlobId, u64)>, ServiceError> {
    let mut in_parts = BTreeSet::new();
    let Some(pack) = pack else { return Ok(in_parts) };
    let mut pack_id = None;
    for frames in pack.frames.chunks(ROWS_AT_ONCE) {
        let mut write = state.db.write().await?;
        if let Some(sender) = sender {
            authentication::still_valid(&mut write, state, sender, organization).await?;
        }
        let id = match pack_id {
            Some(id) => id,
            None => db::packs::insert(&mut write, pack.file, organization, pack.size, state.now()).await?,
        };
        pack_id = Some(id);
        let mut rows = Vec::with_capacity(frames.len());
        for frame in frames {
            let header = frame.header;
            let position = sizes.binary_search_by_key(&header.blob, |(blob, _)| *blob);
            let size = position.map_or(u64::from(header.length), |position| sizes[position].1);
            let is_whole = u64::from(header.length) == size;
            if !is_whole {
                in_parts.insert((header.blob, size));
            }
            rows.push(PartRow {
                blob: header.blob,
                encoding: Encoding::Identity,
                start: header.start,
                length: u64::from(header.length),
                size,
                pack: id,
                pack_offset: frame.offset,
                complete: is_whole,
                variants_decided: false,
            });
        }
        db::blobs::insert(&mut write, organization, &rows).await?;
        write.commit().await?;
    }
    Ok(in_parts)
}

/// Checks a content in parts once all of them are there: its hash decides whether it is the announced one.
///
/// What was hashed must be what is marked: while a large content is read, somebody else's upload may replace its parts,
/// and garbage collection may move them. Then it is looked at anew.
pub(super) async fn complete_parts(
    state: &State,
    organization: Uuid,
    blob: BlobId,
    size: u64,
) -> Result<(), ServiceError> {
    for _ in 0..COMPLETE_TRIES {
        let parts = db::blobs::parts(state.db.read(), organization, blob, size).await?;
        let all_are_here = parts.iter().map(|part| part.part.length).sum::<u64>() == size;
        if !all_are_here || parts.first().is_some_and(|first| first.part.complete) {
            return Ok(());
        }
        let hash = match hash(state, parts.clone()).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            hash => hash?,
        };
        let mut write = state.db.write().await?;
        if db::blobs::parts(&mut *write, organization, blob, size).await? != parts {
            continue;
        }
        if hash == blob {
            db::blobs::mark_complete(&mut write, organization, blob).await?;
            return Ok(write.commit().await?);
        }
        db::blobs::delete_parts(&mut write, organization, blob, size).await?;
        write.commit().await?;
        return Err(refused(ReceiveError::Mismatch(blob)));
    }
    // Finishing the deployment finds it missing, and it is looked at again when a part of it is sent.
    Ok(())
}

async fn hash(state: &State, parts: Vec<StoredPart>) -> std::io::Result<BlobId> {
    let packs = Arc::clone(&state.packs);
    let hash = move || {
        let (mut hasher, mut buffer) = (blake3::Hasher::new(), vec![0; LONGEST_PART as usize]);
        for part in parts {
            let length = usize::try_from(part.part.length).unwrap_or(buffer.len()).min(buffer.len());
            packs.read(part.file, part.part.pack_offset, &mut buffer[..length])?;
            hasher.update(&buffer[..length]);
        }
        Ok(BlobId::from(hasher.finalize()))
    };
    tokio::task::spawn_blocking(hash).await.map_err(|_| std::io::Error::other("a task failed"))?
}

fn refused(error: ReceiveError) -> ServiceError {
    let message = error.to_string();
    match error {
        ReceiveError::Mismatch(blob) => ServiceError::new(ErrorCode::BlobMismatch, message)
            .limit("blob", blob.to_string())
            .hint("the file changed while it was sent; deploy again"),
        ReceiveError::Write(cause) => cause.into(),
        ReceiveError::NotAskedFor(_) | ReceiveError::WrongPart(..) | ReceiveError::Twice(_) => {
            ServiceError::new(ErrorCode::ValidationFailed, message)
        }
        ReceiveError::Header | ReceiveError::CutOff => ServiceError::new(ErrorCode::BadRequest, message),
    }
}
