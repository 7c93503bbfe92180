//! API tokens: one file a verb. Only a session makes, lists, rotates and deletes them.
//!
//! A person manages the own tokens, and an administrator all that are bound to the organization or its sites. Nobody
//! ever gets a secret of somebody else's token: those can only be looked at and deleted.

mod create;
mod delete;
mod find;
mod findings;
mod forget;
mod list;
mod rotate;
mod show;
mod wire;

use std::time::Duration;

pub(crate) use create::create;
pub(crate) use delete::{delete, delete_all};
pub(crate) use findings::findings;
pub(crate) use forget::forget_ended;
pub(crate) use list::{TokenFilter, list};
pub(crate) use rotate::rotate;
pub(crate) use show::show;

use crate::server::settings::milliseconds;
use crate::server::state::State;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a token is shown and can be named after its end; it can be rotated until then.
const SHOWN_AFTER_END: Duration = Duration::from_secs(30 * DAY.as_secs());
/// How long it is remembered that there was a token, so that its use is told from that of an unknown one.
const REMEMBERED_AFTER_END: Duration = Duration::from_secs(90 * DAY.as_secs());

/// Tokens that ended before this time are left out.
fn shown_since(state: &State) -> i64 {
    state.now() - milliseconds(SHOWN_AFTER_END)
}
