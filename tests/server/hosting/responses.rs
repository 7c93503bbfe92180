//! Conditional requests, ranges, HEAD and compressed variants, as they travel.

use zerodeploy::content::blob::BlobId;

use crate::client::{Client, exchange};
use crate::content::File;
use crate::harness::{Server, wait_for};
use crate::support::Response;

const TEN: &[u8] = b"0123456789";

async fn site(files: &[File<'_>]) -> (Server, Client) {
    let server = Server::with_sites(&["blog"]).await;
    server.owner().deploy("blog", files).await;
    let visitor = server.visitor("blog");
    (server, visitor)
}

fn tag(content: &[u8], suffix: &str) -> String {
    format!("\"{}{suffix}\"", &BlobId::of(content).to_string()[..32])
}

/// Asks until the answer is compressed, as it is some time after the deploy.
async fn compressed(visitor: &mut Client, path: &str, coding: &str) -> Response {
    wait_for(coding, async || {
        let answer = visitor.send("GET", path, &[("Accept-Encoding", coding)], b"").await.expect(200);
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "also before the variant is there");
        (answer.header("content-encoding") == Some(coding)).then_some(answer)
    })
    .await
}

#[tokio::test]
async fn an_answer_says_what_it_is() {
    let (_server, mut visitor) = site(&[("index.html", b"<h1>"), ("ten.txt", TEN), ("a.unknown", b"?")]).await;
    for (path, content, content_type) in [
        ("/", b"<h1>".as_slice(), "text/html; charset=utf-8"),
        ("/ten.txt", TEN, "text/plain; charset=utf-8"),
        ("/a.unknown", b"?", "application/octet-stream"),
    ] {
        let get = visitor.get(path).await.expect(200);
        assert_eq!((get.body.as_slice(), get.header("content-type")), (content, Some(content_type)));
        assert_eq!(get.header("content-length"), Some(&*content.len().to_string()));
        assert_eq!(get.header("etag"), Some(&*tag(content, "")));
        assert_eq!(get.header("accept-ranges"), Some("bytes"));
        assert_eq!(get.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(get.header("cache-control"), Some("public, max-age=0, must-revalidate"));
        assert_eq!(get.header("set-cookie"), None);
        let head = visitor.send("HEAD", path, &[], b"").await.expect(200);
        let without_date =
            |answer: &Response| answer.headers.iter().filter(|(name, _)| name != "date").cloned().collect::<Vec<_>>();
        assert_eq!((without_date(&head), head.body.len()), (without_date(&get), 0));
    }
    // The connection that all of this went over is still in step.
    assert_eq!(visitor.get("/ten.txt").await.body, TEN);
}

#[tokio::test]
async fn what_a_client_has_already_is_not_sent_again() {
    let (server, mut visitor) = site(&[("ten.txt", TEN), ("404.html", b"gone")]).await;
    let (own, other) = (tag(TEN, ""), "\"other\"".to_owned());
    for (fields, status) in [
        (&[("If-None-Match", own.as_str())][..], 304),
        (&[("If-None-Match", "*")], 304),
        (&[("If-None-Match", "\"x\", W/\"y\""), ("If-None-Match", &own)], 304),
        (&[("If-None-Match", &format!("W/{own}"))], 304),
        (&[("If-None-Match", &tag(TEN, "-br"))], 304),
        (&[("If-None-Match", &other)], 200),
        (&[("If-None-Match", own.trim_matches('"'))], 200),
        (&[("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")], 200),
        (&[("If-Match", &own)], 200),
        (&[("If-Match", &other)], 412),
        (&[("If-Match", &format!("W/{own}"))], 412),
        (&[("If-Match", &other), ("If-None-Match", &own)], 412),
        (&[("If-None-Match", &own), ("Range", "bytes=0-1")], 304),
    ] {
        let answer = visitor.send("GET", "/ten.txt", fields, b"").await;
        assert_eq!(answer.status, status, "{fields:?}");
        if status == 304 {
            assert_eq!((answer.body.len(), answer.header("content-length")), (0, None), "{fields:?}");
            assert!(answer.header("etag").is_some() && answer.header("cache-control").is_some(), "{fields:?}");
        }
        assert_eq!(visitor.send("HEAD", "/ten.txt", fields, b"").await.status, status, "HEAD {fields:?}");
    }
    assert_eq!(visitor.send("GET", "/nothing", &[("If-None-Match", "*")], b"").await.status, 404);
    // A deploy that leaves the file alone leaves its tag alone.
    server.owner().deploy("blog", &[("ten.txt", TEN), ("more.txt", b"more")]).await;
    assert_eq!(visitor.send("GET", "/ten.txt", &[("If-None-Match", &own)], b"").await.status, 304);
    server.owner().deploy("blog", &[("ten.txt", b"changed")]).await;
    assert_eq!(visitor.send("GET", "/ten.txt", &[("If-None-Match", &own)], b"").await.text(), "changed");
}

#[tokio::test]
async fn ranges_are_parts_of_the_content_itself() {
    let large: Vec<u8> = (0..700_000u32).flat_map(u32::to_le_bytes).collect();
    let (server, mut visitor) = site(&[("ten.txt", TEN), ("large.bin", &large), ("empty.txt", b"")]).await;
    for (path, range, status, content_range, body) in [
        ("/ten.txt", "bytes=2-4", 206, Some("bytes 2-4/10"), &TEN[2..5]),
        ("/ten.txt", "bytes=-3", 206, Some("bytes 7-9/10"), &TEN[7..]),
        ("/ten.txt", "bytes=8-", 206, Some("bytes 8-9/10"), &TEN[8..]),
        ("/ten.txt", "bytes=5-100", 206, Some("bytes 5-9/10"), &TEN[5..]),
        ("/ten.txt", "bytes=0-0, 9-9", 200, None, TEN),
        ("/ten.txt", "bytes=4-2", 200, None, TEN),
        ("/ten.txt", "lines=1-2", 200, None, TEN),
        ("/ten.txt", "bytes=x", 200, None, TEN),
        (
            "/large.bin",
            "bytes=1000000-1999999",
            206,
            Some("bytes 1000000-1999999/2800000"),
            &large[1_000_000..2_000_000],
        ),
    ] {
        let answer = visitor.send("GET", path, &[("Range", range)], b"").await.expect(status);
        assert_eq!(answer.header("content-range"), content_range, "{path} {range}");
        assert!(answer.body == body, "{path} {range}");
        let head = visitor.send("HEAD", path, &[("Range", range)], b"").await;
        assert_eq!((head.status, head.header("content-range")), (200, None), "ranges are for GET: {path} {range}");
    }
    for (path, range, size) in
        [("/ten.txt", "bytes=10-", 10), ("/ten.txt", "bytes=-0", 10), ("/empty.txt", "bytes=0-", 0)]
    {
        let beyond = visitor.send("GET", path, &[("Range", range)], b"").await.expect(416);
        assert_eq!(beyond.header("content-range"), Some(&*format!("bytes */{size}")), "{path} {range}");
    }
    let current = [("If-Range", tag(TEN, "")), ("Range", "bytes=0-1".to_owned())];
    let outdated = [("If-Range", "\"old\"".to_owned()), ("Range", "bytes=0-1".to_owned())];
    for (fields, status) in [(current, 206), (outdated, 200)] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(visitor.send("GET", "/ten.txt", &fields, b"").await.status, status);
    }
    // A download that was cut off is continued: the two pieces are the whole.
    let whole = visitor.get("/large.bin").await.expect(200).body;
    let rest = visitor.send("GET", "/large.bin", &[("Range", "bytes=123457-")], b"").await.expect(206).body;
    assert!(whole[..123_457] == large[..123_457] && rest == large[123_457..]);
    drop(server);
}

#[tokio::test]
async fn variants_appear_after_a_deploy() {
    let page = "<p>A sentence that comes again and again.</p>\n".repeat(200);
    let mut noise = [0; 4_000];
    blake3::Hasher::new().update(b"noise").finalize_xof().fill(&mut noise);
    let files: &[File<'_>] = &[
        ("index.html", page.as_bytes()),
        ("small.css", b"p { color: red }"),
        ("noise.js", &noise),
        ("noise.png", &noise),
    ];
    let (_server, mut visitor) = site(files).await;
    let brotli = compressed(&mut visitor, "/", "br").await;
    let mut decoded = Vec::new();
    brotli::BrotliDecompress(&mut brotli.body.as_slice(), &mut decoded).expect("brotli");
    assert_eq!((decoded.as_slice(), brotli.header("etag")), (page.as_bytes(), Some(&*tag(page.as_bytes(), "-br"))));
    assert!(brotli.body.len() * 20 < page.len());
    let gzip = compressed(&mut visitor, "/", "gzip").await;
    let mut decoded = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(gzip.body.as_slice()), &mut decoded).expect("gzip");
    assert_eq!((decoded.as_slice(), gzip.header("etag")), (page.as_bytes(), Some(&*tag(page.as_bytes(), "-gz"))));

    for (path, accept, coding) in [
        ("/", "gzip, deflate, br, zstd", Some("br")),
        ("/", "gzip;q=1, br;q=0.5", Some("gzip")),
        ("/", "br;q=0", None),
        ("/", "identity", None),
        ("/small.css", "br, gzip", None),
        ("/noise.js", "br, gzip", None),
        ("/noise.png", "br, gzip", None),
    ] {
        let answer = visitor.send("GET", path, &[("Accept-Encoding", accept)], b"").await.expect(200);
        assert_eq!(answer.header("content-encoding"), coding, "{path} {accept}");
        let head = visitor.send("HEAD", path, &[("Accept-Encoding", accept)], b"").await.expect(200);
        assert_eq!(head.header("content-length"), Some(&*answer.body.len().to_string()), "{path} {accept}");
    }
    assert_eq!(visitor.get("/small.css").await.header("vary"), None, "nothing will ever vary here");
    // Whichever of them a client has, it is up to date, and is told about its own.
    for suffix in ["", "-gz", "-br"] {
        let own = tag(page.as_bytes(), suffix);
        let fields = [("If-None-Match", own.as_str()), ("Accept-Encoding", "br")];
        let answer = visitor.send("GET", "/", &fields, b"").await.expect(304);
        assert_eq!(answer.header("etag"), Some(&*own));
    }
    let part = visitor.send("GET", "/", &[("Accept-Encoding", "br"), ("Range", "bytes=3-11")], b"").await.expect(206);
    assert_eq!((part.text().as_str(), part.header("content-encoding")), ("A sentenc", None));
}

#[tokio::test]
async fn sites_can_only_be_read() {
    let (server, mut visitor) = site(&[("index.html", b"home")]).await;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"] {
        let refused = visitor.send(method, "/", &[], b"").await.expect(405);
        assert_eq!((refused.header("allow"), refused.header("etag")), (Some("GET, HEAD"), None), "{method}");
    }
    let star = b"OPTIONS * HTTP/1.1\r\nHost: blog.localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(exchange(server.address(), star).await.status, 405);
    let refused = visitor.send("POST", "/", &[], &vec![0; 1 << 20]).await;
    assert_eq!(refused.status, 405, "also with a body that nobody reads");
    assert_eq!(server.visitor("blog").get("/").await.text(), "home");
}
