//! `login` and `logout` for people: a code is shown, somebody approves it elsewhere, and the session ends when it should.

use serde_json::{Value, json};

use crate::in_database;
use crate::login::with_input;
use crate::support::people::{add_person, count, decide, somebody_waits};
use crate::support::{Folder, Process, Response, TestEnv, TestServer};

/// A server with an account `ada`, and `login` against it in an environment that knows nothing.
fn signing_in() -> (TestServer, TestEnv, Process) {
    let server = TestServer::start();
    in_database(add_person(&server.data_dir(), "ada"));
    let user = TestEnv::new();
    let process = user.start(&["login", "--api-url", server.url(), "--json"]);
    (server, user, process)
}

fn stored(user: &TestEnv) -> Value {
    let text = std::fs::read_to_string(user.path("config/credentials.json")).expect("credentials");
    let content: Value = serde_json::from_str(&text).expect("JSON");
    content["profiles"].as_object().and_then(|profiles| profiles.values().next()).expect("one profile").clone()
}

#[test]
fn a_person_signs_in_and_out() {
    let (server, mut user, mut login) = signing_in();
    in_database(decide(&server.data_dir(), "ada", "approved"));
    let signed_in = login.next_value();
    assert_eq!(login.wait(), 0, "{}", login.log());
    assert_eq!((&signed_in["username"], &signed_in["store"]), (&json!("ada"), &json!("file")));
    assert!(signed_in["expires_at"].is_string(), "{signed_in}");
    let secret = stored(&user)["secret"].as_str().expect("a session").to_owned();
    let shown = login.log();
    assert!(shown.contains(&format!("{}/device\n", server.url())), "the page: {shown}");
    let is_code =
        |line: &str| line.len() == 9 && line.bytes().enumerate().all(|(at, byte)| (byte == b'-') == (at == 4));
    assert!(shown.lines().any(|line| is_code(line.trim())), "the code: {shown}");
    for text in [&shown, &signed_in.to_string(), &server.log()] {
        assert!(!text.contains(&secret[12..]) && !text.contains("zdd_"), "no secret: {text}");
    }

    let who = user.zerodeploy(&["whoami", "--json"]).success().json();
    assert_eq!((&who["username"], &who["source"]), (&json!("ada"), &json!("file")));
    assert_eq!((&who["server"], &who["profile"]), (&json!(server.url()), &signed_in["profile"]));
    let sessions = user.zerodeploy(&["session", "list", "--json"]).success().json();
    let current = |session: &&Value| session["current"] == true;
    let here = sessions.as_array().expect("a list").iter().find(current).expect("this one").clone();
    assert_eq!(here["prefix"], secret[..12]);
    assert_eq!(sessions.as_array().map(Vec::len), Some(2));
    let ended = user.zerodeploy(&["session", "revoke", "--all-others", "--json"]).success().json();
    assert_eq!(ended.as_array().map(Vec::len), Some(1));
    let none = user.zerodeploy(&["session", "revoke", "zds_0000", "--json"]).expect_error(2, "not_found");
    assert!(none.text("hint").contains("zerodeploy session list"), "{}", none.stdout);

    let signed_out = user.zerodeploy(&["logout", "--json"]).success().json();
    assert_eq!((&signed_out["removed"], &signed_out["revoked"]), (&json!(true), &json!(true)));
    user.zerodeploy(&["whoami", "--json"]).expect_error(1, "not_authenticated");
    user.set("ZERODEPLOY_TOKEN", &secret).set("ZERODEPLOY_API_URL", server.url());
    user.zerodeploy(&["whoami", "--json"]).expect_error(1, "token_revoked");
}

#[test]
fn without_its_server_a_session_is_forgotten_and_its_end_is_told() {
    let (mut server, user, mut login) = signing_in();
    in_database(decide(&server.data_dir(), "ada", "approved"));
    let expires_at = login.next_value()["expires_at"].as_str().expect("a time").to_owned();
    assert_eq!(login.wait(), 0, "{}", login.log());
    server.kill();
    let signed_out = user.zerodeploy(&["logout", "--json"]).success();
    assert_eq!((&signed_out.json()["removed"], &signed_out.json()["revoked"]), (&json!(true), &json!(false)));
    assert!(signed_out.stderr.contains(&format!("lives on until {expires_at}")), "{}", signed_out.stderr);
    assert!(!std::fs::read_to_string(user.path("config/credentials.json")).expect("the file").contains("zds_"));
}

#[test]
fn a_refusal_ends_the_wait() {
    let (server, user, mut login) = signing_in();
    in_database(decide(&server.data_dir(), "ada", "denied"));
    let refused = login.next_value();
    assert_eq!((login.wait(), &refused["error"]), (1, &json!("forbidden")), "{refused}");
    assert!(!user.path("config/credentials.json").exists());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_wait() {
    let (server, user, mut login) = signing_in();
    in_database(somebody_waits(&server.data_dir()));
    assert_eq!(login.signal_and_wait(rustix::process::Signal::INT), 130);
    assert!(!user.path("config/credentials.json").exists());
}

#[test]
fn a_session_that_cannot_be_kept_is_ended() {
    let (server, user, mut login) = signing_in();
    in_database(somebody_waits(&server.data_dir()));
    std::fs::remove_dir_all(user.path("config")).expect("removed");
    std::fs::write(user.path("config"), "in the way").expect("written");
    in_database(decide(&server.data_dir(), "ada", "approved"));
    let failed = login.next_value();
    assert_eq!((login.wait(), &failed["error"]), (3, &json!("configuration_invalid")), "{failed}");
    assert!(failed["hint"].as_str().is_some_and(|hint| hint.contains("was ended again")), "{failed}");
    let open = "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.name = 'ada' AND \
                s.revoked_at IS NULL";
    assert_eq!(in_database(count(&server.data_dir(), open)), 1, "the one that the test made");
}

#[test]
fn what_would_fail_later_fails_before_anybody_is_asked() {
    let server = TestServer::start();
    let mut user = TestEnv::new();
    let unattended = user.zerodeploy(&["login", "--api-url", server.url(), "--no-input", "--json"]);
    let unattended = unattended.expect_error(3, "not_confirmed");
    assert!(unattended.text("hint").contains("zerodeploy login --with-token --api-url"), "{}", unattended.stdout);
    user.set("CI", "true");
    user.zerodeploy(&["login", "--api-url", server.url(), "--json"]).expect_error(3, "not_confirmed");
    user.remove("CI");
    std::fs::write(user.path("config"), "in the way").expect("written");
    user.zerodeploy(&["login", "--api-url", server.url(), "--json"]).expect_error(3, "configuration_invalid");
    let asked = in_database(count(&server.data_dir(), "SELECT count(*) FROM device_authorizations"));
    assert_eq!(asked, 0);
}

#[test]
fn the_server_on_this_machine_needs_no_login() {
    let server = TestServer::start();
    let own = server.environment().zerodeploy(&["login", "--json"]).success();
    assert_eq!((own.text("store"), own.text("profile")), ("local".to_owned(), "local".to_owned()));
    assert!(own.stderr.contains("needs no login"), "{}", own.stderr);
}

#[test]
fn what_was_given_to_login_is_not_ended_by_logout() {
    let server = TestServer::start();
    let user = TestEnv::new();
    with_input(&user, &["login", "--with-token", "--api-url", server.url()], &server.session()).success();
    let signed_out = user.zerodeploy(&["logout", "--json"]).success().json();
    assert_eq!((&signed_out["removed"], &signed_out["revoked"]), (&json!(true), &json!(false)));
    assert_eq!(server.api("GET", "/whoami", None).status, 200, "it was made elsewhere and stays good");
    let other = user.zerodeploy(&["logout", "--api-url", "http://127.0.0.1:9", "--json"]);
    other.expect_error(3, "configuration_invalid");
}

/// A browser as far as the server's pages need one: it keeps the cookie, and sends the hidden field of the last form.
struct Browser<'a> {
    server: &'a TestServer,
    cookie: String,
    form_token: String,
}

impl Browser<'_> {
    fn new(server: &TestServer) -> Browser<'_> {
        Browser { server, cookie: String::new(), form_token: String::new() }
    }

    fn send(&mut self, method: &str, target: &str, body: &str) -> Response {
        let host = format!("127.0.0.1:{}", self.server.port());
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        let answer = self.server.request(method, &host, target, &headers, body.as_bytes());
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        let text = answer.text();
        let token = text.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        self.form_token = token.unwrap_or(&self.form_token).to_owned();
        answer
    }

    /// Fills in a form of the page that was shown last.
    fn submit(&mut self, target: &str, fields: &str) -> Response {
        let body = format!("form_token={}&{fields}", self.form_token);
        self.send("POST", target, &body)
    }
}

#[test]
fn somebody_who_was_invited_gets_from_a_link_to_a_deploy() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    owner.zerodeploy(&["org", "create", "acme", "--json"]).success();
    let link = owner.zerodeploy(&["org", "members", "invite", "grace", "--org", "acme", "-q"]).success().stdout;
    let link = link.trim().strip_prefix(server.url()).expect("a page of the server").to_owned();
    let mut browser = Browser::new(&server);
    assert_eq!(browser.send("GET", &link, "").status, 200);
    let password = "new-password=three+plain+words&repeated=three+plain+words";
    let joined = browser.submit(&link, password);
    assert_eq!((joined.status, joined.header("location")), (303, Some("/account")), "{}", joined.text());

    let user = TestEnv::new();
    let mut login = user.start(&["login", "--api-url", server.url(), "--json"]);
    in_database(somebody_waits(&server.data_dir()));
    let code = std::iter::repeat_with(|| login.log()).find_map(|log| {
        log.lines().map(str::trim).find(|line| line.len() == 9 && line.as_bytes()[4] == b'-').map(str::to_owned)
    });
    let code = code.expect("it is shown");
    assert_eq!(browser.send("GET", &format!("/device?code={code}"), "").status, 200);
    let question = browser.submit("/device", &format!("code={code}"));
    assert!(question.text().contains("Is this your terminal?"), "{}", question.text());
    let approved = browser.submit("/device", &format!("code={code}&action=approve"));
    assert!(approved.text().contains("Back to your terminal"), "{}", approved.text());
    assert_eq!(login.next_value()["username"], "grace");
    assert_eq!(login.wait(), 0, "{}", login.log());

    let folder = Folder::with(&[("index.html", "by grace")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "by grace");
    owner.zerodeploy(&["org", "members", "remove", "grace", "--org", "acme", "--json"]).success();
    user.zerodeploy(&["site", "show", "blog", "--json"]).expect_error(2, "not_found");
}
