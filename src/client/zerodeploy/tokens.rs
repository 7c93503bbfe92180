//! `/tokens`.

use super::ZeroDeploy;
use crate::api::Deleted;
use crate::api::tokens::{CreateToken, CreatedToken, Token, TokenKind};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;

impl ZeroDeploy {
    /// The tokens that the caller may manage, all or those of a kind, an organization or a site.
    pub async fn tokens(
        &self,
        kind: Option<TokenKind>,
        org: Option<&str>,
        site: Option<&str>,
    ) -> Result<Vec<Token>, ClientError> {
        let kind = kind.map(TokenKind::as_str);
        self.list(&["tokens"], &[("kind", kind), ("org", org), ("site", site)], None).await
    }

    /// Makes a token; the answer is the only one that ever holds its secret.
    pub async fn create_token(&self, token: &CreateToken) -> Result<CreatedToken, ClientError> {
        self.data(Call::post(&["tokens"], Payload::json(token)?, Repeat::Harmful)).await
    }

    /// Deletes a token, named by its id or by the begin of its text (`zd_` and at least 4 characters).
    pub async fn delete_token(&self, id_or_prefix: &str) -> Result<Deleted, ClientError> {
        self.data(Call::delete(&["tokens", id_or_prefix])).await
    }
}
