//! Typed HTTP clients and what they share: the connection, time limits, retries, and errors.
//!
//! What holds for every request: redirects are never followed; the credential is a header of each request and goes only
//! to the origin that the settings name, over https or to loopback, and only once that proved to be a ZeroDeploy server;
//! an answer that no ZeroDeploy server gives is an error of its own; every request has a time limit, and only what is
//! safe to repeat is repeated.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::domain::user_agent::Ci;

pub use proof::Proof;
pub use wait::OnWait;

mod answer;
mod connection;
pub mod error;
#[cfg(test)]
mod fault_tests;
mod http;
mod proof;
mod resolve;
mod retry;
mod stream;
pub mod upload;
mod wait;
pub mod zerodeploy;

/// Where a client sends its requests, and how.
#[derive(Debug, Clone, Default)]
pub struct ClientSettings {
    /// The API's address, `http` or `https`, perhaps with a path in front of the API's own.
    pub base_url: String,
    /// A token or session; sent as a bearer credential with every request but the one for the proof.
    pub credential: Option<SecretString>,
    /// Whether the server has to prove itself before the credential is sent.
    pub proof: Proof,
    /// A PEM file of certificate authorities to trust besides the system's, if it has any (`ZERODEPLOY_CA_FILE`).
    pub ca_file: Option<PathBuf>,
    /// Send the credential over plain http to other hosts than loopback.
    pub insecure_http: bool,
    /// The continuous integration that the client runs in; the server is told, so that an audit finds personal tokens
    /// there.
    pub ci: Option<Ci>,
    /// Most time for one request with a small body; 60 s without it. Bodies get more by their size.
    pub request_timeout: Option<Duration>,
    /// Who is told that requests wait because the server limits them.
    pub on_wait: OnWait,
}
