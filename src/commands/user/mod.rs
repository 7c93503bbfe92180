//! `user`: for the server's owner.

pub mod disable;
pub mod enable;
pub mod invite;
pub mod list;
pub mod reset;
