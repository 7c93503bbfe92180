//! What comes over a connection, byte for byte.

use super::*;
use crate::domain::permission::Permission;
use crate::server::hosting::HostingSettings;
use crate::server::http::observe::Observer;
use crate::server::http::router::router;
use crate::server::settings::Settings;
use crate::server::testing::{Bound, TestState};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// A server whose API has a name among its sites.
async fn front(test: &TestState) -> Arc<Front> {
    let trusted_proxies: Arc<[IpNet]> = [].into();
    let request_time = Duration::from_secs(30);
    let observer = Observer { trusted_proxies: Arc::clone(&trusted_proxies), request_time, drain_bytes: 1 << 20 };
    let settings = Settings { public_url: Some("https://hub.localhost".to_owned()), ..Settings::new("unused".into()) };
    Arc::new(Front {
        hosting: Hosting::new(Arc::clone(&test.state.directory), HostingSettings::new("localhost".to_owned())),
        api: router(&test.state, observer),
        addresses: Addresses::new(&settings, settings.listen).expect("valid"),
        trusted_proxies,
        access_log: true,
        request_time,
    })
}

/// Sends bytes over a connection of their own, closes it for writing, and returns all that comes back.
async fn exchange(front: &Arc<Front>, request: &str) -> String {
    let (mut client, server) = tokio::io::duplex(1 << 20);
    let peer = SocketAddr::from(([127, 0, 0, 1], 1));
    let front = Arc::clone(front);
    let service = service_fn(move |request| {
        let front = Arc::clone(&front);
        async move { Ok::<_, Infallible>(answer(&front, peer, request).await) }
    });
    let mut protocol = protocol();
    let connection = tokio::spawn(protocol.half_close(true).serve_connection(TokioIo::new(server), service));
    client.write_all(request.as_bytes()).await.expect("room");
    client.shutdown().await.expect("open");
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await.expect("readable");
    let _ended = connection.await.expect("no panic");
    String::from_utf8_lossy(&answer).to_ascii_lowercase()
}

#[tokio::test]
async fn every_form_of_request_is_told_apart_by_its_host() {
    let test = TestState::new().await;
    test.site(&test.owner, "personal", "blog").await;
    // Somebody names a site like the API's host.
    test.site(&test.owner, "personal", "hub").await;
    for site in ["blog", "hub"] {
        test.deploy(&test.owner, site, &[("index.html", b"a site"), ("healthz", b"a site")]).await;
    }
    let front = front(&test).await;
    let api = "\"service\":\"zerodeploy\"";
    for (request, status, text) in [
        ("GET /healthz HTTP/1.1\r\nhost: localhost", "200", api),
        ("GET /healthz HTTP/1.1\r\nhost: 127.0.0.1:8787", "200", api),
        ("GET /healthz HTTP/1.1\r\nhost: hub.localhost", "200", api),
        ("GET http://hub.localhost/healthz HTTP/1.1\r\nhost: blog.localhost", "200", api),
        ("GET /healthz HTTP/1.1\r\nhost: blog.localhost", "200", "a site"),
        ("GET http://blog.localhost/healthz HTTP/1.1\r\nhost: localhost", "200", "a site"),
        ("GET /healthz HTTP/1.0\r\nhost: BLOG.localhost.:80", "200", "a site"),
        ("GET /healthz HTTP/1.0", "400", "exactly one valid host"),
        ("GET /healthz HTTP/1.1\r\nhost: localhost\r\nhost: blog.localhost", "400", "exactly one valid host"),
        ("GET /healthz HTTP/1.1\r\nhost: evil.example", "404", "no site"),
        ("GET /healthz HTTP/1.1\r\nhost: localhost.evil.example", "404", "no site"),
        ("CONNECT blog.localhost:80 HTTP/1.1\r\nhost: blog.localhost:80", "405", ""),
        ("CONNECT localhost:80 HTTP/1.1\r\nhost: localhost:80", "40", ""),
        ("OPTIONS * HTTP/1.1\r\nhost: localhost", "40", ""),
        ("GET * HTTP/1.1\r\nhost: blog.localhost", "400", ""),
        ("GET /%zz HTTP/1.1\r\nhost: localhost", "404", "not_found"),
        ("GET /sites/%ff HTTP/1.1\r\nhost: localhost", "401", "not_authenticated"),
        ("PUT /orgs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0", "4", ""),
        ("PUT /healthz HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0", "405", "allow: get"),
        ("GET / HTTP/1.1\r\nhost: blog.localhost\r\nupgrade: h2c\r\nconnection: upgrade", "200", "a site"),
        ("POST / HTTP/1.1\r\nhost: blog.localhost\r\ncontent-length: 9\r\ntransfer-encoding: chunked", "4", ""),
    ] {
        let answer = exchange(&front, &format!("{request}\r\n\r\n")).await;
        assert!(
            answer.starts_with(&format!("http/1.1 {status}")) || answer.starts_with(&format!("http/1.0 {status}")),
            "{request}: {answer}"
        );
        assert!(answer.contains(text), "{request}: {answer}");
    }
}

#[tokio::test]
async fn a_head_has_bounds() {
    let test = TestState::new().await;
    let front = front(&test).await;
    let long = "x".repeat(2 * BUFFER);
    let uri = exchange(&front, &format!("GET /{long} HTTP/1.1\r\nhost: localhost\r\n\r\n")).await;
    assert!(uri.starts_with("http/1.1 414") || uri.starts_with("http/1.1 431"), "{uri}");
    let field = exchange(&front, &format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {long}\r\n\r\n")).await;
    assert!(field.starts_with("http/1.1 431"), "{field}");
    let many: String = (0..200).map(|number| format!("x-{number}: 1\r\n")).collect();
    let fields = exchange(&front, &format!("GET / HTTP/1.1\r\nhost: localhost\r\n{many}\r\n")).await;
    assert!(fields.starts_with("http/1.1 431"), "{fields}");
}

#[tokio::test]
async fn credentials_are_asked_for_and_answers_are_never_kept() {
    let test = TestState::new().await;
    let front = front(&test).await;
    let token = test.secret(&test.owner, Bound::Person, &[Permission::SitesRead]).await.token;
    let good = format!("authorization: Bearer {token}");
    let mut changed = token.clone();
    changed.replace_range(20..21, if &changed[20..21] == "x" { "y" } else { "x" });
    for (fields, status, code) in [
        (String::new(), "401", "not_authenticated"),
        (format!("authorization: Basic {token}"), "401", "not_authenticated"),
        (format!("authorization: {token}"), "401", "not_authenticated"),
        ("authorization: Bearer ".to_owned(), "401", "not_authenticated"),
        (format!("{good}\r\n{good}"), "401", "not_authenticated"),
        (format!("{good}, Bearer x"), "401", "token_invalid"),
        (format!("authorization: Bearer {changed}"), "401", "token_invalid"),
        (format!("cookie: session={token}"), "401", "not_authenticated"),
        (format!("authorization: bEARER  {token} "), "200", "next_cursor"),
    ] {
        let request =
            format!("GET /sites HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n\r\n").replace("\r\n\r\n\r\n", "\r\n\r\n");
        let answer = exchange(&front, &request).await;
        assert!(answer.starts_with(&format!("http/1.1 {status}")), "{fields}: {answer}");
        assert!(answer.contains(code) && answer.contains("cache-control: no-store"), "{fields}: {answer}");
        assert_eq!(answer.contains("www-authenticate: bearer"), status == "401", "{fields}: {answer}");
        assert!(!answer.contains(&token.to_ascii_lowercase()), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_is_held_back_is_not_asked_for_in_vain() {
    let test = TestState::new().await;
    let front = front(&test).await;
    let request = "POST /orgs HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 1000\r\n\r\n";
    let answer = exchange(&front, request).await;
    assert!(answer.starts_with("http/1.1 401"), "{answer}");
}
