//! `profile`.

use clap::{Args, Subcommand};

/// See and choose the servers that you signed in to
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List profiles
    List,
    Remove(RemoveArgs),
    Use(UseArgs),
}

/// Sign out of a profile and forget it
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Name of the profile
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Use a profile where nothing names another
#[derive(Debug, Args)]
pub struct UseArgs {
    /// Name of the profile
    #[arg(value_name = "NAME")]
    pub name: String,
}
