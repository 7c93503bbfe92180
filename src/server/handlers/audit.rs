//! `/orgs/{org}/audit` and `/audit`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State as Shared};

use crate::server::caller::Caller;
use crate::server::http::answer::{self, Answer};
use crate::server::http::body::QueryOf;
use crate::server::services::audit::{self, Listing};
use crate::server::state::State;

pub(crate) async fn of_organization(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(org): Path<String>,
    QueryOf(listing): QueryOf<Listing>,
) -> Answer {
    answer::page(audit::of_organization(&state, &caller, &org, &listing).await?)
}

pub(crate) async fn of_server(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    QueryOf(listing): QueryOf<Listing>,
) -> Answer {
    answer::page(audit::of_server(&state, &caller, &listing).await?)
}
