//! Contents by their ids: where they lie, and reading them.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::content::manifest::Manifest;

use super::db::blobs::PartRow;
use super::db::{self, Db};
use super::error::ServiceError;
use super::packs::PackStore;

/// Reads contents.
pub(crate) struct Store {
    db: Db,
    packs: Arc<PackStore>,
}

/// Where one representation of a content lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Located {
    organization: Uuid,
    blob: BlobId,
    encoding: Encoding,
    /// Bytes of the representation.
    pub(crate) length: u64,
    /// Its parts in order, without a gap.
    parts: Arc<[Part]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: u64,
    length: u64,
    pack: Uuid,
    offset: u64,
}

/// Every representation of a content.
#[derive(Debug, Clone)]
pub(crate) struct Representation {
    pub(crate) identity: Located,
    pub(crate) gzip: Option<Located>,
    pub(crate) brotli: Option<Located>,
    /// Whether no more will come.
    pub(crate) variants_decided: bool,
}

impl Store {
    pub(crate) fn new(db: Db, packs: Arc<PackStore>) -> Self {
        Store { db, packs }
    }

    /// Looks a whole content up; none when the organization does not have it.
    pub(crate) async fn locate(
        &self,
        organization: Uuid,
        blob: BlobId,
    ) -> Result<Option<Representation>, ServiceError> {
        let rows = db::blobs::find(self.db.read(), organization, blob).await?;
        let Some(first) = rows.first().map(|row| row.part) else { return Ok(None) };
        if !first.complete || first.encoding != Encoding::Identity {
            return Ok(None);
        }
        let of = |encoding: Encoding| {
            // Parts that were sent for a wrong size may lie beside the right ones; a variant is one part.
            let is_of = |part: &PartRow| part.encoding == encoding && (part.start == 0 || part.size == first.size);
            let parts: Arc<[Part]> = rows
                .iter()
                .filter(|row| is_of(&row.part))
                .map(|row| Part {
                    start: row.part.start,
                    length: row.part.length,
                    pack: row.file,
                    offset: row.part.pack_offset,
                })
                .collect();
            let length = parts.iter().map(|part| part.length).sum();
            (!parts.is_empty()).then_some(Located { organization, blob, encoding, length, parts })
        };
        Ok(of(Encoding::Identity).filter(|identity| identity.length == first.size).map(|identity| Representation {
            identity,
            gzip: of(Encoding::Gzip),
            brotli: of(Encoding::Brotli),
            variants_decided: first.variants_decided,
        }))
    }

    /// Reads a range. A pack that garbage collection has rewritten meanwhile is looked up once more.
    ///
    /// # Errors
    /// When the range does not lie within the content, or the store cannot be read.
    pub(crate) async fn read(&self, located: &Located, range: Range<u64>) -> Result<Bytes, ServiceError> {
        match self.read_once(located, range.clone()).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let found = self.locate(located.organization, located.blob).await?;
                let again = found.and_then(|found| match located.encoding {
                    Encoding::Identity => Some(found.identity),
                    Encoding::Gzip => found.gzip,
                    Encoding::Brotli => found.brotli,
                });
                let again = again.ok_or_else(|| ServiceError::internal(error))?;
                Ok(self.read_once(&again, range).await?)
            }
            result => Ok(result?),
        }
    }

    /// Reads a whole content that must be there.
    pub(crate) async fn read_whole(&self, organization: Uuid, blob: BlobId) -> Result<Bytes, ServiceError> {
        let found = self.locate(organization, blob).await?;
        let found = found.ok_or_else(|| ServiceError::internal(format!("content {blob} is not in the store")))?;
        let length = found.identity.length;
        self.read(&found.identity, 0..length).await
    }

    /// Reads a manifest that must be there.
    pub(crate) async fn manifest(&self, organization: Uuid, blob: BlobId) -> Result<Manifest, ServiceError> {
        let bytes = self.read_whole(organization, blob).await?;
        Manifest::from_stored(bytes).map_err(ServiceError::internal)
    }

    async fn read_once(&self, located: &Located, range: Range<u64>) -> io::Result<Bytes> {
        let (packs, parts) = (Arc::clone(&self.packs), Arc::clone(&located.parts));
        if range.end > located.length || range.start > range.end {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let read = move || read_parts(&packs, &parts, range);
        tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
    }
}

fn read_parts(packs: &PackStore, parts: &[Part], range: Range<u64>) -> io::Result<Bytes> {
    let too_large = |_| io::Error::from(io::ErrorKind::OutOfMemory);
    let mut buffer = vec![0; usize::try_from(range.end - range.start).map_err(too_large)?];
    let mut filled = 0;
    for part in parts {
        let begin = range.start.max(part.start);
        let end = range.end.min(part.start + part.length);
        if begin < end {
            let length = usize::try_from(end - begin).map_err(too_large)?;
            packs.read(part.pack, part.offset + (begin - part.start), &mut buffer[filled..filled + length])?;
            filled += length;
        }
    }
    if filled < buffer.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Bytes::from(buffer))
}
