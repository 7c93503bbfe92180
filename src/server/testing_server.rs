//! A server in this process, for tests that look behind its API.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::caller::{Caller, Scope};
use super::error::ServiceError;
use super::services::begin::{self, Start};
use super::services::{finish, receive, sites};
use super::settings::Settings;
use super::start::{Running, start};
use super::state::State;
use super::{Clock, db};
use crate::api::deployments::{BegunDeployment, FinishDeployment, FinishedDeployment};
use crate::api::sites::CreateSite;
use crate::content::blob::BlobId;
use crate::content::frame::{Encoding, FrameHeader, LONGEST_PART};
use crate::content::manifest::Manifest;
use crate::content::path::SitePath;

/// A running server and its owner.
pub(crate) struct TestServer {
    pub(crate) caller: Caller,
    pub(crate) clock: Clock,
    running: Running,
    _folder: TempDir,
}

/// The files of a site.
pub(crate) type Files<'a> = &'a [(&'a str, &'a [u8])];

impl TestServer {
    /// A server with the site `blog`.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::default();
        let listen = ([127, 0, 0, 1], 0).into();
        let settings = Settings { listen, clock: clock.clone(), ..Settings::new(folder.path().join("data")) };
        let running = start(settings).await.expect("starts");
        let user = db::users::owner(running.state.db.read()).await.expect("reads").expect("an owner");
        let caller = Caller { user, scope: Scope::Person, token: None, prefix: String::new(), expires_at: None };
        let server = TestServer { caller, clock, running, _folder: folder };
        server.create_site("blog").await;
        server
    }

    pub(crate) fn state(&self) -> &Arc<State> {
        &self.running.state
    }

    /// Files in the packs' folder.
    pub(crate) fn pack_files(&self) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(self.running.data_dir.join("packs")).expect("listed");
        folder.map(|entry| entry.expect("an entry").path()).collect()
    }

    pub(crate) async fn create_site(&self, slug: &str) {
        let create = CreateSite { slug: slug.parse().expect("a slug"), org: "personal".parse().expect("a slug") };
        sites::create(self.state(), &self.caller, &create).await.expect("a new site");
    }

    pub(crate) async fn delete_site(&self, slug: &str) {
        sites::delete(self.state(), &self.caller, slug).await.expect("deleted");
    }

    pub(crate) async fn begin(&self, site: &str, manifest: Manifest) -> Result<BegunDeployment, ServiceError> {
        let site = begin::open(self.state(), &self.caller, site).await?;
        begin::begin(self.state(), &self.caller, &site, Start::Manifest(manifest)).await
    }

    pub(crate) async fn send(&self, begun: &BegunDeployment, frames: Vec<u8>) -> Result<u64, ServiceError> {
        self.send_from(begun, Cursor::new(frames)).await
    }

    pub(crate) async fn send_from(
        &self,
        begun: &BegunDeployment,
        body: impl Read + Send + 'static,
    ) -> Result<u64, ServiceError> {
        let receiving = receive::open(self.state(), &self.caller, begun.deployment_id).await?;
        Ok(receive::receive(self.state(), &receiving, body).await?.frames)
    }

    pub(crate) async fn finish(
        &self,
        begun: &BegunDeployment,
        options: FinishDeployment,
    ) -> Result<FinishedDeployment, ServiceError> {
        finish::finish(self.state(), &self.caller, begun.deployment_id, &options).await
    }

    /// Deploys files and sends what is missing, as a client does.
    pub(crate) async fn deploy(&self, site: &str, files: Files<'_>) -> Result<FinishedDeployment, ServiceError> {
        self.deploy_with(site, files, FinishDeployment::default()).await
    }

    pub(crate) async fn deploy_with(
        &self,
        site: &str,
        files: Files<'_>,
        options: FinishDeployment,
    ) -> Result<FinishedDeployment, ServiceError> {
        let begun = self.begin(site, manifest(files)).await?;
        let blobs = manifest(files).distinct_blobs().expect("fitting sizes");
        let contents: HashMap<BlobId, &[u8]> =
            files.iter().map(|(_, content)| (BlobId::of(content), *content)).collect();
        let missing: Vec<u8> =
            begun.missing.positions().flat_map(|position| frames(contents[&blobs[position].0])).collect();
        if !missing.is_empty() {
            self.send(&begun, missing).await?;
        }
        self.finish(&begun, options).await
    }

    /// The organization of the sites.
    pub(crate) async fn organization(&self) -> uuid::Uuid {
        let found = db::organizations::find(self.state().db.read(), self.caller.user.id, "personal").await;
        found.expect("reads").expect("is there").id
    }

    /// Whether a content is stored and is what its id says.
    pub(crate) async fn has(&self, content: &[u8]) -> bool {
        let (organization, blob) = (self.organization().await, BlobId::of(content));
        if self.state().store.locate(organization, blob).await.expect("reads").is_none() {
            return false;
        }
        let read = self.state().store.read_whole(organization, blob).await.expect("is readable");
        assert_eq!(read, content, "another content");
        true
    }
}

pub(crate) fn manifest(files: Files<'_>) -> Manifest {
    let entry = |(path, content): &(&str, &[u8])| {
        (SitePath::new(path).expect("a path"), BlobId::of(content), content.len() as u64)
    };
    Manifest::build(files.iter().map(entry).collect()).expect("a manifest")
}

/// A content as it travels: in one frame, or in parts.
pub(crate) fn frames(content: &[u8]) -> Vec<u8> {
    let count = content.len().div_ceil(LONGEST_PART as usize).max(1);
    (0..count).flat_map(|number| part(content, number)).collect()
}

/// One part of a content.
pub(crate) fn part(content: &[u8], number: usize) -> Vec<u8> {
    let start = number * LONGEST_PART as usize;
    let bytes = &content[start..content.len().min(start + LONGEST_PART as usize)];
    let length = u32::try_from(bytes.len()).expect("a part is short");
    let header = FrameHeader { blob: BlobId::of(content), start: start as u64, length, encoding: Encoding::Identity };
    [&header.encode(), bytes].concat()
}
