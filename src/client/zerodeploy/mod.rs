//! The client of our own API, one file for each noun.

mod deployments;
mod login;
mod members;
mod organizations;
mod sessions;
mod sites;
mod tokens;
mod users;

pub use login::DeviceAnswer;

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::ClientSettings;
use super::error::ClientError;
use super::http::{Call, Http};
use crate::api::{Data, ErrorCode, Health, Page, WhoAmI};

/// Most entries of a list: twice the files that a deployment can have.
const LONGEST_LIST: usize = 2_000_000;

/// Talks to one ZeroDeploy server; cloning shares the connections.
#[derive(Debug, Clone)]
pub struct ZeroDeploy {
    http: Arc<Http>,
}

impl ZeroDeploy {
    /// Checks the settings and reads the CA file, if any; sends nothing.
    ///
    /// # Errors
    /// `usage_error` for a bad address or a credential over plain http, `configuration_invalid` when TLS cannot be set
    /// up, `token_invalid` for a credential that no header can hold.
    pub fn new(settings: ClientSettings) -> Result<Self, ClientError> {
        Ok(ZeroDeploy { http: Arc::new(Http::new(&settings)?) })
    }

    /// Scheme, host and port of the server: what a stored credential is bound to.
    pub fn origin(&self) -> &str {
        self.http.origin()
    }

    /// When the credential ends, once an answer said that this is soon.
    pub fn token_expires(&self) -> Option<jiff::Timestamp> {
        self.http.token_expires()
    }

    /// Whether a ZeroDeploy server is there and works; sends no credential.
    pub async fn health(&self) -> Result<Health, ClientError> {
        self.http.health().await
    }

    /// Whose credential is sent, and what it may do.
    pub async fn whoami(&self) -> Result<WhoAmI, ClientError> {
        self.data(Call::get(&["whoami"])).await
    }

    async fn data<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, ClientError> {
        self.http.send::<Data<T>>(call).await.map(|answer| answer.data)
    }

    /// Reads a list page after page, at most `limit` entries.
    async fn list<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&'static str, Option<&str>)],
        limit: Option<u32>,
    ) -> Result<Vec<T>, ClientError> {
        let most = limit.map_or(usize::MAX, |limit| limit as usize);
        let (mut entries, mut cursor) = (Vec::new(), None);
        loop {
            let call = query.iter().fold(Call::get(path), |call, (name, value)| call.query(name, *value));
            let page: Page<T> = self.http.send(call.query("limit", limit).query("cursor", cursor.as_ref())).await?;
            let is_empty = page.data.is_empty();
            entries.extend(page.data);
            if page.next_cursor.is_none() || entries.len() >= most {
                entries.truncate(most);
                return Ok(entries);
            }
            if is_empty || page.next_cursor == cursor || entries.len() > LONGEST_LIST {
                let message = format!("{} answers with a list that has no end", self.origin());
                return Err(ClientError::new(ErrorCode::NotZeroDeploy, message));
            }
            cursor = page.next_cursor;
        }
    }
}
