//! Contents in parts: interrupted at every point, and announced with a size that is not theirs.

use super::receive;
use crate::api::ErrorCode;
use crate::api::deployments::FinishDeployment;
use crate::content::blob::BlobId;
use crate::content::frame::{Encoding, FrameHeader, LONGEST_PART};
use crate::content::manifest::Manifest;
use crate::content::path::SitePath;
use crate::server::testing_server::{TestServer, frames, manifest, part};

const PART: usize = LONGEST_PART as usize;

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|position| (position / 7 % 251) as u8).collect()
}

/// Frames without their headers' hashes being true: zeros in place of a content's parts.
fn zeros(blob: BlobId, start: u64, length: u32) -> Vec<u8> {
    let header = FrameHeader { blob, start, length, encoding: Encoding::Identity };
    [&header.encode()[..], &vec![0; length as usize]].concat()
}

#[tokio::test]
async fn an_upload_goes_on_after_the_parts_that_are_there() {
    let server = TestServer::start().await;
    let large = content(2 * PART + 5);
    let files: [(&str, &[u8]); 1] = [("large.bin", &large)];
    let first = server.begin("blog", manifest(&files)).await.expect("begins");
    assert!(first.partial.is_empty());
    server.send(&first, part(&large, 0)).await.expect("taken");
    let second = server.begin("blog", manifest(&files)).await.expect("begins");
    assert_eq!((second.partial.len(), second.partial[0].received_bytes), (1, PART as u64));
    // Cut off in the middle of the last part: the whole one before it is kept.
    let cut: Vec<u8> = [part(&large, 1), part(&large, 2)].concat();
    let refused = server.send(&second, cut[..cut.len() - 2].to_vec()).await.expect_err("is cut off");
    assert_eq!(refused.code, ErrorCode::BadRequest);
    let third = server.begin("blog", manifest(&files)).await.expect("begins");
    assert_eq!(third.partial[0].received_bytes, 2 * PART as u64);
    server.send(&third, part(&large, 2)).await.expect("taken");
    assert!(server.has(&large).await);
    server.finish(&third, FinishDeployment::default()).await.expect("finishes");
}

/// The server died between the last part's index entry and the check of the whole.
#[tokio::test]
async fn parts_that_are_all_there_are_checked_without_being_sent_again() {
    let server = TestServer::start().await;
    let large = content(2 * PART + 5);
    let files: [(&str, &[u8]); 1] = [("large.bin", &large)];
    let sizes = manifest(&files).distinct_blobs().expect("fitting sizes");
    let mut pack = server.state().packs.create(server.organization().await);
    for (number, bytes) in large.chunks(PART).enumerate() {
        let length = u32::try_from(bytes.len()).expect("a part is short");
        let start = (number * PART) as u64;
        let header = FrameHeader { blob: BlobId::of(&large), start, length, encoding: Encoding::Identity };
        pack.append(&header, bytes).expect("appends");
    }
    let pack = pack.finish().expect("finishes");
    receive::index(server.state(), server.organization().await, pack, &sizes, None).await.expect("indexes");

    let begun = server.begin("blog", manifest(&files)).await.expect("begins");
    assert_eq!(begun.partial[0].received_bytes, 2 * PART as u64, "the last part has to come once more");
    server.send(&begun, part(&large, 2)).await.expect("taken");
    server.finish(&begun, FinishDeployment::default()).await.expect("finishes");
    assert!(server.has(&large).await);
}

/// What a wrong manifest announced, or a file that changed under it, does not stand in the way of the right content.
#[tokio::test]
async fn parts_of_another_size_do_not_stand_in_the_way() {
    for (length, wrong_size, sent) in [
        (5, 20 << 20, vec![0]),
        (5, 20 << 20, vec![1]),
        (5, 20 << 20, vec![0, 1]),
        (PART + 5, 2 * PART + 5, vec![0, 1]),
        (2 * PART + 5, PART + 5, vec![0]),
        (2 * PART + 5, 3 * PART, vec![2, 1]),
    ] {
        let server = TestServer::start().await;
        let right = content(length);
        let blob = BlobId::of(&right);
        let path = SitePath::new("a.bin").expect("a path");
        let wrong = Manifest::build(vec![(path, blob, wrong_size as u64)]).expect("a manifest");
        let begun = server.begin("blog", wrong).await.expect("begins");
        for number in sent {
            let start = number * PART;
            let part = zeros(blob, start as u64, (wrong_size - start).min(PART) as u32);
            server.send(&begun, part).await.expect("nobody can tell yet");
        }
        let files: [(&str, &[u8]); 1] = [("b.bin", &right)];
        let begun = server.begin("blog", manifest(&files)).await.expect("begins");
        assert!(begun.partial.is_empty(), "{length} of {wrong_size}: those parts are another content's");
        server.send(&begun, frames(&right)).await.expect("taken");
        server.finish(&begun, FinishDeployment::default()).await.expect("finishes");
        assert!(server.has(&right).await, "{length} of {wrong_size}");
    }
}

#[tokio::test]
async fn parts_that_do_not_make_up_their_content_are_forgotten() {
    let server = TestServer::start().await;
    let right = content(PART + 5);
    let files: [(&str, &[u8]); 1] = [("a.bin", &right)];
    let begun = server.begin("blog", manifest(&files)).await.expect("begins");
    server.send(&begun, zeros(BlobId::of(&right), 0, LONGEST_PART)).await.expect("nobody can tell yet");
    let refused = server.send(&begun, part(&right, 1)).await.expect_err("not the announced content");
    assert_eq!(refused.code, ErrorCode::BlobMismatch);
    let refused = server.finish(&begun, FinishDeployment::default()).await.expect_err("is missing");
    assert_eq!(refused.code, ErrorCode::BlobsMissing);
    server.send(&begun, frames(&right)).await.expect("taken");
    server.finish(&begun, FinishDeployment::default()).await.expect("finishes");
    assert!(server.has(&right).await);
}
