//! Deleting a token.

use crate::api::Deleted;
use crate::server::caller::Caller;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::services::audit::{self, Action};
use crate::server::state::State;

use super::find::find;
use super::wire;

/// Deletes a token, named by its id or by its prefix: it is refused on its very next use.
pub(crate) async fn delete(state: &State, caller: &Caller, name: &str) -> Result<Deleted, ServiceError> {
    let token = find(state, caller, name).await?;
    let mut write = state.db.write().await?;
    if !db::tokens::revoke(&mut write, token.id, state.now()).await? {
        return Err(caller.not_found(&format!("token `{}`", wire::prefix(&token))));
    }
    let target = wire::called(&token);
    audit::record(&mut write, state, caller, token.organization_id, Action::TokenDeleted, &target).await?;
    write.commit().await?;
    Ok(Deleted { id: token.id })
}
