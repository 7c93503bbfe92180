//! Files to content: site paths, blobs, manifests, frames; and on the client's side walking, ignoring and hashing.
//!
//! Imports nothing of ours but `domain`.

pub mod blob;
pub mod file;
pub mod frame;
pub mod hash;
pub mod hash_cache;
pub mod ignore_rules;
pub mod manifest;
pub mod mime;
mod parallel;
pub mod part;
pub mod path;
pub mod scan;
pub mod scan_error;
pub mod walk;
