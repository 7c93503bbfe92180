//! The real binary in a sealed environment, against the real server.

mod build;
mod canary;
mod ci;
mod fake_server;
mod faults;
mod init;
mod local;
mod login;
mod names;
mod project;
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
