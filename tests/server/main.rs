//! The real server, asked over real connections: in this process where a test moves the clock or looks into the
//! database, else the binary.
#![cfg(feature = "server")]

mod audit;
mod browser;
mod client;
mod content;
mod deployments;
mod harness;
mod hosting;
mod late_bodies;
mod lifecycle;
mod members;
mod openapi;
mod pages;
mod people;
mod rate_limits;
mod routes;
mod scope;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
