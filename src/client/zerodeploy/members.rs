//! `/orgs/{org}/members`.

use super::ZeroDeploy;
use crate::api::Deleted;
use crate::api::members::{ChangeRole, InviteMember, Member};
use crate::api::users::OneTimeLink;
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;
use crate::domain::role::Role;

impl ZeroDeploy {
    /// An organization's members, and those who were invited.
    pub async fn members(&self, org: &str) -> Result<Vec<Member>, ClientError> {
        self.list(&["orgs", org, "members"], &[], None).await
    }

    /// Makes the link by which somebody joins an organization; an older one ends.
    pub async fn invite_member(&self, org: &str, invite: &InviteMember) -> Result<OneTimeLink, ClientError> {
        self.data(Call::post(&["orgs", org, "members"], Payload::json(invite)?, Repeat::Harmful)).await
    }

    /// Gives a member, or somebody who was invited, another role.
    pub async fn change_role(&self, org: &str, name: &str, role: Role) -> Result<Member, ClientError> {
        self.data(Call::patch(&["orgs", org, "members", name], Payload::json(&ChangeRole { role })?)).await
    }

    /// Ends a membership, one's own as well, or revokes an invitation.
    pub async fn remove_member(&self, org: &str, name: &str) -> Result<Deleted, ClientError> {
        self.data(Call::delete(&["orgs", org, "members", name])).await
    }
}
