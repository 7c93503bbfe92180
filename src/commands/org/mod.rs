//! `org`.

pub mod audit;
pub mod create;
pub mod delete;
pub mod list;
pub mod members;
