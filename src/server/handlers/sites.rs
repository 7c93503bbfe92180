//! `/sites`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};
use serde::Deserialize;

use crate::api::sites::{CreateSite, Promote, Rollback};
use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer, to_the_end};
use crate::server::http::body::{JsonBody, QueryOf};
use crate::server::services::{releases, sites};
use crate::server::state::State;

#[derive(Deserialize)]
pub(crate) struct ListQuery {
    org: Option<String>,
    cursor: Option<String>,
}

pub(crate) async fn list(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    QueryOf(query): QueryOf<ListQuery>,
) -> Answer {
    answer::page(sites::list(&state, &caller, query.org.as_deref(), query.cursor.as_deref()).await?)
}

pub(crate) async fn create(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    JsonBody(create): JsonBody<CreateSite>,
) -> Answer {
    answer::created(sites::create(&state, &caller, &create).await?)
}

pub(crate) async fn show(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(site): Path<String>,
) -> Answer {
    answer::data(sites::show(&state, &caller, &site).await?)
}

pub(crate) async fn delete(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(site): Path<String>,
) -> Answer {
    answer::data(to_the_end(async move { sites::delete(&state, &caller, &site).await }).await?)
}

pub(crate) async fn roll_back(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(site): Path<String>,
    JsonBody(request): JsonBody<Rollback>,
) -> Answer {
    answer::data(to_the_end(async move { releases::roll_back(&state, &caller, &site, &request).await }).await?)
}

pub(crate) async fn promote(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(site): Path<String>,
    JsonBody(request): JsonBody<Promote>,
) -> Answer {
    answer::data(to_the_end(async move { releases::promote(&state, &caller, &site, &request).await }).await?)
}
