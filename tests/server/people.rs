//! People: terminals that they sign in (RFC 8628), their sessions, and the accounts of the server.

use std::time::Duration;

use serde_json::{Value, json};
use zerodeploy::domain::token::secret_from_random;

use crate::browser::{Browser, PASSWORD};
use crate::harness::{Api, Server, text};
use crate::support::Response;

const GRANT: &str = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
const MINUTE: Duration = Duration::from_secs(60);

async fn form(api: &mut Api, path: &str, body: &str) -> Response {
    let fields = [("Content-Type", "application/x-www-form-urlencoded"), ("User-Agent", "zerodeploy/test")];
    api.send("POST", path, &fields, body.as_bytes()).await
}

async fn ask(api: &mut Api) -> Value {
    form(api, "/oauth/device", "client_id=zerodeploy-cli&host=ada-laptop").await.expect(200).json()
}

async fn poll(api: &mut Api, device_code: &str) -> Response {
    form(api, "/oauth/token", &format!("grant_type={GRANT}&client_id=zerodeploy-cli&device_code={device_code}")).await
}

/// The error of RFC 6749 in an answer.
#[track_caller]
fn refusal(response: &Response) -> String {
    assert_eq!(response.status, 400, "{response:?}");
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let answer = response.json();
    assert!(answer["error_description"].is_string(), "{answer}");
    text(&answer, "error").to_owned()
}

/// A session of a terminal that the person in front of a browser approved.
async fn session(server: &Server, browser: &mut Browser) -> String {
    let mut terminal = server.nobody();
    let asked = ask(&mut terminal).await;
    browser.get("/device").await.expect(200);
    browser.post("/device", &[("action", "approve"), ("code", text(&asked, "user_code"))]).await.expect(200);
    let fetched = poll(&mut terminal, text(&asked, "device_code")).await.expect(200).json();
    text(&fetched, "access_token").to_owned()
}

#[tokio::test]
async fn a_terminal_is_signed_in_by_a_person_and_once() {
    let server = Server::start().await;
    let mut browser = server.owners_browser().await;
    let mut terminal = server.nobody();
    let asked = ask(&mut terminal).await;
    let (device_code, user_code) = (text(&asked, "device_code"), text(&asked, "user_code"));
    assert_eq!((&asked["expires_in"], &asked["interval"]), (&json!(600), &json!(5)));
    assert!(device_code.starts_with("zdd_") && device_code.len() >= 40);
    assert_eq!((user_code.len(), &user_code[4..5]), (9, "-"));
    assert!(user_code.replace('-', "").chars().all(|letter| "BCDFGHJKLMNPQRSTVWXZ".contains(letter)), "{user_code}");
    assert!(text(&asked, "verification_uri").ends_with("/device"));
    assert!(text(&asked, "verification_uri_complete").ends_with(&format!("/device?code={user_code}")));
    let stored = server.count("SELECT count(*) FROM device_authorizations WHERE length(device_hash) = 32").await;
    assert_eq!(stored, 1);

    assert_eq!(refusal(&poll(&mut terminal, device_code).await), "authorization_pending");
    assert_eq!(refusal(&poll(&mut terminal, device_code).await), "slow_down");
    server.advance(Duration::from_secs(9));
    assert_eq!(refusal(&poll(&mut terminal, device_code).await), "slow_down", "ten seconds since the first haste");
    server.advance(Duration::from_secs(15));
    assert_eq!(refusal(&poll(&mut terminal, device_code).await), "authorization_pending");

    let complete = format!("/device?code={}", user_code.to_lowercase());
    let page = browser.get(&complete).await.expect(200).text();
    assert!(page.contains(user_code) && !page.contains("ada-laptop"), "a link alone looks nothing up");
    let page = browser.post("/device", &[("code", &user_code.to_lowercase())]).await.expect(200).text();
    for shown in [user_code, "ada-laptop", "127.0.0.1", "zerodeploy/test", "UTC"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert_eq!(refusal(&poll(&mut terminal, device_code).await), "slow_down", "looking approves nothing");
    browser.post("/device", &[("action", "approve"), ("code", user_code)]).await.expect(200);
    let fetched = poll(&mut terminal, device_code).await.expect(200);
    assert_eq!((fetched.header("cache-control"), fetched.header("pragma")), (Some("no-store"), Some("no-cache")));
    let fetched = fetched.json();
    assert_eq!((&fetched["token_type"], &fetched["expires_in"]), (&json!("Bearer"), &json!(30 * 24 * 60 * 60)));
    assert_eq!(refusal(&poll(&mut terminal, device_code).await), "invalid_grant", "a code is good once");
    let again = browser.post("/device", &[("action", "approve"), ("code", user_code)]).await;
    assert_eq!(again.status, 404, "and so is the other");

    let mut signed_in = server.api(text(&fetched, "access_token"));
    assert_eq!(text(&signed_in.get("/whoami").await.data(), "username"), server.owner_name().await);
    let recorded = "SELECT count(*) FROM audit_events WHERE action IN ('device.approve', 'session.open')
                    AND (target LIKE '%ada-laptop%')";
    assert_eq!(server.count(recorded).await, 2);
}

#[tokio::test]
async fn every_error_of_the_standard_is_answered() {
    let server = Server::start().await;
    let mut browser = server.owners_browser().await;
    let mut terminal = server.nobody();
    for (path, body, error) in [
        ("/oauth/device", "", "invalid_request"),
        ("/oauth/device", "client_id=other", "invalid_client"),
        ("/oauth/device", "client_id=zerodeploy-cli&client_id=zerodeploy-cli", "invalid_request"),
        ("/oauth/token", "", "invalid_request"),
        ("/oauth/token", "grant_type=password", "unsupported_grant_type"),
        ("/oauth/token", &format!("grant_type={GRANT}"), "invalid_request"),
        ("/oauth/token", &format!("grant_type={GRANT}&client_id=other"), "invalid_client"),
        ("/oauth/token", &format!("grant_type={GRANT}&client_id=zerodeploy-cli"), "invalid_request"),
        ("/oauth/token", &format!("grant_type={GRANT}&client_id=zerodeploy-cli&device_code=zdd_x"), "invalid_grant"),
    ] {
        assert_eq!(refusal(&form(&mut terminal, path, body).await), error, "{path} {body}");
    }
    let json = terminal.post("/oauth/device", &json!({ "client_id": "zerodeploy-cli" })).await;
    assert_eq!(refusal(&json), "invalid_request");

    let denied = ask(&mut terminal).await;
    browser.get("/device").await;
    browser.post("/device", &[("action", "deny"), ("code", text(&denied, "user_code"))]).await.expect(200);
    assert_eq!(refusal(&poll(&mut terminal, text(&denied, "device_code")).await), "access_denied");

    let late = ask(&mut terminal).await;
    server.advance(10 * MINUTE);
    assert_eq!(refusal(&poll(&mut terminal, text(&late, "device_code")).await), "expired_token");
    let refused = browser.post("/device", &[("action", "approve"), ("code", text(&late, "user_code"))]).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn only_so_many_terminals_wait_at_once() {
    let server = Server::start().await;
    let mut terminal = server.nobody();
    for _ in 0..20 {
        ask(&mut terminal).await;
    }
    let refused = form(&mut terminal, "/oauth/device", "client_id=zerodeploy-cli").await;
    refused.refusal(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), Some("600"));
    server.advance(10 * MINUTE);
    ask(&mut terminal).await;
}

#[tokio::test]
async fn wrong_user_codes_lock() {
    let server = Server::start().await;
    let mut browser = server.owners_browser().await;
    let asked = ask(&mut server.nobody()).await;
    browser.get("/device").await.expect(200);
    for _ in 0..5 {
        assert_eq!(browser.post("/device", &[("code", "BBBB-BBBB")]).await.status, 404);
    }
    let locked = browser.post("/device", &[("code", text(&asked, "user_code"))]).await;
    assert_eq!((locked.status, locked.header("retry-after")), (429, Some("600")));
    server.advance(10 * MINUTE);
    let asked = ask(&mut server.nobody()).await;
    browser.post("/device", &[("code", text(&asked, "user_code"))]).await.expect(200);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner() {
    let mut server = Server::start().await;
    let mut browser = server.owners_browser().await;
    let (first, second) = (session(&server, &mut browser).await, session(&server, &mut browser).await);
    let mut terminal = server.api(&first);
    let listed = terminal.get("/sessions").await.data();
    let listed = listed.as_array().expect("a list");
    assert_eq!(listed.len(), 3, "both, and the one of the server's own machine");
    let of = |secret: &str| listed.iter().find(|one| text(one, "prefix") == &secret[..12]).expect("listed");
    assert_eq!((&of(&first)["current"], &of(&second)["current"]), (&json!(true), &json!(false)));
    assert_eq!((text(of(&first), "address"), text(of(&first), "user_agent")), ("127.0.0.1", "zerodeploy/test"));
    let own = of(&server.session());
    assert_eq!((&own["address"], &own["user_agent"]), (&Value::Null, &Value::Null));

    let mut stranger = server.account("eve").await;
    let theirs = session(&server, &mut stranger).await;
    server.api(&theirs).delete(&format!("/sessions/{}", text(of(&first), "id"))).await.refusal(404, "not_found");
    terminal.delete("/sessions/zds").await.refusal(422, "validation_failed");
    terminal.delete(&format!("/sessions/{}", &second[..12])).await.expect(200);
    server.api(&second).get("/whoami").await.refusal(401, "token_revoked");
    let third = session(&server, &mut browser).await;

    server.restart().await;
    let mut terminal = server.api(&first);
    let listed = terminal.get("/sessions").await.data();
    let used = listed.as_array().expect("a list").iter().find(|one| one["current"] == true).expect("listed");
    assert!(used["last_used_at"].is_string(), "written when the server stopped: {used}");
    terminal.delete("/sessions/current").await.expect(200);
    terminal.get("/whoami").await.refusal(401, "token_revoked");
    server.advance(30 * 24 * 60 * MINUTE);
    server.api(&third).get("/whoami").await.refusal(401, "token_expired");
    assert_eq!(server.count("SELECT count(*) FROM audit_events WHERE action = 'session.revoke'").await, 2);
}

#[tokio::test]
async fn disabling_ends_everything_at_once() {
    let server = Server::start().await;
    let mut browser = server.account("eve").await;
    let mut eve = server.api(&session(&server, &mut browser).await);
    let token = eve.create_token(json!({})).await;
    let mut by_token = server.api(text(&token, "token"));
    eve.create_organization("acme").await;
    eve.create_token(json!({ "org": "acme" })).await;
    eve.get("/whoami").await.expect(200);
    by_token.get("/whoami").await.expect(200);
    let waiting = ask(&mut server.nobody()).await;
    browser.get("/device").await;
    browser.post("/device", &[("action", "approve"), ("code", text(&waiting, "user_code"))]).await.expect(200);

    let mut owner = server.owner();
    let disabled = owner.send("POST", "/users/EVE/disable", &[], b"").await.data();
    assert_eq!(disabled["status"], json!("disabled"));
    let deleted = "SELECT count(*) + count(organization_id) FROM audit_events WHERE action = 'token.delete'";
    assert_eq!(server.count(deleted).await, 3, "both tokens, one of them in its organization's log");
    eve.get("/whoami").await.refusal(401, "account_disabled");
    by_token.get("/whoami").await.refusal(401, "account_disabled");
    assert_eq!(browser.get("/account").await.status, 303, "to signing in");
    assert_eq!(refusal(&poll(&mut server.nobody(), text(&waiting, "device_code")).await), "access_denied");
    let refused = browser.sign_in("eve", PASSWORD, "").await.expect(403);
    assert!(refused.text().contains("disabled"));
    owner.send("POST", "/users/eve/reset", &[], b"").await.refusal(409, "conflict");

    owner.send("POST", "/users/eve/enable", &[], b"").await.expect(200);
    eve.get("/whoami").await.refusal(401, "token_revoked");
    by_token.get("/whoami").await.refusal(401, "token_revoked");
    browser.sign_in("eve", PASSWORD, "").await.expect(303);
    let name = server.owner_name().await;
    owner.send("POST", &format!("/users/{name}/disable"), &[], b"").await.refusal(409, "conflict");
    for action in ["account.invite", "account.join", "account.disable", "account.enable"] {
        let found = owner.get("/audit").await.text();
        assert!(found.contains(action), "{action}: {found}");
    }
}

#[tokio::test]
async fn a_session_of_elsewhere_sets_the_owner_no_new_password() {
    let server = Server::start().await;
    let mut browser = server.owners_browser().await;
    let mut elsewhere = server.api(&session(&server, &mut browser).await);
    let reset = format!("/users/{}/reset", server.owner_name().await);
    elsewhere.send("POST", &reset, &[], b"").await.refusal(403, "forbidden");
    server.account("eve").await;
    elsewhere.send("POST", "/users/eve/reset", &[], b"").await.expect(201);
    server.owner().send("POST", &reset, &[], b"").await.expect(201);
}

#[tokio::test]
async fn only_the_owner_manages_accounts() {
    let server = Server::start().await;
    let mut browser = server.account("eve").await;
    let mut eve = server.api(&session(&server, &mut browser).await);
    eve.get("/users").await.refusal(403, "forbidden");
    eve.post("/users", &json!({ "name": "mallory" })).await.refusal(403, "forbidden");
    for change in ["reset", "disable", "enable"] {
        eve.send("POST", &format!("/users/eve/{change}"), &[], b"").await.refusal(403, "forbidden");
    }
    let mut owner = server.owner();
    owner.post("/users", &json!({ "name": "Eve" })).await.refusal(409, "conflict");
    owner.post("/users", &json!({ "name": "not a name" })).await.refusal(422, "validation_failed");
    owner.send("POST", "/users/nobody/reset", &[], b"").await.refusal(404, "not_found");
    let first = owner.post("/users", &json!({ "name": "bob" })).await.expect(201).data();
    let second = owner.post("/users", &json!({ "name": "Bob" })).await.expect(201).data();
    assert_ne!(first["url"], second["url"]);
    let early = owner.send("POST", "/users/bob/reset", &[], b"").await.refusal(404, "not_found");
    assert!(text(&early, "hint").contains("zerodeploy user invite bob"), "{early}");
    assert!(text(&second, "url").contains("/invitation/zdi_"));
    let listed = owner.get("/users").await.data();
    let seen: Vec<(&str, &str, bool)> = listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|user| (text(user, "name"), text(user, "status"), user["has_password"] == true))
        .collect();
    let name = server.owner_name().await;
    assert_eq!(seen, [(name.as_str(), "active", false), ("eve", "active", true), ("Bob", "invited", false)]);
    let unknown = secret_from_random("zdi_", &[7; 64]).expect("enough bytes");
    assert_eq!(browser.get(&format!("/invitation/{unknown}")).await.status, 404);
    assert_eq!(browser.get(&crate::browser::path(text(&first, "url"))).await.status, 404, "replaced");
}
