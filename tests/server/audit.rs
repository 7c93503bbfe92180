//! The audit log: every change is in it, and what somebody known was refused; nobody changes it, and no secret is in it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::content::File;
use crate::harness::{Api, Server, text};

const FILES: &[File<'static>] = &[("index.html", b"hello")];
const OTHER: &[File<'static>] = &[("index.html", b"other")];

/// The events of a list, newest first.
async fn events(owner: &mut Api, target: &str) -> Vec<Value> {
    let listed = owner.get(target).await.expect(200).json();
    listed["data"].as_array().expect("a list").clone()
}

/// Action, target and result of each.
fn told(events: &[Value]) -> Vec<(&str, &str, &str)> {
    events.iter().map(|event| (text(event, "action"), text(event, "target"), text(event, "result"))).collect()
}

#[tokio::test]
async fn every_change_of_sites_and_deployments_is_recorded() {
    let server = Server::start().await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    owner.create_site("acme", "blog").await;
    let created = owner.create_token(json!({ "name": "ci", "site": "blog" })).await;
    let mut pipeline = server.api(text(&created, "token"));
    let first = pipeline.deploy("blog", FILES).await;
    let fields = [("User-Agent", "robot/1"), ("Content-Type", "application/json")];
    let preview = pipeline.prepare("blog", OTHER).await;
    let target = format!("/deployments/{preview}/finish");
    pipeline.send("POST", &target, &fields, br#"{"preview": true}"#).await.expect(200);
    owner.post("/sites/blog/promote", &json!({})).await.expect(200);
    // What is served already is not promoted again.
    owner.post("/sites/blog/promote", &json!({})).await.expect(200);
    owner.post("/sites/blog/rollback", &json!({})).await.expect(200);
    owner.post("/sites/blog/rollback", &json!({})).await.refusal(409, "nothing_to_roll_back");
    owner.delete("/sites/blog").await.expect(200);

    let all = events(&mut owner, "/orgs/acme/audit").await;
    let all: Vec<Value> = all.into_iter().filter(|event| !text(event, "action").starts_with("token.")).collect();
    let (first, preview) = (format!("blog {first}"), format!("blog {preview}"));
    assert_eq!(
        told(&all),
        [
            ("site.delete", "blog", "done"),
            ("deployment.rollback", first.as_str(), "done"),
            ("deployment.promote", &preview, "done"),
            ("deployment.preview", &preview, "done"),
            ("deployment.publish", &first, "done"),
            ("site.create", "blog", "done"),
            ("org.create", "acme", "done"),
        ]
    );
    let previewed = &all[3];
    assert_eq!((&previewed["token"], &previewed["token_id"]), (&json!("ci"), &created["id"]));
    assert_eq!((&previewed["address"], &previewed["user_agent"]), (&json!("127.0.0.1"), &json!("robot/1")));
    assert_eq!((&previewed["org"], &previewed["count"]), (&json!("acme"), &json!(1)));
    assert_eq!((&all[0]["token"], &all[0]["user"]), (&Value::Null, &owner.get("/whoami").await.data()["username"]));
    assert_eq!(events(&mut owner, "/orgs/personal/audit").await, [] as [Value; 0], "another organization");

    // It outlives what it tells of: the server's owner still finds it.
    owner.delete("/orgs/acme").await.expect(200);
    owner.get("/orgs/acme/audit").await.refusal(404, "not_found");
    let whole = events(&mut owner, "/audit").await;
    assert_eq!(told(&whole)[0], ("org.delete", "acme", "done"));
    assert!(whole.len() > all.len() && whole.iter().all(|event| event["org"] == Value::Null), "{whole:?}");
}

#[tokio::test]
async fn the_log_is_read_in_pages_and_from_a_time_on() {
    let server = Server::start().await;
    let mut owner = server.owner();
    for site in ["one", "two", "three"] {
        owner.create_site("personal", site).await;
        server.advance(Duration::from_secs(60));
    }
    let all = events(&mut owner, "/orgs/personal/audit").await;
    assert_eq!(told(&all).iter().map(|event| event.1).collect::<Vec<_>>(), ["three", "two", "one"]);
    for list in ["/orgs/personal/audit", "/audit"] {
        let (mut seen, mut target) = (Vec::new(), format!("{list}?limit=2"));
        loop {
            let page = owner.get(&target).await.expect(200).json();
            seen.extend(page["data"].as_array().expect("a list").clone());
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            target = format!("{list}?limit=2&cursor={cursor}");
        }
        assert_eq!(seen, all, "{list}");
        let since = text(&all[1], "at");
        assert_eq!(events(&mut owner, &format!("{list}?since={since}")).await, all[..2], "{list}");
        let nowhere = format!("{list}?cursor=00000000-0000-0000-0000-000000000000");
        owner.get(&nowhere).await.refusal(404, "not_found");
        owner.get(&format!("{list}?since=yesterday")).await.refusal(422, "validation_failed");
    }
}

#[tokio::test]
async fn only_those_who_administer_read_it() {
    let server = Server::start().await;
    let mut owner = server.owner();
    server.execute("UPDATE users SET is_admin = 0").await;
    owner.get("/orgs/personal/audit").await.expect(200);
    let refused = owner.get("/audit").await.refusal(403, "forbidden");
    assert!(text(&refused, "message").contains("owner of the server"), "{refused}");
    server.execute("UPDATE memberships SET role = 'MEMBER'").await;
    owner.get("/orgs/personal/audit").await.refusal(403, "forbidden");
    server.execute("DELETE FROM memberships").await;
    owner.get("/orgs/personal/audit").await.refusal(404, "not_found");
}

#[tokio::test]
async fn what_somebody_known_is_refused_is_recorded_later_and_once() {
    let mut server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let weak = owner.create_token(json!({ "name": "weak", "org": "personal", "permissions": ["orgs:read"] })).await;
    let gone = owner.create_token(json!({ "name": "gone", "site": "blog" })).await;
    owner.delete(&format!("/tokens/{}", text(&gone, "id"))).await.expect(200);
    let before = server.count("SELECT count(*) FROM audit_events").await;

    let (mut weak_holder, mut gone_holder) = (server.api(text(&weak, "token")), server.api(text(&gone, "token")));
    for _ in 0..3 {
        let site = json!({ "org": "personal", "slug": "more" });
        weak_holder.post("/sites", &site).await.refusal(403, "permission_missing");
    }
    gone_holder.get("/sites/blog").await.refusal(401, "token_revoked");
    // Looking at what one may not see changes nothing; and who is unknown did nothing that could be told.
    weak_holder.get("/sites").await.refusal(403, "permission_missing");
    let unknown = zerodeploy::domain::token::secret_from_random("zd_", &[7; 64]).expect("enough bytes");
    server.api(&unknown).delete("/sites/blog").await.refusal(401, "token_invalid");
    server.nobody().delete("/sites/blog").await.refusal(401, "not_authenticated");
    // A secret in an address is no secret any more, but it is not spread further.
    weak_holder.delete(&format!("/sites/{}", text(&weak, "token"))).await.refusal(403, "permission_missing");
    server.execute("UPDATE memberships SET role = 'MEMBER'").await;
    owner.delete("/orgs/personal").await.refusal(403, "forbidden");
    server.execute("UPDATE memberships SET role = 'ADMIN'").await;
    assert_eq!(server.count("SELECT count(*) FROM audit_events").await, before, "no write for a request");

    server.restart().await;
    let mut owner = server.owner();
    let mut refused = events(&mut owner, "/orgs/personal/audit?limit=4").await;
    refused.sort_by_key(|event| text(event, "target").to_owned());
    let shown = format!("DELETE /sites/{}...", text(&weak, "prefix"));
    assert_eq!(
        told(&refused),
        [
            ("request.refused", "DELETE /orgs/personal", "forbidden"),
            ("request.refused", shown.as_str(), "permission_missing"),
            ("credential.refused", "GET /sites/blog", "token_revoked"),
            ("request.refused", "POST /sites", "permission_missing"),
        ]
    );
    assert_eq!((&refused[2]["token"], &refused[3]["token"]), (&json!("gone"), &json!("weak")));
    assert_eq!((&refused[2]["count"], &refused[3]["count"]), (&json!(1), &json!(3)));
    assert_eq!(server.count("SELECT count(*) FROM audit_events").await, before + 4);
}

#[tokio::test]
async fn nobody_changes_it() {
    let server = Server::with_sites(&["blog"]).await;
    let mut database = server.database().await;
    for statement in ["UPDATE audit_events SET user_name = 'nobody'", "DELETE FROM audit_events"] {
        let error = sqlx::query(statement).execute(&mut database).await.expect_err("refused");
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}
