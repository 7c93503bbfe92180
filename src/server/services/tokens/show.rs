//! Looking at one token.

use crate::api::tokens::{AddressUse, PermissionUse, TokenDetails};
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::find::find;
use super::wire;

/// One token with what is known of its use, to within a few seconds.
pub(crate) async fn show(state: &State, caller: &Caller, name: &str) -> Result<TokenDetails, ServiceError> {
    let token = find(state, caller, name).await?;
    let used = db::token_uses::permissions(state.db.read(), token.id).await?;
    let addresses = db::token_uses::addresses(state.db.read(), token.id).await?;
    let last_use = |name: &str| used.iter().find(|(permission, _)| permission == name).map(|(_, at)| timestamp(*at));
    let uses = wire::permissions(&token)?
        .effective()
        .iter()
        .map(|permission| PermissionUse { permission, last_used_at: last_use(permission.as_str()) })
        .collect();
    let addresses = addresses
        .into_iter()
        .map(|used| AddressUse {
            address: used.address,
            user_agent: used.user_agent,
            ci: used.ci.map(|(service, _)| service),
            first_used_at: timestamp(used.first_used_at),
            last_used_at: timestamp(used.last_used_at),
        })
        .collect();
    Ok(TokenDetails { token: wire::token(&token)?, uses, addresses })
}
