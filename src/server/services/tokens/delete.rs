//! Deleting a token.

use uuid::Uuid;

use crate::api::Deleted;
use crate::server::caller::Caller;
use crate::server::db::{self, Write, tokens::Token};
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
    record(&mut write, state, caller, &token).await?;
    write.commit().await?;
    Ok(Deleted { id: token.id })
}

/// Deletes every token of a person, in the transaction that makes it necessary. Each is recorded: the administrators of
/// its organization see nothing of the change itself.
pub(crate) async fn delete_all(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    user: Uuid,
) -> Result<(), ServiceError> {
    for token in db::tokens::of_user(&mut **write, user).await? {
        db::tokens::revoke(write, token.id, state.now()).await?;
        record(write, state, caller, &token).await?;
    }
    Ok(())
}

async fn record(write: &mut Write, state: &State, caller: &Caller, token: &Token) -> Result<(), ServiceError> {
    audit::record(write, state, caller, token.organization_id, Action::TokenDeleted, &wire::called(token)).await
}
