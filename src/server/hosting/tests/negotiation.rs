//! Encodings, preconditions and ranges, as whole requests.

use super::*;

#[tokio::test]
async fn encodings_are_negotiated_among_what_was_made() {
    let fixture = fixture();
    for (path, accept, coding) in [
        ("/", "gzip, br", "br"),
        ("/", "gzip;q=1, br;q=0.5", "gzip"),
        ("/", "identity;q=0, gzip", "gzip"),
        ("/", "deflate", ""),
        ("/", "br;q=0", ""),
        ("/style.css", "gzip, br", ""),
        ("/ten.txt", "gzip, br", ""),
        ("/ten.txt", "*;q=0", ""),
        ("/nothing", "br", "br"),
    ] {
        let answer = fixture.ask(&format!("GET {path}"), &[("accept-encoding", accept)]).await;
        assert_eq!(answer.header("content-encoding"), coding, "{path} {accept}");
        let varies = if path == "/ten.txt" { "" } else { "accept-encoding" };
        assert_eq!(answer.header("vary"), varies, "{path} {accept}");
        let suffix = if coding == "br" {
            "-br\""
        } else if coding == "gzip" {
            "-gz\""
        } else {
            "\""
        };
        assert!(path == "/nothing" || answer.header("etag").ends_with(suffix), "{path} {accept}");
    }
    let answer = fixture.ask("GET /", &[("accept-encoding", "br")]).await;
    let mut decoded = Vec::new();
    brotli::BrotliDecompress(&mut &answer.body[..], &mut decoded).expect("brotli");
    assert_eq!(decoded, fixture.contents["index.html"]);
}

#[tokio::test]
async fn preconditions_in_their_order() {
    let fixture = fixture();
    let (plain, brotli) = (fixture.tag("index.html", Encoding::Identity), fixture.tag("index.html", Encoding::Brotli));
    let long_ago = "Sat, 29 Oct 1994 19:43:31 GMT";
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[("if-none-match", &plain)], 304),
        (&[("if-none-match", &brotli)], 304),
        (&[("if-none-match", "\"other\"")], 200),
        (&[("if-none-match", "*")], 304),
        (&[("if-none-match", &plain), ("range", "bytes=0-4")], 304),
        (&[("if-none-match", "\"other\""), ("if-modified-since", "Sat, 29 Oct 2094 19:43:31 GMT")], 200),
        (&[("if-modified-since", "Sat, 29 Oct 2094 19:43:31 GMT")], 200),
        (&[("if-unmodified-since", long_ago)], 200),
        (&[("if-match", &plain)], 200),
        (&[("if-match", &plain), ("if-unmodified-since", long_ago)], 200),
        (&[("if-match", "*")], 200),
        (&[("if-match", "\"other\"")], 412),
        (&[("if-match", "\"other\""), ("if-none-match", &plain)], 412),
        (&[("if-match", &plain), ("if-none-match", &plain)], 304),
        (&[("if-match", "\"other\""), ("range", "bytes=9999-")], 412),
        (&[("if-match", &plain), ("range", "bytes=9999-")], 416),
        (&[("if-match", &plain), ("range", "bytes=0-4")], 206),
        (&[("if-match", &brotli), ("range", "bytes=0-4")], 412),
        (&[("if-range", &plain), ("range", "bytes=0-4")], 206),
        (&[("if-range", &plain), ("range", "bytes=9999-")], 416),
        (&[("if-range", &brotli), ("range", "bytes=0-4")], 200),
        (&[("if-range", "\"other\""), ("range", "bytes=9999-")], 200),
        (&[("if-range", long_ago), ("range", "bytes=0-4")], 200),
        (&[("if-range", &plain)], 200),
    ];
    for (fields, status) in cases {
        assert_eq!(fixture.ask("GET /", fields).await.status, *status, "{fields:?}");
    }
    let held = fixture.ask("GET /", &[("if-none-match", &brotli), ("accept-encoding", "gzip")]).await;
    assert_eq!((held.header("etag"), held.header("vary")), (brotli.as_str(), "accept-encoding"));
    assert_eq!(held.header("cache-control"), "public, max-age=0, must-revalidate");
    assert_eq!((held.header("content-length"), held.body.len()), ("", 0));
    let nothing = fixture.ask("GET /nothing", &[("if-none-match", "*"), ("range", "bytes=0-1")]).await;
    assert_eq!(nothing.status, 404, "preconditions are for successes");
}

#[tokio::test]
async fn ranges_are_of_the_content_itself() {
    let fixture = fixture();
    for (path, range, status, content_range, bytes) in [
        ("/ten.txt", "bytes=2-4", 206, "bytes 2-4/10", 2..5),
        ("/ten.txt", "bytes=-3", 206, "bytes 7-9/10", 7..10),
        ("/ten.txt", "bytes=0-", 206, "bytes 0-9/10", 0..10),
        ("/ten.txt", "bytes=0-1,3-4", 200, "", 0..10),
        ("/ten.txt", "bytes=4-2", 200, "", 0..10),
        ("/large.bin", "bytes=1-600000", 206, "bytes 1-600000/700000", 1..600_001),
        ("/index.html", "bytes=10-19", 206, "bytes 10-19/3000", 10..20),
    ] {
        let answer = fixture.ask(&format!("GET {path}"), &[("range", range), ("accept-encoding", "br, gzip")]).await;
        assert_eq!((answer.status, answer.header("content-range")), (status, content_range), "{path} {range}");
        assert_eq!(answer.header("content-encoding"), "", "{path} {range}");
        assert_eq!(answer.header("etag"), fixture.tag(&path[1..], Encoding::Identity));
        assert!(answer.body[..] == fixture.contents[&path[1..]][bytes], "{path} {range}");
    }
    let beyond = fixture.ask("GET /ten.txt", &[("range", "bytes=10-")]).await;
    assert_eq!((beyond.status, beyond.header("content-range"), beyond.header("etag")), (416, "bytes */10", ""));
    let refused = fixture.ask("GET /", &[("range", "bytes=0-1"), ("accept-encoding", "br, identity;q=0")]).await;
    assert_eq!((refused.status, refused.header("content-encoding")), (200, "br"));
}
