//! The service: hosting of sites.
#![allow(dead_code, unused_imports)] // Until the accept loop, which calls it, is merged.

pub(crate) mod hosting;
