//! People who have an account and a session, put into the database of a server.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use uuid::Uuid;
use zerodeploy::domain::token;

/// The database of a data folder, beside the server's own connections.
pub(crate) async fn database(data_dir: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(data_dir.join("zerodeploy.db"));
    options.busy_timeout(Duration::from_secs(10)).connect().await.expect("the database opens")
}

/// Makes an account that does not own the server; its session.
pub(crate) async fn add_person(data_dir: &Path, name: &str) -> String {
    let (user, random) = (Uuid::now_v7(), [*Uuid::now_v7().as_bytes(); 4].concat());
    // The first bytes of an id of this kind are the time.
    let random: Vec<u8> = random.iter().rev().copied().collect();
    let secret = token::secret_from_random(token::SESSION_PREFIX, &random)
        .or_else(|| {
            token::secret_from_random(token::SESSION_PREFIX, &random.iter().map(|byte| byte / 2).collect::<Vec<_>>())
        })
        .expect("enough usable bytes");
    let hash = <sha2::Sha256 as sha2::Digest>::digest(secret.as_bytes()).to_vec();
    let mut database = database(data_dir).await;
    sqlx::query("INSERT INTO users (id, name, is_admin, created_at) VALUES ($1, $2, 0, 0)")
        .bind(user)
        .bind(name)
        .execute(&mut database)
        .await
        .expect("a new name");
    sqlx::query(
        "INSERT INTO sessions (id, hash, prefix, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, 0, $5)",
    )
    .bind(Uuid::now_v7())
    .bind(hash)
    .bind(&secret[token::SESSION_PREFIX.len()..][..token::DISPLAY_LENGTH])
    .bind(user)
    .bind(i64::MAX / 2_000_000)
    .execute(&mut database)
    .await
    .expect("a session");
    database.close().await.expect("closes");
    secret
}

/// Makes somebody a member, as accepting an invitation does.
pub(crate) async fn add_member(data_dir: &Path, name: &str, org: &str, role: &str) {
    let mut database = database(data_dir).await;
    sqlx::query(
        "INSERT INTO memberships (organization_id, user_id, role, created_at)
         SELECT o.id, u.id, $3, 0 FROM organizations o, users u WHERE o.slug = $1 AND u.name = $2",
    )
    .bind(org)
    .bind(name)
    .bind(role)
    .execute(&mut database)
    .await
    .expect("a membership");
    database.close().await.expect("closes");
}

/// Does what a person does who approves, or refuses, the only terminal that waits, once it does: `decision` is
/// `approved` or `denied`.
pub(crate) async fn decide(data_dir: &Path, name: &str, decision: &str) {
    somebody_waits(data_dir).await;
    let mut database = database(data_dir).await;
    sqlx::query("UPDATE device_authorizations SET decision = $1, user_id = (SELECT id FROM users WHERE name = $2)")
        .bind(decision)
        .bind(name)
        .execute(&mut database)
        .await
        .expect("decided");
    database.close().await.expect("closes");
}

/// Waits until a terminal has asked for a code.
pub(crate) async fn somebody_waits(data_dir: &Path) {
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let waiting = async {
        while count(data_dir, "SELECT count(*) FROM device_authorizations WHERE decision IS NULL").await == 0 {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("a terminal asks");
}

/// A number from the database.
pub(crate) async fn count(data_dir: &Path, statement: &'static str) -> i64 {
    let mut database = database(data_dir).await;
    sqlx::query_scalar(statement).fetch_one(&mut database).await.expect("a number")
}
