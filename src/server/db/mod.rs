//! The database: one writer behind a queue, several readers, one file a table with its SQL.
//!
//! SQLite in WAL mode with `synchronous=FULL`: a commit is on disk when it returns. Writes begin with
//! `BEGIN IMMEDIATE`, because a transaction that first reads and then writes fails under SQLite's default.

pub(crate) mod audit_events;
pub(crate) mod blobs;
pub(crate) mod deployments;
pub(crate) mod device_authorizations;
pub(crate) mod fingerprinted_paths;
pub(crate) mod invitations;
pub(crate) mod memberships;
pub(crate) mod organizations;
pub(crate) mod packs;
pub(crate) mod page_sessions;
pub(crate) mod releases;
pub(crate) mod sessions;
pub(crate) mod sites;
pub(crate) mod token_uses;
pub(crate) mod tokens;
pub(crate) mod users;

use std::path::Path;
use std::time::Duration;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Sqlite, Transaction};

/// Most rows that one statement or one transaction of bulk work touches.
pub(crate) const ROWS_AT_ONCE: usize = 5_000;

const READERS: u32 = 4;

/// A transaction that holds the only writer.
pub(crate) type Write = Transaction<'static, Sqlite>;

/// The open database; cloning shares it.
#[derive(Clone)]
pub(crate) struct Db {
    writer: SqlitePool,
    readers: SqlitePool,
}

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error(
        "the database was written by a newer version of zerodeploy (its schema is {0}); start that version or a newer one"
    )]
    NewerSchema(i64),
    #[error("the database's schema cannot be brought up to date")]
    Migration(#[source] MigrateError),
    #[error("the database cannot be opened")]
    Open(#[from] sqlx::Error),
}

impl Db {
    /// Opens or creates the database file and brings its schema up to date.
    pub(crate) async fn open(file: &Path) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("journal_size_limit", "67108864")
            .pragma("cache_size", "-8192")
            // Statements are as long as the lists in them.
            .disable_statement_logging();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(60))
            .connect_with(options.clone())
            .await?;
        migrate(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(60))
            .connect_lazy_with(options.read_only(true).create_if_missing(false));
        Ok(Db { writer, readers })
    }

    /// The readers: what they see is committed.
    pub(crate) fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// Reads something that is always there.
    pub(crate) async fn check(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1 FROM users LIMIT 1").execute(&self.readers).await.map(|_| ())
    }

    /// Waits for the writer and begins a transaction; dropped without a commit, it leaves nothing.
    pub(crate) async fn write(&self) -> Result<Write, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Waits for what runs, then closes every connection.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

async fn migrate(writer: &SqlitePool) -> Result<(), OpenError> {
    let migrations = [
        (1, "foundation", include_str!("migrations/sqlite/0001_foundation.sql")),
        (2, "identity", include_str!("migrations/sqlite/0002_identity.sql")),
    ];
    let migrations = migrations.map(|(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.to_vec()).run(writer).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => OpenError::NewerSchema(version),
        other => OpenError::Migration(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_newer_schema_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("test.db");
        let db = Db::open(&file).await.expect("opens");
        let mut write = db.write().await.expect("a transaction");
        sqlx::query("UPDATE _sqlx_migrations SET version = 99 WHERE version = 1")
            .execute(&mut *write)
            .await
            .expect("runs");
        write.commit().await.expect("commits");
        db.close().await;
        assert!(matches!(Db::open(&file).await, Err(OpenError::NewerSchema(99))));
    }
}
