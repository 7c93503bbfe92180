//! The audit log: every change of tokens, members, accounts, sites and deployments is recorded in the transaction that
//! makes it, so that there is neither a change without its record nor a record without its change.

use uuid::Uuid;

use crate::server::caller::{Caller, Origin};
use crate::server::db::{self, Write};
use crate::server::error::ServiceError;
use crate::server::state::State;

macro_rules! actions {
    ($($(#[$documentation:meta])* $variant:ident = $name:literal;)*) => {
        /// What can be done, as `noun.verb`. The names are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Action {
            $($(#[$documentation])* $variant,)*
        }

        impl Action {
            /// The name in the log.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Action::$variant => $name,)* }
            }
        }
    };
}

actions! {
    OrganizationCreated = "org.create";
    OrganizationDeleted = "org.delete";
    TokenCreated = "token.create";
    TokenRotated = "token.rotate";
    TokenDeleted = "token.delete";
}

/// Records something that a caller did. `target` names what it was done to, for people, without any secret.
pub(crate) async fn record(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    organization: Option<Uuid>,
    action: Action,
    target: &str,
) -> Result<(), ServiceError> {
    let Origin { address, user_agent } = &caller.origin;
    let address = address.map(|address| address.to_string());
    let event = db::audit_events::NewEvent {
        at: state.now(),
        organization,
        user: Some((caller.user.id, &caller.user.name)),
        token: caller.token.as_ref().map(|token| (token.id, token.name.as_str())),
        action: action.as_str(),
        target,
        result: "done",
        address: address.as_deref(),
        user_agent: user_agent.as_deref(),
    };
    Ok(db::audit_events::insert(write, event).await?)
}
