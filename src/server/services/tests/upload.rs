//! What gets in, and what does not.

use crate::api::ErrorCode;
use crate::content::blob::BlobId;
use crate::content::frame::LONGEST_PART;
use crate::server::error::ServiceError;
use crate::server::services::begin::{self, Start};
use crate::server::settings::Limits;
use crate::server::testing::{TestState, frame, frames, manifest, manifest_of};

const PART: usize = LONGEST_PART as usize;

fn code<T>(result: Result<T, ServiceError>) -> ErrorCode {
    result.err().expect("refused").code
}

async fn test() -> TestState {
    let test = TestState::new().await;
    test.site(&test.owner, "personal", "blog").await;
    test.site(&test.owner, "personal", "docs").await;
    test
}

/// What a visitor would be sent of a content.
async fn served(test: &TestState, content: &[u8]) -> Vec<u8> {
    let organization = test.organization_id("personal").await;
    test.state.store.read_whole(organization, BlobId::of(content)).await.expect("is there").to_vec()
}

#[tokio::test]
async fn a_manifest_that_lies_about_a_size_is_refused_when_the_content_is_here() {
    let test = test().await;
    test.deploy(&test.owner, "blog", &[("a.txt", b"seven b")]).await;
    for size in [0, 5, 8, u64::MAX] {
        let lie = manifest_of(&[("a.txt", BlobId::of(b"seven b"), size)]);
        assert_eq!(code(test.begin(&test.owner, "blog", &lie).await), ErrorCode::BlobMismatch, "{size}");
    }
}

#[tokio::test]
async fn a_manifest_that_lied_about_a_size_is_never_published() {
    let test = test().await;
    let lie = manifest_of(&[("a.txt", BlobId::of(b"seven b"), 5)]);
    let begun = test.begin(&test.owner, "blog", &lie).await.expect("nobody knows better yet");
    assert_eq!(code(test.finish(&test.owner, begun.deployment_id).await), ErrorCode::BlobsMissing);
    // The content comes with another deployment.
    test.deploy(&test.owner, "docs", &[("b.txt", b"seven b")]).await;
    assert_eq!(code(test.finish(&test.owner, begun.deployment_id).await), ErrorCode::BlobMismatch);
}

#[tokio::test]
async fn parts_of_a_wrong_size_do_not_keep_the_right_content_out() {
    let test = test().await;
    let small = b"small".as_slice();
    let large = [vec![1; PART], vec![2; 100]].concat();
    for content in [small, &large] {
        let lie = manifest_of(&[("a", BlobId::of(content), 3 * PART as u64)]);
        let begun = test.begin(&test.owner, "docs", &lie).await.expect("begins");
        for number in [0, 1] {
            let part = frame(BlobId::of(content), number, &vec![9; PART]);
            test.send(&test.owner, begun.deployment_id, part).await.expect("it may be true");
        }
        test.deploy(&test.owner, "blog", &[("a", content)]).await;
        assert_eq!(served(&test, content).await, content);

        // Now that the content is whole, nothing of it can be replaced.
        let late = [0, 1, 2].map(|number| frame(BlobId::of(content), number, &vec![9; PART])).concat();
        test.send(&test.owner, begun.deployment_id, late).await.expect("is written for nothing");
        assert_eq!(served(&test, content).await, content);
        assert_eq!(code(test.finish(&test.owner, begun.deployment_id).await), ErrorCode::BlobMismatch);
        test.deploy(&test.owner, "docs", &[("a", content)]).await;
    }
}

#[tokio::test]
async fn what_another_organization_holds_is_neither_offered_nor_taken() {
    let test = test().await;
    let stranger = test.stranger("rivals").await;
    test.site(&stranger, "rivals", "spy").await;
    let secret = b"the content of somebody else".as_slice();
    test.deploy(&test.owner, "blog", &[("a", secret)]).await;
    let stolen = manifest(&[("a", secret)]);

    let begun = test.begin(&stranger, "spy", &stolen).await.expect("begins");
    assert_eq!(begun.missing.count(), 1, "as if nobody had it");
    assert!(begun.partial.is_empty());
    assert_eq!(code(test.finish(&stranger, begun.deployment_id).await), ErrorCode::BlobsMissing);
    // Nor does a lie about its size tell anything.
    let lie = manifest_of(&[("a", BlobId::of(secret), 1)]);
    test.begin(&stranger, "spy", &lie).await.expect("begins");
    let site = begin::open(&test.state, &stranger, "spy").await.expect("theirs");
    let known = begin::begin(&test.state, &stranger, &site, Start::Known(manifest(&[("b", b"x")]).id())).await;
    let unknown = begin::begin(&test.state, &stranger, &site, Start::Known(BlobId::of(b"nothing"))).await;
    assert_eq!(code(known), code(unknown));
}

#[tokio::test]
async fn only_a_manifest_can_be_named_by_its_id() {
    let limits = Limits::default();
    let manifest_limits = crate::content::manifest::ManifestLimits { bytes: 1_000, ..limits.manifest };
    let test = TestState::with_limits(Limits { manifest: manifest_limits, ..limits }).await;
    test.site(&test.owner, "personal", "blog").await;
    let (no_manifest, too_large) = (b"ZDMF but nothing more".as_slice(), vec![b'x'; 1_001]);
    let deployed = test.deploy(&test.owner, "blog", &[("a", no_manifest), ("b", &too_large)]).await;
    let site = begin::open(&test.state, &test.owner, "blog").await.expect("there");
    let named = |id: BlobId| begin::begin(&test.state, &test.owner, &site, Start::Known(id));
    for content in [no_manifest, &too_large, b"unknown"] {
        assert_eq!(code(named(BlobId::of(content)).await), ErrorCode::ManifestUnknown);
    }
    let begun = named(deployed.deployment.manifest_id).await.expect("begins");
    assert_eq!(begun.missing.count(), 0);
}

#[tokio::test]
async fn a_deployment_of_a_site_that_was_deleted_is_not_found() {
    let test = test().await;
    let site = begin::open(&test.state, &test.owner, "blog").await.expect("there");
    let begun = test.begin(&test.owner, "blog", &manifest(&[("a", b"a")])).await.expect("begins");
    crate::server::services::sites::delete(&test.state, &test.owner, "blog").await.expect("deletes");
    let start = || Start::Manifest(manifest(&[("a", b"a")]));
    assert_eq!(code(begin::begin(&test.state, &test.owner, &site, start()).await), ErrorCode::NotFound);
    assert_eq!(code(test.send(&test.owner, begun.deployment_id, frames(b"a")).await), ErrorCode::NotFound);
    assert_eq!(code(test.finish(&test.owner, begun.deployment_id).await), ErrorCode::NotFound);
}
