//! Tokens and those who manage them.

mod basics;
mod findings;
mod managing;
mod rotation;
mod uses;

use std::time::Duration;

use serde_json::Value;
use sha2::Digest as _;
use uuid::Uuid;
use zerodeploy::domain::token::{SESSION_PREFIX, secret_from_random};

use crate::harness::{Api, Server, text};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Somebody else who is signed in, with this role in the organization `personal`.
async fn somebody(server: &Server, name: &str, role: &str) -> Api {
    let seed: [u8; 32] = sha2::Sha256::digest(name).into();
    let random: Vec<u8> = seed.iter().cycle().take(128).copied().collect();
    let secret = secret_from_random(SESSION_PREFIX, &random).expect("enough bytes");
    let (user, hash) = (Uuid::now_v7(), sha2::Sha256::digest(&secret).to_vec());
    let mut database = server.database().await;
    let insert_user = sqlx::query("INSERT INTO users (id, name, is_admin, created_at) VALUES ($1, $2, 0, 0)");
    insert_user.bind(user).bind(name).execute(&mut database).await.expect("a person");
    sqlx::query(
        "INSERT INTO memberships (organization_id, user_id, created_at, role)
         SELECT id, $1, 0, $2 FROM organizations WHERE slug = 'personal'",
    )
    .bind(user)
    .bind(role)
    .execute(&mut database)
    .await
    .expect("a member");
    sqlx::query(
        "INSERT INTO sessions (id, hash, prefix, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, 0, $5)",
    )
    .bind(Uuid::now_v7())
    .bind(hash)
    .bind(&secret[4..12])
    .bind(user)
    .bind(i64::MAX)
    .execute(&mut database)
    .await
    .expect("a session");
    server.api(&secret)
}

fn time(value: &Value, field: &str) -> jiff::Timestamp {
    text(value, field).parse().expect("RFC 3339")
}

/// The names of what a list holds.
async fn names(api: &mut Api, target: &str) -> Vec<String> {
    let listed = api.get(target).await.expect(200).json();
    listed["data"].as_array().expect("a list").iter().map(|token| text(token, "name").to_owned()).collect()
}

/// What the audit log has of tokens, as `action target`.
async fn audited(server: &Server) -> Vec<String> {
    let mut database = server.database().await;
    sqlx::query_scalar("SELECT action || ' ' || target FROM audit_events WHERE action LIKE 'token.%' ORDER BY id")
        .fetch_all(&mut database)
        .await
        .expect("events")
}
