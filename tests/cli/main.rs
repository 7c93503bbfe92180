//! The real binary in a sealed environment, against the real server.

mod build;
mod canary;
mod check;
mod ci;
mod fake_server;
mod faults;
mod init;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod keyring;
mod local;
mod login;
#[cfg(feature = "server")]
mod members;
mod names;
#[cfg(feature = "server")]
mod people;
mod project;
mod proxies;
mod rate_limits;
mod server_faults;
#[cfg(feature = "server")]
mod sign_in;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod token_commands;
mod token_secrets;
mod tokens;
mod tour;
mod usage;

/// Does something with a server's database, beside the server.
#[cfg(feature = "server")]
fn in_database<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work)
}
