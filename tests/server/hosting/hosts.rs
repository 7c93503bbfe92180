//! Which host a request is for: exactly one, and never the API's by accident.

use crate::client::exchange;
use crate::content::File;
use crate::harness::Server;

/// A site that has a file under every path that the API knows.
const FILES: &[File<'static>] =
    &[("index.html", b"a site"), ("healthz", b"a site"), ("whoami", b"a site"), ("openapi.json", b"a site")];

async fn server() -> (Server, String) {
    let server = Server::with_sites(&["blog", "empty"]).await;
    let id = server.owner().deploy("blog", FILES).await;
    (server, id)
}

#[tokio::test]
async fn a_request_names_exactly_one_host() {
    let (server, _) = server().await;
    for (head, status) in [
        ("GET / HTTP/1.1", 400),
        ("GET / HTTP/1.0", 400),
        ("GET /healthz HTTP/1.1", 400),
        ("GET / HTTP/1.1\r\nHost: blog.localhost\r\nHost: blog.localhost", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nhost: blog.localhost", 400),
        ("GET / HTTP/1.1\r\nHost: ", 400),
        ("GET / HTTP/1.1\r\nHost: blog localhost", 400),
        ("GET / HTTP/1.1\r\nHost: blog.localhost/x", 400),
        ("GET / HTTP/1.1\r\nHost: blog.localhost, localhost", 400),
        ("GET / HTTP/1.1\r\nHost: user@blog.localhost", 400),
        ("GET / HTTP/1.1\r\nHost: blog..localhost", 400),
        ("GET / HTTP/1.1\r\nHost: blog.localhost:99999", 400),
        ("GET / HTTP/1.1\r\nHost: [::1", 400),
        ("GET / HTTP/1.0\r\nHost: blog.localhost", 200),
        ("GET / HTTP/1.1\r\nHost: blog.localhost", 200),
        ("GET / HTTP/1.1\r\nHost: blog.localhost.", 200),
        ("GET / HTTP/1.1\r\nHost: BLOG.LocalHost:1", 200),
        ("GET / HTTP/1.1\r\nHost: blog.localhost.:80", 200),
        // RFC 9112 §3.2.2: a target in absolute form counts more than the field.
        ("GET http://blog.localhost/ HTTP/1.1\r\nHost: localhost", 200),
        ("GET http://localhost/ HTTP/1.1\r\nHost: blog.localhost", 404),
        ("GET http://blog.localhost/ HTTP/1.1", 400),
    ] {
        let answer = exchange(server.address(), format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).await;
        assert_eq!(answer.status, status, "{head:?}: {}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.status == 200, answer.body == b"a site", "{head:?}");
    }
}

#[tokio::test]
async fn a_name_that_stands_for_nothing_is_404_and_never_the_api() {
    let (server, id) = server().await;
    for label in [
        "nothing.localhost",
        "empty.localhost",
        "api.localhost",
        "www.localhost",
        "a.blog.localhost",
        "blog.localhost.evil.example",
        "evil.example",
        "bloglocalhost",
        "blog",
        "0000000000-blog.localhost",
        "next--blog.localhost",
        &format!("{id}-empty.localhost"),
        &format!("{id}-nothing.localhost"),
        &format!("{id}.localhost"),
        &format!("{}-blog.localhost", &id[1..]),
    ] {
        for path in ["/", "/healthz", "/whoami"] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: {label}\r\nConnection: close\r\n\r\n");
            let answer = exchange(server.address(), request.as_bytes()).await;
            assert_eq!((answer.status, answer.header("x-request-id")), (404, None), "{label}{path}");
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{label}{path}");
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{label}{path}");
        }
    }
}

#[tokio::test]
async fn the_bare_domain_and_any_address_are_the_api() {
    let (server, id) = server().await;
    let port = server.address().port();
    for host in ["localhost", "LOCALHOST.", "127.0.0.1", "[::1]", "192.0.2.7", &format!("localhost:{port}")] {
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = exchange(server.address(), request.as_bytes()).await;
        assert_eq!(answer.expect(200).json()["service"], "zerodeploy", "{host}");
        let request = format!("GET /index.html HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        exchange(server.address(), request.as_bytes()).await.refusal(404, "not_found");
    }
    for host in ["blog".to_owned(), format!("{id}-blog")] {
        let mut visitor = server.visitor(&host);
        for path in ["/healthz", "/whoami", "/openapi.json"] {
            let authorization = format!("Bearer {}", server.session());
            let answer = visitor.send("GET", path, &[("Authorization", &authorization)], b"").await.expect(200);
            assert_eq!(answer.text(), "a site", "{host}{path}");
        }
        for path in ["/sites", "/orgs", "/tokens"] {
            assert_eq!(visitor.get(path).await.status, 404, "{host}{path}");
            let refused = visitor.send("POST", path, &[("Content-Type", "application/json")], b"{}").await;
            assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")), "{host}{path}");
        }
    }
}

#[tokio::test]
async fn a_deployment_has_a_host_of_its_own_for_good() {
    let (server, first) = server().await;
    let mut owner = server.owner();
    let second = owner.deploy("blog", &[("index.html", b"changed")]).await;
    for (label, text) in
        [("blog".to_owned(), "changed"), (format!("{first}-blog"), "a site"), (format!("{second}-blog"), "changed")]
    {
        let answer = server.visitor(&label).get("/").await.expect(200);
        let deployment = if text == "a site" { &first } else { &second };
        assert_eq!(
            (answer.text().as_str(), answer.header("x-zerodeploy-deployment")),
            (text, Some(deployment.as_str()))
        );
    }
}

#[tokio::test]
async fn a_deleted_site_is_gone_at_once_and_for_good() {
    let (server, id) = server().await;
    let mut owner = server.owner();
    // Both kept connections have their answers in memory by now.
    let (mut site, mut deployment) = (server.visitor("blog"), server.visitor(&format!("{id}-blog")));
    site.get("/").await.expect(200);
    deployment.get("/").await.expect(200);
    owner.delete("/sites/blog").await.expect(200);
    assert_eq!((site.get("/").await.status, deployment.get("/").await.status), (404, 404));
    owner.create_site("personal", "blog").await;
    assert_eq!((site.get("/").await.status, deployment.get("/").await.status), (404, 404), "a new site is empty");
    owner.get(&format!("/deployments/{id}")).await.refusal(404, "not_found");
    owner.deploy("blog", &[("index.html", b"anew")]).await;
    assert_eq!(site.get("/").await.text(), "anew");
}
