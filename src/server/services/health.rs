//! Whether the server can work.

use std::time::Duration;

use crate::api::Health;
use crate::server::error::ServiceError;
use crate::server::state::State;

/// A database that takes longer than this is of no use to anybody.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells that the server works, after it has.
pub(crate) async fn check(state: &State) -> Result<Health, ServiceError> {
    match tokio::time::timeout(PATIENCE, state.db.check()).await {
        Ok(Ok(())) => Ok(Health {
            status: "ok".to_owned(),
            service: "zerodeploy".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }),
        Ok(Err(cause)) => Err(ServiceError::unavailable(cause)),
        Err(elapsed) => Err(ServiceError::unavailable(elapsed)),
    }
}
