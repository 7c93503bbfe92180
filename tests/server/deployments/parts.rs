//! Contents over 8 MiB, which travel in parts.

use serde_json::{Value, json};
use zerodeploy::content::blob::BlobId;
use zerodeploy::content::frame::LONGEST_PART;

use crate::content::{File, bitmap, frame_of, part};
use crate::harness::{Server, text};

const PART: usize = LONGEST_PART as usize;

/// 20 MiB: two whole parts and half of one.
fn content() -> Vec<u8> {
    (0..20u32 << 18).flat_map(u32::to_le_bytes).collect()
}

#[tokio::test]
async fn a_large_content_is_resumed_after_a_restart() {
    let mut server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let content = content();
    let files: &[File<'_>] = &[("large.bin", &content), ("small.txt", b"small")];
    let begun = owner.begin("blog", files).await.expect(201).data();
    let first = text(&begun, "deployment_id").to_owned();
    assert_eq!(begun["partial"], json!([]));
    let answer = owner.upload(&first, &part(&content, 0)).await.expect(200).data();
    assert_eq!(answer, json!({ "frames": 1, "bytes": PART }));
    // A part behind a gap is kept, but what counts is the run from the start.
    owner.upload(&first, &part(&content, 2 * PART)).await.expect(200);

    server.restart().await;
    let mut owner = server.owner();
    let again = owner.begin("blog", files).await.expect(201).data();
    assert_eq!(bitmap(&again["missing"]).count(), 2, "it is not whole yet");
    assert_eq!(again["partial"], json!([{ "blob": BlobId::of(&content), "received_bytes": PART }]));
    // The deployment from before the restart goes on, and so does the new one.
    owner.upload(&first, &part(&content, PART)).await.expect(200);
    let whole = owner.begin("blog", files).await.expect(201).data();
    assert_eq!((&whole["partial"], bitmap(&whole["missing"]).count()), (&json!([]), 1));
    let id = text(&again, "deployment_id");
    // What this deployment was told is missing is taken though another one has sent it by now.
    owner.upload(id, &part(&content, 0)).await.expect(200);
    owner.upload(id, &part(b"small", 0)).await.expect(200);
    owner.finish(id, &json!({})).await.expect(200);
    owner.finish(&first, &json!({})).await.expect(200);

    let mut visitor = server.visitor("blog");
    let answer = visitor.get("/large.bin").await.expect(200);
    assert!(answer.body == content, "all bytes, in order");
    let range = [("Range", format!("bytes={}-{}", PART - 2, PART + 1))];
    let range: Vec<(&str, &str)> = range.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = visitor.send("GET", "/large.bin", &range, b"").await.expect(206);
    assert_eq!(answer.body, content[PART - 2..PART + 2], "across two parts");
}

#[tokio::test]
async fn parts_have_fixed_places() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let content = content();
    let blob = BlobId::of(&content);
    let begun = owner.begin("blog", &[("large.bin", &content)]).await.expect(201).data();
    let id = text(&begun, "deployment_id");
    for frame in [
        frame_of(blob, 0, &content),
        frame_of(blob, 0, &content[..PART - 1]),
        frame_of(blob, 0, &content[..PART + 1]),
        frame_of(blob, 1, &content[1..PART + 1]),
        frame_of(blob, 2 * PART as u64, &content[2 * PART..][..PART / 4]),
        frame_of(blob, 3 * PART as u64, b""),
        frame_of(blob, 0, b""),
    ] {
        let refused = owner.upload(id, &frame).await.refusal(422, "validation_failed");
        assert!(text(&refused, "message").contains("8388608"), "{refused}");
    }
}

#[tokio::test]
async fn parts_that_make_up_something_else_are_thrown_away() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let content = content();
    let files: &[File<'_>] = &[("large.bin", &content)];
    let begun = owner.begin("blog", files).await.expect(201).data();
    let id = text(&begun, "deployment_id");
    let mut wrong = content[PART..2 * PART].to_vec();
    wrong[17] ^= 1;
    for start in [0, 2 * PART] {
        owner.upload(id, &part(&content, start)).await.expect(200);
    }
    let refused = owner.upload(id, &frame_of(BlobId::of(&content), PART as u64, &wrong)).await;
    let refused = refused.refusal(422, "blob_mismatch");
    assert_eq!(refused["limits"], json!({ "blob": BlobId::of(&content) }));
    let again = owner.begin("blog", files).await.expect(201).data();
    assert_eq!((&again["missing"], &again["partial"]), (&json!("01"), &json!([])), "nobody knows which part was wrong");
    owner.finish(id, &json!({})).await.refusal(409, "blobs_missing");
    for start in [0, PART, 2 * PART] {
        owner.upload(id, &part(&content, start)).await.expect(200);
    }
    let finished = owner.finish(id, &json!({})).await.expect(200).data();
    assert_eq!((&finished["total_size_bytes"], &finished["message"]), (&json!(20 << 20), &Value::Null));
    assert!(server.visitor("blog").get("/large.bin").await.body == content);
}
