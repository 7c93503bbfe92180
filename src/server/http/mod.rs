//! HTTP: connections, the route table, what surrounds every request, and how answers look.

pub(crate) mod answer;
pub(crate) mod authorize;
pub(crate) mod body;
pub(crate) mod listen;
pub(crate) mod observe;
pub(crate) mod openapi;
pub(crate) mod router;
mod stall;
