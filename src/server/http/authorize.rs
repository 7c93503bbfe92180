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
use crate::server::rate_limit::{Counted, Decision};
use crate::server::services::audit;
use crate::server::services::authentication::{self, Rejected};
use crate::server::state::State;

use super::answer::{Refusal, Refused};

/// Who asked, for the log.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    pub(crate) user: String,
    /// The part of the secret that is shown in lists.
    pub(crate) prefix: String,
    /// When a token ends that ends soon, in milliseconds since 1970.
    pub(crate) ends_soon: Option<i64>,
}

/// What stands before a route.
#[derive(Clone)]
pub(crate) struct Guard {
    pub(crate) state: Arc<State>,
    pub(crate) access: Access,
    pub(crate) counted: Counted,
}

/// Counts the request, checks the credential and the route's access, and hands the caller to the handler.
pub(crate) async fn authorize(Shared(guard): Shared<Guard>, mut request: Request, next: Next) -> Response {
    let state = &guard.state;
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_default();
    let now = state.now();
    let mut tightest = None;
    let admitted = guard.admit(request.headers(), origin, &mut tightest).await;
    let (known, mut response) = match admitted {
        Ok(None) => (None, next.run(request).await),
        Ok(Some(caller)) => {
            if let Some(token) = &caller.token {
                let permission =
                    if let Access::Permission(permission) = guard.access { Some(permission) } else { None };
                state.token_uses.note(token.id, permission, &caller.origin, now);
            }
            if let Some(session) = caller.session {
                state.session_uses.note(session, now);
            }
            request.extensions_mut().insert(caller.clone());
            (Some(caller), next.run(request).await)
        }
        Err(Rejected { error, caller }) => (caller.map(|caller| *caller), Refusal(error).into_response()),
    };
    if let Some(caller) = known {
        if let Some(Refused(error)) = response.extensions().get() {
            audit::refused(state, &caller, error, !method.is_safe(), &format!("{method} {}", uri.path()));
        }
        let works = |end: &i64| *end > now && *end - now <= ENDS_SOON;
        let ends_soon = caller.expires_at.filter(|end| caller.token.is_some() && works(end));
        response.extensions_mut().insert(Asker { user: caller.user.name, prefix: caller.prefix, ends_soon });
    }
    if let Some(tightest) = tightest {
        response.extensions_mut().insert::<Decision>(tightest);
    }
    response
}

impl Guard {
    /// Finds out who asks, and whether they may ask this now; none where nobody needs to be anybody. `tightest` becomes
    /// the limit that is to be told.
    async fn admit(
        &self,
        headers: &HeaderMap,
        origin: Origin,
        tightest: &mut Option<Decision>,
    ) -> Result<Option<Caller>, Rejected> {
        let (state, now, address) = (&self.state, self.state.now(), origin.address);
        let limits = &state.rate_limits;
        limits.address(address, self.counted, now, tightest)?;
        if self.access == Access::Public {
            return Ok(None);
        }
        limits.may_authenticate(address, now, tightest)?;
        let caller = match caller(state, headers, self.access, origin).await {
            Ok(caller) => caller,
            Err(rejected) => {
                // Who sends nothing guesses nothing, and neither does who sends what ended: a forgotten pipeline must not
                // lock everybody out who shares its address.
                let is_guess = rejected.caller.is_none() && rejected.error.code == ErrorCode::TokenInvalid;
                if is_guess {
                    limits.note_failure(address, now);
                }
                return Err(rejected);
            }
        };
        let may_go_on = match caller.credential() {
            Some(credential) => limits.credential(credential, self.counted, now, tightest),
            None => Ok(()),
        };
        match may_go_on.and_then(|()| caller.check(self.access)) {
            Ok(()) => Ok(Some(caller)),
            Err(error) => Err(Rejected { error, caller: Some(Box::new(caller)) }),
        }
    }
}

async fn caller(state: &State, headers: &HeaderMap, access: Access, origin: Origin) -> Result<Caller, Rejected> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(ServiceError::new(ErrorCode::NotAuthenticated, "this needs a credential")
            .hint("run `zerodeploy login`, or set ZERODEPLOY_TOKEN")
            .into());
    };
    let secret = value.to_str().ok().and_then(|value| {
        let (scheme, secret) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
    });
    match secret {
        Some(secret) => authentication::authenticate(state, secret, access, origin).await,
        None => {
            Err(ServiceError::new(ErrorCode::NotAuthenticated, "the Authorization header must be `Bearer <token>`")
                .hint("send the token as it was shown, after the word Bearer")
                .into())
        }
    }
}
