//! `generate`: completions and manual pages, from the description of the command line.

pub mod completions;
pub mod man;

use std::path::Path;

use crate::api::ErrorCode;
use crate::error::CliError;

/// A generated file: its name and content.
type Generated = (String, Vec<u8>);

/// Writes files into `folder`, which is made when missing.
async fn write(folder: &Path, files: Vec<Generated>) -> Result<(), CliError> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        files.into_iter().try_for_each(|(name, content)| std::fs::write(folder.join(name), content))
    })
    .await?
    .map_err(|error: std::io::Error| {
        CliError::from_source(ErrorCode::PathNotFound, "the files cannot be written", &error)
    })
}
