//! Answers in the API's envelopes.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::api::{Data, ErrorBody, ErrorEnvelope, Page};
use crate::server::error::ServiceError;

/// A service's error on its way out. The surrounding layer writes the body, because only it knows the request's id.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) ServiceError);

/// What a handler answers.
pub(crate) type Answer = Result<Response, Refusal>;

impl<E: Into<ServiceError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Refusal(error.into())
    }
}

/// Carries a refusal from a handler to the surrounding layer.
#[derive(Clone)]
pub(crate) struct Refused(pub(crate) std::sync::Arc<ServiceError>);

/// Marks an error whose body is already as it must be, because a standard says so.
#[derive(Clone)]
pub(crate) struct OwnForm;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Refused(std::sync::Arc::new(self.0)));
        response
    }
}

/// The body of an error.
pub(crate) fn error_envelope(error: &ServiceError, request_id: &str) -> ErrorEnvelope {
    ErrorEnvelope {
        error: ErrorBody {
            code: error.code.as_str().to_owned(),
            message: error.message.clone(),
            hint: error.hint.clone(),
            limits: error.limits.clone(),
            request_id: Some(request_id.to_owned()),
        },
    }
}

/// 200 with one thing.
pub(crate) fn data<T: Serialize>(data: T) -> Answer {
    Ok(Json(Data { data }).into_response())
}

/// 201 with the new thing.
pub(crate) fn created<T: Serialize>(data: T) -> Answer {
    Ok((StatusCode::CREATED, Json(Data { data })).into_response())
}

/// 200 with a page of a list.
pub(crate) fn page<T: Serialize>(page: Page<T>) -> Answer {
    Ok(Json(page).into_response())
}

/// 200 with a list that has only one page.
pub(crate) fn list<T: Serialize>(data: Vec<T>) -> Answer {
    page(Page { data, next_cursor: None })
}

/// Runs a change to its end even when the client goes away meanwhile: between its commit and its last step, hosts would
/// show what was before.
pub(crate) async fn to_the_end<T: Send + 'static>(
    change: impl Future<Output = Result<T, ServiceError>> + Send + 'static,
) -> Result<T, ServiceError> {
    tokio::spawn(change).await?
}
