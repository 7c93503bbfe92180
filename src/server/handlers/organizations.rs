//! `/orgs`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};

use crate::api::organizations::CreateOrganization;
use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer};
use crate::server::http::body::JsonBody;
use crate::server::services::organizations;
use crate::server::state::State;

pub(crate) async fn list(Shared(state): Shared<Arc<State>>, Extension(caller): Extension<Caller>) -> Answer {
    answer::list(organizations::list(&state, &caller).await?)
}

pub(crate) async fn create(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    JsonBody(create): JsonBody<CreateOrganization>,
) -> Answer {
    answer::created(organizations::create(&state, &caller, &create).await?)
}

pub(crate) async fn delete(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(org): Path<String>,
) -> Answer {
    answer::data(organizations::delete(&state, &caller, &org).await?)
}
