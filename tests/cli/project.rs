//! A project's first deploy, and the ones after it.

use std::fs;

use serde_json::Value;

use crate::support::{Folder, TestEnv, TestServer};

/// A folder `name` with a page, below a temporary one.
fn project(name: &str) -> (Folder, std::path::PathBuf) {
    let top = Folder::with(&[]);
    top.write(&format!("{name}/dist/index.html"), name);
    let path = top.join(name);
    (top, path)
}

fn sites(user: &TestEnv) -> Vec<String> {
    let list = user.zerodeploy(&["site", "list", "--json"]).success().json();
    let slug = |site: &Value| site["slug"].as_str().expect("a slug").to_owned();
    list.as_array().expect("a list").iter().map(slug).collect()
}

#[test]
fn the_first_deploy_makes_the_site_and_the_file_and_the_next_ones_use_them() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let (_top, path) = project("My Blog");
    let first = user.zerodeploy_in(&path, &["deploy"]).success();
    assert_eq!(first.stdout, format!("http://my-blog.localhost:{}\n", server.port()));
    assert!(first.stderr.contains("Made the site my-blog in the organization personal"), "{}", first.stderr);
    assert!(first.stderr.contains("zerodeploy.json"), "{}", first.stderr);
    insta::assert_snapshot!(fs::read_to_string(path.join("zerodeploy.json")).expect("written"), @r#"
    {
      "site": "my-blog",
      "dir": "dist"
    }
    "#);
    fs::create_dir(path.join("src")).expect("made");
    let next = user.zerodeploy_in(&path.join("src"), &["deploy", "--json"]).success().json();
    assert_eq!((&next["site"], &next["unchanged"]), (&"my-blog".into(), &true.into()));
    assert_eq!(sites(&user), ["my-blog"]);
}

#[test]
fn a_new_project_never_lands_on_a_site_that_is_there() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    for site in ["other", "blog"] {
        user.zerodeploy(&["site", "create", site, "--json"]).success();
    }
    let (_top, path) = project("blog");
    let taken = user.zerodeploy_in(&path, &["deploy", "--json"]).expect_error(3, "slug_taken");
    assert_eq!(taken.text("proposal"), "blog-2");
    assert!(taken.text("hint").contains("deploy to that site: zerodeploy deploy blog"), "{}", taken.stdout);
    assert!(!path.join("zerodeploy.json").exists());
    assert_eq!(sites(&user), ["blog", "other"]);

    let (_top, path) = project("third");
    assert_eq!(user.zerodeploy_in(&path, &["deploy", "--json"]).success().json()["site"], "third");
    user.zerodeploy_in(&path, &["deploy", "other", "--json"]).success();
    assert_eq!(server.get_site("other", "/").text(), "third");
}

#[test]
fn a_site_that_was_named_is_never_made() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let (_top, path) = project("blog");
    user.zerodeploy_in(&path, &["deploy", "bolg", "--json"]).expect_error(2, "not_found");
    fs::write(path.join("zerodeploy.json"), r#"{"site": "bolg"}"#).expect("written");
    user.zerodeploy_in(&path, &["deploy", "--json"]).expect_error(2, "not_found");
    assert_eq!(sites(&user), Vec::<String>::new());
}

#[test]
fn a_token_of_one_site_deploys_there_and_writes_no_file() {
    let server = TestServer::start();
    let mut user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "shop", "--json"]).success();
    // Which site it is bound to it may know without being allowed to look at sites.
    let arguments = ["token", "create", "ci", "--site", "shop", "--permissions", "deployments:write", "--json"];
    let token = user.zerodeploy(&arguments).success().text("token");
    let arguments =
        ["token", "create", "all", "--org", "personal", "--permissions", "sites:write,deployments:write", "--json"];
    let wide = user.zerodeploy(&arguments).success().text("token");
    user.set("ZERODEPLOY_TOKEN", &token);
    let (_top, path) = project("blog");
    assert_eq!(user.zerodeploy_in(&path, &["deploy", "--json"]).success().json()["site"], "shop");
    assert!(!path.join("zerodeploy.json").exists());

    user.set("ZERODEPLOY_TOKEN", &wide);
    assert_eq!(user.zerodeploy_in(&path, &["deploy", "--json"]).success().json()["site"], "blog", "it may make sites");
}

#[test]
fn a_file_without_a_site_gets_it() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let (_top, path) = project("blog");
    fs::write(path.join("zerodeploy.json"), "{\n  \"dir\": \"dist\"\n}\n").expect("written");
    user.zerodeploy_in(&path, &["deploy", "--json"]).success();
    let text = fs::read_to_string(path.join("zerodeploy.json")).expect("readable");
    assert_eq!(text, "{\n  \"site\": \"blog\",\n  \"dir\": \"dist\"\n}\n");
}

#[test]
fn a_folder_elsewhere_is_deployed_and_not_written_down() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let (_top, path) = project("blog");
    let dist = path.join("dist").display().to_string();
    let output = user.zerodeploy(&["deploy", "--dir", &dist, "--json"]).success();
    assert_eq!(output.json()["site"], "blog");
    assert!(output.stderr.contains("zerodeploy deploy blog"), "{}", output.stderr);
    assert!(!user.path("work/zerodeploy.json").exists() && !path.join("zerodeploy.json").exists());
}

#[test]
fn a_dry_run_tells_the_difference_and_begins_nothing() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let (top, path) = project("blog");
    let new = user.zerodeploy_in(&path, &["deploy", "--dry-run", "--json"]).success().json();
    assert_eq!((&new["site_exists"], &new["compared_with"]), (&false.into(), &Value::Null));
    assert_eq!(sites(&user), Vec::<String>::new());
    assert!(!path.join("zerodeploy.json").exists());

    top.write("blog/dist/old.html", "old");
    user.zerodeploy_in(&path, &["deploy", "--json"]).success();
    top.write("blog/dist/index.html", "changed");
    top.write("blog/dist/new.html", "brand new");
    fs::remove_file(path.join("dist/old.html")).expect("removed");
    let before = server.log();
    let mut report = user.zerodeploy_in(&path, &["deploy", "--dry-run", "--json"]).success().json();
    assert!(report["compared_with"].take().is_string());
    insta::assert_json_snapshot!(report, @r#"
    {
      "added": [
        {
          "path": "new.html",
          "size_bytes": 9
        }
      ],
      "append": false,
      "changed": [
        {
          "path": "index.html",
          "previous_size_bytes": 4,
          "size_bytes": 7
        }
      ],
      "compared_with": null,
      "dry_run": true,
      "file_count": 2,
      "is_preview": false,
      "removed": [
        {
          "path": "old.html",
          "size_bytes": 3
        }
      ],
      "site": "blog",
      "site_exists": true,
      "success": true,
      "total_size_bytes": 16,
      "unchanged_files": 0,
      "upload_bytes_at_most": 16
    }
    "#);
    let asked = server.log()[before.len()..].to_owned();
    assert!(!asked.contains("POST"), "nothing is begun: {asked}");
    let people = user.zerodeploy_in(&path, &["deploy", "--dry-run"]).success();
    insta::assert_snapshot!(people.stdout, @r"
    change	path	size	before
    added	new.html	9	
    changed	index.html	7	4
    removed	old.html		3
    ");
    assert!(
        people.stderr.contains("1 added, 1 changed, 1 removed, 0 unchanged; at most 16 B to send"),
        "{}",
        people.stderr
    );
    let listed = user.zerodeploy(&["deployments", "list", "blog", "--json"]).success().json();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
}

#[test]
fn two_deployments_are_compared() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let (top, path) = project("blog");
    let first = user.zerodeploy_in(&path, &["deploy", "--json"]).success().json();
    let first = first["deployment_id"].as_str().expect("an id").to_owned();
    top.write("blog/dist/new.html", "brand new");
    let second = user.zerodeploy_in(&path, &["deploy", "--json"]).success().json();
    let second = second["deployment_id"].as_str().expect("an id").to_owned();

    let forth = user.zerodeploy_in(&path, &["deployments", "diff", &first, "--json"]).success().json();
    assert_eq!((forth["from"].as_str(), forth["to"].as_str()), (Some(first.as_str()), Some(second.as_str())));
    assert_eq!(forth["added"], serde_json::json!([{ "path": "new.html", "size_bytes": 9 }]));
    assert_eq!((&forth["removed"], &forth["changed"]), (&serde_json::json!([]), &serde_json::json!([])));
    let back = user.zerodeploy(&["deployments", "diff", &second, &first]).success();
    insta::assert_snapshot!(back.stdout, @r"
    change	path	size	before
    removed	new.html		9
    ");
    assert!(back.stderr.contains("0 added, 0 changed, 1 removed, 1 unchanged"), "{}", back.stderr);
    let missing = user.zerodeploy(&["deployments", "diff", "0000000000", &second]).expect_code(2);
    assert!(missing.stderr.contains("zerodeploy deployments list"), "{}", missing.stderr);
}
