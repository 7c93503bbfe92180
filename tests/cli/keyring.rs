//! The Secret Service of a desktop. `.ci/keyring` runs these on a private bus, each in the state that it is named after.

use std::time::{Duration, Instant};

use crate::login::with_input;
use crate::support::{Output, TestEnv, TestServer};

/// Longest that a command may take beside a keyring that does not answer: its 3 seconds, and the command's own time.
const LONGEST: Duration = Duration::from_millis(4_500);

/// An environment that sees the session bus of the test, if there is one.
fn at_a_desktop() -> TestEnv {
    let mut user = TestEnv::new();
    user.remove("ZERODEPLOY_KEYRING");
    if let Ok(address) = std::env::var("DBUS_SESSION_BUS_ADDRESS") {
        user.set("DBUS_SESSION_BUS_ADDRESS", &address);
    }
    user
}

fn log_in(user: &TestEnv, server: &TestServer) -> Output {
    let begin = Instant::now();
    let arguments = ["login", "--with-token", "--api-url", server.url(), "--json"];
    let output = with_input(user, &arguments, &server.session()).success();
    assert!(begin.elapsed() < LONGEST, "{:?}", begin.elapsed());
    output
}

fn falls_back_to_the_file() {
    let server = TestServer::start();
    let user = at_a_desktop();
    let login = log_in(&user, &server);
    assert_eq!(login.text("store"), "file");
    assert!(
        login.stderr.contains("the credential is kept in") && login.stderr.contains("credentials.json"),
        "{login:?}"
    );
    assert_eq!(user.zerodeploy(&["whoami", "--json"]).success().text("source"), "file");
    user.zerodeploy(&["logout", "--json"]).success();
}

#[test]
#[ignore = "needs an unlocked Secret Service: .ci/keyring"]
fn an_unlocked_one_keeps_the_credential_and_a_locked_one_refuses_it() {
    let server = TestServer::start();
    let user = at_a_desktop();
    let login = log_in(&user, &server);
    assert_eq!((login.text("store"), login.stderr.as_str()), ("keyring".to_owned(), ""));
    assert!(!user.path("config/credentials.json").exists(), "nowhere else");
    let who = user.zerodeploy(&["whoami", "--json"]).success();
    assert_eq!((who.text("source"), who.text("profile")), ("keyring".to_owned(), login.text("profile")));

    lock();
    let begin = Instant::now();
    let locked = user.zerodeploy(&["whoami", "--json"]).expect_error(1, "not_authenticated");
    assert!(begin.elapsed() < LONGEST, "{:?}", begin.elapsed());
    assert!(locked.text("message").contains("in the keyring, which cannot be used"), "{}", locked.stdout);
    assert!(locked.text("hint").contains("unlock the keyring"), "{}", locked.stdout);
    falls_back_to_the_file();
}

#[test]
#[ignore = "needs an unlocked Secret Service: .ci/keyring"]
fn an_unlocked_one_forgets_what_is_signed_out() {
    let server = TestServer::start();
    let user = at_a_desktop();
    log_in(&user, &server);
    assert_eq!(user.zerodeploy(&["logout", "--json"]).success().json()["removed"], true);
    user.zerodeploy(&["whoami", "--json"]).expect_error(1, "not_authenticated");
    assert_eq!(user.zerodeploy(&["logout", "--json"]).success().json()["removed"], false);
}

#[test]
#[ignore = "needs a session bus without a Secret Service: .ci/keyring"]
fn without_one_the_file_is_used() {
    falls_back_to_the_file();
}

/// Locks every keyring, as a desktop does when its screen is locked.
fn lock() {
    let mut command = std::process::Command::new("dbus-send");
    command.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
    command.args(["org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login"]);
    assert!(command.output().expect("dbus-send runs").status.success(), "locked");
}
