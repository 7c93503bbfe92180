//! What tests of the real binary share: a sealed environment, a real server, folders of files, a plain HTTP client.
//!
//! Nothing here waits by sleeping: a server is ready when it says so, and gone when its output ends.
#![allow(dead_code, unused_imports, reason = "each test binary uses its own part of this module")]

mod environment;
mod folder;
mod http;
#[cfg(feature = "server")]
pub(crate) mod people;
mod process;
mod server;

pub(crate) use environment::{Output, TestEnv};
pub(crate) use folder::Folder;
pub(crate) use http::{Response, request};
pub(crate) use process::Process;
pub(crate) use server::{TestServer, TestServerOptions};
