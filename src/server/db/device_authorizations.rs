//! Terminals that wait for a person (RFC 8628): only the hashes of their codes are here.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _, SqliteExecutor};
use uuid::Uuid;

use super::Write;

/// A terminal that waits, or waited.
pub(crate) struct DeviceAuthorization {
    pub(crate) id: Uuid,
    pub(crate) host: String,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    /// Who decided.
    pub(crate) user: Option<Uuid>,
    pub(crate) decision: Option<Decision>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The person agreed
    Approved,
    /// The person refused
    Denied,
    /// The person agreed and the terminal has its session
    Fetched,
}

impl Decision {
    /// The name in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Decision::Approved => "approved",
            Decision::Denied => "denied",
            Decision::Fetched => "fetched",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Decision::Approved, Decision::Denied, Decision::Fetched].into_iter().find(|known| known.as_str() == text)
    }
}

impl FromRow<'_, SqliteRow> for DeviceAuthorization {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let decision: Option<String> = row.try_get("decision")?;
        Ok(DeviceAuthorization {
            id: row.try_get("id")?,
            host: row.try_get("host")?,
            address: row.try_get("address")?,
            user_agent: row.try_get("user_agent")?,
            created_at: row.try_get("created_at")?,
            expires_at: row.try_get("expires_at")?,
            user: row.try_get("user_id")?,
            decision: decision.as_deref().and_then(Decision::from_text),
        })
    }
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT id, host, address, user_agent, created_at, expires_at, user_id, decision
             FROM device_authorizations ",
            $condition
        )
    };
}

/// What a new one consists of.
pub(crate) struct NewDeviceAuthorization<'a> {
    pub(crate) device_hash: &'a [u8],
    pub(crate) user_hash: &'a [u8],
    pub(crate) host: &'a str,
    pub(crate) address: Option<&'a str>,
    pub(crate) network: Option<&'a str>,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

/// How many have not ended: in all, and of a network.
pub(crate) async fn count(
    executor: impl SqliteExecutor<'_>,
    network: Option<&str>,
    now: i64,
) -> Result<(i64, i64), sqlx::Error> {
    sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE network IS $2) FROM device_authorizations WHERE expires_at > $1",
    )
    .bind(now)
    .bind(network)
    .fetch_one(executor)
    .await
}

/// Stores one; false when its user code is in use.
pub(crate) async fn insert(write: &mut Write, new: NewDeviceAuthorization<'_>) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO device_authorizations (id, device_hash, user_hash, host, address, network, user_agent, created_at,
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_hash) DO NOTHING",
    )
    .bind(Uuid::now_v7())
    .bind(new.device_hash)
    .bind(new.user_hash)
    .bind(new.host)
    .bind(new.address)
    .bind(new.network)
    .bind(new.user_agent)
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(&mut **write)
    .await?;
    Ok(made.rows_affected() == 1)
}

pub(crate) async fn find_by_device(
    executor: impl SqliteExecutor<'_>,
    hash: &[u8],
) -> Result<Option<DeviceAuthorization>, sqlx::Error> {
    sqlx::query_as(select!("WHERE device_hash = $1")).bind(hash).fetch_optional(executor).await
}

pub(crate) async fn find_by_user_code(
    executor: impl SqliteExecutor<'_>,
    hash: &[u8],
) -> Result<Option<DeviceAuthorization>, sqlx::Error> {
    sqlx::query_as(select!("WHERE user_hash = $1")).bind(hash).fetch_optional(executor).await
}

/// Notes what a person decided; false when it was decided before, or has ended.
pub(crate) async fn decide(
    write: &mut Write,
    id: Uuid,
    user: Uuid,
    decision: Decision,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let decided = sqlx::query(
        "UPDATE device_authorizations SET decision = $3, user_id = $2
         WHERE id = $1 AND decision IS NULL AND expires_at > $4",
    )
    .bind(id)
    .bind(user)
    .bind(decision.as_str())
    .bind(now)
    .execute(&mut **write)
    .await?;
    Ok(decided.rows_affected() == 1)
}

/// Notes that the session was handed out; false when it was before.
pub(crate) async fn fetch(write: &mut Write, id: Uuid) -> Result<bool, sqlx::Error> {
    let fetched =
        sqlx::query("UPDATE device_authorizations SET decision = 'fetched' WHERE id = $1 AND decision = 'approved'")
            .bind(id)
            .execute(&mut **write)
            .await?;
    Ok(fetched.rows_affected() == 1)
}

/// Makes what a person approved and no terminal has fetched yet good for nothing.
pub(crate) async fn deny_approved(write: &mut Write, user: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE device_authorizations SET decision = 'denied' WHERE user_id = $1 AND decision = 'approved'")
        .bind(user)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Forgets those that ended before a time.
pub(crate) async fn delete_expired(write: &mut Write, before: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM device_authorizations WHERE expires_at < $1").bind(before).execute(&mut **write).await?;
    Ok(())
}
