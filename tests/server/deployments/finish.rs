//! Finishing: all contents are checked once more, then the site changes in one step.

use serde_json::{Value, json};
use zerodeploy::content::blob::BlobId;

use crate::content::{File, bitmap, frames, manifest, marked};
use crate::harness::{Server, text};

const FILES: &[File<'static>] = &[("index.html", b"<h1>one</h1>"), ("a.txt", b"first"), ("b.txt", b"second")];

#[tokio::test]
async fn a_finished_deployment_is_what_the_site_serves() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = owner.prepare("blog", FILES).await;
    let port = server.address().port();
    let finished = owner.finish(&id, &json!({ "message": "  the first one " })).await.expect(200).data();
    for (field, expected) in [
        ("deployment_id", json!(id)),
        ("site", json!("blog")),
        ("org", json!("personal")),
        ("status", json!("ready")),
        ("is_current", json!(true)),
        ("is_preview", json!(false)),
        ("url", json!(format!("http://blog.localhost:{port}"))),
        ("preview_url", json!(format!("http://{id}-blog.localhost:{port}"))),
        ("file_count", json!(3)),
        ("total_size_bytes", json!(23)),
        ("message", json!("the first one")),
        ("manifest_id", json!(manifest(FILES).id())),
        ("replaced_deployment_id", Value::Null),
    ] {
        assert_eq!(finished[field], expected, "{field}");
    }
    let answer = server.visitor("blog").get("/").await.expect(200);
    assert_eq!((answer.text().as_str(), answer.header("x-zerodeploy-deployment")), ("<h1>one</h1>", Some(id.as_str())));
    assert_eq!(owner.get("/sites/blog").await.data()["current_deployment_id"], id);
    let logs = owner.get(&format!("/deployments/{id}/logs")).await.data();
    let events: Vec<&str> = logs.as_array().expect("a list").iter().map(|line| text(line, "event")).collect();
    assert_eq!(events, ["begun", "published"]);
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_is_published() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let begun = owner.begin("blog", FILES).await.expect(201).data();
    let id = text(&begun, "deployment_id");
    owner.upload(id, &frames(b"first")).await.expect(200);
    let refused = owner.finish(id, &json!({})).await.refusal(409, "blobs_missing");
    let missing = marked(FILES, &bitmap(&refused["limits"]["missing"]));
    let mut expected = vec![BlobId::of(b"<h1>one</h1>"), BlobId::of(b"second")];
    expected.sort_unstable();
    assert_eq!(missing, expected);
    assert_eq!(server.visitor("blog").get("/").await.status, 404);
    assert_eq!(owner.get(&format!("/deployments/{id}")).await.data()["status"], "pending");
    owner.upload(id, &[frames(b"<h1>one</h1>"), frames(b"second")].concat()).await.expect(200);
    owner.finish(id, &json!({})).await.expect(200);
    assert_eq!(server.visitor("blog").get("/").await.status, 200);
}

#[tokio::test]
async fn a_content_that_went_missing_meanwhile_is_sent_again() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    owner.deploy("shop", &[("a.txt", b"first"), ("b.txt", b"second")]).await;
    let id = owner.prepare("blog", FILES).await;
    // As if it had been collected: it was here when the deployment began, so it was never named as missing.
    server.execute("DELETE FROM blobs WHERE encoding = 0 AND length = 5").await;
    let refused = owner.finish(&id, &json!({})).await.refusal(409, "blobs_missing");
    assert_eq!(marked(FILES, &bitmap(&refused["limits"]["missing"])), [BlobId::of(b"first")]);
    owner.upload(&id, &frames(b"second")).await.refusal(422, "validation_failed");
    owner.upload(&id, &frames(b"first")).await.expect(200);
    owner.finish(&id, &json!({})).await.expect(200);
    assert_eq!(server.visitor("blog").get("/a.txt").await.text(), "first");
}

#[tokio::test]
async fn finishing_twice_is_finishing_once() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = owner.prepare("blog", FILES).await;
    let first = owner.finish(&id, &json!({})).await.expect(200).data();
    // Also when the second one says something else: it comes too late.
    for options in [json!({}), json!({ "preview": true, "message": "late" }), json!({ "append": true })] {
        assert_eq!(owner.finish(&id, &options).await.expect(200).data(), first);
    }
    owner.post("/sites/blog/rollback", &json!({})).await.refusal(409, "nothing_to_roll_back");
    assert_eq!(server.count("SELECT count(*) FROM releases").await, 1);

    let id = owner.prepare("blog", FILES).await;
    let (mut left, mut right, none) = (server.owner(), server.owner(), json!({}));
    let (left, right) = tokio::join!(left.finish(&id, &none), right.finish(&id, &none));
    assert_eq!((left.status, right.status), (200, 200), "both at once");
    assert_eq!(server.count("SELECT count(*) FROM releases").await, 2);
}

#[tokio::test]
async fn of_two_deployments_the_last_to_finish_wins_and_names_the_other() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let first = owner.prepare("blog", &[("index.html", b"1")]).await;
    let second = owner.prepare("blog", &[("index.html", b"2")]).await;
    let finished = owner.finish(&second, &json!({})).await.expect(200).data();
    assert_eq!(finished["replaced_deployment_id"], Value::Null);
    let finished = owner.finish(&first, &json!({})).await.expect(200).data();
    assert_eq!(finished["replaced_deployment_id"], second);
    assert_eq!(server.visitor("blog").get("/").await.text(), "1");
    assert_eq!(owner.get(&format!("/deployments/{second}")).await.data()["is_current"], false);
}

#[tokio::test]
async fn an_appended_deployment_lies_over_the_current_one() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let append = json!({ "append": true });
    let first = owner.deploy_with("blog", FILES, &append).await;
    assert_eq!(first["file_count"], 3, "over nothing it is the whole");
    let second = owner.deploy_with("blog", &[("a.txt", b"changed"), ("c.txt", b"new")], &append).await;
    assert_eq!((&second["file_count"], &second["total_size_bytes"]), (&json!(4), &json!(12 + 7 + 6 + 3)));
    assert_eq!(second["replaced_deployment_id"], first["deployment_id"]);
    let merged: &[File<'_>] =
        &[("index.html", b"<h1>one</h1>"), ("a.txt", b"changed"), ("b.txt", b"second"), ("c.txt", b"new")];
    assert_eq!(second["manifest_id"], json!(manifest(merged).id()));
    let mut visitor = server.visitor("blog");
    for (path, content) in merged {
        assert_eq!(visitor.get(&format!("/{path}")).await.expect(200).body, *content, "{path}");
    }
    // The one below stays what it was.
    let mut below = server.visitor(&format!("{}-blog", text(&first, "deployment_id")));
    assert_eq!(below.get("/a.txt").await.text(), "first");
    assert_eq!(below.get("/c.txt").await.status, 404);

    // Over what is current when it finishes, not when it began.
    let id = owner.prepare("blog", &[("d.txt", b"late")]).await;
    owner.deploy("blog", &[("only.txt", b"only")]).await;
    let third = owner.finish(&id, &append).await.expect(200).data();
    assert_eq!(third["file_count"], 2);
    // A preview lies over the current one too, and leaves it alone.
    let preview = json!({ "append": true, "preview": true });
    let fourth = owner.deploy_with("blog", &[("e.txt", b"preview")], &preview).await;
    assert_eq!((&fourth["file_count"], &fourth["is_current"]), (&json!(3), &json!(false)));
    assert_eq!(visitor.get("/e.txt").await.status, 404);
}

#[tokio::test]
async fn a_preview_is_seen_under_its_own_name_only() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let current = owner.deploy("blog", FILES).await;
    let preview = owner.deploy_with("blog", &[("index.html", b"next")], &json!({ "preview": true })).await;
    let id = text(&preview, "deployment_id").to_owned();
    assert_eq!((&preview["is_preview"], &preview["is_current"]), (&json!(true), &json!(false)));
    assert_eq!(preview["replaced_deployment_id"], Value::Null);
    assert_eq!(server.visitor("blog").get("/").await.text(), "<h1>one</h1>");
    assert_eq!(server.visitor(&format!("{id}-blog")).get("/").await.text(), "next");
    owner.post("/sites/blog/rollback", &json!({})).await.refusal(409, "nothing_to_roll_back");

    let promoted = owner.post("/sites/blog/promote", &json!({})).await.expect(200).data();
    assert_eq!((text(&promoted, "deployment_id"), text(&promoted, "replaced_deployment_id")), (&*id, &*current));
    assert_eq!((&promoted["is_current"], &promoted["is_preview"]), (&json!(true), &json!(true)));
    assert_eq!(server.visitor("blog").get("/").await.text(), "next");
    let logs = owner.get(&format!("/deployments/{id}/logs")).await.data();
    let events: Vec<&str> = logs.as_array().expect("a list").iter().map(|line| text(line, "event")).collect();
    assert_eq!(events, ["begun", "ready", "promoted"]);
}

#[tokio::test]
async fn what_may_be_said_about_a_deployment() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = owner.prepare("blog", FILES).await;
    let long = "ü".repeat(501);
    for body in [json!({ "message": long }), json!({ "preview": "yes" }), json!({ "previeww": true }), json!("x")] {
        owner.finish(&id, &body).await.refusal(422, "validation_failed");
    }
    let finished = owner.finish(&id, &json!({ "message": long[2..] })).await.expect(200).data();
    assert_eq!(finished["message"], long[2..]);
    let id = owner.prepare("blog", FILES).await;
    assert_eq!(owner.finish(&id, &json!({ "message": "  " })).await.data()["message"], Value::Null);
    owner.finish("0000000000", &json!({})).await.refusal(404, "not_found");
}
