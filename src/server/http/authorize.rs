//! Before a handler runs: who is it, and may they use this route at all.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::ErrorCode;
use crate::domain::token_audit::ENDS_SOON;
use crate::server::caller::{Access, Caller, Origin};
use crate::server::error::ServiceError;
use crate::server::services::authentication;
use crate::server::state::State;

use super::answer::Refusal;

/// Who asked, for the log.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    pub(crate) user: String,
    /// The part of the secret that is shown in lists.
    pub(crate) prefix: String,
    /// When a token ends that ends soon, in milliseconds since 1970.
    pub(crate) ends_soon: Option<i64>,
}

/// Checks the credential and the route's access, and hands the caller to the handler.
pub(crate) async fn authorize(
    Shared((state, access)): Shared<(Arc<State>, Access)>,
    mut request: Request,
    next: Next,
) -> Response {
    if access == Access::Public {
        return next.run(request).await;
    }
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_default();
    let caller = match caller(&state, request.headers(), origin).await {
        Ok(caller) => caller,
        Err(error) => return Refusal(error).into_response(),
    };
    let now = state.now();
    let ends_soon = caller.expires_at.filter(|end| caller.token.is_some() && *end - now <= ENDS_SOON);
    let asker = Asker { user: caller.user.name.clone(), prefix: caller.prefix.clone(), ends_soon };
    let mut response = match caller.check(access) {
        Ok(()) => {
            if let Some(token) = &caller.token {
                let permission = if let Access::Permission(permission) = access { Some(permission) } else { None };
                state.token_uses.note(token.id, permission, &caller.origin, now);
            }
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => Refusal(error).into_response(),
    };
    response.extensions_mut().insert(asker);
    response
}

async fn caller(state: &State, headers: &HeaderMap, origin: Origin) -> Result<Caller, ServiceError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(ServiceError::new(ErrorCode::NotAuthenticated, "this needs a credential")
            .hint("run `zerodeploy login`, or set ZERODEPLOY_TOKEN"));
    };
    let secret = value.to_str().ok().and_then(|value| {
        let (scheme, secret) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
    });
    match secret {
        Some(secret) => authentication::authenticate(state, secret, origin).await,
        None => {
            Err(ServiceError::new(ErrorCode::NotAuthenticated, "the Authorization header must be `Bearer <token>`")
                .hint("send the token as it was shown, after the word Bearer"))
        }
    }
}
