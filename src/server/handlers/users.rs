//! `/users`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};

use crate::api::users::InviteUser;
use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer};
use crate::server::http::body::JsonBody;
use crate::server::services::users;
use crate::server::state::State;

pub(crate) async fn list(Shared(state): Shared<Arc<State>>, Extension(caller): Extension<Caller>) -> Answer {
    answer::list(users::list(&state, &caller).await?)
}

pub(crate) async fn invite(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    JsonBody(invite): JsonBody<InviteUser>,
) -> Answer {
    answer::created(users::invite(&state, &caller, &invite).await?)
}

pub(crate) async fn reset(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Answer {
    answer::created(users::reset(&state, &caller, &name).await?)
}

pub(crate) async fn disable(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Answer {
    answer::data(users::disable(&state, &caller, &name).await?)
}

pub(crate) async fn enable(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Answer {
    answer::data(users::enable(&state, &caller, &name).await?)
}
