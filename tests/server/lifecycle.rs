//! Starting, stopping, and what every answer of the API has in common.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use zerodeploy::api::ErrorCode;
use zerodeploy::content::frame::MEDIA_TYPE;
use zerodeploy::server::Clock;

use crate::client::{connect, read_response};
use crate::content::{File, frames};
use crate::harness::{Server, launch, text};

const FILES: &[File<'static>] = &[("index.html", b"hello")];

#[tokio::test]
async fn a_data_folder_has_one_server() {
    let mut server = Server::with_sites(&["blog"]).await;
    let error = launch(&server.data_dir(), &Clock::default()).await.map(|_| ()).expect_err("the folder is taken");
    assert_eq!((error.code(), error.is_port_taken()), (ErrorCode::InUse, false));
    let path = server.data_dir().canonicalize().expect("the folder").display().to_string();
    assert!(error.to_string().contains(&path), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("--data-dir")));
    // The one that runs was not disturbed: neither its session nor what tells clients about it.
    server.owner().get("/sites/blog").await.expect(200);
    assert!(server.data_dir().join("server.json").exists());
    server.restart().await;
    server.owner().get("/sites/blog").await.expect(200);
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let mut server = Server::with_sites(&["blog"]).await;
    server.execute("UPDATE _sqlx_migrations SET version = 99 WHERE version = 2").await;
    server.stop().await;
    let before = std::fs::read(server.data_dir().join("zerodeploy.db")).expect("the database");
    let error = server.start_again().await.expect_err("it is from the future");
    assert_eq!(error.code(), ErrorCode::ConfigurationInvalid);
    assert!(error.to_string().contains("newer version of zerodeploy"), "{error}");
    assert!(!server.data_dir().join("server.json").exists());
    let after = std::fs::read(server.data_dir().join("zerodeploy.db")).expect("the database");
    assert!(before == after);
    server.execute("UPDATE _sqlx_migrations SET version = 2 WHERE version = 99").await;
    server.start_again().await.expect("it starts again");
    server.owner().get("/sites/blog").await.expect(200);
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let mut server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = owner.deploy("blog", FILES).await;
    let token = owner.create_token(json!({ "site": "blog" })).await;
    let pending = owner.prepare("blog", &[("index.html", b"next")]).await;
    for _ in 0..2 {
        server.restart().await;
        assert_eq!(server.visitor("blog").get("/").await.text(), "hello");
        assert_eq!(server.visitor(&format!("{id}-blog")).get("/").await.text(), "hello");
        server.api(text(&token, "token")).get("/sites/blog").await.expect(200);
    }
    server.owner().finish(&pending, &json!({})).await.expect(200);
    assert_eq!(server.visitor("blog").get("/").await.text(), "next");
    assert_eq!(server.count("SELECT count(*) FROM users").await, 1, "the owner is made once");
    assert_eq!(server.count("SELECT count(*) FROM sessions").await, 1, "and has one session on this machine");
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[tokio::test]
async fn the_session_and_the_address_are_for_this_account_and_made_anew() {
    let mut server = Server::start().await;
    let (session, port) = (server.session(), server.address().port());
    #[cfg(unix)]
    for file in ["owner-session", "server.json"] {
        assert_eq!(mode(&server.data_dir().join(file)), 0o600, "{file}");
    }
    #[cfg(unix)]
    assert_eq!(mode(&server.data_dir()), 0o700);
    let told = |server: &Server| -> Value {
        let text = std::fs::read(server.data_dir().join("server.json")).expect("the server's file");
        serde_json::from_slice(&text).expect("JSON")
    };
    let first = told(&server);
    assert_eq!(first["url"], format!("http://127.0.0.1:{port}"));
    assert_eq!(first["pid"], std::process::id());
    server.owner().get("/whoami").await.expect(200);

    server.stop().await;
    assert!(!server.data_dir().join("server.json").exists(), "nobody is sent to a server that is gone");
    server.start_again().await.expect("it starts again");
    assert_ne!(server.session(), session);
    server.api(&session).get("/whoami").await.refusal(401, "token_invalid");
    server.owner().get("/whoami").await.expect(200);
    assert_eq!(told(&server)["url"], format!("http://{}", server.address()));
    let leftovers: BTreeSet<String> = std::fs::read_dir(server.data_dir())
        .expect("the folder")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with("zerodeploy.db"))
        .collect();
    let expected = ["lock", "owner-session", "packs", "server.json"].map(str::to_owned);
    assert_eq!(leftovers, BTreeSet::from(expected));
}

#[tokio::test]
async fn stopping_lets_requests_under_way_end() {
    let mut server = Server::with_sites(&["blog"]).await;
    let begun = server.owner().begin("blog", FILES).await.expect(201).data();
    let (id, session, address) = (text(&begun, "deployment_id").to_owned(), server.session(), server.address());
    let body = frames(b"hello");
    let mut idle = connect(address).await;
    let mut sending = connect(address).await;
    let head = format!(
        "POST /deployments/{id}/blobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {session}\r\n\
         Content-Type: {MEDIA_TYPE}\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    sending.write_all(head.as_bytes()).await.expect("sent");
    // That the server asks for the body shows that the request is under way.
    let mut asked = [0; 25];
    sending.read_exact(&mut asked).await.expect("an interim answer");
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.take().stopped(async move {
        let _ = stopped.await;
    }));
    stop.send(()).expect("it waits for this");
    // A connection with nothing under way is closed at once.
    assert_eq!(idle.read(&mut [0; 1]).await.expect("an end"), 0);
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody new is let in");
    assert!(!running.is_finished());
    sending.write_all(&body).await.expect("sent");
    let answer = read_response(&mut sending, "POST").await.expect(200);
    assert_eq!((answer.data(), answer.header("connection")), (json!({ "frames": 1, "bytes": 5 }), Some("close")));
    running.await.expect("it stops");
    server.start_again().await.expect("it starts again");
    server.owner().finish(&id, &json!({})).await.expect(200);
    assert_eq!(server.visitor("blog").get("/").await.text(), "hello");
}

#[tokio::test]
async fn the_server_tells_that_it_works() {
    let server = Server::start().await;
    let mut nobody = server.nobody();
    let health = nobody.get("/healthz").await.expect(200);
    let expected = json!({ "status": "ok", "service": "zerodeploy", "version": env!("CARGO_PKG_VERSION") });
    assert_eq!((health.json(), health.header("cache-control")), (expected, Some("no-store")));
    let head = nobody.send("HEAD", "/healthz", &[], b"").await.expect(200);
    assert_eq!(head.header("content-length"), Some(&*health.body.len().to_string()));
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    let server = Server::start().await;
    let (mut owner, mut seen) = (server.owner(), BTreeSet::new());
    for target in ["/healthz", "/whoami", "/sites/nothing", "/nothing", "/sites"] {
        // What a client claims does not count.
        let answer = owner.send("GET", target, &[("X-Request-Id", "chosen-by-the-client")], b"").await;
        let id = answer.header("x-request-id").expect("an id").to_owned();
        assert!(id.parse::<uuid::Uuid>().is_ok_and(|id| id.get_version_num() == 7), "{id}");
        if answer.status >= 400 {
            assert_eq!(answer.json()["error"]["request_id"], id);
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(seen.insert(id), "{target}");
    }
}

#[tokio::test]
async fn every_refusal_has_the_same_form() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    const JSON: &str = "application/json";
    let (long, deep) = (format!("{{\"slug\": \"{}\"}}", "x".repeat(70_000)), "[".repeat(2_000));
    for (method, target, media_type, body, status, code) in [
        ("GET", "/nothing", "", "", 404, "not_found"),
        ("GET", "/", "", "", 404, "not_found"),
        ("GET", "/sites/", "", "", 404, "not_found"),
        ("GET", "/sites/blog/", "", "", 404, "not_found"),
        ("GET", "/sites/blog/deployments/x", "", "", 404, "not_found"),
        ("GET", "//sites", "", "", 404, "not_found"),
        ("GET", "/SITES", "", "", 404, "not_found"),
        ("GET", "/sites/..%2forgs", "", "", 404, "not_found"),
        ("GET", "/sites/%ff", "", "", 400, "bad_request"),
        ("PUT", "/sites", JSON, "{}", 405, "method_not_allowed"),
        ("DELETE", "/sites", "", "", 405, "method_not_allowed"),
        ("PATCH", "/sites/blog", JSON, "{}", 405, "method_not_allowed"),
        ("POST", "/healthz", JSON, "{}", 405, "method_not_allowed"),
        ("GET", "/sites/blog/rollback", "", "", 405, "method_not_allowed"),
        ("POST", "/orgs", "", "{}", 415, "unsupported_media_type"),
        ("POST", "/orgs", "text/plain", "{}", 415, "unsupported_media_type"),
        ("POST", "/orgs", "application/x-www-form-urlencoded", "slug=acme", 415, "unsupported_media_type"),
        ("POST", "/orgs", JSON, "", 400, "bad_request"),
        ("POST", "/orgs", JSON, "{", 400, "bad_request"),
        ("POST", "/orgs", JSON, "{\"slug\": \"acme\"} x", 400, "bad_request"),
        ("POST", "/orgs", JSON, "\u{fffd}", 400, "bad_request"),
        ("POST", "/orgs", JSON, &deep, 422, "validation_failed"),
        ("POST", "/orgs", JSON, "{}", 422, "validation_failed"),
        ("POST", "/orgs", JSON, "null", 422, "validation_failed"),
        ("POST", "/orgs", JSON, "{\"slug\": 1}", 422, "validation_failed"),
        ("POST", "/orgs", JSON, "{\"slug\": \"A\"}", 422, "validation_failed"),
        ("POST", "/orgs", JSON, "{\"slug\": \"personal\"}", 409, "slug_taken"),
        ("POST", "/orgs", JSON, &long, 413, "payload_too_large"),
        ("POST", "/sites", JSON, "{\"org\": \"personal\", \"slug\": \"www\"}", 422, "validation_failed"),
        ("POST", "/sites", JSON, "{\"org\": \"personal\", \"slug\": \"a--b\"}", 422, "validation_failed"),
        ("POST", "/sites", JSON, "{\"org\": \"nowhere\", \"slug\": \"more\"}", 404, "not_found"),
        ("DELETE", "/orgs/personal", "", "", 409, "org_not_empty"),
        ("GET", "/sites/blog/deployments?limit=x", "", "", 422, "validation_failed"),
    ] {
        let fields = [("Content-Type", media_type)];
        let fields = if media_type.is_empty() { &[][..] } else { &fields[..] };
        let answer = owner.send(method, target, fields, body.as_bytes()).await;
        let asked = format!("{method} {target} {:.60}", body);
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (status, Some(code)), "{asked}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{asked}");
        let answered = answer.json();
        assert_eq!(answered.as_object().map(serde_json::Map::len), Some(1), "{answered}");
        let error = answered["error"].as_object().expect("an object");
        assert!(!text(&answered["error"], "message").is_empty() && error.contains_key("request_id"), "{answered}");
        let known = ["code", "message", "hint", "limits", "request_id"];
        assert!(error.keys().all(|field| known.contains(&field.as_str())), "{answered}");
        assert_eq!(answer.header("allow").is_some(), status == 405, "RFC 9110 §15.5.6: {asked}");
    }
    for media_type in ["application/json; charset=utf-8", "Application/JSON"] {
        let body = json!({ "slug": format!("acme-{}", media_type.len()) }).to_string();
        owner.send("POST", "/orgs", &[("Content-Type", media_type)], body.as_bytes()).await.expect(201);
    }
}

#[tokio::test]
async fn one_connection_serves_many_requests_also_after_refusals() {
    let server = Server::with_sites(&["blog"]).await;
    let mut stream = connect(server.address()).await;
    let large = "x".repeat(100_000);
    let requests = [
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), 200),
        // Refused before the body is read: it must not be taken for the next request.
        (format!("POST /orgs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{large}"), 401),
        ("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), 404),
        ("GET / HTTP/1.1\r\nHost: blog.localhost\r\n\r\n".to_owned(), 404),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), 200),
    ];
    for (request, status) in &requests {
        stream.write_all(request.as_bytes()).await.expect("sent");
        let answer = read_response(&mut stream, "GET").await;
        assert_eq!(answer.status, *status, "{:.40}", request);
    }
}
