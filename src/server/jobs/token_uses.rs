//! Last use of tokens: merged in memory and written every few seconds, never a write for a request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::domain::permission::Permission;
use crate::server::db::{self, Db};
use crate::server::error::ServiceError;

/// Uses that are not yet written.
#[derive(Default)]
pub(crate) struct TokenUses(Mutex<HashMap<(Uuid, Option<Permission>), i64>>);

impl TokenUses {
    /// Notes that a token was used, and by which of its permissions when the route asks for one.
    pub(crate) fn note(&self, token: Uuid, permission: Option<Permission>, at: i64) {
        let mut uses = self.lock();
        let last = uses.entry((token, permission)).or_insert(at);
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
            for ((token, permission), at) in uses {
                self.note(token, permission, at);
            }
        }
        written
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(Uuid, Option<Permission>), i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Db, uses: &HashMap<(Uuid, Option<Permission>), i64>) -> Result<(), ServiceError> {
    let mut write = db.write().await?;
    for ((token, permission), at) in uses {
        db::tokens::note_use(&mut write, *token, permission.map(Permission::as_str), *at).await?;
    }
    Ok(write.commit().await?)
}
