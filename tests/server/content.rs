//! Manifests and frames, made and sent step by step.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use zerodeploy::content::blob::{BlobBitmap, BlobId};
use zerodeploy::content::frame::{self, Encoding, FrameHeader, LONGEST_PART};
use zerodeploy::content::manifest::{self, Manifest};
use zerodeploy::content::path::SitePath;

use crate::harness::{Api, text};
use crate::support::Response;

/// A path and what is there.
pub(crate) type File<'a> = (&'a str, &'a [u8]);

/// The manifest of some files.
pub(crate) fn manifest(files: &[File<'_>]) -> Manifest {
    let entry = |(path, content): &File<'_>| {
        (SitePath::new(path).expect("a legal path"), BlobId::of(content), content.len() as u64)
    };
    Manifest::build(files.iter().map(entry).collect()).expect("a manifest")
}

/// A content as one frame, or in its canonical parts.
pub(crate) fn frames(content: &[u8]) -> Vec<u8> {
    let starts = (0..content.len().max(1)).step_by(LONGEST_PART as usize);
    starts.flat_map(|start| part(content, start)).collect()
}

/// The part of a content that begins at `start`.
pub(crate) fn part(content: &[u8], start: usize) -> Vec<u8> {
    let end = content.len().min(start + LONGEST_PART as usize);
    frame_of(BlobId::of(content), start as u64, &content[start..end])
}

/// A frame that says whatever a test wants it to say.
pub(crate) fn frame_of(blob: BlobId, start: u64, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("fits a frame");
    let header = FrameHeader { blob, start, length, encoding: Encoding::Identity };
    [&header.encode(), bytes].concat()
}

/// Bytes as a manifest travels.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory")
}

/// The bitmap in an answer's field.
#[track_caller]
pub(crate) fn bitmap(value: &Value) -> BlobBitmap {
    serde_json::from_value(value.clone()).expect("a bitmap")
}

/// The contents that a bitmap marks, in the manifest's order.
pub(crate) fn marked(files: &[File<'_>], bitmap: &BlobBitmap) -> Vec<BlobId> {
    let distinct = manifest(files).distinct_blobs().expect("one size each");
    bitmap.positions().map(|position| distinct[position].0).collect()
}

impl Api {
    /// Begins a deployment with a manifest.
    pub(crate) async fn begin(&mut self, site: &str, files: &[File<'_>]) -> Response {
        self.begin_with(site, &gzip(manifest(files).as_bytes())).await
    }

    /// Begins a deployment with compressed bytes that need not be a manifest.
    pub(crate) async fn begin_with(&mut self, site: &str, compressed: &[u8]) -> Response {
        let fields = [("Content-Type", manifest::MEDIA_TYPE), ("Content-Encoding", "gzip")];
        self.send("POST", &format!("/sites/{site}/deployments"), &fields, compressed).await
    }

    /// Begins a deployment with a manifest's id.
    pub(crate) async fn begin_known(&mut self, site: &str, manifest: BlobId) -> Response {
        self.post(&format!("/sites/{site}/deployments"), &json!({ "manifest_id": manifest })).await
    }

    /// Sends frames.
    pub(crate) async fn upload(&mut self, deployment: &str, frames: &[u8]) -> Response {
        let fields = [("Content-Type", frame::MEDIA_TYPE)];
        self.send("POST", &format!("/deployments/{deployment}/blobs"), &fields, frames).await
    }

    /// Finishes a deployment.
    pub(crate) async fn finish(&mut self, deployment: &str, options: &Value) -> Response {
        self.post(&format!("/deployments/{deployment}/finish"), options).await
    }

    /// Begins a deployment, sends what is missing, and tells its id.
    pub(crate) async fn prepare(&mut self, site: &str, files: &[File<'_>]) -> String {
        let begun = self.begin(site, files).await.expect(201).data();
        let id = text(&begun, "deployment_id").to_owned();
        let missing = marked(files, &bitmap(&begun["missing"]));
        let content =
            |blob: &BlobId| files.iter().find(|file| BlobId::of(file.1) == *blob).expect("one of the files").1;
        for blob in &missing {
            // A content at a time: all of them might exceed what one request may send.
            for start in (0..content(blob).len().max(1)).step_by(LONGEST_PART as usize) {
                self.upload(&id, &part(content(blob), start)).await.expect(200);
            }
        }
        id
    }

    /// Deploys files to a site's own address; the new deployment's id.
    pub(crate) async fn deploy(&mut self, site: &str, files: &[File<'_>]) -> String {
        text(&self.deploy_with(site, files, &json!({})).await, "deployment_id").to_owned()
    }

    /// Deploys files; the finished deployment.
    pub(crate) async fn deploy_with(&mut self, site: &str, files: &[File<'_>], options: &Value) -> Value {
        let id = self.prepare(site, files).await;
        self.finish(&id, options).await.expect(200).data()
    }
}
