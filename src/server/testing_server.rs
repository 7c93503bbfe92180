//! [`TestState`] with a signed-in owner and the site `blog`, for tests of what happens to contents.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::JoinSet;

use super::Clock;
use super::caller::Caller;
use super::error::ServiceError;
use super::jobs;
use super::services::begin::{self, Start};
use super::services::{finish, receive, sites};
use super::state::State;
use super::testing::TestState;
use super::testing::frame;
pub(crate) use super::testing::{frames, manifest};
use crate::api::deployments::{BegunDeployment, FinishDeployment, FinishedDeployment};
use crate::content::blob::BlobId;
use crate::content::frame::LONGEST_PART;
use crate::content::manifest::Manifest;

/// A server's parts and their owner.
pub(crate) struct TestServer {
    pub(crate) caller: Caller,
    pub(crate) clock: Clock,
    test: TestState,
    _jobs: JoinSet<()>,
}

/// The files of a site.
pub(crate) type Files<'a> = &'a [(&'a str, &'a [u8])];

impl TestServer {
    /// A server with the site `blog`.
    pub(crate) async fn start() -> Self {
        let test = TestState::new().await;
        let (caller, clock) = (test.owner.clone(), test.state.clock.clone());
        let server = TestServer { caller, clock, _jobs: jobs::start(&test.state), test };
        server.create_site("blog").await;
        server
    }

    pub(crate) fn state(&self) -> &Arc<State> {
        &self.test.state
    }

    /// Files in the packs' folder.
    pub(crate) fn pack_files(&self) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(self.test.folder().join("packs")).expect("listed");
        folder.map(|entry| entry.expect("an entry").path()).collect()
    }

    pub(crate) async fn create_site(&self, slug: &str) {
        self.test.site(&self.caller, "personal", slug).await;
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
        self.test.organization_id("personal").await
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

/// One part of a content.
pub(crate) fn part(content: &[u8], number: usize) -> Vec<u8> {
    let start = number * LONGEST_PART as usize;
    frame(BlobId::of(content), number, &content[start..content.len().min(start + LONGEST_PART as usize)])
}
