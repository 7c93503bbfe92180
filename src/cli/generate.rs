//! `generate`: files that are made from the command line's own description. Hidden: for packagers.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Write files made from the description of the command line
#[derive(Debug, Subcommand)]
pub enum GenerateCommand {
    /// Write completions for bash, zsh, fish and PowerShell
    Completions(OutputArgs),
    /// Write manual pages
    Man(OutputArgs),
}

/// Where to write.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Folder to write into; made when missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}
