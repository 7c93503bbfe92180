//! `/orgs`.

use jiff::Timestamp;

use super::ZeroDeploy;
use crate::api::Deleted;
use crate::api::audit::AuditEvent;
use crate::api::organizations::{CreateOrganization, Organization};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;
use crate::domain::slug::OrgSlug;

impl ZeroDeploy {
    /// All organizations of the credential's owner.
    pub async fn organizations(&self) -> Result<Vec<Organization>, ClientError> {
        self.list(&["orgs"], &[], None).await
    }

    /// What happened in an organization, or without one on the whole server: newest first, from `since` on, at most
    /// `limit` events.
    pub async fn audit_events(
        &self,
        org: Option<&str>,
        since: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<AuditEvent>, ClientError> {
        let since = since.map(|since| since.to_string());
        let query = [("since", since.as_deref())];
        match org {
            Some(org) => self.list(&["orgs", org, "audit"], &query, Some(limit)).await,
            None => self.list(&["audit"], &query, Some(limit)).await,
        }
    }

    /// Makes an organization.
    pub async fn create_organization(&self, slug: &OrgSlug) -> Result<Organization, ClientError> {
        let body = Payload::json(&CreateOrganization { slug: slug.clone() })?;
        self.data(Call::post(&["orgs"], body, Repeat::Harmful)).await
    }

    /// Deletes an organization that has no sites.
    pub async fn delete_organization(&self, slug: &str) -> Result<Deleted, ClientError> {
        self.data(Call::delete(&["orgs", slug])).await
    }
}
