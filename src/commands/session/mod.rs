//! `session`.

pub mod list;
pub mod revoke;
