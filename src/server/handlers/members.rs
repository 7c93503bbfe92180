//! `/orgs/{org}/members`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};

use crate::api::members::{ChangeRole, InviteMember};
use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer};
use crate::server::http::body::JsonBody;
use crate::server::services::members;
use crate::server::state::State;

pub(crate) async fn list(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(org): Path<String>,
) -> Answer {
    answer::list(members::list(&state, &caller, &org).await?)
}

pub(crate) async fn invite(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(org): Path<String>,
    JsonBody(invite): JsonBody<InviteMember>,
) -> Answer {
    answer::created(members::invite(&state, &caller, &org, &invite).await?)
}

pub(crate) async fn change_role(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path((org, name)): Path<(String, String)>,
    JsonBody(change): JsonBody<ChangeRole>,
) -> Answer {
    answer::data(members::change_role(&state, &caller, &org, &name, &change).await?)
}

pub(crate) async fn remove(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path((org, name)): Path<(String, String)>,
) -> Answer {
    answer::data(members::remove(&state, &caller, &org, &name).await?)
}
