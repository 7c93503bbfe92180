//! The audit over real tokens. The rules themselves have their tests beside them.

use serde_json::{Value, json};

use super::{DAY, somebody};
use crate::harness::{Api, Server, text};

/// What was found, as `prefix-owner's name code`, in its order.
async fn found(api: &mut Api, query: &str) -> Vec<String> {
    let listed = api.get(&format!("/tokens/findings{query}")).await.expect(200).json();
    let findings = listed["data"].as_array().expect("a list").iter();
    findings.map(|finding| format!("{} {}", text(finding, "name"), text(finding, "code"))).collect()
}

#[tokio::test]
async fn what_is_wrong_is_found_worst_first_with_the_commands_that_mend_it() {
    let mut server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let days = |days: u64| days * DAY.as_secs();
    let sound = json!({ "name": "sound", "site": "blog", "expires_in_seconds": days(365) });
    owner.create_token(sound).await;
    assert_eq!(found(&mut owner, "").await, [""; 0]);

    let endless = owner.create_token(json!({ "name": "it's", "site": "blog" })).await;
    let soon = owner.create_token(json!({ "name": "soon", "site": "blog", "expires_in_seconds": days(10) })).await;
    let personal = owner.create_token(json!({ "name": "mine", "expires_in_seconds": days(365) })).await;
    let over = owner.create_token(json!({ "name": "over", "expires_in_seconds": 60 })).await;
    let ci = [("User-Agent", "zerodeploy/0.1.0 (ci; gitlab-ci)")];
    server.api(text(&personal, "token")).send("GET", "/sites", &ci, b"").await.expect(200);
    server.api(text(&endless, "token")).get("/sites").await.expect(200);
    server.flush_token_uses().await;
    server.advance(3 * DAY);
    assert_eq!(
        found(&mut owner, "").await,
        ["mine personal_in_ci", "soon expires_soon", "it's never_expires"],
        "what ended is not judged: {}",
        text(&over, "prefix")
    );
    let findings = owner.get("/tokens/findings").await.json()["data"].clone();
    assert_eq!(
        findings[2]["fix"][0],
        "zerodeploy token create 'it'\\''s' --site blog --permissions sites:read,deployments:write --expires 90"
    );
    assert_eq!(findings[1]["fix"], json!([format!("zerodeploy token rotate {}", text(&soon, "prefix"))]));
    assert!(text(&findings[0], "message").contains("gitlab-ci"), "{findings}");

    // What was rotated is meant to end.
    owner.post(&format!("/tokens/{}/rotate", text(&soon, "id")), &json!({})).await.expect(201);
    server.advance(DAY / 2);
    assert_eq!(found(&mut owner, "").await, ["mine personal_in_ci", "it's never_expires"]);
    server.advance(27 * DAY);
    server.restart().await;
    let unused = found(&mut server.owner(), "").await;
    assert!(unused.contains(&"it's permission_unused".to_owned()), "{unused:?}");
}

#[tokio::test]
async fn many_networks_are_found() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let body = json!({ "name": "ci", "site": "blog", "expires_in_seconds": 365 * DAY.as_secs() });
    let token = owner.create_token(body).await;
    server.api(text(&token, "token")).get("/sites").await.expect(200);
    server.flush_token_uses().await;
    server
        .execute(
            "INSERT INTO token_addresses (token_id, address, first_used_at, last_used_at)
             SELECT token_id, '192.0.2.' || value, first_used_at, last_used_at FROM token_addresses,
             json_each('[1, 2, 3, 4, 5]')",
        )
        .await;
    assert_eq!(found(&mut owner, "").await, ["ci many_addresses"]);
    server.advance(7 * DAY);
    assert_eq!(found(&mut owner, "").await, [""; 0]);
}

#[tokio::test]
async fn administrators_audit_the_organization_and_members_themselves() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    let mut bob = somebody(&server, "bob", "MEMBER").await;
    let of_bob = bob.create_token(json!({ "name": "bobs", "site": "blog" })).await;
    bob.create_token(json!({ "name": "bobs own" })).await;
    owner.create_token(json!({ "name": "owners", "org": "acme" })).await;
    assert_eq!(found(&mut owner, "").await, ["owners never_expires", "bobs never_expires"]);
    assert_eq!(found(&mut owner, "?org=acme").await, ["owners never_expires"]);
    assert_eq!(found(&mut owner, "?org=personal").await, ["bobs never_expires"]);
    assert_eq!(found(&mut bob, "").await, ["bobs own never_expires", "bobs never_expires"]);
    assert_eq!(found(&mut bob, "?org=personal").await, ["bobs never_expires"]);
    bob.get("/tokens/findings?org=acme").await.refusal(404, "not_found");

    let findings: Value = owner.get("/tokens/findings?org=personal").await.json();
    let delete = format!("zerodeploy token delete {}", text(&of_bob, "prefix"));
    assert_eq!((&findings["data"][0]["owner"], &findings["data"][0]["fix"]), (&json!("bob"), &json!([delete])));
}
