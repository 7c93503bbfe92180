//! Scoped tokens: made, used, refused, taken away.

use crate::support::{Folder, Output, TestEnv, TestServer};

/// Somebody who has nothing but a token.
fn holder(server: &TestServer, token: &str) -> TestEnv {
    let mut environment = TestEnv::new();
    environment.set("ZERODEPLOY_API_URL", server.url()).set("ZERODEPLOY_TOKEN", token);
    environment
}

fn create_token(user: &TestEnv, arguments: &[&str]) -> Output {
    user.zerodeploy(&[&["token", "create"], arguments, &["--json"]].concat()).success()
}

#[test]
fn a_site_token_deploys_its_site_and_nothing_else() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "by token")]);
    for site in ["blog", "other"] {
        owner.zerodeploy(&["site", "create", site, "--json"]).success();
    }
    let created = create_token(&owner, &["ci", "--site", "blog", "--expires", "90"]);
    let secret = created.text("token");
    assert!(secret.starts_with("zd_") && secret.len() == 45, "the documented form");
    assert_eq!(created.text("prefix"), secret[..11]);
    let details = created.json();
    assert_eq!(details["kind"], "site");
    assert_eq!(details["site"], "blog");
    assert_eq!(details["permissions"], serde_json::json!(["sites:read", "deployments:write"]));
    assert!(details["expires_at"].is_string());

    let pipeline = holder(&server, &secret);
    pipeline.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "by token");
    let who = pipeline.zerodeploy(&["whoami", "--json"]).success().json();
    assert_eq!((&who["credential"]["kind"], &who["credential"]["name"]), (&"site".into(), &"ci".into()));

    let outside = pipeline.zerodeploy(&["deploy", "other", "--dir", folder.argument(), "--json"]);
    let outside = outside.expect_error(2, "not_found");
    let nowhere = pipeline.zerodeploy(&["deploy", "nowhere", "--dir", folder.argument(), "--json"]);
    let nowhere = nowhere.expect_error(2, "not_found");
    // Of two requests only their ids differ.
    let answer = |output: &Output, site: &str| {
        let id = output.text("request_id");
        output.stdout.replace(&id, "?").replace(site, "?")
    };
    assert!(!outside.stdout.contains("site create"), "a site token makes no site: {}", outside.stdout);
    assert_eq!(answer(&outside, "other"), answer(&nowhere, "nowhere"), "what is outside looks like what is not there");
    pipeline
        .zerodeploy(&["site", "create", "more", "--org", "personal", "--json"])
        .expect_error(1, "permission_missing");
    pipeline.zerodeploy(&["token", "list", "--json"]).expect_error(1, "session_required");
    pipeline.zerodeploy(&["token", "create", "x", "--site", "blog", "--json"]).expect_error(1, "session_required");
}

#[test]
fn a_deleted_token_is_refused_on_the_next_request() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    owner.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let created = create_token(&owner, &["ci", "--site", "blog"]);
    let pipeline = holder(&server, &created.text("token"));
    pipeline.zerodeploy(&["site", "show", "blog", "--json"]).success();

    let list = owner.zerodeploy(&["token", "list", "--json"]).success();
    assert!(!list.stdout.contains(&created.text("token")), "a list never shows a secret");
    let tokens = list.json();
    let token = tokens.as_array().expect("a list").iter().find(|token| token["name"] == "ci").expect("it is listed");
    assert_eq!(token["id"], created.json()["id"]);

    owner.zerodeploy(&["token", "delete", &created.text("prefix"), "--json"]).success();
    pipeline.zerodeploy(&["site", "show", "blog", "--json"]).expect_error(1, "token_revoked");
    owner.zerodeploy(&["token", "delete", &created.text("prefix"), "--json"]).expect_error(2, "not_found");
}

#[test]
fn a_reading_token_cannot_deploy() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "never")]);
    owner.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let created = create_token(&owner, &["reader", "--site", "blog", "--permissions", "sites:read,deployments:read"]);
    let reader = holder(&server, &created.text("token"));
    reader.zerodeploy(&["deployments", "list", "blog", "--json"]).success();
    let refused = reader.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]);
    let refused = refused.expect_error(1, "permission_missing");
    assert!(refused.stdout.contains("deployments:write"), "it names what is missing: {}", refused.stdout);
    assert_eq!(server.get_site("blog", "/").status, 404);
}

#[test]
fn the_secret_stands_alone_on_stdout() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    owner.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let created = owner.zerodeploy(&["token", "create", "ci", "--site", "blog"]).success();
    let secret = created.stdout.trim_end_matches('\n');
    assert!(secret.starts_with("zd_") && secret.len() == 45 && !secret.contains('\n'), "{:?}", created.stdout);
    assert!(!created.stderr.contains(secret), "it is printed once");
    assert!(!server.log().contains(secret), "and never logged");
}

#[test]
fn a_mistyped_token_is_refused_without_asking() {
    let mut user = TestEnv::new();
    // Nothing listens there: an answer of 6 would mean that the token was sent.
    user.set("ZERODEPLOY_API_URL", "http://127.0.0.1:9")
        .set("ZERODEPLOY_TOKEN", "zd_000000000000000000000000000000000000000000");
    user.zerodeploy(&["whoami", "--json"]).expect_error(1, "token_invalid");
}

#[test]
fn wrong_scopes_and_permissions_are_named() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    let typo = owner.zerodeploy(&["token", "create", "x", "--org", "personal", "--permissions", "site:read", "--json"]);
    let typo = typo.expect_code(3);
    assert!(typo.stdout.contains("sites:read"), "it proposes the right one: {}", typo.stdout);
    owner.zerodeploy(&["token", "create", "x", "--org", "personal", "--site", "blog", "--json"]).expect_code(3);
    owner.zerodeploy(&["token", "create", "x", "--site", "nowhere", "--json"]).expect_error(2, "not_found");
}
