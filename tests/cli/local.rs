//! `deploy --local`: no account, no set-up.

use crate::support::{Folder, TestEnv, TestServer, TestServerOptions};

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

#[cfg(unix)]
#[test]
fn without_a_server_it_starts_one_and_serves_until_it_is_stopped() {
    let folder = Folder::with(&[("index.html", "at once"), (".env", "PASSWORD=x")]);
    let user = TestEnv::new();
    let mut process = user.start(&["deploy", "--local", "--dir", folder.argument(), "--site", "mine", "--json"]);
    let deployed = process.next_value();
    assert_eq!((&deployed["success"], &deployed["site"]), (&true.into(), &"mine".into()));
    // Others find the server that it started.
    let again = user.zerodeploy(&["deploy", "--local", "--dir", folder.argument(), "--site", "mine", "--json"]);
    assert_eq!(again.success().json()["unchanged"], true);
    let who = user.zerodeploy(&["whoami", "--json"]).success().json();
    assert_eq!(who["credential"]["kind"], "session");
    assert_eq!(process.signal_and_wait(rustix::process::Signal::TERM), 0);
    // Requests are not what the person asked for; what is left out is.
    let lines: Vec<String> = process.log().lines().map(str::to_owned).collect();
    assert_eq!(lines, ["note: left out .env"]);
    let stopped = user.zerodeploy(&["site", "list", "--json"]).expect_error(6, "network_error");
    assert!(stopped.text("hint").contains("zerodeploy serve"), "{}", stopped.stdout);
}

#[test]
fn a_server_for_others_is_told_to_keep_sites_and_api_apart() {
    let arguments = ["--domain", "pages.example", "--public-url", "https://deploy.example.com"].map(str::to_owned);
    let mut server = TestServer::start_with(TestServerOptions { arguments: arguments.to_vec(), ..Default::default() });
    assert_eq!(server.ready()["url"], "https://deploy.example.com");
    server.stop();
    assert!(server.log().contains("another registrable domain"), "{}", server.log());

    let mut server = TestServer::start();
    server.stop();
    assert!(!server.log().contains("registrable"), "nothing to say about localhost: {}", server.log());
}
