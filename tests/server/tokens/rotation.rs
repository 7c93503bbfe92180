//! A new token in the place of an old one.

use std::time::Duration;

use serde_json::{Value, json};

use super::{DAY, audited, names, time};
use crate::harness::{Server, text};

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn the_new_one_is_like_the_old_one_and_lives_as_long_again() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let old = owner
        .create_token(json!({
            "name": "ci", "site": "blog", "permissions": ["deployments:write"], "note": "in the pipeline",
            "expires_in_seconds": 10 * DAY.as_secs(),
        }))
        .await;
    let target = format!("/tokens/{}/rotate", text(&old, "prefix"));
    server.advance(5 * DAY);
    let response = owner.post(&target, &json!({ "grace_seconds": HOUR.as_secs() })).await.expect(201);
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let new = response.data();
    for field in ["name", "note", "owner", "kind", "org", "site", "permissions"] {
        assert_eq!(new[field], old[field], "{field}");
    }
    for field in ["id", "prefix", "token"] {
        assert_ne!(new[field], old[field], "{field}");
    }
    assert_eq!(new["rotated_from"], old["id"]);
    let lifetime = time(&new, "expires_at").duration_since(time(&new, "created_at"));
    assert_eq!(lifetime.as_secs(), 10 * DAY.as_secs() as i64, "a new full lifetime");
    assert_eq!((&new["replaced"]["id"], &new["replaced"]["prefix"]), (&old["id"], &old["prefix"]));
    let grace = time(&new["replaced"], "ends_at").duration_since(time(&new, "created_at"));
    assert!((grace.as_secs_f64() - HOUR.as_secs_f64()).abs() < 10.0, "{grace:?}");
    assert_eq!(
        audited(&server).await[1],
        format!("token.rotate ci ({}), now {}", text(&old, "prefix"), text(&new, "prefix"))
    );

    let (mut with_old, mut with_new) = (server.api(text(&old, "token")), server.api(text(&new, "token")));
    with_old.get("/sites/blog/deployments").await.expect(200);
    with_new.get("/sites/blog/deployments").await.expect(200);
    let shown = owner.get(&format!("/tokens/{}", text(&old, "id"))).await.data();
    assert_eq!(shown["expires_at"], new["replaced"]["ends_at"]);
    server.advance(HOUR);
    with_old.get("/sites/blog/deployments").await.refusal(401, "token_expired");
    with_new.get("/sites/blog/deployments").await.expect(200);

    // Not twice, whether the old one still works or not: the second secret would be nobody's.
    let refused = owner.post(&target, &json!({})).await.refusal(409, "conflict");
    assert!(text(&refused, "message").contains(text(&new, "prefix")), "{refused}");
    let again = format!("zerodeploy token rotate {} --grace 0", text(&new, "prefix"));
    assert!(text(&refused, "hint").contains(&again), "{refused}");
    // But when what took its place was deleted, it can be rotated as before.
    owner.delete(&format!("/tokens/{}", text(&new, "id"))).await.expect(200);
    let third = owner.post(&target, &json!({})).await.expect(201).data();
    assert_eq!(third["replaced"]["ends_at"], new["replaced"]["ends_at"], "what ended does not work again");
    with_old.get("/whoami").await.refusal(401, "token_expired");
}

#[tokio::test]
async fn the_old_one_ends_with_the_grace_or_by_itself() {
    let server = Server::start().await;
    let mut owner = server.owner();
    for (lifetime, grace, works_for) in [
        (None, json!({}), Some(DAY)),
        (None, json!({ "grace_seconds": 0 }), None),
        (None, json!({ "grace_seconds": 90 * DAY.as_secs() }), Some(90 * DAY)),
        (Some(2 * DAY), json!({ "grace_seconds": 3 * DAY.as_secs() }), Some(2 * DAY)),
        (Some(2 * DAY), json!({ "grace_seconds": DAY.as_secs() }), Some(DAY)),
    ] {
        let lifetime = lifetime.map(|lifetime| lifetime.as_secs());
        let old = owner.create_token(json!({ "expires_in_seconds": lifetime })).await;
        let mut with_old = server.api(text(&old, "token"));
        let new = owner.post(&format!("/tokens/{}/rotate", text(&old, "id")), &grace).await.expect(201).data();
        assert_eq!(new["expires_at"].is_null(), lifetime.is_none(), "one that never ends is followed by another such");
        let left = time(&new["replaced"], "ends_at").duration_since(time(&old, "created_at"));
        let expected = works_for.unwrap_or_default();
        let difference = left.as_secs_f64() - expected.as_secs_f64();
        assert!((0.0..30.0).contains(&difference), "{grace} leaves {left:?}");
        let answer = with_old.get("/whoami").await;
        match works_for {
            Some(_) => assert_eq!(answer.status, 200, "{grace}"),
            None => drop(answer.refusal(401, "token_expired")),
        }
    }
}

#[tokio::test]
async fn an_expired_one_can_be_rotated_for_thirty_days_and_a_deleted_one_never() {
    let mut server = Server::start().await;
    let mut owner = server.owner();
    let rotate = |token: &Value| format!("/tokens/{}/rotate", text(token, "id"));
    let ended = owner.create_token(json!({ "name": "ended", "expires_in_seconds": 60 })).await;
    let longer = owner.create_token(json!({ "name": "longer", "expires_in_seconds": 120 })).await;
    let deleted = owner.create_token(json!({ "name": "deleted" })).await;
    owner.delete(&format!("/tokens/{}", text(&deleted, "id"))).await.expect(200);
    owner.post(&rotate(&deleted), &json!({})).await.refusal(404, "not_found");

    server.advance(30 * DAY - HOUR);
    let new = owner.post(&rotate(&ended), &json!({})).await.expect(201).data();
    assert_eq!(new["replaced"]["ends_at"], ended["expires_at"], "it had ended by itself");
    server.api(text(&ended, "token")).get("/whoami").await.refusal(401, "token_expired");
    server.api(text(&new, "token")).get("/whoami").await.expect(200);
    server.advance(2 * HOUR);
    server.restart().await;
    server.owner().post(&rotate(&longer), &json!({})).await.refusal(404, "not_found");
}

#[tokio::test]
async fn what_cannot_be_rotated_is_told_with_its_reason() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    let of_site = owner.create_token(json!({ "name": "of site", "site": "blog" })).await;
    let of_org = owner.create_token(json!({ "name": "of org", "org": "acme" })).await;
    let rotate = |token: &Value| format!("/tokens/{}/rotate", text(token, "id"));
    for body in [json!({ "grace_seconds": 90 * DAY.as_secs() + 1 }), json!({ "grace_seconds": u64::MAX })] {
        let refused = owner.post(&rotate(&of_site), &body).await.refusal(422, "validation_failed");
        assert!(text(&refused, "message").contains("90 days"), "{refused}");
    }
    for body in [json!({ "grace_seconds": -1 }), json!({ "grace": 1 })] {
        owner.post(&rotate(&of_site), &body).await.refusal(422, "validation_failed");
    }
    owner.delete("/sites/blog").await.expect(200);
    let refused = owner.post(&rotate(&of_site), &json!({})).await.refusal(409, "conflict");
    assert!(text(&refused, "message").contains("the site that the token of site"), "{refused}");
    server
        .execute("DELETE FROM memberships WHERE organization_id = (SELECT id FROM organizations WHERE slug = 'acme')")
        .await;
    owner.post(&rotate(&of_org), &json!({})).await.refusal(403, "owner_lost_access");
    assert_eq!(names(&mut owner, "/tokens").await, ["of org", "of site"], "nothing was made");
}
