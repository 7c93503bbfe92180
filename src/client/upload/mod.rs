//! Sends the contents that a deployment lacks: several requests at once, each read from the files while it is sent.
//!
//! A request is durable on the server once it is answered, and the unit of retry: after a failure the same frames are
//! sent again, and the server passes over those that it has.

mod body;
mod plan;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};

use self::plan::{Request, Wanted};
use super::error::ClientError;
use super::zerodeploy::ZeroDeploy;
use crate::api::ErrorCode;
use crate::api::deployments::BegunDeployment;
use crate::content::blob::{BlobBitmap, BlobId};
use crate::content::frame::LONGEST_PART;
use crate::content::part::{ReadError, Source};
use crate::domain::deployment_id::DeploymentId;

/// Time between two reports of progress.
const REPORT_INTERVAL: Duration = Duration::from_millis(200);

/// How far an upload has come, in bytes of request bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadProgress {
    /// Handed to the network.
    pub sent: u64,
    /// On the server's disk.
    pub durable: u64,
    /// All that is to be sent.
    pub total: u64,
}

/// What an upload sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UploadSummary {
    /// Contents that were missing.
    pub blobs: u64,
    /// Bytes of them that were sent.
    pub bytes: u64,
}

impl UploadSummary {
    /// Adds another round.
    pub fn add(&mut self, other: UploadSummary) {
        self.blobs += other.blobs;
        self.bytes += other.bytes;
    }
}

/// Why an upload ended early.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Files are no longer what was scanned; these contents must be scanned again.
    #[error("files changed after they were scanned")]
    Changed(Vec<BlobId>),
    /// A file cannot be read any more.
    #[error(transparent)]
    Unreadable(ReadError),
    /// The server or the network failed.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Sends what `begun` lists as missing. `sources` has one file for each distinct content of the manifest, ascending by
/// id: the order that the bitmap counts in. Memory does not grow with the contents.
///
/// # Errors
/// `Changed` when a file is not what it was when it was scanned, whether that is noticed here or by the server.
pub async fn upload(
    client: &ZeroDeploy,
    begun: &BegunDeployment,
    sources: &[Source],
    report: &(dyn Fn(UploadProgress) + Sync),
) -> Result<UploadSummary, UploadError> {
    let wanted = wanted(begun, sources)?;
    let plan = plan::plan(&wanted, &begun.limits)
        .map_err(|error| ClientError::new(ErrorCode::PayloadTooLarge, error.to_string()))?;
    let requests = plan.chains.iter().flatten();
    let total = requests.clone().map(|request| request.body_bytes).sum();
    let bytes = requests.map(Request::content_bytes).sum();
    let upload = Upload {
        client,
        deployment: &begun.deployment_id,
        sources,
        sent: Arc::new(AtomicU64::new(0)),
        durable: AtomicU64::new(0),
    };
    let progress = || {
        report(UploadProgress {
            sent: upload.sent.load(Ordering::Relaxed),
            durable: upload.durable.load(Ordering::Relaxed),
            total,
        });
    };

    let lanes = futures_util::stream::iter(&plan.chains)
        .map(|chain| upload.send_chain(chain))
        .buffer_unordered(plan.lanes)
        .try_collect::<()>();
    let mut lanes = std::pin::pin!(lanes);
    let mut ticks = tokio::time::interval(REPORT_INTERVAL);
    loop {
        tokio::select! {
            result = &mut lanes => {
                result?;
                progress();
                return Ok(UploadSummary { blobs: wanted.len() as u64, bytes });
            }
            _ = ticks.tick() => progress(),
        }
    }
}

/// What all requests of an upload share.
struct Upload<'a> {
    client: &'a ZeroDeploy,
    deployment: &'a DeploymentId,
    sources: &'a [Source],
    sent: Arc<AtomicU64>,
    durable: AtomicU64,
}

impl Upload<'_> {
    async fn send_chain(&self, chain: &[Request]) -> Result<(), UploadError> {
        for request in chain {
            self.send(request).await?;
            self.durable.fetch_add(request.body_bytes, Ordering::Relaxed);
        }
        Ok(())
    }

    async fn send(&self, request: &Request) -> Result<(), UploadError> {
        let (body, outcome) = body::body(request, self.sources, &self.sent);
        let Err(error) = self.client.send_blobs(self.deployment, body).await else { return Ok(()) };
        if let Some((blob, error)) = outcome.take_unreadable() {
            return Err(match error {
                ReadError::Changed(_) => UploadError::Changed(vec![blob]),
                error => UploadError::Unreadable(error),
            });
        }
        if error.code == ErrorCode::BlobMismatch {
            let named = error.limits.as_ref().and_then(|limits| limits.get("blob")?.as_str()?.parse().ok());
            let all = || request.parts.iter().map(|part| self.sources[part.source].blob).collect();
            return Err(UploadError::Changed(named.map_or_else(all, |blob| vec![blob])));
        }
        Err(error.into())
    }
}

/// Which contents to send, and from which byte on.
fn wanted(begun: &BegunDeployment, sources: &[Source]) -> Result<Vec<Wanted>, ClientError> {
    let wanted = positions(&begun.missing, sources.len())?.into_iter().map(|position| {
        let Source { blob, size, .. } = &sources[position];
        let received = begun.partial.iter().find(|partial| partial.blob == *blob).map(|partial| partial.received_bytes);
        // A content that is whole and yet missing was damaged: from the start then.
        let whole_parts = received.filter(|received| received < size).unwrap_or(0) / u64::from(LONGEST_PART);
        Wanted { source: position, start: whole_parts * u64::from(LONGEST_PART), size: *size }
    });
    Ok(wanted.collect())
}

fn positions(missing: &BlobBitmap, count: usize) -> Result<Vec<usize>, ClientError> {
    // Looked at before anything is kept: the bitmap's length is the server's choice.
    if missing.positions().any(|position| position >= count) {
        return Err(ClientError::new(
            ErrorCode::NotZeroDeploy,
            "the server asks for contents that the site does not have",
        ));
    }
    Ok(missing.positions().collect())
}

#[cfg(test)]
mod tests;
