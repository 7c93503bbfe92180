//! `/tokens`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};
use serde::Deserialize;

use crate::api::tokens::{CreateToken, RotateToken, TokenKind};
use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer};
use crate::server::http::body::{JsonBody, QueryOf};
use crate::server::services::tokens::{self, TokenFilter};
use crate::server::state::State;

#[derive(Deserialize)]
pub(crate) struct ListQuery {
    kind: Option<TokenKind>,
    org: Option<String>,
    site: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct FindingsQuery {
    org: Option<String>,
}

pub(crate) async fn list(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    QueryOf(query): QueryOf<ListQuery>,
) -> Answer {
    let filter = TokenFilter { kind: query.kind, organization: query.org, site: query.site };
    answer::list(tokens::list(&state, &caller, &filter).await?)
}

pub(crate) async fn create(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    JsonBody(create): JsonBody<CreateToken>,
) -> Answer {
    answer::created(tokens::create(&state, &caller, &create).await?)
}

pub(crate) async fn delete(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Answer {
    answer::data(tokens::delete(&state, &caller, &token).await?)
}

pub(crate) async fn show(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Answer {
    answer::data(tokens::show(&state, &caller, &token).await?)
}

pub(crate) async fn rotate(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
    JsonBody(request): JsonBody<RotateToken>,
) -> Answer {
    answer::created(tokens::rotate(&state, &caller, &token, &request).await?)
}

pub(crate) async fn findings(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    QueryOf(query): QueryOf<FindingsQuery>,
) -> Answer {
    answer::list(tokens::findings(&state, &caller, query.org.as_deref()).await?)
}
