//! `/sessions`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};

use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer};
use crate::server::services::sessions;
use crate::server::state::State;

pub(crate) async fn list(Shared(state): Shared<Arc<State>>, Extension(caller): Extension<Caller>) -> Answer {
    answer::list(sessions::list(&state, &caller).await?)
}

pub(crate) async fn revoke(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(session): Path<String>,
) -> Answer {
    answer::data(sessions::revoke(&state, &caller, &session).await?)
}
