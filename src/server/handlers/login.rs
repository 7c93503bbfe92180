//! `/oauth`: its answers have the bodies that RFC 6749 and RFC 8628 name, outside the API's envelopes.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::header::PRAGMA;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};

use crate::api::ErrorCode;
use crate::api::login::TokenRefusal;
use crate::server::caller::Origin;
use crate::server::http::answer::{Answer, OwnForm, Refusal};
use crate::server::http::body::FormBody;
use crate::server::services::device_login::{self, Asking, Fetching, INVALID_REQUEST, Refused};
use crate::server::state::State;

/// Every field may be missing, so that the answer is the standard's.
#[derive(Deserialize)]
pub(crate) struct DeviceForm {
    client_id: Option<String>,
    host: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct TokenForm {
    grant_type: Option<String>,
    client_id: Option<String>,
    device_code: Option<String>,
}

pub(crate) async fn device(
    Shared(state): Shared<Arc<State>>,
    Extension(origin): Extension<Origin>,
    form: Result<FormBody<DeviceForm>, Refusal>,
) -> Answer {
    let form = match form {
        Ok(FormBody(form)) => form,
        Err(refusal) => return refuse(unreadable(refusal)),
    };
    let asking = Asking { client_id: form.client_id.as_deref(), host: form.host.as_deref(), origin: &origin };
    answer(device_login::begin(&state, asking).await)
}

pub(crate) async fn token(
    Shared(state): Shared<Arc<State>>,
    Extension(origin): Extension<Origin>,
    form: Result<FormBody<TokenForm>, Refusal>,
) -> Answer {
    let form = match form {
        Ok(FormBody(form)) => form,
        Err(refusal) => return refuse(unreadable(refusal)),
    };
    let fetching = Fetching {
        grant_type: form.grant_type.as_deref(),
        client_id: form.client_id.as_deref(),
        device_code: form.device_code.as_deref(),
        origin: &origin,
    };
    answer(device_login::fetch(&state, fetching).await)
}

fn answer<T: Serialize>(outcome: Result<T, Refused>) -> Answer {
    match outcome {
        Ok(answered) => Ok(uncached(Json(answered).into_response())),
        Err(refused) => refuse(refused),
    }
}

fn refuse(refused: Refused) -> Answer {
    let (code, description) = match refused {
        Refused::Service(error) => return Err(Refusal(error)),
        Refused::Standard(code, description) => (code, description),
    };
    let body = TokenRefusal { error: code.to_owned(), error_description: Some(description.to_owned()) };
    let mut response = uncached((StatusCode::BAD_REQUEST, Json(body)).into_response());
    response.extensions_mut().insert(OwnForm);
    Ok(response)
}

/// RFC 6749 §5.1 asks for this beside `Cache-Control: no-store`, which every answer of the API has.
fn uncached(mut response: Response) -> Response {
    response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

fn unreadable(Refusal(error): Refusal) -> Refused {
    match error.code {
        ErrorCode::UnsupportedMediaType | ErrorCode::ValidationFailed => INVALID_REQUEST,
        _ => Refused::Service(error),
    }
}
