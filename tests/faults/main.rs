//! Deploys that are killed, cut off, starved and disturbed: the site is always wholly one version, and nothing is lost.
//!
//! Processes are the real ones. Where a fault must come at a certain step, the server ends itself at a named point
//! (`ZERODEPLOY_FAULT`, in builds with debug assertions only), or a proxy between client and server acts on a request.
#![cfg(all(unix, feature = "server", debug_assertions))]

mod changed;
mod connection;
mod disk_full;
mod garbage;
mod in_process;
mod kill_points;
mod live;
mod proxy;
mod random;
mod random_kills;
mod site;
#[path = "../support/mod.rs"]
mod support;
