//! The server itself, and who is asking.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use crate::server::caller::Caller;
use crate::server::http::answer::{Answer, data};
use crate::server::http::openapi::DOCUMENT;
use crate::server::services::{authentication, health};
use crate::server::state::State;

pub(crate) async fn health(Shared(state): Shared<Arc<State>>) -> Answer {
    Ok(Json(health::check(&state).await?).into_response())
}

pub(crate) async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

pub(crate) async fn who_am_i(Extension(caller): Extension<Caller>) -> Answer {
    data(authentication::who_am_i(&caller))
}
