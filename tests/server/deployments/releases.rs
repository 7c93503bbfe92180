//! The stack of what a site served.

use serde_json::{Value, json};

use crate::harness::{Api, Server, text};

const ROLLBACK: &str = "/sites/blog/rollback";
const PROMOTE: &str = "/sites/blog/promote";

async fn deploy(owner: &mut Api, site: &str, content: &str) -> String {
    owner.deploy(site, &[("index.html", content.as_bytes())]).await
}

/// What a rollback or promotion brought, and what was there before.
fn moved(answer: &Value) -> (&str, &str) {
    (text(answer, "deployment_id"), text(answer, "replaced_deployment_id"))
}

#[tokio::test]
async fn a_rollback_takes_the_top_of_the_stack_away() {
    let server = Server::with_sites(&["blog"]).await;
    let (mut owner, mut visitor) = (server.owner(), server.visitor("blog"));
    owner.post(ROLLBACK, &json!({})).await.refusal(409, "nothing_to_roll_back");
    let (a, b, c) = (
        deploy(&mut owner, "blog", "A").await,
        deploy(&mut owner, "blog", "B").await,
        deploy(&mut owner, "blog", "C").await,
    );

    let back = owner.post(ROLLBACK, &json!({})).await.expect(200).data();
    assert_eq!((moved(&back), visitor.get("/").await.text().as_str()), ((&*b, &*c), "B"));
    assert_eq!(back["is_current"], true);
    let back = owner.post(ROLLBACK, &json!({})).await.expect(200).data();
    assert_eq!((moved(&back), visitor.get("/").await.text().as_str()), ((&*a, &*b), "A"));
    let refused = owner.post(ROLLBACK, &json!({})).await.refusal(409, "nothing_to_roll_back");
    assert!(text(&refused, "hint").contains("zerodeploy deployments list blog"), "{refused}");
    assert_eq!(visitor.get("/").await.text(), "A");

    // Promoting pushes, so going back leads to where it was.
    let up = owner.post(PROMOTE, &json!({ "deployment_id": c })).await.expect(200).data();
    assert_eq!((moved(&up), visitor.get("/").await.text().as_str()), ((&*c, &*a), "C"));
    let back = owner.post(ROLLBACK, &json!({})).await.expect(200).data();
    assert_eq!((moved(&back), visitor.get("/").await.text().as_str()), ((&*a, &*c), "A"));

    // So does going to one by name, also to one that was rolled back before.
    let to = owner.post(ROLLBACK, &json!({ "to": b })).await.expect(200).data();
    assert_eq!((moved(&to), visitor.get("/").await.text().as_str()), ((&*b, &*a), "B"));
    let d = deploy(&mut owner, "blog", "D").await;
    let back = owner.post(ROLLBACK, &json!({})).await.expect(200).data();
    assert_eq!((moved(&back), visitor.get("/").await.text().as_str()), ((&*b, &*d), "B"));
    let back = owner.post(ROLLBACK, &json!({})).await.expect(200).data();
    assert_eq!((moved(&back), visitor.get("/").await.text().as_str()), ((&*a, &*b), "A"));
    owner.post(ROLLBACK, &json!({})).await.refusal(409, "nothing_to_roll_back");
}

#[tokio::test]
async fn publishing_what_is_served_already_changes_nothing() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let (a, b) = (deploy(&mut owner, "blog", "A").await, deploy(&mut owner, "blog", "B").await);
    let same = [(PROMOTE, json!({ "deployment_id": b })), (ROLLBACK, json!({ "to": b }))];
    for (target, body) in &same {
        let answer = owner.post(target, body).await.expect(200).data();
        assert_eq!(
            (text(&answer, "deployment_id"), &answer["replaced_deployment_id"]),
            (&*b, &Value::Null),
            "{target}"
        );
    }
    let back = owner.post(ROLLBACK, &json!({})).await.expect(200).data();
    assert_eq!(text(&back, "deployment_id"), a, "asking twice does not take two steps to undo");
}

#[tokio::test]
async fn a_rollback_may_depend_on_what_is_served() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let (a, b) = (deploy(&mut owner, "blog", "A").await, deploy(&mut owner, "blog", "B").await);
    for body in [json!({ "only_if_current": a }), json!({ "to": a, "only_if_current": a })] {
        let refused = owner.post(ROLLBACK, &body).await.refusal(409, "conflict");
        assert!(text(&refused, "message").contains(&*a), "{refused}");
    }
    owner.post(ROLLBACK, &json!({ "only_if_current": "0000000000" })).await.refusal(409, "conflict");
    assert_eq!(server.visitor("blog").get("/").await.text(), "B");
    let back = owner.post(ROLLBACK, &json!({ "only_if_current": b })).await.expect(200).data();
    assert_eq!(moved(&back), (&*a, &*b));
    // Of two that would undo the same deployment, one does.
    let c = deploy(&mut owner, "blog", "C").await;
    let (mut left, mut right, body) = (server.owner(), server.owner(), json!({ "only_if_current": c }));
    let (left, right) = tokio::join!(left.post(ROLLBACK, &body), right.post(ROLLBACK, &body));
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!((statuses, server.visitor("blog").get("/").await.text().as_str()), ([200, 409], "A"));
}

#[tokio::test]
async fn only_finished_deployments_of_the_site_are_published() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    let current = deploy(&mut owner, "blog", "A").await;
    let other = deploy(&mut owner, "shop", "S").await;
    let pending = owner.prepare("blog", &[("index.html", b"pending")]).await;
    for (id, status, code) in [
        (other.as_str(), 422, "validation_failed"),
        (pending.as_str(), 409, "conflict"),
        ("0000000000", 404, "not_found"),
        ("not-an-id", 422, "validation_failed"),
    ] {
        owner.post(ROLLBACK, &json!({ "to": id })).await.refusal(status, code);
        owner.post(PROMOTE, &json!({ "deployment_id": id })).await.refusal(status, code);
    }
    let none = owner.post(PROMOTE, &json!({})).await.refusal(404, "not_found");
    assert!(text(&none, "message").contains("no preview"), "{none}");
    assert_eq!(owner.get("/sites/blog").await.data()["current_deployment_id"], current);
    assert_eq!(server.visitor("blog").get("/").await.text(), "A");

    // A token of one site learns nothing about the other's deployments.
    let token = owner.create_token(json!({ "site": "blog" })).await;
    let mut holder = server.api(text(&token, "token"));
    let foreign = holder.post(ROLLBACK, &json!({ "to": other })).await.refusal(404, "not_found");
    let absent = holder.post(ROLLBACK, &json!({ "to": "0000000000" })).await.refusal(404, "not_found");
    let message = |refused: &Value, id: &str| text(refused, "message").replace(id, "ID");
    assert_eq!(message(&foreign, &other), message(&absent, "0000000000"));
}

#[tokio::test]
async fn the_latest_preview_is_promoted() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let current = deploy(&mut owner, "blog", "A").await;
    let preview = json!({ "preview": true });
    owner.deploy_with("blog", &[("index.html", b"P1")], &preview).await;
    let latest = owner.deploy_with("blog", &[("index.html", b"P2")], &preview).await;
    owner.prepare("blog", &[("index.html", b"unfinished")]).await;
    let promoted = owner.post(PROMOTE, &json!({})).await.expect(200).data();
    assert_eq!(moved(&promoted), (text(&latest, "deployment_id"), &*current));
    assert_eq!(server.visitor("blog").get("/").await.text(), "P2");
}
