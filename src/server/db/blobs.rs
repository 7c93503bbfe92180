//! Where contents lie in packs.

use std::collections::{HashMap, HashSet};

use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{FromRow, QueryBuilder, Row as _, Sqlite, SqliteExecutor};
use uuid::Uuid;

use crate::content::blob::BlobId;
use crate::content::frame::Encoding;

use super::deployments::blob_id;
use super::{ROWS_AT_ONCE, Write};

/// One part of a content, or of one of its variants, in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartRow {
    pub(crate) blob: BlobId,
    pub(crate) encoding: Encoding,
    /// Where in the content the part begins.
    pub(crate) start: u64,
    /// Bytes in the part.
    pub(crate) length: u64,
    /// Bytes of the whole content or variant.
    pub(crate) size: u64,
    pub(crate) pack: i64,
    /// Where in the pack the part's bytes begin.
    pub(crate) pack_offset: u64,
    /// Whether the whole content has been checked; told by the first part.
    pub(crate) complete: bool,
    /// Whether variants were made or found not to be worth it; told by the first part.
    pub(crate) variants_decided: bool,
}

/// A stored part with the file of its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StoredPart {
    pub(crate) part: PartRow,
    pub(crate) file: Uuid,
}

/// Everything that is stored of one content: its parts in order, then its variants.
pub(crate) async fn find(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
    blob: BlobId,
) -> Result<Vec<StoredPart>, sqlx::Error> {
    type Row = (i64, i64, i64, i64, i64, i64, bool, bool, Uuid);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT b.encoding, b.start, b.length, b.size, b.pack_id, b.pack_offset, b.complete, b.variants_decided, p.file
         FROM blobs b JOIN packs p ON p.id = b.pack_id WHERE b.organization_id = $1 AND b.hash = $2
         ORDER BY b.encoding, b.start",
    )
    .bind(organization)
    .bind(blob.as_bytes().as_slice())
    .fetch_all(executor)
    .await?;
    rows.into_iter()
        .map(|row| {
            let part = PartRow {
                blob,
                encoding: encoding(row.0)?,
                start: row.1.cast_unsigned(),
                length: row.2.cast_unsigned(),
                size: row.3.cast_unsigned(),
                pack: row.4,
                pack_offset: row.5.cast_unsigned(),
                complete: row.6,
                variants_decided: row.7,
            };
            Ok(StoredPart { part, file: row.8 })
        })
        .collect()
}

/// The parts of a content itself that were sent for this size, in order.
pub(crate) async fn parts(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
    blob: BlobId,
    size: u64,
) -> Result<Vec<StoredPart>, sqlx::Error> {
    let mut rows = find(executor, organization, blob).await?;
    rows.retain(|row| row.part.encoding == Encoding::Identity && row.part.size == size);
    Ok(rows)
}

/// How much of some contents is stored.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    /// Contents that are whole and checked, with their sizes.
    pub(crate) complete: HashMap<BlobId, u64>,
    /// Parts of contents that are not, in order: where each begins and ends.
    pub(crate) parts: HashMap<BlobId, Vec<(u64, u64)>>,
}

/// Asks for many contents at once, each with its announced size. Parts that were sent for another size do not count.
pub(crate) async fn presence(
    readers: &SqlitePool,
    organization: Uuid,
    blobs: &[(BlobId, u64)],
) -> Result<Presence, sqlx::Error> {
    let announced: HashMap<BlobId, u64> = blobs.iter().copied().collect();
    let mut presence = Presence::default();
    for chunk in blobs.chunks(ROWS_AT_ONCE) {
        let mut query = presence_query(organization, chunk);
        let rows: Vec<PresenceRow> = query.build_query_as().persistent(false).fetch_all(readers).await?;
        for PresenceRow { blob, start, length, size, complete } in rows {
            if complete {
                presence.complete.insert(blob, size);
            } else if announced.get(&blob) == Some(&size) {
                presence.parts.entry(blob).or_default().push((start, start + length));
            }
        }
    }
    presence.parts.retain(|blob, _| !presence.complete.contains_key(blob));
    Ok(presence)
}

/// Which of some contents are whole, with their sizes, as the transaction sees it.
pub(crate) async fn complete_in(
    write: &mut Write,
    organization: Uuid,
    blobs: &[(BlobId, u64)],
) -> Result<HashMap<BlobId, u64>, sqlx::Error> {
    let mut complete = HashMap::with_capacity(blobs.len());
    for chunk in blobs.chunks(ROWS_AT_ONCE) {
        let mut query = presence_query(organization, chunk);
        let rows: Vec<PresenceRow> = query.build_query_as().persistent(false).fetch_all(&mut **write).await?;
        complete.extend(rows.iter().filter(|row| row.complete).map(|row| (row.blob, row.size)));
    }
    Ok(complete)
}

struct PresenceRow {
    blob: BlobId,
    start: u64,
    length: u64,
    size: u64,
    complete: bool,
}

impl FromRow<'_, SqliteRow> for PresenceRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(PresenceRow {
            blob: blob_id(row.try_get("hash")?)?,
            start: row.try_get::<i64, _>("start")?.cast_unsigned(),
            length: row.try_get::<i64, _>("length")?.cast_unsigned(),
            size: row.try_get::<i64, _>("size")?.cast_unsigned(),
            complete: row.try_get("complete")?,
        })
    }
}

fn presence_query(organization: Uuid, blobs: &[(BlobId, u64)]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(
        "SELECT hash, start, length, size, complete FROM blobs WHERE encoding = 0 AND organization_id = ",
    );
    query.push_bind(organization);
    push_hashes(&mut query, blobs.iter().map(|(blob, _)| blob));
    query.push(" ORDER BY hash, start");
    query
}

/// Adds ` AND hash IN (…)`. The statement is as long as the list, so it must not be kept prepared.
fn push_hashes<'a>(query: &mut QueryBuilder<Sqlite>, blobs: impl Iterator<Item = &'a BlobId>) {
    query.push(" AND hash IN (");
    let mut list = query.separated(", ");
    blobs.for_each(|blob| {
        list.push_bind(blob.as_bytes().to_vec());
    });
    query.push(")");
}

/// Adds parts to the index; one that is already there stays as it is.
///
/// Except for a part that was sent when somebody announced another size of a content, as long as that content has not
/// turned out whole: else one wrong announcement would keep the right content out.
pub(crate) async fn insert(write: &mut Write, organization: Uuid, parts: &[PartRow]) -> Result<(), sqlx::Error> {
    // Ten values a row, and SQLite takes at most 32,766 in one statement.
    for chunk in parts.chunks(3_000) {
        let mut query = QueryBuilder::new(
            "INSERT INTO blobs (organization_id, hash, encoding, start, length, size, pack_id, pack_offset, complete,
             variants_decided) ",
        );
        query.push_values(chunk, |mut row, part| {
            row.push_bind(organization)
                .push_bind(part.blob.as_bytes().to_vec())
                .push_bind(part.encoding as i64)
                .push_bind(part.start.cast_signed())
                .push_bind(part.length.cast_signed())
                .push_bind(part.size.cast_signed())
                .push_bind(part.pack)
                .push_bind(part.pack_offset.cast_signed())
                .push_bind(part.complete)
                .push_bind(part.variants_decided);
        });
        query.push(
            " ON CONFLICT (organization_id, hash, encoding, start) DO UPDATE SET length = excluded.length,
             size = excluded.size, pack_id = excluded.pack_id, pack_offset = excluded.pack_offset,
             complete = excluded.complete, variants_decided = excluded.variants_decided
             WHERE encoding = 0 AND size <> excluded.size
             AND NOT EXISTS (SELECT 1 FROM blobs whole WHERE whole.organization_id = excluded.organization_id
             AND whole.hash = excluded.hash AND whole.encoding = 0 AND whole.start = 0 AND whole.complete = 1)",
        );
        query.build().persistent(false).execute(&mut **write).await?;
    }
    Ok(())
}

/// Adds variants to the index, of those contents that are still there.
pub(crate) async fn insert_variants(
    write: &mut Write,
    organization: Uuid,
    variants: &[PartRow],
) -> Result<(), sqlx::Error> {
    let contents: Vec<(BlobId, u64)> = variants.iter().map(|variant| (variant.blob, variant.size)).collect();
    let present = complete_in(write, organization, &contents).await?;
    let variants: Vec<PartRow> =
        variants.iter().filter(|variant| present.contains_key(&variant.blob)).copied().collect();
    insert(write, organization, &variants).await
}

/// Notes that a content in parts is whole and has its id.
pub(crate) async fn mark_complete(write: &mut Write, organization: Uuid, blob: BlobId) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE blobs SET complete = 1 WHERE organization_id = $1 AND hash = $2 AND encoding = 0 AND start = 0",
    )
    .bind(organization)
    .bind(blob.as_bytes().as_slice())
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Forgets the parts of a content in parts: those that were sent for this size.
pub(crate) async fn delete_parts(
    write: &mut Write,
    organization: Uuid,
    blob: BlobId,
    size: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM blobs WHERE organization_id = $1 AND hash = $2 AND encoding = 0 AND size = $3")
        .bind(organization)
        .bind(blob.as_bytes().as_slice())
        .bind(size.cast_signed())
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Which of some contents still wait for a decision about variants.
pub(crate) async fn undecided(
    readers: &SqlitePool,
    organization: Uuid,
    blobs: &[BlobId],
) -> Result<HashSet<BlobId>, sqlx::Error> {
    let mut undecided = HashSet::new();
    for chunk in blobs.chunks(ROWS_AT_ONCE) {
        let mut query = QueryBuilder::new(
            "SELECT hash FROM blobs WHERE encoding = 0 AND start = 0 AND complete = 1 AND variants_decided = 0
             AND organization_id = ",
        );
        query.push_bind(organization);
        push_hashes(&mut query, chunk.iter());
        for hash in query.build_query_scalar::<Vec<u8>>().persistent(false).fetch_all(readers).await? {
            undecided.insert(blob_id(&hash)?);
        }
    }
    Ok(undecided)
}

/// Notes that contents have all the variants they will get.
pub(crate) async fn mark_decided(write: &mut Write, organization: Uuid, blobs: &[BlobId]) -> Result<(), sqlx::Error> {
    for chunk in blobs.chunks(ROWS_AT_ONCE) {
        let mut query = QueryBuilder::new(
            "UPDATE blobs SET variants_decided = 1 WHERE encoding = 0 AND start = 0 AND organization_id = ",
        );
        query.push_bind(organization);
        push_hashes(&mut query, chunk.iter());
        query.build().persistent(false).execute(&mut **write).await?;
    }
    Ok(())
}

/// Contents in the index after a key, in the order of their keys, at most `limit`.
pub(crate) async fn keys(
    executor: impl SqliteExecutor<'_>,
    after: Option<(Uuid, BlobId)>,
    limit: usize,
) -> Result<Vec<(Uuid, BlobId)>, sqlx::Error> {
    let (organization, blob) = after.unwrap_or((Uuid::nil(), BlobId::from([0; 32])));
    let rows: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
        "SELECT DISTINCT organization_id, hash FROM blobs WHERE (organization_id, hash) > ($1, $2)
         ORDER BY organization_id, hash LIMIT $3",
    )
    .bind(organization)
    .bind(blob.as_bytes().as_slice())
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(|(organization, hash)| Ok((organization, blob_id(&hash)?))).collect()
}

/// Forgets a content with its variants; tells how many rows that were.
pub(crate) async fn delete(write: &mut Write, organization: Uuid, blob: BlobId) -> Result<u64, sqlx::Error> {
    let gone = sqlx::query("DELETE FROM blobs WHERE organization_id = $1 AND hash = $2")
        .bind(organization)
        .bind(blob.as_bytes().as_slice())
        .execute(&mut **write)
        .await?;
    Ok(gone.rows_affected())
}

/// Everything that the index names in a pack, in the order it lies there.
pub(crate) async fn in_pack(executor: impl SqliteExecutor<'_>, pack: i64) -> Result<Vec<PartRow>, sqlx::Error> {
    type Row = (Vec<u8>, i64, i64, i64, i64, i64, bool, bool);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT hash, encoding, start, length, size, pack_offset, complete, variants_decided FROM blobs
         WHERE pack_id = $1 ORDER BY pack_offset",
    )
    .bind(pack)
    .fetch_all(executor)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PartRow {
                blob: blob_id(&row.0)?,
                encoding: encoding(row.1)?,
                start: row.2.cast_unsigned(),
                length: row.3.cast_unsigned(),
                size: row.4.cast_unsigned(),
                pack,
                pack_offset: row.5.cast_unsigned(),
                complete: row.6,
                variants_decided: row.7,
            })
        })
        .collect()
}

/// Points the index to a part's new place, if the part is still at its old one.
pub(crate) async fn relocate(
    write: &mut Write,
    organization: Uuid,
    part: &PartRow,
    pack: i64,
    pack_offset: u64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE blobs SET pack_id = $5, pack_offset = $6
         WHERE organization_id = $1 AND hash = $2 AND encoding = $3 AND start = $4 AND pack_id = $7",
    )
    .bind(organization)
    .bind(part.blob.as_bytes().as_slice())
    .bind(part.encoding as i64)
    .bind(part.start.cast_signed())
    .bind(pack)
    .bind(pack_offset.cast_signed())
    .bind(part.pack)
    .execute(&mut **write)
    .await?;
    Ok(())
}

fn encoding(number: i64) -> Result<Encoding, sqlx::Error> {
    let encoding = u32::try_from(number).ok().and_then(Encoding::from_number);
    encoding.ok_or_else(|| sqlx::Error::Decode(format!("unknown encoding {number}").into()))
}
