//! Sending contents: only what was asked for, in whole frames that stay.

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use zerodeploy::content::blob::BlobId;
use zerodeploy::content::frame::{HEADER_LENGTH, LONGEST_PART, MEDIA_TYPE};

use crate::client::{connect, read_response};
use crate::content::{File, bitmap, frame_of, frames, marked};
use crate::harness::{Api, Server, text, wait_for};

const FILES: &[File<'static>] = &[("a.txt", b"first"), ("b.txt", b"second"), ("c.txt", b"third")];

async fn begun(owner: &mut Api, files: &[File<'_>]) -> String {
    text(&owner.begin("blog", files).await.expect(201).data(), "deployment_id").to_owned()
}

/// The contents that a new begin names as missing.
async fn missing(owner: &mut Api, files: &[File<'_>]) -> Vec<BlobId> {
    marked(files, &bitmap(&owner.begin("blog", files).await.expect(201).data()["missing"]))
}

fn sorted<const COUNT: usize>(contents: [&[u8]; COUNT]) -> Vec<BlobId> {
    let mut ids = contents.map(BlobId::of).to_vec();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn frames_are_counted_and_kept() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = begun(&mut owner, FILES).await;
    let answer = owner.upload(&id, &[frames(b"first"), frames(b"third")].concat()).await.expect(200);
    assert_eq!(answer.data(), json!({ "frames": 2, "bytes": 10 }));
    assert_eq!(missing(&mut owner, FILES).await, sorted([b"second"]));
    assert_eq!(owner.upload(&id, b"").await.expect(200).data(), json!({ "frames": 0, "bytes": 0 }));
    // An answer that got lost is asked for again.
    owner.upload(&id, &frames(b"first")).await.expect(200);
    owner.upload(&id, &frames(b"second")).await.expect(200);
    owner.finish(&id, &json!({})).await.expect(200);
    assert_eq!(server.count("SELECT count(*) FROM blobs WHERE encoding = 0").await, 4, "with the manifest");
    let packs = server.count("SELECT count(*) FROM packs").await;
    assert_eq!(std::fs::read_dir(server.data_dir().join("packs")).expect("packs").count(), packs as usize);

    let late = owner.upload(&id, &frames(b"first")).await.refusal(409, "conflict");
    assert!(text(&late, "message").contains("takes no more files"), "{late}");
    owner.upload("0000000000", b"").await.refusal(404, "not_found");
}

#[tokio::test]
async fn nothing_but_what_was_named_missing_is_taken() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    owner.deploy("shop", &[("b.txt", b"second")]).await;
    let id = begun(&mut owner, FILES).await;
    let (first, foreign) = (BlobId::of(b"first"), frames(b"foreign"));
    for (frames, code) in [
        (foreign, "validation_failed"),
        // It is here already, so it was not asked for.
        (frames(b"second"), "validation_failed"),
        // Not its declared size, nor one of its parts.
        (frame_of(first, 0, b"firs"), "validation_failed"),
        (frame_of(first, 0, b"first!"), "validation_failed"),
        (frame_of(first, 5, b""), "validation_failed"),
        (frame_of(first, 1, b"irst"), "validation_failed"),
        (frame_of(first, u64::MAX, b"x"), "validation_failed"),
        (b"too short".to_vec(), "bad_request"),
        (frames(b"first")[..HEADER_LENGTH + 2].to_vec(), "bad_request"),
    ] {
        let status = if code == "bad_request" { 400 } else { 422 };
        owner.upload(&id, &frames).await.refusal(status, code);
    }
    for encoding in [1, 2, 3, 255] {
        let mut variant = frames(b"first");
        variant[44] = encoding;
        owner.upload(&id, &variant).await.refusal(400, "bad_request");
    }
    assert_eq!(missing(&mut owner, FILES).await, sorted([b"first", b"third"]));
    let fields = [("Content-Type", "application/octet-stream")];
    let wrong = owner.send("POST", &format!("/deployments/{id}/blobs"), &fields, &frames(b"first")).await;
    wrong.refusal(415, "unsupported_media_type");
}

#[tokio::test]
async fn a_content_with_another_hash_is_refused_and_what_came_before_stays() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = begun(&mut owner, FILES).await;
    let lying = frame_of(BlobId::of(b"second"), 0, b"sEcond");
    let refused = owner.upload(&id, &[frames(b"first"), lying, frames(b"third")].concat()).await;
    let refused = refused.refusal(422, "blob_mismatch");
    assert_eq!(refused["limits"], json!({ "blob": BlobId::of(b"second") }));
    assert_eq!(missing(&mut owner, FILES).await, sorted([b"second", b"third"]), "nothing after it is taken");
    owner.upload(&id, &[frames(b"second"), frames(b"third")].concat()).await.expect(200);
    owner.finish(&id, &json!({})).await.expect(200);
    assert_eq!(server.visitor("blog").get("/b.txt").await.text(), "second");
}

#[tokio::test]
async fn empty_and_equal_files_travel_once() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let files: &[File<'_>] = &[("empty.txt", b""), ("none.css", b""), ("one.txt", b"same"), ("two.txt", b"same")];
    let begun = owner.begin("blog", files).await.expect(201).data();
    assert_eq!(begun["missing"], "03");
    let id = text(&begun, "deployment_id");
    let answer = owner.upload(id, &[frames(b""), frames(b"same")].concat()).await.expect(200);
    assert_eq!(answer.data(), json!({ "frames": 2, "bytes": 4 }));
    let finished = owner.finish(id, &json!({})).await.expect(200).data();
    assert_eq!((&finished["file_count"], &finished["total_size_bytes"]), (&json!(4), &json!(8)));
    let mut visitor = server.visitor("blog");
    for (path, content) in files {
        let answer = visitor.get(&format!("/{path}")).await.expect(200);
        assert_eq!(
            (answer.body.as_slice(), answer.header("content-length")),
            (*content, Some(&*content.len().to_string()))
        );
    }
}

#[tokio::test]
async fn a_request_has_a_largest_size() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = begun(&mut owner, FILES).await;
    let refused = owner.upload(&id, &vec![0; (32 << 20) + 1]).await.refusal(413, "payload_too_large");
    assert_eq!(refused["limits"], json!({ "request_bytes": 32 << 20 }));
    assert_eq!(missing(&mut owner, FILES).await.len(), 3);
}

#[tokio::test]
async fn a_body_of_unknown_length_is_cut_at_the_largest_size() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let contents: Vec<Vec<u8>> = (0..5).map(|byte| vec![byte; LONGEST_PART as usize]).collect();
    let paths: Vec<String> = (0..5).map(|number| format!("{number}.bin")).collect();
    let files: Vec<File<'_>> = paths.iter().zip(&contents).map(|(path, c)| (path.as_str(), c.as_slice())).collect();
    let id = begun(&mut owner, &files).await;
    let mut stream = connect(server.address()).await;
    let head = format!(
        "POST /deployments/{id}/blobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {MEDIA_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.session()
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    for content in &contents {
        let frame = frames(content);
        stream.write_all(format!("{:x}\r\n", frame.len()).as_bytes()).await.expect("sent");
        stream.write_all(&frame).await.expect("sent");
        stream.write_all(b"\r\n").await.expect("sent");
    }
    stream.write_all(b"0\r\n\r\n").await.expect("sent");
    let refused = read_response(&mut stream, "POST").await.refusal(413, "payload_too_large");
    assert_eq!(refused["limits"], json!({ "request_bytes": 32 << 20 }));
    assert_eq!(missing(&mut owner, &files).await.len(), 2, "what was whole by then is kept");
}

#[tokio::test]
async fn whole_frames_survive_a_connection_that_breaks() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = begun(&mut owner, FILES).await;
    let body = [frames(b"first"), frames(b"second")].concat();
    let mut stream = connect(server.address()).await;
    let head = format!(
        "POST /deployments/{id}/blobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {MEDIA_TYPE}\r\nContent-Length: {}\r\n\r\n",
        server.session(),
        body.len()
    );
    stream.write_all(&[head.as_bytes(), &body[..body.len() - 3]].concat()).await.expect("sent");
    drop(stream);
    let left = wait_for("the first frame", async || {
        Some(missing(&mut owner, FILES).await).filter(|missing| missing.len() < 3)
    });
    assert_eq!(left.await, sorted([b"second", b"third"]));
    owner.upload(&id, &[frames(b"second"), frames(b"third")].concat()).await.expect(200);
    owner.finish(&id, &json!({})).await.expect(200);
}

#[tokio::test]
async fn several_requests_for_one_deployment_at_once() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let contents: Vec<String> = (0..40).map(|number| format!("content {number}")).collect();
    let files: Vec<File<'_>> = contents.iter().map(|content| (content.as_str(), content.as_bytes())).collect();
    let id = begun(&mut owner, &files).await;
    let sending = contents.chunks(10).map(|contents| {
        let mut api = server.owner();
        let (id, body): (_, Vec<u8>) = (id.clone(), contents.iter().flat_map(|one| frames(one.as_bytes())).collect());
        async move { api.upload(&id, &body).await.expect(200).data()["frames"].clone() }
    });
    assert_eq!(futures_util::future::join_all(sending).await, [10, 10, 10, 10]);
    owner.finish(&id, &json!({})).await.expect(200);
}

#[tokio::test]
async fn a_token_that_is_deleted_while_contents_arrive_leaves_nothing() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = begun(&mut owner, FILES).await;
    let token = owner.create_token(json!({ "site": "blog" })).await;
    let body = [frames(b"first"), frames(b"second")].concat();
    let head = format!(
        "POST /deployments/{id}/blobs HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\
         Content-Type: {MEDIA_TYPE}\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        text(&token, "token"),
        body.len()
    );
    let mut stream = connect(server.address()).await;
    stream.write_all(head.as_bytes()).await.expect("sent");
    // Once the server wants the body, it has checked the token.
    let mut interim = vec![0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
    stream.read_exact(&mut interim).await.expect("an interim answer");
    assert!(interim.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&interim));
    // A whole frame and the beginning of another.
    let (before, after) = body.split_at(frames(b"first").len() + 10);
    stream.write_all(before).await.expect("sent");
    owner.delete(&format!("/tokens/{}", text(&token, "id"))).await.expect(200);
    stream.write_all(after).await.expect("sent");
    read_response(&mut stream, "POST").await.refusal(401, "token_revoked");
    assert_eq!(missing(&mut owner, FILES).await, sorted([b"first", b"second", b"third"]));
    // The same on the connection that is kept.
    stream.write_all(head.as_bytes()).await.expect("sent");
    read_response(&mut stream, "POST").await.refusal(401, "token_revoked");
}
