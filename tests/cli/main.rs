//! The real binary in a sealed environment, against the real server.

mod check;
mod fake_server;
mod faults;
mod local;
mod login;
mod names;
mod proxies;
mod server_faults;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod tour;
mod usage;
