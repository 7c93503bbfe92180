//! `/users`: for the server's owner.

use super::ZeroDeploy;
use crate::api::users::{InviteUser, OneTimeLink, User};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;
use crate::domain::account::AccountName;

impl ZeroDeploy {
    /// The server's accounts, and those who were invited.
    pub async fn users(&self) -> Result<Vec<User>, ClientError> {
        self.list(&["users"], &[], None).await
    }

    /// Makes the link by which somebody gets an account; an older one ends.
    pub async fn invite_user(&self, name: &AccountName) -> Result<OneTimeLink, ClientError> {
        let body = Payload::json(&InviteUser { name: name.clone() })?;
        self.data(Call::post(&["users"], body, Repeat::Harmful)).await
    }

    /// Makes the link by which somebody sets a password anew; an older one ends.
    pub async fn reset_user(&self, name: &str) -> Result<OneTimeLink, ClientError> {
        self.data(Call::post(&["users", name, "reset"], Payload::Empty, Repeat::Harmful)).await
    }

    /// Keeps somebody out: all sessions and tokens are refused at once.
    pub async fn disable_user(&self, name: &str) -> Result<User, ClientError> {
        self.data(Call::post(&["users", name, "disable"], Payload::Empty, Repeat::Harmless)).await
    }

    /// Lets somebody in again.
    pub async fn enable_user(&self, name: &str) -> Result<User, ClientError> {
        self.data(Call::post(&["users", name, "enable"], Payload::Empty, Repeat::Harmless)).await
    }
}
