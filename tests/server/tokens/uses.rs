//! What is known of a token's use.

use serde_json::{Value, json};

use super::{DAY, time};
use crate::content::File;
use crate::harness::{Api, Server, text};

const FILES: &[File<'static>] = &[("index.html", b"hello")];

async fn shown(owner: &mut Api, token: &Value) -> Value {
    owner.get(&format!("/tokens/{}", text(token, "id"))).await.data()
}

#[tokio::test]
async fn a_write_counts_as_used_only_where_something_is_changed() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let permissions = json!(["sites:write", "deployments:write", "orgs:read"]);
    let token = owner.create_token(json!({ "permissions": permissions })).await;
    let mut holder = server.api(text(&token, "token"));
    let used = |details: &Value| -> Vec<String> {
        let uses = details["uses"].as_array().expect("a list").iter();
        uses.filter(|used| !used["last_used_at"].is_null()).map(|used| text(used, "permission").to_owned()).collect()
    };
    let details = shown(&mut owner, &token).await;
    let all: Vec<&str> =
        details["uses"].as_array().expect("a list").iter().map(|used| text(used, "permission")).collect();
    assert_eq!(all, ["orgs:read", "sites:read", "sites:write", "deployments:read", "deployments:write"]);
    assert_eq!((used(&details), &details["addresses"]), (Vec::new(), &json!([])));

    holder.get("/sites").await.expect(200);
    holder.get("/sites/blog").await.expect(200);
    assert_eq!(shown(&mut owner, &token).await["last_used_at"], Value::Null, "nothing is written for a request");
    server.flush_token_uses().await;
    let details = shown(&mut owner, &token).await;
    assert_eq!(used(&details), ["sites:read"]);
    let first = time(&details, "last_used_at");

    server.advance(DAY);
    holder.begin("blog", FILES).await.expect(201);
    holder.post("/sites", &json!({ "org": "personal", "slug": "more" })).await.expect(201);
    server.flush_token_uses().await;
    let details = shown(&mut owner, &token).await;
    assert_eq!(used(&details), ["sites:read", "sites:write", "deployments:write"]);
    assert!(time(&details, "last_used_at").duration_since(first).as_secs() >= DAY.as_secs() as i64);
    assert_eq!(time(&details["uses"][1], "last_used_at"), first, "each permission has a time of its own");

    // `whoami` asks for no permission, but it is a use.
    server.advance(DAY);
    holder.get("/whoami").await.expect(200);
    server.flush_token_uses().await;
    let later = shown(&mut owner, &token).await;
    assert!(time(&later, "last_used_at") > time(&details, "last_used_at"));
    assert_eq!(later["uses"], details["uses"]);
}

#[tokio::test]
async fn addresses_have_their_client_and_its_continuous_integration() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let token = owner.create_token(json!({ "permissions": ["sites:read"] })).await;
    let mut holder = server.api(text(&token, "token"));
    let ci = [("User-Agent", "zerodeploy/0.1.0 (ci; github-actions)")];
    holder.send("GET", "/sites", &ci, b"").await.expect(200);
    server.advance(DAY);
    holder.send("GET", "/sites", &[("User-Agent", "curl/8.0")], b"").await.expect(200);
    // Refused ones are no use of the token, and an untrusted peer is not believed.
    holder.send("GET", "/orgs", &[("User-Agent", "refused/1")], b"").await.expect(403);
    holder
        .send("GET", "/sites", &[("User-Agent", "curl/8.1"), ("X-Forwarded-For", "192.0.2.9")], b"")
        .await
        .expect(200);
    server.flush_token_uses().await;
    let details = shown(&mut owner, &token).await;
    let [only] = details["addresses"].as_array().expect("a list").as_slice() else { panic!("{details}") };
    assert_eq!((text(only, "address"), text(only, "user_agent")), ("127.0.0.1", "curl/8.1"));
    assert_eq!(text(only, "ci"), "github-actions");
    assert_eq!(time(only, "last_used_at"), time(&details, "last_used_at"));
    assert!(time(only, "last_used_at").duration_since(time(only, "first_used_at")).as_secs() >= DAY.as_secs() as i64);
}

#[tokio::test]
async fn what_a_client_calls_itself_is_cut_and_holds_no_secret() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let token = owner.create_token(json!({ "permissions": ["sites:read"] })).await;
    let secret = text(&token, "token").to_owned();
    let mut holder = server.api(&secret);
    let agent = format!("{secret} {}", "x".repeat(1_000));
    holder.send("GET", "/sites", &[("User-Agent", &agent)], b"").await.expect(200);
    server.flush_token_uses().await;
    let details = shown(&mut owner, &token).await;
    let kept = text(&details["addresses"][0], "user_agent");
    assert!(kept.len() <= 200 && !kept.contains(&secret[11..]), "{kept}");
}
