//! The server's own pages, sent as browsers send them.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use totp_rs::{Builder, Secret};
use zerodeploy::server::PAGES;

use crate::browser::{Browser, PASSWORD, hidden, path};
use crate::harness::{Server, text};
use crate::support::Response;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A page: what it answers to nobody, to somebody who is signed in, with a wrong token, and from another origin.
/// `secret` stands for a good link of a new account.
const TABLE: &[(&str, &str, [u16; 4])] = &[
    ("GET", "/sign-in", [200, 303, 0, 0]),
    ("POST", "/sign-in", [403, 403, 403, 403]),
    ("POST", "/sign-out", [303, 303, 403, 403]),
    ("GET", "/device", [303, 200, 0, 0]),
    ("POST", "/device", [303, 404, 403, 403]),
    ("GET", "/account", [303, 200, 0, 0]),
    ("POST", "/account", [303, 422, 403, 403]),
    ("GET", "/invitation/{secret}", [200, 200, 0, 0]),
    ("POST", "/invitation/{secret}", [422, 422, 403, 403]),
];

/// What every page has.
#[track_caller]
fn assert_guarded(response: &Response, asked: &str) {
    let policy = response.header("content-security-policy").unwrap_or_default();
    for part in ["default-src 'none'", "style-src 'sha256-", "form-action 'self'", "frame-ancestors 'none'", "base-uri"]
    {
        assert!(policy.contains(part), "{asked}: {policy}");
    }
    assert!(!policy.contains("script") && !policy.contains("unsafe"), "{asked}: {policy}");
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(response.header(name), Some(value), "{asked}: {name}");
    }
    assert!(response.header("x-request-id").is_some(), "{asked}");
    if response.status != 303 {
        let page = String::from_utf8_lossy(&response.body);
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{asked}: {page}");
        assert!(!page.contains("<script") && !page.contains(" style="), "{asked}");
    }
}

#[test]
fn every_page_is_in_the_table_and_every_row_is_a_page() {
    let rows: BTreeSet<(&str, &str)> = TABLE.iter().map(|(method, path, _)| (*method, *path)).collect();
    let pages: BTreeSet<(&str, &str)> = PAGES.iter().map(|page| (page.method, page.path)).collect();
    assert_eq!(rows, pages);
    assert_eq!((TABLE.len(), PAGES.len()), (rows.len(), pages.len()), "nothing is there twice");
}

#[tokio::test]
async fn every_page_answers_every_visitor_as_written_down() {
    let server = Server::start().await;
    let link = server.owner().post("/users", &json!({ "name": "new" })).await.expect(201).data();
    let link = path(text(&link, "url"));
    let mut signed_in = server.account("ada").await;
    signed_in.get("/account").await.expect(200);
    for (method, path, expected) in TABLE {
        let target = path.replace("/invitation/{secret}", &link);
        for (kind, status) in ["nobody", "signed in", "wrong token", "other origin"].into_iter().zip(expected) {
            if *status == 0 {
                continue;
            }
            let mut browser = Browser::new(&server);
            if kind == "nobody" {
                browser.get("/sign-in").await.expect(200);
            } else {
                (browser.cookie, browser.token) = (signed_in.cookie.clone(), signed_in.token.clone());
            }
            match kind {
                "wrong token" => browser.token = "0".repeat(64),
                "other origin" => browser.fields = vec![("Origin", "http://blog.localhost".to_owned())],
                _ => {}
            }
            let asked = format!("{method} {path} by {kind}");
            let response = match *method {
                "GET" => browser.get(&target).await,
                _ => browser.post(&target, &[("new-password", "short"), ("repeated", "short")]).await,
            };
            assert_eq!(response.status, *status, "{asked}: {}", String::from_utf8_lossy(&response.body));
            assert_guarded(&response, &asked);
            if *path == "/sign-out" && kind == "signed in" {
                assert_eq!(browser.cookie, None);
                signed_in = Browser::new(&server);
                signed_in.sign_in("ada", PASSWORD, "").await.expect(303);
                signed_in.get("/account").await.expect(200);
            }
        }
    }
    let mut browser = Browser::new(&server);
    browser.get(&link).await.expect(200);
    browser.post(&link, &[("new-password", PASSWORD), ("repeated", PASSWORD)]).await.expect(303);
}

#[tokio::test]
async fn forms_of_others_are_refused() {
    let server = Server::start().await;
    let mut browser = server.account("ada").await;
    browser.get("/account").await.expect(200);
    let sign_out = async |browser: &mut Browser, fields: &[(&'static str, &str)]| {
        browser.fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        browser.post("/sign-out", &[]).await.status
    };
    for fields in [
        [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")],
        [("Origin", "http://127.0.0.1:1"), ("Sec-Fetch-Site", "same-origin")],
        [("Origin", "http://127.0.0.1"), ("Sec-Fetch-Site", "same-site")],
        [("Origin", "http://127.0.0.1"), ("Sec-Fetch-Site", "cross-site")],
    ] {
        assert_eq!(sign_out(&mut browser, &fields).await, 403, "{fields:?}");
    }
    let mut other = server.account("eve").await;
    other.get("/account").await.expect(200);
    let own = std::mem::replace(&mut browser.token, other.token.clone());
    assert_eq!(sign_out(&mut browser, &[("Origin", "http://127.0.0.1")]).await, 403, "a token is one browser's");
    browser.token = own;
    assert_eq!(sign_out(&mut browser, &[]).await, 303, "a program that is no browser");
    assert_eq!(browser.get("/account").await.status, 303, "signed out");
    let response = other.get("/sign-out").await;
    assert_eq!((response.status, response.header("allow")), (405, Some("POST")));
    assert_guarded(&response, "GET /sign-out");
    let cookie = other.cookie.clone().expect("a cookie");
    let secret = cookie.split_once('=').expect("a value").1;
    server.nobody().send("GET", "/whoami", &[("Cookie", &cookie)], b"").await.refusal(401, "not_authenticated");
    server.api(secret).get("/whoami").await.refusal(401, "token_invalid");
}

#[tokio::test]
async fn the_cookie_is_bound_to_the_host_and_changes_on_signing_in() {
    let server = Server::start().await;
    server.account("ada").await;
    let mut browser = Browser::new(&server);
    let shown = browser.get("/sign-in?next=//evil.example/").await.expect(200);
    let before = shown.header("set-cookie").expect("a cookie").to_owned();
    assert!(before.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{before}");
    assert_eq!(hidden(&shown.text(), "next").as_deref(), Some("/account"));
    let form = [("name", "ADA"), ("password", PASSWORD), ("next", "https://evil.example/")];
    let signed_in = browser.post("/sign-in", &form).await.expect(303);
    assert_eq!(signed_in.header("location"), Some("/account"));
    let after = signed_in.header("set-cookie").expect("another cookie");
    assert!(after != before && after.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{after}");
    assert_eq!(server.count("SELECT count(*) FROM page_sessions WHERE length(hash) = 32").await, 2);
    server.advance(Duration::from_secs(60 * 60));
    assert_eq!(browser.get("/account").await.status, 303, "an hour is over");
    assert_eq!(server.count("SELECT count(*) FROM audit_events WHERE action = 'session.open'").await, 2);
}

#[tokio::test]
async fn guesses_are_answered_alike_and_lock() {
    let mut server = Server::start().await;
    server.account("ada").await;
    let mut browser = Browser::new(&server);
    let body = |response: Response| {
        let page = response.text();
        page.split_once("role=\"alert\"").and_then(|(_, rest)| rest.split_once("<form")).expect("an alert").0.to_owned()
    };
    let wrong = body(browser.sign_in("ada", "wrong horse battery", "").await.expect(403));
    let unknown = body(browser.sign_in("nobody", "wrong horse battery", "").await.expect(403));
    assert_eq!(wrong, unknown);
    for _ in 0..3 {
        browser.sign_in("ada", "wrong horse battery", "").await.expect(403);
    }
    let locked = browser.sign_in("ada", PASSWORD, "").await.expect(429);
    assert_eq!(locked.header("retry-after"), Some("600"), "the address is locked, and ada's account had four");
    server.advance(Duration::from_secs(10 * 60));
    browser.sign_in("ada", PASSWORD, "").await.expect(303);
    server.stop().await;
    server.start_again().await.expect("starts");
    let refused =
        "SELECT coalesce(sum(count), 0) FROM audit_events WHERE action = 'sign_in.refused' AND target = 'ada'";
    assert_eq!(server.count(refused).await, 5, "four wrong ones, and one while locked");
    assert_eq!(server.count("SELECT count(*) FROM audit_events WHERE target LIKE '%nobody%'").await, 0);
}

/// The code of a key at a time of the server's clock.
fn code(base32: &str, ahead: Duration) -> String {
    let key = Secret::try_from_base32(base32).expect("base32");
    let totp = Builder::new().with_secret(key).build().expect("a key");
    let now = jiff::Timestamp::now().as_second().unsigned_abs() + ahead.as_secs();
    totp.generate(now).to_string()
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_its_code_is_good_once() {
    let server = Server::start().await;
    let mut browser = server.account("ada").await;
    browser.get("/account").await.expect(200);
    let page = browser.post("/account", &[("action", "draw-second-factor")]).await.expect(200).text();
    assert!(page.contains("<svg") && page.contains("autocomplete=\"one-time-code\""));
    let key = hidden(&page, "key").expect("a key");
    let set = async |browser: &mut Browser, password: &str, code: &str| {
        let form = [("action", "set-second-factor"), ("key", &key), ("password", password), ("one-time-code", code)];
        browser.post("/account", &form).await.status
    };
    let first = code(&key, Duration::ZERO);
    assert_eq!(set(&mut browser, "wrong horse battery", &first).await, 403);
    assert_eq!(set(&mut browser, PASSWORD, "12345").await, 422);
    assert_eq!(set(&mut browser, PASSWORD, &first).await, 200);

    let mut other = Browser::new(&server);
    other.sign_in("ada", PASSWORD, "").await.expect(403);
    other.sign_in("ada", PASSWORD, &first).await.expect(403);
    let ahead = Duration::from_secs(60);
    server.advance(ahead);
    let second = code(&key, ahead);
    other.sign_in("ada", PASSWORD, &second).await.expect(303);
    let mut third = Browser::new(&server);
    third.sign_in("ada", PASSWORD, &second).await.expect(403);

    browser.post("/account", &[("action", "remove-second-factor"), ("password", PASSWORD)]).await.expect(200);
    third.sign_in("ada", PASSWORD, "").await.expect(303);
    for action in ["second_factor.set", "second_factor.remove"] {
        let found = server.owner().get("/audit").await.text();
        assert!(found.contains(action), "{action}");
    }
}

#[tokio::test]
async fn a_link_is_good_once_and_looking_uses_nothing_up() {
    let server = Server::start().await;
    let link = server.owner().post("/users", &json!({ "name": "ada" })).await.expect(201).data();
    let link = path(text(&link, "url"));
    let (mut first, mut second) = (Browser::new(&server), Browser::new(&server));
    for _ in 0..3 {
        first.get(&link).await.expect(200);
    }
    second.get(&link).await.expect(200);
    for (new, repeated) in [("short", "short"), (PASSWORD, "another password"), ("1234567890", "1234567890")] {
        first.post(&link, &[("new-password", new), ("repeated", repeated)]).await.expect(422);
    }
    let form = [("new-password", PASSWORD), ("repeated", PASSWORD)];
    first.post(&link, &form).await.expect(303);
    first.get("/account").await.expect(200);
    let refused = second.post(&link, &form).await.expect(404);
    assert!(refused.text().contains("used already"));
    second.get(&link).await.expect(404);

    let link = server.owner().post("/users", &json!({ "name": "bob" })).await.expect(201).data();
    server.advance(7 * DAY);
    let late = second.get(&path(text(&link, "url"))).await.expect(404);
    assert!(late.text().contains("This link ended at"), "{}", late.text());
}

#[tokio::test]
async fn a_new_password_ends_sessions_and_spares_tokens() {
    let server = Server::start().await;
    let mut browser = server.owners_browser().await;
    let name = server.owner_name().await;
    let token = server.owner().create_token(json!({})).await;
    let mut other = Browser::new(&server);
    other.sign_in(&name, PASSWORD, "").await.expect(303);

    browser.get("/account").await.expect(200);
    let before = server.owner().send("POST", &format!("/users/{name}/reset"), &[], b"").await.expect(201).data();
    let new = "another horse battery";
    let form = [("action", "password"), ("current-password", PASSWORD), ("new-password", new), ("repeated", new)];
    browser.post("/account", &form).await.expect(200);
    browser.get(&path(text(&before, "url"))).await.expect(404);
    browser.get("/account").await.expect(200);
    assert_eq!(other.get("/account").await.status, 303, "signed out");
    other.sign_in(&name, PASSWORD, "").await.expect(403);
    server.api(text(&token, "token")).get("/whoami").await.expect(200);
    server.owner().get("/whoami").await.expect(200);

    let link = server.owner().send("POST", &format!("/users/{name}/reset"), &[], b"").await.expect(201).data();
    let link = path(text(&link, "url"));
    other.get(&link).await.expect(200);
    browser.get("/account").await.expect(200);
    other.post(&link, &[("new-password", PASSWORD), ("repeated", PASSWORD)]).await.expect(200);
    assert_eq!(browser.get("/account").await.status, 303, "signed out");
    server.api(text(&token, "token")).get("/whoami").await.expect(200);
    server.owner().get("/whoami").await.expect(200);
}
