//! `/deployments` and how a deployment is uploaded.
//!
//! 1. `POST /sites/{site}/deployments` begins it with a manifest (or only the id of one that the organization has). The
//!    answer is [`BegunDeployment`]: what is missing, and the limits.
//! 2. `POST /deployments/{deployment_id}/blobs` sends frames, in as many requests as the limits ask for. The answer is
//!    [`ReceivedBlobs`]; what it counts is durable.
//! 3. `POST /deployments/{deployment_id}/finish` publishes it.

use serde::{Deserialize, Serialize};

use crate::content::blob::{BlobBitmap, BlobId};
use crate::domain::deployment_id::DeploymentId;

/// How far a deployment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum DeploymentStatus {
    /// Begun, not finished
    Pending,
    /// Complete, and served under its own host name
    Ready,
    /// Given up: it was not finished within 24 hours
    Failed,
}

impl DeploymentStatus {
    /// The name in lists, JSON and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            DeploymentStatus::Pending => "pending",
            DeploymentStatus::Ready => "ready",
            DeploymentStatus::Failed => "failed",
        }
    }
}

/// A deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Deployment {
    /// The short id, as host names have it.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub deployment_id: DeploymentId,
    /// The site's slug.
    pub site: String,
    /// The organization's slug.
    pub org: String,
    /// How far it has come.
    pub status: DeploymentStatus,
    /// Whether it is what the site serves now.
    pub is_current: bool,
    /// Whether it was made as a preview.
    pub is_preview: bool,
    /// The site's own address.
    pub url: String,
    /// The address of this deployment alone.
    pub preview_url: String,
    /// Number of files.
    pub file_count: u64,
    /// Sum of the files' sizes in bytes.
    pub total_size_bytes: u64,
    /// What its maker said about it.
    pub message: Option<String>,
    /// The manifest's id.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub manifest_id: BlobId,
    /// Who made it: a person, or a person's token by its name.
    pub created_by: String,
    /// When it was begun.
    pub created_at: jiff::Timestamp,
    /// When it was finished.
    pub finished_at: Option<jiff::Timestamp>,
}

/// The JSON body of `POST /sites/{site}/deployments`, for a manifest that the organization already has (409
/// `manifest_unknown` otherwise). A manifest itself is sent as its own media type, compressed with gzip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginDeployment {
    /// The manifest's id.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub manifest_id: BlobId,
}

/// A deployment that waits for contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct BegunDeployment {
    /// The new deployment's id.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub deployment_id: DeploymentId,
    /// The manifest's id as the server computed it.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub manifest_id: BlobId,
    /// Which of the manifest's distinct contents, ascending by id, the organization lacks.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub missing: BlobBitmap,
    /// Missing contents of which a first part is already here.
    pub partial: Vec<PartialBlob>,
    /// What one request and one client may send.
    pub limits: UploadLimits,
}

/// How far a content in parts has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct PartialBlob {
    /// Which content.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub blob: BlobId,
    /// Bytes that are durable, from the start without a gap.
    pub received_bytes: u64,
}

/// Limits that the server sets for uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct UploadLimits {
    /// Most bytes in one request's body, frames' headers included.
    pub request_bytes: u64,
    /// Most requests at once for one deployment.
    pub parallel_requests: u32,
}

/// The answer to frames: all that it counts is on disk and in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ReceivedBlobs {
    /// Whole frames kept.
    pub frames: u64,
    /// Bytes of content kept.
    pub bytes: u64,
}

/// The body of `POST /deployments/{deployment_id}/finish`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishDeployment {
    /// Do not publish it on the site's own address.
    #[serde(default)]
    pub preview: bool,
    /// Lay the files over those of the current deployment instead of replacing them.
    #[serde(default)]
    pub append: bool,
    /// At most 500 characters about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A finished deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FinishedDeployment {
    /// The deployment.
    #[serde(flatten)]
    pub deployment: Deployment,
    /// What the site served before; null when it served nothing or nothing changed hands.
    #[cfg_attr(feature = "server", schema(value_type = Option<String>))]
    pub replaced_deployment_id: Option<DeploymentId>,
}

/// The `limits` of 409 `blobs_missing`: which contents to send again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct MissingBlobs {
    /// Which of the manifest's distinct contents, ascending by id, are missing.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub missing: BlobBitmap,
}

/// One file of a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct DeployedFile {
    /// The path inside the site.
    pub path: String,
    /// The content's id.
    #[cfg_attr(feature = "server", schema(value_type = String))]
    pub blob: BlobId,
    /// The content's size.
    pub size_bytes: u64,
    /// The media type that it is served with.
    pub content_type: String,
}

/// One line of a deployment's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LogEntry {
    /// When it happened.
    pub at: jiff::Timestamp,
    /// `begun`, `published`, `ready`, `promoted`, `rolled_back` or `failed`.
    pub event: String,
    /// What happened, for people.
    pub message: String,
}
