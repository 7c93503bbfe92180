//! Whole requests through the pipeline.

mod negotiation;
mod wire;

use std::collections::HashMap;

use futures_util::FutureExt;
use hyper::body::Body;
use hyper::http::{HeaderMap, Request};

use super::headers::entity_tag;
use super::testing::{MemorySource, collect, deployment_of, manifest_of};
use super::*;

const APP: &str = "assets/app-B7kQ2xYz.js";

/// A text with variants, one without, odd names, folders and pages for what is not there.
struct Fixture {
    hosting: Hosting<MemorySource>,
    source: Arc<MemorySource>,
    contents: HashMap<String, Vec<u8>>,
}

fn contents() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("index.html", "<h1>Hello</h1>\n".repeat(200).into_bytes()),
        ("style.css", "p { color: red }\n".repeat(100).into_bytes()),
        ("about/index.html", b"about".to_vec()),
        ("404.html", "<h1>Nothing</h1>\n".repeat(100).into_bytes()),
        ("docs/404.html", b"nothing in docs".to_vec()),
        ("empty.txt", Vec::new()),
        ("ten.txt", b"0123456789".to_vec()),
        ("large.bin", (0..700_000u32).map(|position| (position % 253) as u8).collect()),
        ("_redirects", b"/a /b 301".to_vec()),
        ("a b#c?d%41[x]/\u{1f389}.txt", b"odd".to_vec()),
        ("\u{e9}vil/index.html", b"accent".to_vec()),
        ("100%.txt", b"percent".to_vec()),
        ("%2e%2e/x.txt", b"literal".to_vec()),
        (APP, "let now = 1;\n".repeat(200).into_bytes()),
    ]
}

fn fixture_with(change: impl FnOnce(&mut MemorySource, &mut LiveDeployment)) -> Fixture {
    let mut source = MemorySource { knows_deployments: true, ..MemorySource::default() };
    let files: Vec<_> = contents();
    let listed = files.iter().map(|(path, content)| {
        let path = crate::content::path::SitePath::new(path).expect("legal path");
        (path, BlobId::of(content), content.len() as u64)
    });
    let mut deployment = deployment_of(&[]);
    deployment.manifest = crate::content::manifest::Manifest::build(listed.collect()).expect("a manifest");
    for (_, content) in &files {
        source.store(content);
    }
    for path in ["index.html", "404.html", APP] {
        source.make_variants(&files.iter().find(|file| file.0 == path).expect("there").1);
    }
    change(&mut source, &mut deployment);
    let preview = LiveDeployment {
        is_production: false,
        generation: Generation::next(),
        manifest: deployment.manifest.clone(),
        kept: deployment.kept.clone(),
        ..deployment_of(&[])
    };
    let target = |host: &str| domain_host::target(host, "localhost");
    source.deployments.push((target("blog.localhost"), Arc::new(deployment)));
    source.deployments.push((target("0123456789-blog.localhost"), Arc::new(preview)));
    let source = Arc::new(source);
    Fixture {
        hosting: Hosting::new(source.clone(), HostingSettings::new("localhost".to_owned())),
        source,
        contents: files.into_iter().map(|(path, content)| (path.to_owned(), content)).collect(),
    }
}

fn fixture() -> Fixture {
    fixture_with(|_, _| {})
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("visible"))
    }
}

fn request(line: &str, fields: &[(&str, &str)]) -> Parts {
    let (method, uri) = line.split_once(' ').expect("method and target");
    let mut request = Request::builder().method(method).uri(uri);
    if !fields.iter().any(|field| field.0 == "host") {
        request = request.header("host", "blog.localhost");
    }
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.body(()).expect("a request").into_parts().0
}

impl Fixture {
    async fn ask(&self, line: &str, fields: &[(&str, &str)]) -> Answer {
        let parts = request(line, fields);
        let response = self.hosting.serve(requested_host(&parts), &parts, false).await;
        let (head, body) = response.into_parts();
        if let Some(length) = head.headers.get("content-length").filter(|_| parts.method == Method::GET) {
            assert_eq!(Some(length), body.size_hint().exact().map(HeaderValue::from).as_ref(), "{line}");
        }
        let body = collect(body).await.expect("readable");
        Answer { status: head.status.as_u16(), headers: head.headers, body }
    }

    fn tag(&self, path: &str, encoding: Encoding) -> String {
        entity_tag(&BlobId::of(&self.contents[path]), encoding)
    }
}

#[tokio::test]
async fn a_file_comes_with_all_its_fields() {
    let fixture = fixture();
    let answer = fixture.ask("GET /", &[]).await;
    assert_eq!((answer.status, &answer.body[..]), (200, &fixture.contents["index.html"][..]));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("content-length", "3000"),
        ("cache-control", "public, max-age=0, must-revalidate"),
        ("etag", &fixture.tag("index.html", Encoding::Identity)),
        ("vary", "accept-encoding"),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
        ("x-zerodeploy-deployment", "0123456789"),
        ("content-encoding", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let empty = fixture.ask("GET /empty.txt", &[]).await;
    assert_eq!((empty.status, empty.header("content-length"), empty.header("vary")), (200, "0", ""));
}

#[tokio::test]
async fn hosts_decide_who_answers() {
    let fixture = fixture();
    for (host, status) in [
        ("blog.localhost", 200),
        ("BLOG.localhost.:8787", 200),
        ("0123456789-blog.localhost", 200),
        ("0123456788-blog.localhost", 404),
        ("other.localhost", 404),
        ("localhost", 404),
        ("evil.example", 404),
        ("a b", 400),
        ("", 400),
    ] {
        assert_eq!(fixture.ask("GET /", &[("host", host)]).await.status, status, "{host:?}");
    }
    assert_eq!(fixture.ask("GET /", &[("host", "blog.localhost"), ("host", "blog.localhost")]).await.status, 400);
    assert_eq!(fixture.ask("GET http://blog.localhost/", &[("host", "other.localhost")]).await.status, 200);
    let mut parts = request("GET /", &[]);
    parts.headers.clear();
    assert_eq!(requested_host(&parts), Err(HostError::Missing));
    assert_eq!(fixture.hosting.serve(requested_host(&parts), &parts, false).await.status(), 400);
}

#[tokio::test]
async fn no_way_of_writing_a_path_leaves_the_site() {
    let fixture = fixture();
    for path in [
        "/../etc/passwd",
        "/about/../../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/%2E%2E%2Fetc%2Fpasswd",
        "/..%2f..%2fetc/passwd",
        "/%252e%252e/etc/passwd",
        "/%252e%252e%252fetc%252fpasswd",
        "/..%5c..%5cetc%5cpasswd",
        "/..\\etc\\passwd",
        "/.%00./etc/passwd",
        "/index.html%00",
        "/index.html%00.txt",
        "/%c0%ae%c0%ae/etc/passwd",
        "/%ff",
        "/%",
        "/%zz",
        "//etc/passwd",
        "//",
        "/about//index.html",
        "/./index.html",
        "/about/.",
        "/%2Findex.html",
        "/_redirects",
        "/%5fredirects",
        "/_redirects/",
    ] {
        let answer = fixture.ask(&format!("GET {path}"), &[]).await;
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("etag"), "", "{path}");
    }
}

#[tokio::test]
async fn odd_names_are_found_by_their_encoding() {
    let fixture = fixture();
    for (path, body) in [
        ("/a%20b%23c%3Fd%2541%5Bx%5D/%F0%9F%8E%89.txt", "odd"),
        ("/a%20b%23c%3fd%2541[x]/\u{1f389}.txt", "odd"),
        ("/%C3%A9vil/", "accent"),
        ("/e%CC%81vil/", "accent"),
        ("/100%25.txt", "percent"),
        ("/%252e%252e/x.txt", "literal"),
        ("/ten.txt?query=/../x", "0123456789"),
    ] {
        let answer = fixture.ask(&format!("GET {path}"), &[]).await;
        assert_eq!((answer.status, &answer.body[..]), (200, body.as_bytes()), "{path}");
    }
}

#[tokio::test]
async fn redirects_stay_on_the_host() {
    let fixture = fixture();
    for (target, location) in [
        ("/about", "/about/"),
        ("/about?a=1&b=//evil.example", "/about/?a=1&b=//evil.example"),
        ("/%61bout", "/about/"),
        ("/e%CC%81vil", "/%C3%A9vil/"),
        ("http://blog.localhost/about", "/about/"),
    ] {
        let answer = fixture.ask(&format!("GET {target}"), &[]).await;
        assert_eq!((answer.status, answer.header("location")), (301, location), "{target}");
        assert_eq!(answer.header("cache-control"), "public, max-age=0, must-revalidate");
    }
    for target in ["//about", "/%2Fabout", "//evil.example/about", "/%5Cevil.example/about", "/\\about"] {
        let answer = fixture.ask(&format!("GET {target}"), &[]).await;
        assert_eq!((answer.status, answer.header("location")), (400, ""), "{target}");
    }
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let fixture = fixture();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PURGE"] {
        let answer = fixture.ask(&format!("{method} /"), &[]).await;
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[tokio::test]
async fn head_has_the_fields_of_get_and_no_body() {
    let fixture = fixture();
    let nothing = "/nothing";
    for path in ["/", "/empty.txt", "/ten.txt", "/large.bin", "/about", nothing, "/%00", "/docs/nothing"] {
        for fields in [&[][..], &[("accept-encoding", "br"), ("accept", "text/html")]] {
            let get = fixture.ask(&format!("GET {path}"), fields).await;
            let head = fixture.ask(&format!("HEAD {path}"), fields).await;
            assert_eq!((head.status, &head.headers), (get.status, &get.headers), "{path}");
            assert!(head.body.is_empty(), "{path}");
        }
    }
    let reads = fixture.source.reads();
    fixture.ask("HEAD /style.css", &[("range", "bytes=0-1")]).await;
    assert_eq!(fixture.source.reads(), reads, "nothing is read for HEAD");
}

#[tokio::test]
async fn kept_assets_answer_on_the_production_host_only() {
    const OLD: &str = "let old = 1;";
    let fixture = fixture_with(|source, deployment| {
        source.store(OLD.as_bytes());
        deployment.kept = vec![manifest_of(&[("old-1a2b3c4d.js", OLD), ("old.js", OLD)])];
    });
    let kept = fixture.ask("GET /old-1a2b3c4d.js", &[]).await;
    assert_eq!((kept.status, &kept.body[..]), (200, OLD.as_bytes()));
    assert_eq!(kept.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(fixture.ask("GET /old.js", &[]).await.status, 404);
    let preview = [("host", "0123456789-blog.localhost")];
    assert_eq!(fixture.ask("GET /old-1a2b3c4d.js", &preview).await.status, 404);
}

#[tokio::test]
async fn fingerprinted_files_are_immutable_until_they_changed_once() {
    let target = format!("GET /{APP}");
    let answer = fixture().ask(&target, &[]).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    let changed = fixture_with(|_, deployment| {
        deployment.changing.insert(path_key(APP));
    });
    let answer = changed.ask(&target, &[]).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=0, must-revalidate");
}

#[tokio::test]
async fn what_is_not_there_shows_the_nearest_page() {
    let fixture = fixture();
    for (path, page) in [("/nothing", "404.html"), ("/docs/a/b", "docs/404.html"), ("/about/x", "404.html")] {
        let answer = fixture.ask(&format!("GET {path}"), &[]).await;
        assert_eq!((answer.status, &answer.body[..]), (404, &fixture.contents[page][..]), "{path}");
        assert_eq!((answer.header("etag"), answer.header("accept-ranges")), ("", ""), "{path}");
        assert_eq!(answer.header("x-zerodeploy-deployment"), "0123456789");
    }
    let bare = fixture_with(|_, deployment| deployment.manifest = manifest_of(&[]));
    let html = bare.ask("GET /", &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")]).await;
    assert_eq!((html.status, html.header("content-type")), (404, "text/html; charset=utf-8"));
    let plain = bare.ask("GET /", &[("accept", "*/*")]).await;
    assert_eq!(&plain.body[..], b"Page not found. This site has no page at this address.\n");
}

#[tokio::test]
async fn failures_of_the_store_are_500_without_details() {
    let unreadable = fixture_with(|source, _| source.fail_from_read = Some(0));
    let missing = fixture_with(|source, _| source.blobs.clear());
    for fixture in [unreadable, missing] {
        let answer = fixture.ask("GET /ten.txt", &[]).await;
        let text = String::from_utf8_lossy(&answer.body);
        assert_eq!((answer.status, answer.header("cache-control")), (500, "no-store"));
        assert!(!text.contains("secret") && !text.contains("blob"), "{text}");
    }
}

#[tokio::test]
async fn what_is_in_memory_is_answered_without_waiting() {
    let fixture = fixture();
    let parts = request("GET /", &[("accept-encoding", "br")]);
    let serve = || fixture.hosting.serve(requested_host(&parts), &parts, false);
    assert!(serve().now_or_never().is_none(), "the first time the store is asked");
    serve().await;
    let reads = fixture.source.reads();
    let response = serve().now_or_never().expect("no waiting");
    assert_eq!((response.status().as_u16(), fixture.source.reads()), (200, reads));
    // Another deployment with the same content has a page of its own and shares the body.
    fixture.ask("GET /", &[("host", "0123456789-blog.localhost"), ("accept-encoding", "br")]).await;
    assert_eq!(fixture.source.reads(), reads);
}

#[tokio::test]
async fn an_outdated_location_is_looked_up_once_more() {
    let fixture = fixture();
    let target = domain_host::target("blog.localhost", "localhost");
    let deployment = fixture.source.cached_deployment(&target).flatten().expect("deployed");
    let entry = deployment.manifest.get("ten.txt").expect("there");
    let mut outdated = fixture.source.blobs[&entry.blob].clone();
    outdated.identity.content = Bytes::new();
    let page = Arc::new(Page::file(&deployment, &entry, outdated));
    fixture.hosting.pages.insert(deployment.generation, "/ten.txt", page);
    for _ in 0..2 {
        let answer = fixture.ask("GET /ten.txt", &[]).await;
        assert_eq!((answer.status, &answer.body[..]), (200, b"0123456789".as_slice()));
    }
}

#[tokio::test]
async fn deployments_that_are_not_in_memory_are_asked_for() {
    let fixture = fixture_with(|source, _| source.knows_deployments = false);
    assert_eq!(fixture.ask("GET /", &[]).await.status, 200);
    assert_eq!(fixture.ask("GET /", &[("host", "other.localhost")]).await.status, 404);
}
