//! Which token somebody means.

use uuid::Uuid;

use crate::api::ErrorCode;
use crate::domain::token::{DISPLAY_LENGTH, SHORTEST_PREFIX, TOKEN_PREFIX};
use crate::server::caller::Caller;
use crate::server::db::{self, tokens::Token};
use crate::server::error::ServiceError;
use crate::server::state::State;

use super::{shown_since, wire};

/// Candidates that an error names.
const MOST_CANDIDATES: usize = 10;

/// The token with an id, or with a beginning that only one has, among those that the caller manages.
pub(super) async fn find(state: &State, caller: &Caller, name: &str) -> Result<Token, ServiceError> {
    let (read, user, since) = (state.db.read(), caller.user.id, shown_since(state));
    if let Ok(id) = name.parse::<Uuid>() {
        let found = db::tokens::managed_by_id(read, user, since, id).await?;
        return found.into_iter().next().ok_or_else(|| caller.not_found(&format!("token `{id}`")));
    }
    let prefix = name.strip_prefix(TOKEN_PREFIX).unwrap_or(name);
    // A person may paste the whole secret: only its beginning is looked at.
    let prefix = prefix.get(..DISPLAY_LENGTH).unwrap_or(prefix);
    if prefix.chars().count() < SHORTEST_PREFIX {
        let message =
            format!("name a token by its id or by at least {SHORTEST_PREFIX} characters after `{TOKEN_PREFIX}`");
        return Err(ServiceError::new(ErrorCode::ValidationFailed, message).hint("`zerodeploy token list` shows both"));
    }
    let mut found = Vec::new();
    if prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let limit = i64::try_from(MOST_CANDIDATES + 1).unwrap_or(i64::MAX);
        found = db::tokens::managed_by_prefix(read, user, since, prefix, limit).await?;
    }
    match found.len() {
        0 => Err(caller.not_found(&format!("token `{TOKEN_PREFIX}{prefix}`"))),
        1 => Ok(found.remove(0)),
        count => {
            let mut names: Vec<String> = found.iter().take(MOST_CANDIDATES).map(candidate).collect();
            if count > MOST_CANDIDATES {
                names.push("…".to_owned());
            }
            let message = format!("`{TOKEN_PREFIX}{prefix}` stands for several tokens: {}", names.join(", "));
            Err(ServiceError::new(ErrorCode::Conflict, message).hint("give more characters"))
        }
    }
}

fn candidate(token: &Token) -> String {
    format!("{} ({})", wire::prefix(token), token.name)
}
