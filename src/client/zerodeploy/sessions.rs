//! `/sessions`.

use super::ZeroDeploy;
use crate::api::Deleted;
use crate::api::sessions::Session;
use crate::client::error::ClientError;
use crate::client::http::Call;

impl ZeroDeploy {
    /// Where the person is signed in.
    pub async fn sessions(&self) -> Result<Vec<Session>, ClientError> {
        self.list(&["sessions"], &[], None).await
    }

    /// Ends a session, named by its id, by the begin of its text (`zds_` and at least 4 characters), or `current`.
    pub async fn revoke_session(&self, name: &str) -> Result<Deleted, ClientError> {
        self.data(Call::delete(&["sessions", name])).await
    }
}
