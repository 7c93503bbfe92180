//! The rules. Nothing here knows HTTP: a service takes the caller and values, and answers values or a [`ServiceError`].
//!
//! [`ServiceError`]: super::error::ServiceError

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod authentication;
pub(crate) mod begin;
pub(crate) mod deployments;
pub(crate) mod device_approval;
pub(crate) mod device_login;
pub(crate) mod finish;
pub(crate) mod first_start;
pub(crate) mod health;
pub(crate) mod invitations;
pub(crate) mod joining;
pub(crate) mod members;
pub(crate) mod organizations;
#[cfg(test)]
mod parts_tests;
pub(crate) mod receive;
pub(crate) mod releases;
pub(crate) mod second_factor;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod sites;
pub(crate) mod tokens;
pub(crate) mod users;

#[cfg(test)]
mod tests;
