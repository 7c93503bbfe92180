//! The real binary in a sealed environment, against the real server.

mod canary;
mod check;
mod fake_server;
mod faults;
mod local;
mod login;
mod names;
mod proxies;
mod rate_limits;
mod server_faults;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod token_commands;
mod token_secrets;
mod tokens;
mod tour;
mod usage;
