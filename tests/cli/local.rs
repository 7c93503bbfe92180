//! `deploy --local`: no account, no set-up.

use crate::support::{Folder, TestEnv, TestServer};

#[test]
fn with_a_local_server_running_it_deploys_there_and_ends() {
    let server = TestServer::start();
    let folder = Folder::with(&[("package.json", r#"{"name": "@acme/My Shop"}"#), ("index.html", "shop")]);
    let user = server.environment();
    let deployed = user.zerodeploy(&["deploy", "--local", "--dir", folder.argument(), "--json"]).success();
    assert_eq!(deployed.json()["site"], "my-shop", "named by package.json");
    assert_eq!(server.get_site("my-shop", "/").text(), "shop");

    folder.write("index.html", "shop again");
    user.zerodeploy(&["deploy", "--local", "--dir", folder.argument(), "--json"]).success();
    assert_eq!(server.get_site("my-shop", "/").text(), "shop again", "the same folder is the same site");

    let named = user.zerodeploy(&["deploy", "--local", "--dir", folder.argument(), "--site", "named", "--json"]);
    assert_eq!(named.success().json()["site"], "named");
}

#[test]
fn it_ignores_the_token_of_another_server_and_refuses_another_address() {
    let server = TestServer::start();
    let folder = Folder::with(&[("index.html", "local")]);
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_DATA_DIR", &server.data_dir().display().to_string());
    user.set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    let arguments = ["deploy", "--local", "--dir", folder.argument(), "--site", "mine", "--json"];
    user.zerodeploy(&arguments).success();
    assert_eq!(server.get_site("mine", "/").text(), "local");
    let refused = user.zerodeploy(&[&arguments[..], &["--api-url", "https://deploy.example.com"]].concat());
    refused.expect_error(3, "usage_error");
}
