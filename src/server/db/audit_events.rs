//! The audit log: rows are added, never changed.

use std::net::IpAddr;

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;

/// One thing that somebody did, or tried to do.
pub(crate) struct NewEvent<'a> {
    pub(crate) at: i64,
    pub(crate) organization: Option<Uuid>,
    pub(crate) user: Option<(Uuid, &'a str)>,
    pub(crate) token: Option<(Uuid, &'a str)>,
    pub(crate) action: &'a str,
    pub(crate) target: &'a str,
    pub(crate) result: &'a str,
    /// How often, where repeats are merged.
    pub(crate) count: i64,
    pub(crate) address: Option<IpAddr>,
    pub(crate) user_agent: Option<&'a str>,
}

pub(crate) async fn insert(write: &mut Write, event: NewEvent<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO audit_events (id, at, organization_id, user_id, user_name, token_id, token_name, action, target,
         result, count, address, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(Uuid::now_v7())
    .bind(event.at)
    .bind(event.organization)
    .bind(event.user.map(|(id, _)| id))
    .bind(event.user.map(|(_, name)| name))
    .bind(event.token.map(|(id, _)| id))
    .bind(event.token.map(|(_, name)| name))
    .bind(event.action)
    .bind(event.target)
    .bind(event.result)
    .bind(event.count)
    .bind(event.address.map(|address| address.to_string()))
    .bind(event.user_agent)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// A recorded event, with the slug of its organization while there is one.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: Uuid,
    pub(crate) at: i64,
    pub(crate) organization_slug: Option<String>,
    pub(crate) user_id: Option<Uuid>,
    pub(crate) user_name: Option<String>,
    pub(crate) token_id: Option<Uuid>,
    pub(crate) token_name: Option<String>,
    pub(crate) action: String,
    pub(crate) target: String,
    pub(crate) result: String,
    pub(crate) count: i64,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
}

impl FromRow<'_, SqliteRow> for Event {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Event {
            id: row.try_get("id")?,
            at: row.try_get("at")?,
            organization_slug: row.try_get("organization_slug")?,
            user_id: row.try_get("user_id")?,
            user_name: row.try_get("user_name")?,
            token_id: row.try_get("token_id")?,
            token_name: row.try_get("token_name")?,
            action: row.try_get("action")?,
            target: row.try_get("target")?,
            result: row.try_get("result")?,
            count: row.try_get("count")?,
            address: row.try_get("address")?,
            user_agent: row.try_get("user_agent")?,
        })
    }
}

/// Which part of the log: from a time on, and before an event that the last page ended with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) since: i64,
    pub(crate) before: (i64, Uuid),
    pub(crate) limit: i64,
}

/// Before nothing: where the first page begins.
pub(crate) const NEWEST: (i64, Uuid) = (i64::MAX, Uuid::max());

macro_rules! select {
    ($organization:literal) => {
        concat!(
            "SELECT e.id, e.at, o.slug AS organization_slug, e.user_id, e.user_name, e.token_id, e.token_name, e.action,
             e.target, e.result, e.count, e.address, e.user_agent
             FROM audit_events e LEFT JOIN organizations o ON o.id = e.organization_id
             WHERE e.at >= $1 AND (e.at, e.id) < ($2, $3) ",
            $organization,
            " ORDER BY e.at DESC, e.id DESC LIMIT $4"
        )
    };
}

const OF_ORGANIZATION: &str = select!("AND e.organization_id = $5");
const OF_ALL: &str = select!("");

/// The events of an organization, newest first.
pub(crate) async fn of_organization(
    executor: impl SqliteExecutor<'_>,
    organization: Uuid,
    part: Part,
) -> Result<Vec<Event>, sqlx::Error> {
    let (at, id) = part.before;
    let query = sqlx::query_as(OF_ORGANIZATION).bind(part.since).bind(at).bind(id).bind(part.limit);
    query.bind(organization).fetch_all(executor).await
}

/// All events, newest first.
pub(crate) async fn all(executor: impl SqliteExecutor<'_>, part: Part) -> Result<Vec<Event>, sqlx::Error> {
    let (at, id) = part.before;
    sqlx::query_as(OF_ALL).bind(part.since).bind(at).bind(id).bind(part.limit).fetch_all(executor).await
}

/// The time of an event.
pub(crate) async fn time_of(executor: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT at FROM audit_events WHERE id = $1").bind(id).fetch_optional(executor).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::TestState;

    #[tokio::test]
    async fn pages_are_read_from_an_index_without_sorting() {
        let test = TestState::new().await;
        for (query, index) in [(OF_ORGANIZATION, "audit_events_by_organization"), (OF_ALL, "audit_events_by_time")] {
            let query = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(query)
                .bind(0_i64)
                .bind(NEWEST.0)
                .bind(NEWEST.1)
                .bind(10_i64)
                .bind(Uuid::nil())
                .fetch_all(test.state.db.read())
                .await
                .expect("a plan");
            let plan: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
            assert!(plan.iter().any(|step| step.starts_with("SEARCH e") && step.contains(index)), "{plan:?}");
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE") || step.starts_with("SCAN")), "{plan:?}");
        }
    }

    #[tokio::test]
    async fn rows_cannot_be_changed_or_deleted() {
        let test = TestState::new().await;
        test.organization(&test.owner, "acme").await;
        for statement in ["UPDATE audit_events SET target = 'x'", "DELETE FROM audit_events"] {
            let mut write = test.state.db.write().await.expect("a transaction");
            let error = sqlx::query(statement).execute(&mut *write).await.expect_err("refused");
            assert!(error.to_string().contains("the audit log is append-only"), "{error}");
        }
    }
}
