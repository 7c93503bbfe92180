//! Odd names are served as they are; paths that try to get out are not.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::client::exchange;
use crate::content::File;
use crate::harness::Server;

#[tokio::test]
async fn odd_names_are_served() {
    let server = Server::with_sites(&["blog"]).await;
    let (long, longest) = ("x".repeat(251) + ".txt", "\u{1f389}".repeat(62) + "abc.txt");
    assert_eq!((long.len(), longest.len()), (255, 255));
    let names = [
        "a b.txt",
        "100%.txt",
        "%41.txt",
        "%2e%2e/x.txt",
        "hash#.txt",
        "question?.txt",
        "[brackets]{braces}.txt",
        "plus+and&=;,'\"<>|^`.txt",
        "\u{fc}ml\u{e4}ut.txt",
        "\u{65e5}\u{672c}\u{8a9e}/\u{30c6}\u{30b9}\u{30c8}.txt",
        "\u{1f389}.txt",
        "...",
        "..a/b..",
        "-",
        "~",
        ".well-known/acme.txt",
        "C:",
        "CON",
        "with.index.html/index.txt",
        &long,
        &longest,
    ];
    let files: Vec<File<'_>> = names.iter().map(|name| (*name, name.as_bytes())).collect();
    server.owner().deploy("blog", &files).await;
    let mut visitor = server.visitor("blog");
    for name in names {
        let parts: Vec<String> =
            name.split('/').map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string()).collect();
        let answer = visitor.get(&format!("/{}", parts.join("/"))).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, name), "{}", parts.join("/"));
    }
    // The other Unicode form of the same name, and the characters that need no encoding.
    assert_eq!(visitor.get("/u%CC%88mla%CC%88ut.txt").await.text(), "\u{fc}ml\u{e4}ut.txt");
    assert_eq!(visitor.get("/plus+and&=;,'%22%3C%3E%7C%5E%60.txt").await.status, 200);
    // Decoded once: what is left is the name itself.
    assert_eq!(visitor.get("/%2541.txt").await.text(), "%41.txt");
    assert_eq!(visitor.get("/A.txt").await.status, 404);
    assert_eq!(visitor.get("/a%20b.txt?query=1#x").await.text(), "a b.txt");
}

#[tokio::test]
async fn no_path_leads_out_of_the_site() {
    let server = Server::with_sites(&["blog"]).await;
    server.owner().deploy("blog", &[("index.html", b"home"), ("folder/file.txt", b"file"), ("a/b.txt", b"b")]).await;
    let session = server.session();
    for target in [
        "/..",
        "/../owner-session",
        "/../../owner-session",
        "/folder/../../owner-session",
        "/folder/../index.html",
        "/folder/..",
        "/./index.html",
        "/folder/./file.txt",
        "/.",
        "/%2e%2e/owner-session",
        "/%2E%2E/owner-session",
        "/.%2e/owner-session",
        "/%2e./owner-session",
        "/%2e%2e%2fowner-session",
        "/..%2fowner-session",
        "/folder%2f..%2f..%2fowner-session",
        "/%252e%252e/owner-session",
        "/%252e%252e%252fowner-session",
        "/..%5cowner-session",
        "/..\\owner-session",
        "/folder\\file.txt",
        "/folder%5cfile.txt",
        "/%5c%5cserver/share",
        "/index.html%00",
        "/index.html%00.txt",
        "/%00",
        "/index.html%0a",
        "/index.html%7f",
        "/%c0%ae%c0%ae/owner-session",
        "/%ff",
        "/%",
        "/%4",
        "/%zz",
        "/index%u002ehtml",
        "//index.html",
        "//",
        "/folder//file.txt",
        "/index.html/",
        "//evil.example/..",
        "/etc/passwd",
        "//etc/passwd",
        "/owner-session",
        "/zerodeploy.db",
        "/lock",
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: blog.localhost\r\nConnection: close\r\n\r\n");
        let answer = exchange(server.address(), request.as_bytes()).await;
        let body = String::from_utf8_lossy(&answer.body);
        assert!(matches!(answer.status, 400 | 404), "{target}: {} {body}", answer.status);
        assert!(!body.contains(&session) && !body.contains("root:"), "{target}: {body}");
        assert_eq!(answer.header("location"), None, "{target}");
    }
    // An encoded slash is a slash like any other, once.
    let mut visitor = server.visitor("blog");
    assert_eq!(visitor.get("/folder%2ffile.txt").await.text(), "file");
    assert_eq!(visitor.get("/").await.text(), "home");
}

#[tokio::test]
async fn pages_have_clean_addresses() {
    let server = Server::with_sites(&["blog"]).await;
    let files: &[File<'_>] = &[
        ("index.html", b"home"),
        ("about.html", b"about"),
        ("docs/index.html", b"docs"),
        ("docs/a b/index.html", b"a b"),
        ("docs/404.html", b"not in docs"),
        ("404.html", b"not here"),
        ("_headers", b"/*\n  X-Test: 1\n"),
        ("_redirects", b"/a /b"),
    ];
    server.owner().deploy("blog", files).await;
    let mut visitor = server.visitor("blog");
    for (path, status, body, location) in [
        ("/", 200, "home", None),
        ("/index.html", 200, "home", None),
        ("/about", 200, "about", None),
        ("/about.html", 200, "about", None),
        ("/about/", 200, "about", None),
        ("/docs/", 200, "docs", None),
        ("/docs", 301, "", Some("/docs/")),
        ("/docs?a=1&b=%20", 301, "", Some("/docs/?a=1&b=%20")),
        ("/docs/a%20b", 301, "", Some("/docs/a%20b/")),
        ("/nothing", 404, "not here", None),
        ("/docs/nothing", 404, "not in docs", None),
        ("/docs/deep/er", 404, "not in docs", None),
        ("/_headers", 404, "not here", None),
        ("/_redirects", 404, "not here", None),
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(
            (answer.status, answer.text().as_str(), answer.header("location")),
            (status, body, location),
            "{path}"
        );
        assert_eq!(answer.header("etag").is_some(), status == 200, "{path}");
    }
}
