//! Files with a fingerprint in their names: kept for ever by browsers, and for a day by the server.

use std::time::Duration;

use serde_json::json;

use crate::content::File;
use crate::harness::Server;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const IMMUTABLE: Option<&str> = Some("public, max-age=31536000, immutable");
const REVALIDATE: Option<&str> = Some("public, max-age=0, must-revalidate");

const FIRST: &[File<'static>] = &[
    ("index.html", b"first"),
    ("assets/app-B7kQ2xYz.js", b"first app"),
    ("plain.js", b"plain"),
    ("404.html", b"gone"),
];
const SECOND: &[File<'static>] =
    &[("index.html", b"second"), ("assets/app-C8lR3yZa.js", b"second app"), ("404.html", b"gone")];
const OLD: &str = "/assets/app-B7kQ2xYz.js";

#[tokio::test]
async fn old_assets_are_there_for_a_day_on_the_sites_own_host() {
    let server = Server::with_sites(&["blog"]).await;
    let (mut owner, mut visitor) = (server.owner(), server.visitor("blog"));
    let first = owner.deploy("blog", FIRST).await;
    assert_eq!(visitor.get(OLD).await.expect(200).header("cache-control"), IMMUTABLE);
    let second = owner.deploy("blog", SECOND).await;
    assert_eq!(visitor.get("/").await.text(), "second");
    let kept = visitor.get(OLD).await.expect(200);
    assert_eq!((kept.text().as_str(), kept.header("cache-control")), ("first app", IMMUTABLE));
    assert_eq!(visitor.get("/plain.js").await.text(), "gone", "it has no fingerprint");
    assert_eq!(server.visitor(&format!("{second}-blog")).get(OLD).await.text(), "gone", "not on a deployment's host");

    server.advance(DAY - Duration::from_secs(60));
    assert_eq!(visitor.get(OLD).await.text(), "first app");
    server.advance(Duration::from_secs(120));
    let gone = visitor.get(OLD).await.expect(404);
    assert_eq!((gone.text().as_str(), gone.header("cache-control")), ("gone", Some("no-store")));
    assert_eq!(visitor.get("/assets/app-C8lR3yZa.js").await.status, 200, "what is current is never old");
    // The deployment itself stays whole.
    assert_eq!(server.visitor(&format!("{first}-blog")).get(OLD).await.text(), "first app");
}

#[tokio::test]
async fn assets_of_the_last_five_deployments_are_kept() {
    let server = Server::with_sites(&["blog"]).await;
    let (mut owner, mut visitor) = (server.owner(), server.visitor("blog"));
    let path = |number: usize| format!("app-B7kQ2xY{number}.js");
    for number in 0..8 {
        owner.deploy("blog", &[(&path(number), format!("app {number}").as_bytes())]).await;
        server.advance(Duration::from_secs(60));
    }
    for number in 0..8 {
        let status = visitor.get(&format!("/{}", path(number))).await.status;
        assert_eq!(status, if number < 2 { 404 } else { 200 }, "{number}");
    }
    // Previews are no deployments that visitors of the site ever saw.
    owner.deploy_with("blog", &[("seen-B7kQ2xYz.js", b"preview")], &json!({ "preview": true })).await;
    owner.deploy("blog", &[("index.html", b"x")]).await;
    assert_eq!(visitor.get("/seen-B7kQ2xYz.js").await.status, 404);
}

#[tokio::test]
async fn after_a_rollback_the_assets_of_what_was_rolled_back_are_kept() {
    let server = Server::with_sites(&["blog"]).await;
    let (mut owner, mut visitor) = (server.owner(), server.visitor("blog"));
    owner.deploy("blog", FIRST).await;
    owner.deploy("blog", SECOND).await;
    server.advance(2 * DAY);
    owner.post("/sites/blog/rollback", &json!({})).await.expect(200);
    assert_eq!(visitor.get("/").await.text(), "first");
    assert_eq!(visitor.get("/assets/app-C8lR3yZa.js").await.text(), "second app");
    assert_eq!(visitor.get(OLD).await.text(), "first app");
    server.advance(DAY);
    assert_eq!(visitor.get("/assets/app-C8lR3yZa.js").await.status, 404);
}

#[tokio::test]
async fn a_path_that_had_two_contents_is_never_called_immutable_again() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let (mut owner, mut visitor) = (server.owner(), server.visitor("blog"));
    let first = owner.deploy("blog", FIRST).await;
    owner.deploy("shop", FIRST).await;
    assert_eq!(visitor.get(OLD).await.header("cache-control"), IMMUTABLE);
    // A preview is enough: somebody may have seen it.
    let changed: &[File<'_>] = &[("assets/app-B7kQ2xYz.js", b"another app"), ("page-B7kQ2xYz.html", b"page")];
    owner.deploy_with("blog", changed, &json!({ "preview": true })).await;
    assert_eq!(visitor.get(OLD).await.header("cache-control"), REVALIDATE);
    owner.deploy("blog", changed).await;
    let answer = visitor.get(OLD).await;
    assert_eq!((answer.text().as_str(), answer.header("cache-control")), ("another app", REVALIDATE));
    assert_eq!(visitor.get("/page-B7kQ2xYz.html").await.header("cache-control"), REVALIDATE, "a page never is");
    let below = server.visitor(&format!("{first}-blog")).get(OLD).await;
    assert_eq!((below.text().as_str(), below.header("cache-control")), ("first app", REVALIDATE));
    owner.deploy("blog", SECOND).await;
    owner.deploy("blog", FIRST).await;
    assert_eq!(visitor.get(OLD).await.header("cache-control"), REVALIDATE);
    assert_eq!(server.visitor("shop").get(OLD).await.header("cache-control"), IMMUTABLE, "another site's is its own");
}
