//! What a server makes for its owner: the account, the organization `personal`, and a session for this machine.

use secrecy::SecretString;
use uuid::Uuid;

use crate::domain::token::SESSION_PREFIX;
use crate::server::db::users::User;
use crate::server::db::{self, Db};
use crate::server::error::ServiceError;
use crate::server::secrets;
use crate::server::settings::milliseconds;
use crate::server::state::State;

/// The first owner's organization.
const PERSONAL: &str = "personal";

/// Makes the owner and the organization if there is no owner yet.
pub(crate) async fn owner(db: &Db, name: &str, now: i64) -> Result<User, ServiceError> {
    if let Some(owner) = db::users::owner(db.read()).await? {
        return Ok(owner);
    }
    let owner = User { id: Uuid::now_v7(), name: name.to_owned(), is_admin: true };
    let mut write = db.write().await?;
    db::users::insert(&mut write, &owner, now).await?;
    db::organizations::insert(&mut write, Uuid::now_v7(), PERSONAL, owner.id, now).await?;
    write.commit().await?;
    Ok(owner)
}

/// Makes a session for the owner, and forgets the last start's one and those that ended.
pub(crate) async fn session(
    db: &Db,
    owner: &User,
    last: Option<[u8; 32]>,
    now: i64,
    lifetime: i64,
) -> Result<SecretString, ServiceError> {
    let secret = secrets::draw(SESSION_PREFIX)?;
    let mut write = db.write().await?;
    db::sessions::delete_expired(&mut write, now).await?;
    if let Some(last) = last {
        db::sessions::delete(&mut write, &last).await?;
    }
    let session = db::sessions::NewSession {
        id: Uuid::now_v7(),
        hash: &secret.hash,
        prefix: &secret.prefix,
        user: owner.id,
        created_at: now,
        expires_at: now.saturating_add(lifetime),
        address: None,
        user_agent: None,
    };
    db::sessions::insert(&mut write, session).await?;
    write.commit().await?;
    Ok(secret.secret)
}

/// Lets the owner's session live on while the server runs: else a server that runs for long would turn its own owner away.
pub(crate) async fn renew_session(state: &State) -> Result<(), ServiceError> {
    let expires_at = state.now().saturating_add(milliseconds(state.limits.owner_session));
    let mut write = state.db.write().await?;
    db::sessions::extend(&mut write, &state.owner_session, expires_at).await?;
    Ok(write.commit().await?)
}
