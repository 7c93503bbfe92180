//! `init`: what it finds, what it writes, and what it leaves alone.

use std::fs;

use serde_json::json;

use crate::support::{Folder, TestEnv, TestServer};

const SHOP: &str = r#"{"name": "@acme/shop", "scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7"}}"#;

fn shop() -> Folder {
    Folder::with(&[("package.json", SHOP), ("pnpm-lock.yaml", ""), ("index.html", "sources")])
}

fn written(folder: &Folder) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("zerodeploy.json")).expect("the file is there");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn it_finds_folder_and_build_makes_the_site_and_writes_the_file() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = shop();
    let output = user.zerodeploy_in(folder.path(), &["init", "--json"]).success();
    let mut told = output.json();
    assert_eq!(told["file"].take().as_str().map(|file| file.ends_with("/zerodeploy.json")), Some(true));
    insta::assert_json_snapshot!(told, @r#"
    {
      "build": "pnpm run build",
      "dir": "dist",
      "file": null,
      "framework": "Vite",
      "package_manager": "pnpm",
      "site": "shop",
      "site_created": true
    }
    "#);
    insta::assert_snapshot!(fs::read_to_string(folder.join("zerodeploy.json")).expect("there"), @r#"
    {
      "site": "shop",
      "dir": "dist",
      "build": "pnpm run build"
    }
    "#);
    assert_eq!(user.zerodeploy(&["site", "show", "shop", "--json"]).success().json()["org"], "personal");
}

#[test]
fn a_person_reads_what_was_found_and_why() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = shop();
    let output = user.zerodeploy_in(folder.path(), &["init"]).success();
    assert!(output.stdout.ends_with("/zerodeploy.json\n"), "{}", output.stdout);
    insta::assert_snapshot!(output.stderr, @r"
    Made the site shop in the organization personal
    Found Vite (`vite` in package.json)
    Folder: dist (usual for Vite)
    Build: pnpm run build (script `build` in package.json, pnpm-lock.yaml)
    Wrote the project of the site shop; deploy it with `zerodeploy deploy --build`
    ");
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = shop();
    user.zerodeploy_in(folder.path(), &["init", "--json"]).success();
    folder.write("zerodeploy.json", r#"{"site": "shop", "dir": "mine"}"#);
    let refused = user.zerodeploy_in(folder.path(), &["init", "--json"]).expect_error(3, "conflict");
    assert!(refused.text("hint").contains("--force"), "{}", refused.stdout);
    assert_eq!(written(&folder), json!({"site": "shop", "dir": "mine"}));

    let arguments = [
        "init", "--force", "--dir", "./web/", "--build", "make", "--org", "personal", "--json", "--ignore", "*.map",
        "drafts/",
    ];
    let replaced = user.zerodeploy_in(folder.path(), &arguments).success();
    assert_eq!(replaced.json()["site_created"], false, "the site of the file that was there");
    let mut file = written(&folder);
    file["$schema"].take();
    let ignore = ["*.map", "drafts/"];
    let expected =
        json!({"$schema": null, "site": "shop", "org": "personal", "dir": "web", "build": "make", "ignore": ignore});
    assert_eq!(file, expected);
    folder.write("zerodeploy.json", "{broken");
    user.zerodeploy_in(folder.path(), &["init", "--site", "shop", "--json"]).expect_error(3, "conflict");
    user.zerodeploy_in(folder.path(), &["init", "--site", "shop", "--force", "--json"]).success();
}

#[test]
fn a_site_of_the_same_name_is_never_taken_silently() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "shop", "--json"]).success();
    let folder = shop();
    let taken = user.zerodeploy_in(folder.path(), &["init", "--json"]).expect_error(3, "slug_taken");
    assert_eq!(taken.text("proposal"), "shop-2");
    assert!(taken.text("hint").contains("zerodeploy init --site shop"), "{}", taken.stdout);
    assert!(!folder.join("zerodeploy.json").exists());
    let named = user.zerodeploy_in(folder.path(), &["init", "--site", "shop", "--json"]).success();
    assert_eq!(named.json()["site_created"], false);
}

#[test]
fn without_a_server_the_file_is_written_and_the_rest_is_said() {
    let user = TestEnv::new();
    let folder = Folder::with(&[("index.html", "x")]);
    let output = user.zerodeploy_in(folder.path(), &["init", "--site", "blog"]).success();
    assert!(output.stderr.contains("zerodeploy site create blog"), "{}", output.stderr);
    let file = written(&folder);
    assert_eq!((&file["site"], &file["dir"], &file["build"]), (&json!("blog"), &json!("."), &json!(null)));
}

#[test]
fn a_folder_outside_of_the_project_is_refused_and_an_uncertain_one_is_left_out() {
    let user = TestEnv::new();
    let folder = Folder::with(&[("package.json", r#"{"dependencies": {"next": "15"}}"#)]);
    let arguments = ["init", "--site", "blog", "--dir", "..", "--json"];
    user.zerodeploy_in(folder.path(), &arguments).expect_error(3, "validation_failed");
    let output = user.zerodeploy_in(folder.path(), &["init", "--site", "blog", "--json"]).success();
    assert!(output.stderr.contains("output: 'export'"), "{}", output.stderr);
    assert_eq!(written(&folder)["dir"], json!(null));
}
