//! The way of one site: deployed, changed, gone back, previewed, published.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Folder, TestEnv, TestServer};

#[test]
fn a_site_is_deployed_changed_and_brought_back() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "<h1>one</h1>"), ("about/index.html", "about"), ("404.html", "gone")]);
    let early = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).expect_error(2, "not_found");
    assert!(early.text("hint").contains("zerodeploy site create blog"), "{}", early.stdout);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();

    let first = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    let id = first.text("deployment_id");
    let deployed = first.json();
    assert_eq!(deployed["success"], true);
    assert_eq!(deployed["is_preview"], false);
    assert_eq!(deployed["file_count"], 3);
    assert_eq!(deployed["total_size_bytes"], 12 + 5 + 4);
    assert_eq!(deployed["site"], "blog");
    assert_eq!(deployed["url"], format!("http://blog.localhost:{}", server.port()));
    assert_eq!(deployed["preview_url"], format!("http://{id}-blog.localhost:{}", server.port()));

    assert_eq!(server.get_site("blog", "/").text(), "<h1>one</h1>");
    assert_eq!(server.get_site("blog", "/about/").text(), "about");
    let missing = server.get_site("blog", "/nothing");
    assert_eq!((missing.status, missing.text().as_str()), (404, "gone"));

    folder.write("index.html", "<h1>two</h1>");
    let second = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    assert_ne!(second.text("deployment_id"), id);
    assert_eq!(server.get_site("blog", "/").text(), "<h1>two</h1>");
    assert_eq!(server.get_site(&format!("{id}-blog"), "/").text(), "<h1>one</h1>", "a deployment keeps its address");

    let back = user.zerodeploy(&["rollback", "blog", "--json"]).success();
    assert_eq!(back.text("deployment_id"), id);
    assert_eq!(server.get_site("blog", "/").text(), "<h1>one</h1>");
    user.zerodeploy(&["rollback", "blog", "--json"]).expect_error(3, "nothing_to_roll_back");

    let forward = second.text("deployment_id");
    user.zerodeploy(&["rollback", "blog", "--to", &forward, "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "<h1>two</h1>");
}

#[test]
fn an_unchanged_folder_makes_a_deployment_of_its_own() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "same")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let deploy = || user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    let first = deploy().text("deployment_id");
    let asked = || server.log().matches("\"request\"").count();
    let before = asked();
    let second = deploy().text("deployment_id");
    assert_eq!(asked() - before, 2, "two requests: {}", server.log());
    assert_ne!(first, second);

    let list = user.zerodeploy(&["deployments", "list", "blog", "--json"]).success().json();
    let ids: Vec<&Value> = list.as_array().expect("a list").iter().map(|entry| &entry["deployment_id"]).collect();
    assert_eq!(ids, [&Value::from(second.clone()), &Value::from(first)], "the newest first");
    let current: Vec<&Value> = list.as_array().expect("a list").iter().map(|entry| &entry["is_current"]).collect();
    assert_eq!(current, [true, false]);
    let alias = user.zerodeploy(&["deploy", "list", "blog", "--json"]).success().json();
    assert_eq!(alias, list, "`deploy list` is `deployments list`");

    let shown = user.zerodeploy(&["deployments", "show", &second, "--json"]).success().json();
    assert_eq!(shown["status"], "ready");
    assert_eq!(shown["site"], "blog");
    assert_eq!(shown["file_count"], 1);
}

#[test]
fn a_preview_is_published_when_it_is_promoted() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "live")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();

    folder.write("index.html", "next");
    let preview = user
        .zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--preview", "--message", "try", "--json"])
        .success();
    assert_eq!(preview.json()["is_preview"], true);
    let id = preview.text("deployment_id");
    assert_eq!(server.get_site("blog", "/").text(), "live");
    assert_eq!(server.get_site(&format!("{id}-blog"), "/").text(), "next");

    let promoted = user.zerodeploy(&["deploy", "promote", "--site", "blog", "--json"]).success();
    assert_eq!(promoted.text("deployment_id"), id);
    assert_eq!(server.get_site("blog", "/").text(), "next");
    user.zerodeploy(&["rollback", "blog", "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "live");
    user.zerodeploy(&["deploy", "promote", &id, "--site", "blog", "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "next");
}

#[test]
fn a_restarted_server_serves_what_it_served() {
    let mut server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "still here")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    server.kill();
    server.restart();
    assert_eq!(server.get_site("blog", "/").text(), "still here");
    assert_eq!(server.stop(), 0, "SIGTERM is the normal end");
    server.restart();
    assert_eq!(server.get_site("blog", "/").text(), "still here");
}

#[test]
fn the_server_and_its_user_find_each_other_by_the_local_profile() {
    let server = TestServer::start();
    // The first start wrote a profile and a session into this user's folders: nothing needs to be named.
    let who = server.environment().zerodeploy(&["whoami", "--json"]).success().json();
    assert_eq!(who["username"], "tester");
    assert_eq!(who["admin"], true);
    assert_eq!(who["credential"]["kind"], "session");
    assert_eq!(who["orgs"], serde_json::json!(["personal"]));
}

#[test]
fn organizations_and_sites_come_and_go() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let created = user.zerodeploy(&["org", "create", "acme", "--json"]).success();
    assert_eq!(created.text("slug"), "acme");
    user.zerodeploy(&["org", "create", "acme", "--json"]).expect_error(3, "slug_taken");
    let site = user.zerodeploy(&["site", "create", "shop", "--org", "acme", "--json"]).success();
    assert_eq!((site.text("slug"), site.text("org")), ("shop".to_owned(), "acme".to_owned()));
    user.zerodeploy(&["site", "create", "shop", "--org", "personal", "--json"]).expect_error(3, "slug_taken");

    let slugs = |noun: &str| {
        let list = user.zerodeploy(&[noun, "list", "--json"]).success().json();
        let slug = |entry: &Value| entry["slug"].as_str().expect("a slug").to_owned();
        list.as_array().expect("a list").iter().map(slug).collect::<BTreeSet<_>>()
    };
    let set = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(slugs("org"), set(&["acme", "personal"]));
    assert_eq!(slugs("site"), set(&["shop"]));

    user.zerodeploy(&["org", "delete", "acme", "--force", "--json"]).expect_error(3, "org_not_empty");
    user.zerodeploy(&["site", "delete", "shop", "--json"]).expect_error(3, "not_confirmed");
    user.zerodeploy(&["site", "delete", "shop", "--force", "--json"]).success();
    user.zerodeploy(&["site", "show", "shop", "--json"]).expect_error(2, "not_found");
    user.zerodeploy(&["org", "delete", "acme", "--force", "--json"]).success();
    assert_eq!(slugs("org"), set(&["personal"]));
}
