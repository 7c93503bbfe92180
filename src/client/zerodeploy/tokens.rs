//! `/tokens`.

use super::ZeroDeploy;
use crate::api::Deleted;
use crate::api::tokens::{
    CreateToken, CreatedToken, RotateToken, RotatedToken, Token, TokenDetails, TokenFinding, TokenKind,
};
use crate::client::error::ClientError;
use crate::client::http::{Call, Payload};
use crate::client::retry::Repeat;

impl ZeroDeploy {
    /// The caller's tokens, all or those of a kind; of an organization or a site, all that the caller manages.
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

    /// One token with what is known of its use, named by its id or by the begin of its text.
    pub async fn token(&self, id_or_prefix: &str) -> Result<TokenDetails, ClientError> {
        self.data(Call::get(&["tokens", id_or_prefix])).await
    }

    /// Puts a new token in the place of one, whose secret works for `grace_seconds` more; the answer is the only one
    /// that ever holds the new secret.
    pub async fn rotate_token(&self, id_or_prefix: &str, grace_seconds: u64) -> Result<RotatedToken, ClientError> {
        let body = Payload::json(&RotateToken { grace_seconds: Some(grace_seconds) })?;
        self.data(Call::post(&["tokens", id_or_prefix, "rotate"], body, Repeat::Harmful)).await
    }

    /// What is wrong with the tokens that the caller manages, all or those of an organization.
    pub async fn token_findings(&self, org: Option<&str>) -> Result<Vec<TokenFinding>, ClientError> {
        self.list(&["tokens", "findings"], &[("org", org)], None).await
    }

    /// Deletes a token, named by its id or by the begin of its text (`zd_` and at least 4 characters).
    pub async fn delete_token(&self, id_or_prefix: &str) -> Result<Deleted, ClientError> {
        self.data(Call::delete(&["tokens", id_or_prefix])).await
    }
}
