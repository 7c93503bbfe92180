//! Which fingerprinted paths a site ever had, so that a path with two contents is never called immutable.

use std::collections::HashSet;

use sqlx::{QueryBuilder, SqliteExecutor};
use uuid::Uuid;

use super::{ROWS_AT_ONCE, Write};

/// First 16 bytes of the BLAKE3 of a path or of a content's id.
pub(crate) type Key = [u8; 16];

/// Notes paths with their contents; a path that is known with another content is marked as changing for good.
pub(crate) async fn note(write: &mut Write, site: Uuid, paths: &[(Key, Key)]) -> Result<(), sqlx::Error> {
    for chunk in paths.chunks(ROWS_AT_ONCE) {
        let mut query = QueryBuilder::new("INSERT INTO fingerprinted_paths (site_id, path_key, content_key, changed) ");
        query.push_values(chunk, |mut row, (path, content)| {
            row.push_bind(site).push_bind(path.as_slice()).push_bind(content.as_slice()).push("0");
        });
        query.push(
            " ON CONFLICT (site_id, path_key) DO UPDATE SET changed = 1 WHERE content_key <> excluded.content_key",
        );
        query.build().persistent(false).execute(&mut **write).await?;
    }
    Ok(())
}

/// The site's paths that had two contents.
pub(crate) async fn changing(executor: impl SqliteExecutor<'_>, site: Uuid) -> Result<HashSet<Key>, sqlx::Error> {
    let rows: Vec<Vec<u8>> =
        // Named, because SQLite would rather walk over all paths of the site, of which few ever change.
        sqlx::query_scalar(
            "SELECT path_key FROM fingerprinted_paths INDEXED BY fingerprinted_paths_changed
             WHERE site_id = $1 AND changed = 1",
        )
        .bind(site)
        .fetch_all(executor)
        .await?;
    Ok(rows.into_iter().filter_map(|key| key.try_into().ok()).collect())
}
