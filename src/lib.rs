//! `zerodeploy` deploys static sites, guards them with fine-grained tokens, and is the whole service in one binary.
//!
//! # Who imports whom
//!
//! `main` → `commands` → `client` → `api`, `content`, `domain`; `server::handlers` → `server::services` → `server::db`
//! and `server::packs`. `domain` and `project` import nothing of ours, `api` and `content` only `domain` (and `api` the
//! ids of `content`), and all may use `private`. `client` and `server` never import each other; only `commands::serve`
//! and `commands::deploy::local` import `server`; `ui` imports no client; services know no axum. A test in `tests/repo`
//! holds this.

pub mod api;
pub mod cli;
pub mod client;
pub mod commands;
pub mod content;
pub mod context;
pub mod credentials;
pub mod domain;
pub mod error;
mod private;
pub mod project;
#[cfg(feature = "server")]
pub mod server;
pub mod settings;
pub mod ui;
