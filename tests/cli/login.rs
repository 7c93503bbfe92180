//! Credentials that are kept: where they go, and where they never go.

use crate::fake_server::FakeServer;
use crate::support::{Output, TestEnv, TestServer};

const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<h1>";

/// Runs a command with a line on standard input.
pub(crate) fn with_input(user: &TestEnv, arguments: &[&str], input: &str) -> Output {
    let output = assert_cmd::Command::from_std(user.command(arguments)).write_stdin(format!("{input}\n")).output();
    let output = output.expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Output { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn a_credential_is_checked_stored_used_and_removed() {
    let server = TestServer::start();
    let user = TestEnv::new();
    let arguments = ["login", "--with-token", "--api-url", server.url(), "--json"];
    with_input(&user, &arguments, "zds_000000000000000000000000000000000000000000").expect_error(1, "token_invalid");
    user.zerodeploy(&["whoami", "--json"]).expect_error(1, "not_authenticated");

    let login = with_input(&user, &arguments, &server.session()).success();
    assert_eq!((login.text("username"), login.text("store")), ("tester".to_owned(), "file".to_owned()));
    assert!(!login.stdout.contains(&server.session()) && !login.stderr.contains(&server.session()));
    let who = user.zerodeploy(&["whoami", "--json"]).success().json();
    assert_eq!(who["credential"]["kind"], "session");

    user.zerodeploy(&["logout", "--json"]).success();
    let signed_out = user.zerodeploy(&["whoami", "--json"]).expect_error(1, "not_authenticated");
    assert!(signed_out.text("hint").contains("zerodeploy login --api-url"), "{}", signed_out.stdout);
}

#[test]
fn nobody_signs_in_to_what_is_no_zerodeploy_server() {
    let fake = FakeServer::answering(PAGE);
    let user = TestEnv::new();
    let arguments = ["login", "--with-token", "--api-url", &fake.url, "--json"];
    with_input(&user, &arguments, "a-token-of-another-service").expect_error(5, "not_zerodeploy");
    for head in fake.requests() {
        assert!(!head.contains("a-token-of-another-service"), "{head}");
    }
    assert!(!user.path("config").join("credentials.json").exists());
}

#[test]
fn a_stored_credential_stays_with_its_server() {
    let server = TestServer::start();
    let fake = FakeServer::answering(PAGE);
    let user = TestEnv::new();
    with_input(&user, &["login", "--with-token", "--api-url", server.url()], &server.session()).success();
    for arguments in [
        &["whoami", "--json", "--api-url", &fake.url][..],
        &["--profile", "local", "whoami", "--json", "--api-url", &fake.url],
    ] {
        let refused = user.zerodeploy(arguments);
        assert!(refused.code == 1 || refused.code == 3, "{refused:?}");
    }
    // Nor does the owner's session, which the server's own user has.
    let local = server.environment().zerodeploy(&["whoami", "--json", "--api-url", &fake.url]);
    local.expect_error(1, "not_authenticated");
    assert_eq!(fake.requests(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let server = TestServer::start();
    let user = TestEnv::new();
    with_input(&user, &["login", "--with-token", "--api-url", server.url()], &server.session()).success();
    let mode = |path: &str| std::fs::metadata(user.path(path)).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode("config"), mode("config/credentials.json")), (0o700, 0o600));
    assert_eq!((mode("cache"), mode("cache/servers")), (0o700, 0o700));

    // Where others can look, a credential is not used any more, and signing out still works.
    let path = user.path("config/credentials.json");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("changed");
    let refused = user.zerodeploy(&["whoami", "--json"]).expect_error(3, "configuration_invalid");
    assert!(refused.text("hint").contains(&format!("chmod 600 {}", path.display())), "{}", refused.stdout);
    user.zerodeploy(&["logout", "--json"]).success();
}
