//! What visitors of sites get, over real connections.

mod assets;
mod hosts;
mod paths;
mod responses;
mod rules;
