//! `profile`.

pub mod list;
pub mod remove;
pub mod select;
