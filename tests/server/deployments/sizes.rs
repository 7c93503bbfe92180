//! The size that a manifest gives a content is a claim: it is checked, and a false one harms nobody else.

use serde_json::json;
use zerodeploy::content::blob::BlobId;
use zerodeploy::content::frame::LONGEST_PART;
use zerodeploy::content::manifest::Manifest;
use zerodeploy::content::path::SitePath;

use crate::content::{frame_of, gzip};
use crate::harness::{Api, Server, text};

const PART: usize = LONGEST_PART as usize;
const CONTENT: &[u8] = b"what is in the store";

/// The sites `blog`, which has CONTENT, and `shop` of the same organization.
async fn server() -> (Server, Api) {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    owner.deploy("blog", &[("page.html", CONTENT)]).await;
    (server, owner)
}

/// The manifest of one file with this content, said to be of this size.
fn lying(blob: BlobId, size: u64) -> Vec<u8> {
    let path = SitePath::new("a.bin").expect("a legal path");
    gzip(Manifest::build(vec![(path, blob, size)]).expect("a manifest").as_bytes())
}

#[tokio::test]
async fn a_size_that_is_not_the_contents_own_is_never_believed() {
    let (server, mut owner) = server().await;
    let refused = owner.begin_with("blog", &lying(BlobId::of(CONTENT), CONTENT.len() as u64 + 1)).await;
    let refused = refused.refusal(422, "blob_mismatch");
    assert_eq!(refused["limits"], json!({ "blob": BlobId::of(CONTENT) }));
    assert_eq!(server.visitor("blog").get("/page.html").await.body, CONTENT, "the honest one is left alone");
}

#[tokio::test]
async fn a_lie_about_a_content_does_not_stand_in_the_way_of_the_truth() {
    let (server, mut owner) = server().await;
    let body = json!({ "site": "shop", "permissions": ["deployments:write"] });
    let mut liar = server.api(text(&owner.create_token(body).await, "token"));
    let content = vec![7u8; 100_000];
    let blob = BlobId::of(&content);
    // The content is said to be huge, so its first part is taken before its hash can be known.
    let begun = liar.begin_with("shop", &lying(blob, 20 << 20)).await.expect(201).data();
    for start in [0, PART] {
        let frame = frame_of(blob, start as u64, &vec![b'x'; PART]);
        liar.upload(text(&begun, "deployment_id"), &frame).await.expect(200);
    }
    owner.deploy("blog", &[("a.bin", &content)]).await;
    assert!(server.visitor("blog").get("/a.bin").await.expect(200).body == content);
}

#[tokio::test]
async fn parts_for_a_false_size_never_become_part_of_the_content() {
    let (mut server, mut owner) = server().await;
    let large: Vec<u8> = (0..5u32 << 18).flat_map(|number| (number * 7).to_le_bytes()).collect();
    let blob = BlobId::of(&large);
    let files: &[(&str, &[u8])] = &[("large.bin", &large)];
    let honest = owner.begin("blog", files).await.expect(201).data();
    let false_size = 40 << 20;
    let lie = owner.begin_with("shop", &lying(blob, false_size)).await.expect(201).data();
    let id = text(&lie, "deployment_id").to_owned();
    owner.upload(&id, &frame_of(blob, 2 * PART as u64, &vec![b'x'; PART])).await.expect(200);
    let again = owner.begin("blog", files).await.expect(201).data();
    assert_eq!(again["partial"], json!([]), "it does not count for the true size");
    // What lies behind the true end does not stand in the way of it either.
    for start in (0..large.len()).step_by(PART) {
        owner.upload(text(&honest, "deployment_id"), &crate::content::part(&large, start)).await.expect(200);
    }
    owner.finish(text(&honest, "deployment_id"), &json!({})).await.expect(200);
    // After a restart every content of a manifest is taken again.
    server.restart().await;
    let mut owner = server.owner();
    let late = owner.upload(&id, &frame_of(blob, 4 * PART as u64, &vec![b'x'; PART])).await;
    assert!(matches!(late.status, 200 | 422), "{}", late.text());
    let answer = server.visitor("blog").get("/large.bin").await.expect(200);
    assert!(answer.body == large, "{} bytes", answer.body.len());
    assert!(matches!(owner.finish(&id, &json!({})).await.status, 409 | 422));
}
