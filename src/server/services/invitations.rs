//! One-time links: how people come to an account, to an organization, or to a new password. There is no mail: whoever
//! invites hands the link over.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use uuid::Uuid;

use crate::api::users::OneTimeLink;
use crate::domain::role::Role;
use crate::domain::token::INVITATION_PREFIX;
use crate::server::caller::Caller;
use crate::server::clock::timestamp;
use crate::server::db::Write;
use crate::server::db::invitations::{self, NewInvitation, Purpose};
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::settings::milliseconds;
use crate::server::state::State;

/// Where the pages take a link; its secret follows.
pub(crate) const PATH: &str = "/invitation/";
/// How long an invitation is good.
const INVITATION_TIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long a link to a new password is good.
const RESET_TIME: Duration = Duration::from_secs(24 * 60 * 60);
/// How long whoever comes too late is told so.
const REMEMBERED_TIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Makes a link, in the transaction that records it. An older one for the same thing ends.
pub(crate) async fn make(
    write: &mut Write,
    state: &State,
    caller: &Caller,
    purpose: Purpose,
    name: &str,
    membership: Option<(Uuid, Role)>,
) -> Result<OneTimeLink, ServiceError> {
    let secret = secrets::draw(INVITATION_PREFIX)?;
    let now = state.now();
    let lifetime = if purpose == Purpose::Reset { RESET_TIME } else { INVITATION_TIME };
    let expires_at = now.saturating_add(milliseconds(lifetime));
    let invitation = NewInvitation {
        hash: &secret.hash,
        purpose,
        name,
        membership: membership.map(|(organization, role)| (organization, role.as_str())),
        invited_by: caller.user.id,
        created_at: now,
        expires_at,
    };
    invitations::delete_expired(write, now - milliseconds(REMEMBERED_TIME)).await?;
    invitations::replace(write, invitation).await?;
    Ok(OneTimeLink {
        name: name.to_owned(),
        url: format!("{}{PATH}{}", state.addresses.api, secret.secret.expose_secret()),
        expires_at: timestamp(expires_at),
    })
}
