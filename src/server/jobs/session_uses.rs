//! Last use of sessions: merged in memory and written every few seconds, never a write for a request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::server::db::{self, Db};
use crate::server::error::ServiceError;

/// Uses that are not yet written.
#[derive(Default)]
pub(crate) struct SessionUses(Mutex<HashMap<Uuid, i64>>);

impl SessionUses {
    /// Notes that a session was used.
    pub(crate) fn note(&self, session: Uuid, at: i64) {
        let mut uses = self.lock();
        let last = uses.entry(session).or_insert(at);
        *last = at.max(*last);
    }

    /// Writes what was noted; on failure it is kept for the next time.
    pub(crate) async fn flush(&self, db: &Db) -> Result<(), ServiceError> {
        let uses = std::mem::take(&mut *self.lock());
        if uses.is_empty() {
            return Ok(());
        }
        let written = write(db, &uses).await;
        if written.is_err() {
            uses.into_iter().for_each(|(session, at)| self.note(session, at));
        }
        written
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Db, uses: &HashMap<Uuid, i64>) -> Result<(), ServiceError> {
    let mut write = db.write().await?;
    for (session, at) in uses {
        db::sessions::note_use(&mut write, *session, *at).await?;
    }
    Ok(write.commit().await?)
}
