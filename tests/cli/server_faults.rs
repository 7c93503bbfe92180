//! Servers that are not what they should be, and servers that cannot start.

use crate::fake_server::FakeServer;
use crate::support::{Folder, TestEnv, TestServer};

#[test]
fn an_address_that_is_no_zerodeploy_server_never_sees_the_credential() {
    const PAGE: &str =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<h1>Hello</h1";
    let fake = FakeServer::answering(PAGE);
    let folder = Folder::with(&[("index.html", "x")]);
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", &fake.url).set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    let output = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]);
    output.expect_error(5, "not_zerodeploy");
    let requests = fake.requests();
    assert!(!requests.is_empty());
    for head in requests {
        assert!(!head.to_lowercase().contains("authorization"), "{head}");
        assert!(!head.contains("a-token-of-another-service"), "{head}");
    }
}

#[test]
fn a_redirect_to_another_host_gets_no_credential() {
    const AWAY: &str = "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://localhost:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let fake = FakeServer::answering(AWAY);
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", &fake.url).set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    let output = user.zerodeploy(&["site", "list", "--json"]);
    output.expect_error(5, "not_zerodeploy");
    let requests = fake.requests();
    assert!(!requests.is_empty());
    for head in requests {
        assert!(!head.contains("a-token-of-another-service"), "{head}");
    }
}

#[test]
fn a_port_or_a_data_folder_that_is_in_use() {
    let server = TestServer::start();
    let other = TestEnv::new();
    let address = format!("127.0.0.1:{}", server.port());
    let taken = other.zerodeploy(&["serve", "--listen", &address, "--json"]).expect_error(3, "in_use");
    assert!(taken.stdout.contains(&address), "{}", taken.stdout);

    let data_dir = server.data_dir().display().to_string();
    let locked = other.zerodeploy(&["serve", "--listen", "127.0.0.1:0", "--data-dir", &data_dir, "--json"]);
    let locked = locked.expect_error(3, "in_use");
    assert!(locked.stdout.contains(&data_dir), "{}", locked.stdout);
    assert_eq!(server.get("127.0.0.1", "/healthz").status, 200, "the first one goes on");
}

#[test]
fn a_data_folder_that_cannot_be_written() {
    let user = TestEnv::new();
    let folder = Folder::with(&[("file", "in the way")]);
    let inside_a_file = folder.join("file/data").display().to_string();
    let refused = user.zerodeploy(&["serve", "--listen", "127.0.0.1:0", "--data-dir", &inside_a_file, "--json"]);
    let refused = refused.expect_code(3);
    assert!(refused.stdout.contains(&inside_a_file), "{}", refused.stdout);
}

#[test]
fn a_server_says_what_it_is_on_one_line() {
    let server = TestServer::start();
    let ready = server.ready().as_object().expect("an object");
    let mut fields: Vec<&str> = ready.keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["data_dir", "domain", "url"]);
    assert_eq!(server.domain(), "localhost");
    let health = server.get("127.0.0.1", "/healthz").json();
    let health = if health["data"].is_object() { &health["data"] } else { &health };
    assert_eq!((&health["status"], &health["service"]), (&"ok".into(), &"zerodeploy".into()));
}
