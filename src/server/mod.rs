//! `zerodeploy serve`: the whole service on one machine, with nothing but a folder.
//!
//! A connection is accepted in `http::listen` and told apart by its host name: a site's goes to `hosting`, the API's
//! through `http::router` to a handler, which calls one of the `services`. These use `db` (what there is), `packs` and
//! `store` (the contents), `directory` (what each host shows now), and `jobs` run beside them.

mod addresses;
mod admission;
mod caller;
mod clock;
mod data_dir;
mod db;
mod device_polls;
mod directory;
mod error;
mod fault;
mod file_handles;
mod handlers;
mod hosting;
mod http;
mod jobs;
mod packs;
mod pages;
mod passwords;
mod rate_limit;
mod secrets;
mod services;
mod settings;
mod sign_in_guard;
mod start;
mod state;
mod store;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod testing_server;
mod uploads;

pub use caller::Access;
pub use clock::Clock;
pub use http::openapi::document as openapi_document;
pub use http::router::{ROUTES, Route};
pub use pages::{PAGES, Page};
pub use settings::{Rate, Settings};
pub use start::{Running, StartError, start};
