//! Refusals for the audit log: merged in memory and written every few seconds, never a write for a request, so that
//! whoever is refused cannot make the server busy with it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::server::db::{self, Db};
use crate::server::error::ServiceError;

/// Different refusals that wait to be written; more are counted and logged only.
const MOST: usize = 500;

/// Something that somebody known was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Refusal {
    pub(crate) organization: Option<Uuid>,
    pub(crate) user: (Uuid, String),
    pub(crate) token: Option<(Uuid, String)>,
    pub(crate) action: &'static str,
    pub(crate) target: String,
    /// The code of the error.
    pub(crate) result: &'static str,
    pub(crate) address: Option<IpAddr>,
    pub(crate) user_agent: Option<String>,
}

/// How often, and when last.
#[derive(Debug, Clone, Copy)]
struct Seen {
    count: i64,
    last: i64,
}

#[derive(Default)]
struct Waiting {
    refusals: HashMap<Refusal, Seen>,
    left_out: u64,
}

/// Refusals that are not yet written.
#[derive(Default)]
pub(crate) struct Refusals(Mutex<Waiting>);

impl Refusals {
    /// Notes a refusal.
    pub(crate) fn note(&self, refusal: Refusal, at: i64) {
        self.add(refusal, Seen { count: 1, last: at });
    }

    /// Writes what was noted; on failure it is kept for the next time.
    pub(crate) async fn flush(&self, db: &Db) -> Result<(), ServiceError> {
        let Waiting { refusals, left_out } = std::mem::take(&mut *self.lock());
        if left_out > 0 {
            tracing::warn!(left_out, "there were too many refusals for the audit log");
        }
        if refusals.is_empty() {
            return Ok(());
        }
        let written = write(db, &refusals).await;
        if written.is_err() {
            refusals.into_iter().for_each(|(refusal, seen)| self.add(refusal, seen));
        }
        written
    }

    fn add(&self, refusal: Refusal, seen: Seen) {
        let mut waiting = self.lock();
        if let Some(known) = waiting.refusals.get_mut(&refusal) {
            *known = Seen { count: known.count + seen.count, last: known.last.max(seen.last) };
        } else if waiting.refusals.len() < MOST {
            waiting.refusals.insert(refusal, seen);
        } else {
            waiting.left_out += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Db, refusals: &HashMap<Refusal, Seen>) -> Result<(), ServiceError> {
    let mut write = db.write().await?;
    for (refusal, seen) in refusals {
        let event = db::audit_events::NewEvent {
            at: seen.last,
            organization: refusal.organization,
            user: Some((refusal.user.0, &refusal.user.1)),
            token: refusal.token.as_ref().map(|(id, name)| (*id, name.as_str())),
            action: refusal.action,
            target: &refusal.target,
            result: refusal.result,
            count: seen.count,
            address: refusal.address,
            user_agent: refusal.user_agent.as_deref(),
        };
        db::audit_events::insert(&mut write, event).await?;
    }
    Ok(write.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::TestState;

    fn refusal(number: usize) -> Refusal {
        Refusal {
            organization: None,
            user: (Uuid::nil(), "ada".to_owned()),
            token: None,
            action: "request.refused",
            target: format!("DELETE /sites/site-{number}"),
            result: "forbidden",
            address: None,
            user_agent: None,
        }
    }

    #[tokio::test]
    async fn repeats_are_one_row_and_what_waits_is_bounded() {
        let test = TestState::new().await;
        let rows = async || {
            let rows: Vec<(i64, i64)> = sqlx::query_as("SELECT count, at FROM audit_events ORDER BY count DESC")
                .fetch_all(test.state.db.read())
                .await
                .expect("reads");
            rows
        };
        let refusals = Refusals::default();
        refusals.note(refusal(0), 5);
        refusals.note(refusal(0), 4);
        (0..MOST * 2).for_each(|number| refusals.note(refusal(number), 3));
        assert_eq!(refusals.lock().left_out, MOST as u64);
        refusals.flush(&test.state.db).await.expect("writes");
        refusals.flush(&test.state.db).await.expect("nothing to write");
        let written = rows().await;
        assert_eq!((written.len(), written[0], written[1]), (MOST, (3, 5), (1, 3)));
        test.state.db.close().await;
        refusals.note(refusal(7), 9);
        refusals.flush(&test.state.db).await.expect_err("the database is closed");
        assert_eq!(refusals.lock().refusals.len(), 1, "kept for the next time");
    }
}
