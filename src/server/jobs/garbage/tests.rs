//! What goes, what stays, and what happens when deploys and collection meet.

use super::*;
use crate::api::deployments::FinishDeployment;
use crate::content::frame::{Encoding, FrameHeader};
use crate::server::services::begin;
use crate::server::testing_server::{TestServer, frames, manifest};

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn run(server: &TestServer) -> Collected {
    collect(server.state()).await.expect("collects")
}

/// Contents of a length that no other number gives.
fn contents(count: usize, length: usize) -> Vec<(String, Vec<u8>)> {
    (0..count).map(|number| (format!("{number}.bin"), format!("{number:0length$}").into_bytes())).collect()
}

fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).collect()
}

#[tokio::test]
async fn what_no_deployment_needs_goes_with_its_packs() {
    let server = TestServer::start().await;
    server.create_site("shop").await;
    server.deploy("blog", &[("index.html", b"kept"), ("old.html", b"of the release before")]).await.expect("deployed");
    server.deploy("blog", &[("index.html", b"kept")]).await.expect("deployed");
    server.deploy("shop", &[("index.html", b"gone"), ("same.html", b"kept")]).await.expect("deployed");
    assert_eq!(run(&server).await, Collected::default(), "nothing is garbage yet");
    server.delete_site("shop").await;
    let before = server.pack_files().len();
    let collected = run(&server).await;
    // One content and one manifest, each in a pack of its own.
    assert_eq!((collected.rows, collected.packs, collected.left_over), (2, 2, 0));
    assert_eq!(server.pack_files().len(), before - 2);
    assert!(server.has(b"kept").await && server.has(b"of the release before").await && !server.has(b"gone").await);
    assert_eq!(run(&server).await, Collected::default(), "all is done");
}

#[tokio::test]
async fn an_abandoned_upload_lives_for_a_day() {
    let server = TestServer::start().await;
    let begun = server.begin("blog", manifest(&[("index.html", b"sent"), ("b.html", b"never sent")])).await;
    let begun = begun.expect("begins");
    server.send(&begun, frames(b"sent")).await.expect("taken");
    server.clock.advance(DAY - 60_000);
    assert_eq!(run(&server).await, Collected::default());
    assert!(server.has(b"sent").await);
    server.clock.advance(120_000);
    assert_eq!(run(&server).await.rows, 2);
    assert!(!server.has(b"sent").await);
    assert_eq!(server.pack_files(), Vec::<std::path::PathBuf>::new());
    let refused = server.finish(&begun, FinishDeployment::default()).await.expect_err("is over");
    assert_eq!(refused.code, crate::api::ErrorCode::Conflict);
}

/// A deployment's row comes before its manifest; collection may look between the two.
#[tokio::test]
async fn a_deployment_that_stores_its_manifest_after_marking_keeps_its_contents() {
    let server = TestServer::start().await;
    server.create_site("shop").await;
    server.deploy("shop", &[("index.html", b"reused")]).await.expect("deployed");
    server.delete_site("shop").await;
    let state = server.state();

    let next = manifest(&[("index.html", b"reused"), ("more.html", b"reused")]);
    let organization = server.organization().await;
    let site = db::sites::find(state.db.read(), "blog").await.expect("reads").expect("is there");
    let mut write = state.db.write().await.expect("a transaction");
    let row = db::deployments::NewDeployment {
        id: Uuid::now_v7(),
        short_id: "0123456789",
        site: site.id,
        organization,
        manifest: next.id(),
        file_count: 2,
        total_size: 12,
        created_by: "a test",
        created_at: state.now(),
    };
    assert!(db::deployments::insert(&mut write, row).await.expect("inserts"));
    write.commit().await.expect("commits");

    let mut live = Live::default();
    live.add(state, db::deployments::roots(state.db.read()).await.expect("roots")).await.expect("marks");
    let dead = dead(state, &live).await.expect("lists");
    assert!(dead.contains(&(organization, BlobId::of(b"reused"))), "nothing names it yet");
    begin::ensure_stored(state, organization, &next, next.id()).await.expect("stored");
    // From here on the deployment counts on what it was told is there.
    sweep(state, &dead, &mut live).await.expect("sweeps");
    assert!(server.has(b"reused").await && server.has(next.as_bytes()).await);
}

/// A pack is entered in the index in several transactions when it has many contents.
#[tokio::test]
async fn a_pack_that_is_being_entered_in_the_index_stays() {
    let server = TestServer::start().await;
    let (state, organization) = (server.state(), server.organization().await);
    let mut pack = state.packs.create(organization);
    let header = FrameHeader { blob: BlobId::of(b"half"), start: 0, length: 4, encoding: Encoding::Identity };
    pack.append(&header, b"half").expect("appends");
    let finished = pack.finish().expect("finishes").expect("has a frame");
    assert_eq!(run(&server).await, Collected::default(), "not in the index at all");
    let mut write = state.db.write().await.expect("a transaction");
    let inserted = db::packs::insert(&mut write, finished.file, organization, finished.size, state.now()).await;
    inserted.expect("inserts");
    write.commit().await.expect("commits");
    assert_eq!(run(&server).await, Collected::default(), "its rows are still to come");
    assert_eq!(server.pack_files().len(), 1);
    drop(finished);
    assert_eq!(run(&server).await, Collected { rows: 0, packs: 1, left_over: 0 });
    assert_eq!(server.pack_files().len(), 0);
}

#[tokio::test]
async fn what_a_crash_left_behind_goes() {
    let server = TestServer::start().await;
    server.deploy("blog", &[("index.html", b"live")]).await.expect("deployed");
    let packs = server.pack_files();
    let left_over = packs[0].with_file_name(format!("{}.pack", Uuid::now_v7()));
    std::fs::write(&left_over, "half a pack").expect("written");
    clean_up(server.state()).await.expect("cleans up");
    assert!(!left_over.exists() && packs.iter().all(|pack| pack.exists()));
}

#[tokio::test]
async fn packs_of_tiny_contents_are_not_taken_for_garbage() {
    let server = TestServer::start().await;
    let files = contents(200, 5);
    server.deploy("blog", &borrowed(&files)).await.expect("deployed");
    let packs = server.pack_files();
    assert_eq!(run(&server).await, Collected::default());
    assert_eq!(server.pack_files(), packs);
}

#[tokio::test]
async fn packs_that_are_mostly_garbage_are_rewritten() {
    let server = TestServer::start().await;
    server.create_site("shop").await;
    let files = contents(100, 10_000);
    server.deploy("shop", &borrowed(&files)).await.expect("deployed");
    server.deploy("blog", &borrowed(&files[..10])).await.expect("deployed");
    server.delete_site("shop").await;
    let size = |server: &TestServer| -> u64 {
        server.pack_files().iter().map(|pack| pack.metadata().expect("is there").len()).sum()
    };
    let before = size(&server);
    let collected = run(&server).await;
    assert_eq!(collected.rows, 91, "90 contents and a manifest");
    let after = size(&server);
    assert!(before > 1_000_000 && after < 110_000, "{before} -> {after}");
    for (path, content) in &files[..10] {
        assert!(server.has(content).await, "{path}");
    }
    assert_eq!(run(&server).await, Collected::default());
}

#[tokio::test]
async fn many_small_packs_become_one_and_variants_stay() {
    let server = TestServer::start().await;
    let text = "the same words again and again ".repeat(500);
    let mut files = Vec::new();
    for number in 0..20 {
        files.push((format!("{number:02}.html"), format!("{number} {text}").into_bytes()));
        server.deploy("blog", &borrowed(&files)).await.expect("deployed");
    }
    let (state, organization) = (server.state(), server.organization().await);
    let located = async |content: &[u8]| {
        state.store.locate(organization, BlobId::of(content)).await.expect("reads").expect("is there")
    };
    // The job that makes variants runs beside.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    for (path, content) in &files {
        while !located(content).await.variants_decided {
            assert!(std::time::Instant::now() < deadline, "no variants of {path}");
            tokio::task::yield_now().await;
        }
    }
    let before = server.pack_files().len();
    assert!(before > 40, "a pack for each manifest and each upload: {before}");
    let variant = located(&files[7].1).await.gzip.expect("text is compressible");
    let length = variant.length;
    let bytes = state.store.read(&variant, 0..length).await.expect("readable");
    run(&server).await;
    assert!(server.pack_files().len() <= 2, "{:?}", server.pack_files());
    for (path, content) in &files {
        assert!(server.has(content).await, "{path}");
        let found = located(content).await;
        assert!(found.gzip.is_some() && found.brotli.is_some() && found.variants_decided, "{path}");
    }
    assert_eq!(state.store.read(&variant, 0..length).await.expect("found where it is now"), bytes);
    assert_eq!(run(&server).await, Collected::default());
}

#[tokio::test]
async fn a_content_that_was_deleted_and_sent_again_stays_where_it_is() {
    let server = TestServer::start().await;
    server.create_site("shop").await;
    let files = contents(100, 1000);
    server.deploy("shop", &borrowed(&files)).await.expect("deployed");
    let (state, organization) = (server.state(), server.organization().await);
    let usage = db::packs::usage(state.db.read()).await.expect("reads");
    let (pack, _) = usage.into_iter().max_by_key(|(pack, _)| pack.size).expect("a pack");
    let parts = db::blobs::in_pack(state.db.read(), pack.id).await.expect("reads");
    // As a rewriting would have read it, before the content was collected and sent again.
    let stale = parts.into_iter().find(|part| part.blob == BlobId::of(&files[0].1)).expect("is in there");
    let mut write = state.db.write().await.expect("a transaction");
    db::blobs::delete(&mut write, organization, stale.blob).await.expect("deletes");
    write.commit().await.expect("commits");
    server.deploy("blog", &borrowed(&files[..1])).await.expect("deployed");
    let before = state.store.locate(organization, stale.blob).await.expect("reads").expect("is there").identity;
    let mut write = state.db.write().await.expect("a transaction");
    db::blobs::relocate(&mut write, organization, &stale, pack.id, 32).await.expect("runs");
    write.commit().await.expect("commits");
    let after = state.store.locate(organization, stale.blob).await.expect("reads").expect("is there").identity;
    assert_eq!(before, after);
    assert!(server.has(&files[0].1).await);
}

/// Deploys of all kinds, sites that go, and readers, while collection runs without a pause.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deploys_and_readers_never_notice_a_collection() {
    let server = Arc::new(TestServer::start().await);
    let files = contents(7_000, 12);
    let (deploys, mut tasks) = (8, tokio::task::JoinSet::new());
    for lane in 0..4 {
        let (server, files) = (Arc::clone(&server), files.clone());
        tasks.spawn(async move {
            let site = format!("site-{lane}");
            for round in 0..deploys {
                server.create_site(&site).await;
                // Lanes share contents and whole manifests, of which the others' deletions make garbage.
                let first = (round % 3) * 500;
                let count = if lane == 0 { 5_500 } else { 40 };
                server.deploy(&site, &borrowed(&files[first..first + count])).await.expect("deployed");
                let extra = format!("{lane}/{round}").into_bytes();
                let options = FinishDeployment { append: true, ..FinishDeployment::default() };
                server.deploy_with(&site, &[("extra.txt", &extra)], options).await.expect("appended");
                for (path, content) in files[first..first + count].iter().step_by(97) {
                    assert!(server.has(content).await, "{site} {round} {path}");
                }
                assert!(server.has(&extra).await, "{site} {round}");
                server.delete_site(&site).await;
            }
        });
    }
    let mut collections = 0;
    while !tasks.is_empty() {
        run(&server).await;
        collections += 1;
        while let Some(ended) = tasks.try_join_next() {
            ended.expect("a lane went through");
        }
    }
    assert!(collections > 3, "only {collections} collections");
    run(&server).await;
    assert_eq!(server.pack_files().len(), 0, "all sites are gone");
}

/// Runs a change up to where it waits for the writer, takes a content away as a sweep would, and lets the change go on.
async fn taken_while_waiting<T>(server: &TestServer, taken: &[u8], change: impl Future<Output = T>) -> T {
    let mut write = server.state().db.write().await.expect("a transaction");
    let rows = db::blobs::delete(&mut write, server.organization().await, BlobId::of(taken)).await.expect("deletes");
    assert_eq!(rows, 1, "it was there");
    let mut change = std::pin::pin!(change);
    let waits = tokio::time::timeout(std::time::Duration::from_millis(300), &mut change).await;
    assert!(waits.is_err(), "it needs the writer");
    write.commit().await.expect("commits");
    change.await
}

#[tokio::test]
async fn a_manifest_that_is_collected_while_its_deployment_begins_is_stored_again() {
    let server = TestServer::start().await;
    server.create_site("shop").await;
    server.deploy("shop", &[("index.html", b"reused")]).await.expect("deployed");
    server.delete_site("shop").await;
    let next = manifest(&[("index.html", b"reused")]);
    let begun = taken_while_waiting(&server, next.as_bytes(), server.begin("blog", next.clone())).await;
    let begun = begun.expect("begins");
    assert!(server.has(next.as_bytes()).await);
    server.finish(&begun, FinishDeployment::default()).await.expect("finishes");
}

#[tokio::test]
async fn a_merged_manifest_that_is_collected_before_it_is_published_is_stored_again() {
    let server = TestServer::start().await;
    server.create_site("shop").await;
    let both: [(&str, &[u8]); 2] = [("a.html", b"a"), ("b.html", b"b")];
    server.deploy("shop", &both).await.expect("deployed");
    server.delete_site("shop").await;
    server.deploy("blog", &both[..1]).await.expect("deployed");
    let begun = server.begin("blog", manifest(&both[1..])).await.expect("begins");
    let options = FinishDeployment { append: true, ..FinishDeployment::default() };
    let merged = manifest(&both);
    let finished = taken_while_waiting(&server, merged.as_bytes(), server.finish(&begun, options)).await;
    assert_eq!(finished.expect("finishes").deployment.manifest_id, merged.id());
    assert!(server.has(merged.as_bytes()).await);
}
