//! `/sites`, and moving a site from one release to another.

use super::ZeroDeploy;
use crate::api::Deleted;
use crate::api::deployments::FinishedDeployment;
use crate::api::sites::{CreateSite, Promote, Rollback, Site};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;
use crate::domain::slug::{OrgSlug, SiteSlug};

impl ZeroDeploy {
    /// The sites that the credential reaches, all or those of one organization.
    pub async fn sites(&self, org: Option<&str>) -> Result<Vec<Site>, ClientError> {
        self.list(&["sites"], &[("org", org)], None).await
    }

    /// One site.
    pub async fn site(&self, slug: &str) -> Result<Site, ClientError> {
        self.data(Call::get(&["sites", slug])).await
    }

    /// Makes a site.
    pub async fn create_site(&self, org: &OrgSlug, slug: &SiteSlug) -> Result<Site, ClientError> {
        let body = Payload::json(&CreateSite { org: org.clone(), slug: slug.clone() })?;
        self.data(Call::post(&["sites"], body, Repeat::Harmful)).await
    }

    /// Deletes a site with all its deployments.
    pub async fn delete_site(&self, slug: &str) -> Result<Deleted, ClientError> {
        self.data(Call::delete(&["sites", slug])).await
    }

    /// Publishes an earlier release again.
    pub async fn rollback(&self, slug: &str, rollback: &Rollback) -> Result<FinishedDeployment, ClientError> {
        let body = Payload::json(rollback)?;
        self.data(Call::post(&["sites", slug, "rollback"], body, Repeat::Harmful)).await
    }

    /// Publishes a preview.
    pub async fn promote(&self, slug: &str, promote: &Promote) -> Result<FinishedDeployment, ClientError> {
        let body = Payload::json(promote)?;
        self.data(Call::post(&["sites", slug, "promote"], body, Repeat::Harmful)).await
    }
}
