//! The server itself, and who is asking.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use crate::api::Health;
use crate::server::caller::Caller;
use crate::server::http::answer::{Answer, data};
use crate::server::http::openapi::DOCUMENT;
use crate::server::services::authentication;
use crate::server::state::State;

pub(crate) async fn health() -> Response {
    let health = Health {
        status: "ok".to_owned(),
        service: "zerodeploy".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    Json(health).into_response()
}

pub(crate) async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

pub(crate) async fn who_am_i(Shared(state): Shared<Arc<State>>, Extension(caller): Extension<Caller>) -> Answer {
    data(authentication::who_am_i(&state, &caller).await?)
}
