//! Errors as pages.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::html;

use super::layout::{self, sentence};
use crate::server::error::ServiceError;

/// A page that tells what went wrong.
pub(crate) fn problem(status: StatusCode, error: &ServiceError, request_id: &str) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::TOO_MANY_REQUESTS => "Too many attempts",
        StatusCode::METHOD_NOT_ALLOWED => "This page takes no such request",
        status if status.is_server_error() => "Something went wrong",
        _ => "That did not work",
    };
    let body = html! {
        section.card {
            p.badge.badge-wrong { (status.as_u16()) }
            h1 { (title) }
            p.lead { (sentence(&error.message)) }
            @if let Some(hint) = &error.hint { p { (sentence(hint)) } }
            p.note { "Request " code { (request_id) } }
        }
    };
    (status, Html(layout::page(title, None, &html! {}, &body).into_string())).into_response()
}
