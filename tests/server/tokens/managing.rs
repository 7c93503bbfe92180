//! Who manages whose tokens, and what is remembered of those that ended.

use std::time::Duration;

use serde_json::{Value, json};

use super::{DAY, audited, names, somebody};
use crate::content::File;
use crate::harness::{Server, text};

#[tokio::test]
async fn administrators_manage_every_token_of_the_organization_and_members_their_own() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let (mut bob, mut eve) = (somebody(&server, "bob", "MEMBER").await, somebody(&server, "eve", "ADMIN").await);
    let of_bob = bob.create_token(json!({ "name": "bobs", "site": "blog" })).await;
    let personal = bob.create_token(json!({ "name": "bobs own" })).await;
    owner.create_token(json!({ "name": "owners", "org": "personal" })).await;
    let of_eve = eve.create_token(json!({ "name": "eves", "org": "personal" })).await;

    for (api, own, of_org, of_site) in [
        (&mut owner, &["owners"][..], &["eves", "owners", "bobs"][..], &["bobs"][..]),
        (&mut eve, &["eves"], &["eves", "owners", "bobs"], &["bobs"]),
        (&mut bob, &["bobs own", "bobs"], &["bobs"], &["bobs"]),
    ] {
        assert_eq!(names(api, "/tokens").await, own);
        assert_eq!(names(api, "/tokens?org=personal").await, of_org);
        assert_eq!(names(api, "/tokens?site=blog").await, of_site);
    }
    let listed = eve.get("/tokens?site=blog").await.json();
    assert_eq!(listed["data"][0]["owner"], "bob");
    let id = text(&of_bob, "id");
    assert_eq!(eve.get(&format!("/tokens/{id}")).await.data()["owner"], "bob");

    // A personal token is nobody else's business, and a member sees none of others.
    for (api, token) in [(&mut eve, &personal), (&mut owner, &personal), (&mut bob, &of_eve)] {
        let target = format!("/tokens/{}", text(token, "id"));
        api.get(&target).await.refusal(404, "not_found");
        api.delete(&target).await.refusal(404, "not_found");
        api.post(&format!("{target}/rotate"), &json!({})).await.refusal(404, "not_found");
    }

    // Nobody gets the new secret of somebody else's token.
    let refused = eve.post(&format!("/tokens/{id}/rotate"), &json!({})).await.refusal(403, "forbidden");
    assert!(text(&refused, "message").contains("belongs to `bob`"), "{refused}");
    assert!(text(&refused, "hint").contains("zerodeploy token delete zd_"), "{refused}");

    let mut holder = server.api(text(&of_bob, "token"));
    holder.get("/whoami").await.expect(200);
    eve.delete(&format!("/tokens/{id}")).await.expect(200);
    holder.get("/whoami").await.refusal(401, "token_revoked");
    eve.delete(&format!("/tokens/{id}")).await.refusal(404, "not_found");

    let prefix = |token: &Value| text(token, "prefix").to_owned();
    let events = audited(&server).await;
    assert_eq!(events[0], format!("token.create bobs ({})", prefix(&of_bob)));
    assert_eq!(events.last(), Some(&format!("token.delete bobs ({})", prefix(&of_bob))));
    assert_eq!(events.len(), 5, "what was refused is no change: {events:?}");
    let without = "SELECT count(*) FROM audit_events WHERE action LIKE 'token.%' AND organization_id IS NULL";
    assert_eq!(server.count(without).await, 1, "the personal token");

    // Who administers no more manages no more.
    server
        .execute("UPDATE memberships SET role = 'MEMBER' WHERE user_id = (SELECT id FROM users WHERE name = 'eve')")
        .await;
    assert_eq!(names(&mut eve, "/tokens?org=personal").await, ["eves"]);
}

#[tokio::test]
async fn a_beginning_is_judged_among_the_tokens_that_one_manages() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let mut bob = somebody(&server, "bob", "MEMBER").await;
    owner.create_token(json!({ "name": "first" })).await;
    bob.create_token(json!({ "name": "second", "site": "blog" })).await;
    bob.create_token(json!({ "name": "third" })).await;
    server
        .execute(
            "UPDATE tokens SET prefix = 'AbCd1111' WHERE name = 'first';
             UPDATE tokens SET prefix = 'AbCd2222' WHERE name = 'second';
             UPDATE tokens SET prefix = 'AbCd3333' WHERE name = 'third';",
        )
        .await;
    for (method, target) in [("GET", "/tokens/zd_AbCd"), ("POST", "/tokens/zd_AbCd/rotate"), ("DELETE", "/tokens/AbCd")]
    {
        let body = if method == "POST" { &b"{}"[..] } else { b"" };
        let answer = owner.send(method, target, &[("Content-Type", "application/json")], body).await;
        let refused = answer.refusal(409, "conflict");
        let message = text(&refused, "message");
        assert!(message.ends_with("zd_AbCd2222 (second), zd_AbCd1111 (first)"), "{message}");
    }
    assert_eq!(owner.get("/tokens/zd_AbCd2").await.data()["name"], "second");
    owner.get("/tokens/zd_AbCd3").await.refusal(404, "not_found");
    let ambiguous = bob.get("/tokens/zd_AbCd").await.refusal(409, "conflict");
    assert!(!text(&ambiguous, "message").contains("first"), "{ambiguous}");

    for number in 0..11 {
        owner.create_token(json!({ "name": format!("t{number}") })).await;
    }
    server
        .execute("UPDATE tokens SET prefix = 'Many' || substr(prefix, 5) WHERE name LIKE 't%' AND name <> 'third'")
        .await;
    let many = owner.get("/tokens/zd_Many").await.refusal(409, "conflict");
    let message = text(&many, "message");
    assert!(message.ends_with(", …") && message.matches("zd_Many").count() == 11, "ten and the question: {message}");
}

#[tokio::test]
async fn what_ended_is_shown_for_thirty_days_and_known_for_ninety() {
    let mut server = Server::start().await;
    let mut owner = server.owner();
    let ended = owner.create_token(json!({ "name": "ended", "expires_in_seconds": 60 })).await;
    let deleted = owner.create_token(json!({ "name": "deleted" })).await;
    let kept = owner.create_token(json!({ "name": "kept" })).await;
    owner.delete(&format!("/tokens/{}", text(&deleted, "id"))).await.expect(200);
    let target = format!("/tokens/{}", text(&ended, "id"));

    server.advance(Duration::from_secs(60) + 29 * DAY);
    server.collect_garbage().await;
    assert_eq!(names(&mut owner, "/tokens").await, ["kept", "ended"]);
    owner.get(&target).await.expect(200);
    // The owner's session is good for 30 days; a new start makes a new one.
    server.advance(DAY);
    server.restart().await;
    let mut owner = server.owner();
    assert_eq!(names(&mut owner, "/tokens").await, ["kept"]);
    owner.get(&target).await.refusal(404, "not_found");

    server.advance(59 * DAY);
    server.collect_garbage().await;
    let mut known = server.api(text(&ended, "token"));
    known.get("/whoami").await.refusal(401, "token_expired");
    server.api(text(&deleted, "token")).get("/whoami").await.refusal(401, "token_revoked");
    server.advance(2 * DAY);
    known.get("/whoami").await.refusal(401, "token_expired");
    server.collect_garbage().await;
    known.get("/whoami").await.refusal(401, "token_invalid");
    server.api(text(&deleted, "token")).get("/whoami").await.refusal(401, "token_invalid");
    server.api(text(&kept, "token")).get("/whoami").await.expect(200);
    assert_eq!(server.count("SELECT count(*) FROM tokens").await, 1);
}

#[tokio::test]
async fn a_deleted_token_is_refused_on_the_next_request_of_a_kept_connection_and_in_an_upload() {
    const FILES: &[File<'static>] = &[("index.html", b"hello")];
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let token = owner.create_token(json!({ "site": "blog", "permissions": ["deployments:write"] })).await;
    // One connection for all of it: the client keeps it as long as the server does.
    let mut holder = server.api(text(&token, "token"));
    let begun = holder.begin("blog", FILES).await.data();
    let target = format!("/deployments/{}/finish", text(&begun, "deployment_id"));
    holder.get("/sites/blog/deployments").await.expect(200);
    owner.delete(&format!("/tokens/{}", text(&token, "id"))).await.expect(200);
    for refused in [
        holder.get("/sites/blog/deployments").await,
        holder.upload(text(&begun, "deployment_id"), b"").await,
        holder.post(&target, &json!({})).await,
    ] {
        refused.refusal(401, "token_revoked");
        assert_eq!(refused.header("connection"), None, "the connection is kept");
    }
}

#[tokio::test]
async fn a_token_that_ends_soon_says_so_with_every_answer() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let token = owner
        .create_token(json!({ "site": "blog", "permissions": ["sites:read"], "expires_in_seconds": 8 * DAY.as_secs() }))
        .await;
    let mut holder = server.api(text(&token, "token"));
    let field = "zerodeploy-token-expires";
    assert_eq!(holder.get("/sites/blog").await.expect(200).header(field), None);
    server.advance(DAY);
    let end = text(&token, "expires_at");
    assert_eq!(holder.get("/sites/blog").await.expect(200).header(field), Some(end));
    assert_eq!(holder.get("/sites/none").await.expect(404).header(field), Some(end), "an error's answer, too");
    assert_eq!(holder.get("/orgs").await.expect(403).header(field), Some(end));
    assert_eq!(owner.get("/whoami").await.expect(200).header(field), None, "a session renews itself");
    server.advance(7 * DAY);
    let refused = holder.get("/sites/blog").await;
    assert!(text(&refused.refusal(401, "token_expired"), "message").contains(end));
    assert_eq!(refused.header(field), None);
}
