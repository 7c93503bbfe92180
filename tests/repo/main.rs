//! What must hold for the repository itself: layering, output in one place, generated files, documents.

mod contract;
mod declared;
mod documents;
mod generated;
mod help;
mod layering;
mod modules;
mod printing;
mod source;
