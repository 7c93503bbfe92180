//! Forgetting tokens.

use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::settings::milliseconds;
use crate::server::state::State;

use super::REMEMBERED_AFTER_END;

/// Rows that one transaction deletes: as long as it takes, deploys wait.
const AT_ONCE: i64 = 500;

/// Forgets tokens that were deleted, or ended, 90 days ago; from then on their use is that of an unknown token.
pub(crate) async fn forget_ended(state: &State) -> Result<(), ServiceError> {
    let before = state.now() - milliseconds(REMEMBERED_AFTER_END);
    loop {
        let ended = db::tokens::ended(state.db.read(), before, AT_ONCE).await?;
        if ended.is_empty() {
            return Ok(());
        }
        let mut write = state.db.write().await?;
        for id in &ended {
            db::tokens::forget(&mut write, *id).await?;
        }
        write.commit().await?;
    }
}
