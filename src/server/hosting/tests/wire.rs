//! What a client gets over a connection, with hyper between.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::testing::{MemorySource, deployment_of, manifest_of};
use super::super::*;

const LARGE: usize = 600_000;

fn hosting(fail_from_read: Option<usize>) -> Arc<Hosting<MemorySource>> {
    let large = "x".repeat(LARGE);
    let mut deployment = deployment_of(&[]);
    deployment.manifest = manifest_of(&[("small.txt", "small"), ("large.bin", &large), ("folder/index.html", "")]);
    let target = domain_host::target("blog.localhost", "localhost");
    let mut source = MemorySource { fail_from_read, ..MemorySource::default() };
    source.deployments.push((target, Arc::new(deployment)));
    for content in ["small", &large, ""] {
        source.store(content.as_bytes());
    }
    Arc::new(Hosting::new(Arc::new(source), HostingSettings::new("localhost".to_owned())))
}

/// Sends requests over one connection, closes it for writing, and returns all that came back.
async fn exchange(hosting: Arc<Hosting<MemorySource>>, requests: &[&str]) -> String {
    let (mut client, server) = tokio::io::duplex(1 << 20);
    let service = service_fn(move |request: Request<Incoming>| {
        let hosting = hosting.clone();
        async move {
            let (parts, _) = request.into_parts();
            Ok::<_, Infallible>(hosting.serve(requested_host(&parts), &parts, false).await)
        }
    });
    let connection =
        tokio::spawn(http1::Builder::new().half_close(true).serve_connection(TokioIo::new(server), service));
    for request in requests {
        let head = format!("{request}\r\nhost: blog.localhost\r\n\r\n");
        client.write_all(head.as_bytes()).await.expect("room");
    }
    client.shutdown().await.expect("open");
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await.expect("readable");
    let _ended = connection.await.expect("no panic");
    String::from_utf8(answer).expect("text")
}

#[tokio::test]
async fn answers_follow_each_other_exactly() {
    let answer = exchange(
        hosting(None),
        &[
            "HEAD /large.bin HTTP/1.1",
            "GET /small.txt HTTP/1.1\r\nif-none-match: *",
            "HEAD /folder HTTP/1.1",
            "GET /folder HTTP/1.1",
            "GET /folder/ HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET /small.txt HTTP/1.1\r\nrange: bytes=1-3",
            "GET /small.txt HTTP/1.1",
        ],
    )
    .await;
    let heads: Vec<(&str, &str)> =
        answer.split("HTTP/1.1 ").skip(1).filter_map(|one| one.split_once("\r\n\r\n")).collect();
    let got: Vec<(&str, &str)> = heads.iter().map(|(head, body)| (&head[..3], *body)).collect();
    let refused = "Method not allowed. This address can only be read, with GET or HEAD.\n";
    let expected = [
        ("200", ""),
        ("304", ""),
        ("301", ""),
        ("301", ""),
        ("200", ""),
        ("405", refused),
        ("206", "mal"),
        ("200", "small"),
    ];
    assert_eq!(got, expected, "{answer}");
    assert!(heads[0].0.contains("content-length: 600000"), "{}", heads[0].0);
    assert!(!heads[1].0.contains("content-length"), "{}", heads[1].0);
    assert!(heads[3].0.contains("location: /folder/") && heads[3].0.contains("content-length: 0"), "{}", heads[3].0);
}

#[tokio::test]
async fn a_large_file_arrives_whole_and_a_broken_one_ends_the_connection() {
    let requests = ["GET /large.bin HTTP/1.1", "GET /small.txt HTTP/1.1"];
    let whole = exchange(hosting(None), &requests).await;
    let (_, after) = whole.split_once("\r\n\r\n").expect("a head");
    assert!(after.starts_with(&format!("{}HTTP/1.1 200 OK", "x".repeat(LARGE))));
    assert!(whole.ends_with("\r\n\r\nsmall"));
    // The second piece cannot be read: fewer bytes than announced, and nothing after them.
    let broken = exchange(hosting(Some(1)), &requests).await;
    assert!(broken.contains("content-length: 600000"));
    let (_, body) = broken.split_once("\r\n\r\n").expect("a head");
    assert!(body.len() < LARGE && body.bytes().all(|byte| byte == b'x'));
}
