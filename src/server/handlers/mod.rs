//! Handlers: take a request apart, call one service, put its answer into an envelope. No rule lives here.

pub(crate) mod audit;
pub(crate) mod deployments;
pub(crate) mod login;
pub(crate) mod members;
pub(crate) mod organizations;
pub(crate) mod sessions;
pub(crate) mod sites;
pub(crate) mod system;
pub(crate) mod tokens;
pub(crate) mod users;
