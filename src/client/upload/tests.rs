//! Uploads to a server that keeps whole frames, as ours does.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request as Received, Respond, ResponseTemplate};

use super::*;
use crate::api::deployments::{PartialBlob, UploadLimits};
use crate::client::fault_tests::client;
use crate::content::frame::{FrameHeader, HEADER_LENGTH, MEDIA_TYPE};

const MIB: usize = 1024 * 1024;

/// Contents by id, each as a map from offset to bytes; and how many requests came.
#[derive(Default)]
struct Kept {
    contents: BTreeMap<BlobId, BTreeMap<u64, Vec<u8>>>,
    requests: usize,
    largest: usize,
}

/// Keeps frames; answers the first requests as `faults` say.
struct Store {
    kept: Arc<Mutex<Kept>>,
    faults: Mutex<Vec<ResponseTemplate>>,
}

impl Respond for Store {
    fn respond(&self, request: &Received) -> ResponseTemplate {
        assert_eq!(request.headers["content-type"], MEDIA_TYPE);
        assert_eq!(request.headers["content-length"], request.body.len().to_string());
        let mut kept = self.kept.lock().expect("not poisoned");
        kept.requests += 1;
        kept.largest = kept.largest.max(request.body.len());
        if let Some(fault) = self.faults.lock().expect("not poisoned").pop() {
            return fault;
        }
        let (mut rest, mut frames) = (request.body.as_slice(), 0);
        while let Some((header, content)) = rest.split_first_chunk::<HEADER_LENGTH>() {
            let header = FrameHeader::decode(header).expect("a header");
            let (content, next) = content.split_at(header.length as usize);
            kept.contents.entry(header.blob).or_default().insert(header.start, content.to_vec());
            (rest, frames) = (next, frames + 1);
        }
        assert!(rest.is_empty());
        let answer = format!(r#"{{"data": {{"frames": {frames}, "bytes": {}}}}}"#, request.body.len());
        ResponseTemplate::new(200).set_body_raw(answer, "application/json")
    }
}

struct Setting {
    server: MockServer,
    kept: Arc<Mutex<Kept>>,
    sources: Vec<Source>,
    begun: BegunDeployment,
    folder: tempfile::TempDir,
}

/// A folder of files with these sizes, and a server that lacks all of them.
async fn setting(sizes: &[usize], request_bytes: u64, faults: Vec<ResponseTemplate>) -> Setting {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sources: Vec<Source> =
        sizes.iter().enumerate().map(|(number, size)| file(folder.path(), number, *size)).collect();
    sources.sort_by_key(|source| source.blob);
    let mut missing = BlobBitmap::empty(sources.len());
    (0..sources.len()).for_each(|position| missing.insert(position));
    let deployment_id: DeploymentId = "0123456789".parse().expect("an id");
    let begun = BegunDeployment {
        deployment_id,
        manifest_id: BlobId::of(b"manifest"),
        missing,
        partial: Vec::new(),
        limits: UploadLimits { request_bytes, parallel_requests: 3 },
    };
    let (server, kept) = (MockServer::start().await, Arc::<Mutex<Kept>>::default());
    let store = Store { kept: Arc::clone(&kept), faults: Mutex::new(faults) };
    let blobs = Mock::given(method("POST")).and(path(format!("/deployments/{deployment_id}/blobs")));
    blobs.respond_with(store).mount(&server).await;
    Setting { server, kept, sources, begun, folder }
}

fn file(folder: &Path, number: usize, size: usize) -> Source {
    let content: Vec<u8> = (0..size).map(|at| (at * 31 + at / 251 + number) as u8).collect();
    let path = folder.join(number.to_string());
    std::fs::write(&path, &content).expect("written");
    Source { blob: BlobId::of(&content), size: size as u64, path }
}

impl Setting {
    async fn upload(&self) -> Result<UploadSummary, UploadError> {
        upload(&client(&self.server.uri()), &self.begun, &self.sources, &|_| ()).await
    }

    fn assert_all_arrived(&self) {
        let kept = self.kept.lock().expect("not poisoned");
        assert_eq!(kept.contents.len(), self.sources.len());
        for source in &self.sources {
            let content: Vec<u8> = kept.contents[&source.blob].values().flatten().copied().collect();
            assert_eq!(BlobId::of(&content), source.blob, "{}", source.path.display());
        }
    }
}

#[tokio::test]
async fn many_files_arrive_whole_and_progress_ends_at_the_total() {
    let sizes: Vec<usize> = (1..=300).map(|number| number * number / 4).chain([17 * MIB, MIB]).collect();
    let setting = setting(&sizes, 9 * MIB as u64, vec![]).await;
    let reports = Mutex::new(Vec::new());
    let report = |progress: UploadProgress| reports.lock().expect("not poisoned").push(progress);
    let summary =
        upload(&client(&setting.server.uri()), &setting.begun, &setting.sources, &report).await.expect("sent");
    setting.assert_all_arrived();
    assert_eq!(summary, UploadSummary { blobs: 302, bytes: sizes.iter().sum::<usize>() as u64 });
    let last = *reports.lock().expect("not poisoned").last().expect("a report");
    assert_eq!((last.sent, last.durable), (last.total, last.total));
    assert!(setting.kept.lock().expect("not poisoned").largest <= 9 * MIB);
}

#[tokio::test]
async fn a_failed_request_is_sent_again_as_it_was() {
    // Failed, and limited.
    let fault = |status| ResponseTemplate::new(status).insert_header("retry-after", "0");
    let setting = setting(&[10, 0, MIB], 32 * MIB as u64, vec![fault(500), fault(429)]).await;
    setting.upload().await.expect("sent");
    setting.assert_all_arrived();
    assert_eq!(setting.kept.lock().expect("not poisoned").requests, 3);
}

#[tokio::test]
async fn only_what_is_missing_is_sent_from_where_it_is_missing() {
    let mut setting = setting(&[100, 9 * MIB], 32 * MIB as u64, vec![]).await;
    let (large, small) = if setting.sources[0].size > 100 { (0, 1) } else { (1, 0) };
    setting.begun.missing.remove(small);
    let blob = setting.sources[large].blob;
    setting.begun.partial = vec![PartialBlob { blob, received_bytes: 8 * MIB as u64 }];
    let summary = setting.upload().await.expect("sent");
    assert_eq!(summary, UploadSummary { blobs: 1, bytes: MIB as u64 });
    let kept = setting.kept.lock().expect("not poisoned");
    assert_eq!(kept.contents.keys().collect::<Vec<_>>(), [&blob]);
    assert_eq!(kept.contents[&blob].keys().collect::<Vec<_>>(), [&(8 * MIB as u64)]);
}

#[tokio::test]
async fn a_changed_file_is_told_apart_and_not_sent_again() {
    let setting = setting(&[100, 2000], 32 * MIB as u64, vec![]).await;
    std::fs::write(setting.folder.path().join("1"), "shorter").expect("written");
    let changed = setting.sources.iter().find(|source| source.size == 2000).expect("a source").blob;
    match setting.upload().await {
        Err(UploadError::Changed(blobs)) => assert_eq!(blobs, [changed]),
        other => panic!("{other:?}"),
    }
    std::fs::remove_file(setting.folder.path().join("1")).expect("removed");
    assert!(matches!(setting.upload().await, Err(UploadError::Unreadable(_))));
    assert_eq!(setting.kept.lock().expect("not poisoned").contents.len(), 0);
}

#[tokio::test]
async fn a_content_that_the_server_finds_wrong_is_to_be_scanned_again() {
    let named = BlobId::of(b"named");
    for (limits, count) in [(String::new(), 2), (format!(r#", "limits": {{"blob": "{named}"}}"#), 1)] {
        let body = format!(r#"{{"error": {{"code": "blob_mismatch", "message": "another hash"{limits}}}}}"#);
        let fault = ResponseTemplate::new(422).set_body_raw(body, "application/json");
        let setting = setting(&[100, 2000], 32 * MIB as u64, vec![fault]).await;
        match setting.upload().await {
            Err(UploadError::Changed(blobs)) => assert!(blobs.len() == count && (count == 2 || blobs == [named])),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_is_refused() {
    let mut setting = setting(&[1], 32 * MIB as u64, vec![]).await;
    setting.begun.missing.insert(3);
    assert!(
        matches!(setting.upload().await, Err(UploadError::Client(error)) if error.code == ErrorCode::NotZeroDeploy)
    );
}
