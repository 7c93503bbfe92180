//! Files to content: site paths, blobs, manifests, frames; and on the client's side walking, ignoring and hashing.
//!
//! Imports nothing of ours but `domain`.

pub mod blob;
pub mod frame;
pub mod manifest;
pub mod mime;
pub mod path;
