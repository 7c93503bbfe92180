//! How a deployment is made, step by step as it travels, and what becomes of it.

mod begin;
mod finish;
mod isolation;
mod lists;
mod manifests;
mod parts;
mod releases;
mod sizes;
mod upload;
