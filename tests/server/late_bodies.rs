//! Requests whose body comes late: what ended meanwhile, be it a session or a token, is good for nothing any more.

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::browser::{Browser, PASSWORD};
use crate::client::{connect, read_response};
use crate::harness::{Server, text};
use crate::support::Response;
use crate::support::people::add_person;

/// A request of which only the head was sent, and that the server has begun to work on.
struct Held {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Held {
    async fn new(server: &Server, target: &str, fields: &[(&str, &str)], body: &[u8]) -> Self {
        let mut head = format!("POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n");
        fields.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        let mut stream = connect(server.address()).await;
        stream.write_all(head.as_bytes()).await.expect("the server takes the head");
        // The body is asked for by whoever reads it: after everything that is checked before.
        let mut asked = [0; 25];
        stream.read_exact(&mut asked).await.expect("the body is asked for");
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        Held { stream, body: body.to_owned() }
    }

    async fn json(server: &Server, secret: &str, target: &str, body: &serde_json::Value) -> Self {
        let authorization = format!("Bearer {secret}");
        let fields = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        Held::new(server, target, &fields, body.to_string().as_bytes()).await
    }

    async fn form(server: &Server, browser: &Browser, target: &str, form: &str) -> Self {
        let cookie = browser.cookie.as_deref().expect("a cookie");
        let fields = [("Cookie", cookie), ("Content-Type", "application/x-www-form-urlencoded")];
        Held::new(server, target, &fields, format!("{form}&form_token={}", browser.token).as_bytes()).await
    }

    async fn send(mut self) -> Response {
        self.stream.write_all(&self.body).await.expect("the server takes the body");
        read_response(&mut self.stream, "POST").await
    }
}

#[tokio::test]
async fn a_session_that_ended_while_its_request_waited_changes_nothing() {
    let server = Server::start().await;
    let session = add_person(&server.data_dir(), "ada").await;
    server.api(&session).create_organization("acme").await;
    let mut held = Vec::new();
    for (target, body) in [
        ("/tokens", json!({ "name": "evil" })),
        ("/orgs", json!({ "slug": "evil" })),
        ("/sites", json!({ "org": "acme", "slug": "evil" })),
        ("/orgs/acme/members", json!({ "name": "eve", "role": "ADMIN" })),
    ] {
        held.push((target, Held::json(&server, &session, target, &body).await));
    }
    server.api(&session).delete("/sessions/current").await.expect(200);
    for (target, held) in held {
        let refused = held.send().await;
        assert_eq!(refused.status, 401, "{target}: {}", refused.text());
        refused.refusal(401, "token_revoked");
    }
    let made =
        "SELECT (SELECT count(*) FROM tokens) + (SELECT count(*) FROM sites) + (SELECT count(*) FROM invitations)
                + (SELECT count(*) FROM organizations WHERE slug = 'evil')";
    assert_eq!(server.count(made).await, 0);
}

#[tokio::test]
async fn a_token_that_was_deleted_while_its_request_waited_changes_nothing() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let token = owner.create_token(json!({ "org": "personal", "permissions": ["sites:write"] })).await;
    let site = json!({ "org": "personal", "slug": "evil" });
    let held = Held::json(&server, text(&token, "token"), "/sites", &site).await;
    owner.delete(&format!("/tokens/{}", text(&token, "id"))).await.expect(200);
    held.send().await.refusal(401, "token_revoked");
    owner.get("/sites/evil").await.refusal(404, "not_found");
}

#[tokio::test]
async fn a_page_that_was_signed_out_while_its_form_waited_approves_no_terminal() {
    let server = Server::start().await;
    let mut thief = server.account("ada").await;
    thief.get("/account").await.expect(200);
    let fields = [("Content-Type", "application/x-www-form-urlencoded")];
    let asked = server.nobody().send("POST", "/oauth/device", &fields, b"client_id=zerodeploy-cli").await.expect(200);
    let asked: serde_json::Value = serde_json::from_slice(&asked.body).expect("JSON");
    let form = format!("action=approve&code={}", text(&asked, "user_code"));
    let held = Held::form(&server, &thief, "/device", &form).await;

    let mut ada = Browser::new(&server);
    ada.sign_in("ada", PASSWORD, "").await.expect(303);
    ada.get("/account").await.expect(200);
    let new = "another horse battery";
    let form = [("action", "password"), ("current-password", PASSWORD), ("new-password", new), ("repeated", new)];
    ada.post("/account", &form).await.expect(200);

    let refused = held.send().await.expect(303);
    assert_eq!(refused.header("location"), Some("/sign-in?next=%2Fdevice"));
    assert_eq!(server.count("SELECT count(*) FROM device_authorizations WHERE decision IS NOT NULL").await, 0);
}
