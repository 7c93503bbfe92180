//! The rules, over a real database and real packs.

mod publishing;
mod scope;
mod upload;
