//! The rows: one file for each thing that must hold.

mod authentication;
mod build;
mod changed;
mod first;
mod large;
mod serve;
mod startup;
mod unchanged;
mod version;

use crate::measure::{Plan, Reason};
use crate::report::Table;

/// One thing that must hold.
pub(crate) struct Row {
    /// How it is chosen on the command line.
    pub(crate) name: &'static str,
    /// What is measured.
    pub(crate) about: &'static str,
    /// Whether it is measured when nobody chooses.
    pub(crate) by_default: bool,
    pub(crate) measure: fn(&Plan) -> Result<Table, Reason>,
}

/// Every row, in the order they are measured.
pub(crate) const ALL: &[Row] = &[
    row("version", "`zerodeploy --version` and `rsync --version`", version::measure),
    row("first-deploy", "a first deploy, and `rsync -a` into an empty folder plus `sync -f`", first::generated),
    row("packages", "the same for the published folders of npm packages", first::packages),
    row("unchanged", "a deploy with nothing to do, and `rsync -a --delete` with nothing to do", unchanged::measure),
    row("changed", "a deploy of one changed file, and the same with rsync", changed::measure),
    row("large", "100,000 files: time and memory", large::measure),
    row("serve", "one file of 10 kB over 64 connections, and nginx", serve::measure),
    row(
        "authentication",
        "`GET /whoami` with a token over 64 connections, and `GET /healthz`",
        authentication::measure,
    ),
    row("startup", "a start with 1,000 sites and 20,000 deployments", startup::measure),
    Row {
        name: "build",
        about: "a cold `cargo build`",
        by_default: false, // takes minutes, and once is enough
        measure: build::measure,
    },
];

const fn row(name: &'static str, about: &'static str, measure: fn(&Plan) -> Result<Table, Reason>) -> Row {
    Row { name, about, by_default: true, measure }
}
