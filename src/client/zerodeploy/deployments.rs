//! `/deployments`, and the three steps that make one.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::ZeroDeploy;
use crate::api::ErrorCode;
use crate::api::deployments::{
    BeginDeployment, BegunDeployment, DeployedFile, Deployment, FinishDeployment, FinishedDeployment, LogEntry,
    ReceivedBlobs,
};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;
use crate::client::stream::StreamedBody;
use crate::content::manifest::{self, Manifest};
use crate::domain::deployment_id::DeploymentId;

impl ZeroDeploy {
    /// A site's deployments, newest first, at most `limit`.
    pub async fn deployments(&self, site: &str, limit: Option<u32>) -> Result<Vec<Deployment>, ClientError> {
        self.list(&["sites", site, "deployments"], &[], limit).await
    }

    /// One deployment.
    pub async fn deployment(&self, id: &DeploymentId) -> Result<Deployment, ClientError> {
        self.data(Call::get(&["deployments", id.as_str()])).await
    }

    /// All files of a deployment, by path.
    pub async fn deployment_files(&self, id: &DeploymentId) -> Result<Vec<DeployedFile>, ClientError> {
        self.list(&["deployments", id.as_str(), "files"], &[], None).await
    }

    /// What happened to a deployment, oldest first.
    pub async fn deployment_logs(&self, id: &DeploymentId) -> Result<Vec<LogEntry>, ClientError> {
        self.data(Call::get(&["deployments", id.as_str(), "logs"])).await
    }

    /// Step 1: names every file by its content, and learns which contents are missing.
    pub async fn begin_deployment(&self, site: &str, manifest: &Manifest) -> Result<BegunDeployment, ClientError> {
        let bytes = manifest.as_bytes().clone();
        let compressed = tokio::task::spawn_blocking(move || {
            // Most of a manifest is hashes, on which a higher level gains nothing.
            let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len()), Compression::fast());
            encoder.write_all(&bytes).and_then(|()| encoder.finish())
        });
        let compressed =
            compressed.await.map_err(|_| std::io::Error::other("a task failed")).flatten().map_err(|error| {
                ClientError::new(ErrorCode::ValidationFailed, format!("the manifest cannot be compressed: {error}"))
            })?;
        let body = Payload::Gzip(manifest::MEDIA_TYPE, compressed.into());
        self.data(Call::post(&["sites", site, "deployments"], body, Repeat::Harmful)).await
    }

    /// Step 1 for a manifest that the organization has: only its id travels.
    ///
    /// # Errors
    /// `manifest_unknown` when it has not; then [`ZeroDeploy::begin_deployment`] is the way.
    pub async fn begin_known_deployment(
        &self,
        site: &str,
        begin: &BeginDeployment,
    ) -> Result<BegunDeployment, ClientError> {
        let body = Payload::json(begin)?;
        self.data(Call::post(&["sites", site, "deployments"], body, Repeat::Harmful)).await
    }

    /// Step 2: sends frames. What the answer counts is on the server's disk; sending it twice changes nothing.
    pub(crate) async fn send_blobs(
        &self,
        id: &DeploymentId,
        frames: StreamedBody,
    ) -> Result<ReceivedBlobs, ClientError> {
        let path = ["deployments", id.as_str(), "blobs"];
        self.data(Call::post(&path, Payload::Stream(frames), Repeat::Harmless)).await
    }

    /// Step 3: publishes. A deployment that is finished already is answered the same way.
    ///
    /// # Errors
    /// `blobs_missing` with the bitmap of what to send again in `limits`.
    pub async fn finish_deployment(
        &self,
        id: &DeploymentId,
        finish: &FinishDeployment,
    ) -> Result<FinishedDeployment, ClientError> {
        let path = ["deployments", id.as_str(), "finish"];
        self.data(Call::post(&path, Payload::json(finish)?, Repeat::Harmless)).await
    }
}
