//! The project around the working folder: what its files say, how it is built, and which site it is.

mod child;
mod disk;
pub(super) mod folder;
pub(super) mod new_site;
pub(super) mod place;
pub(super) mod remember;
mod site_name;
pub(super) mod steps;

use std::path::{Path, PathBuf};

use crate::api::ErrorCode;
use crate::context::Context;
use crate::error::CliError;
use crate::project::{Detection, detect};

/// The folder of `zerodeploy.json`, else the working one.
///
/// # Errors
///
/// When the file cannot be used, or the working folder is gone.
pub(super) fn base(ctx: &Context) -> Result<PathBuf, CliError> {
    match ctx.settings.project()? {
        Some(project) => Ok(project.folder().to_owned()),
        None => working_folder(),
    }
}

/// The working folder.
///
/// # Errors
///
/// When it is gone.
pub(super) fn working_folder() -> Result<PathBuf, CliError> {
    std::env::current_dir()
        .map_err(|error| CliError::from_source(ErrorCode::PathNotFound, "there is no working folder", &error))
}

/// Looks at the files of a project's folder.
///
/// # Errors
///
/// Only when the program itself fails: a file that cannot be read says nothing.
pub(super) async fn look(base: &Path) -> Result<Detection, CliError> {
    let base = base.to_owned();
    Ok(tokio::task::spawn_blocking(move || {
        let parents = disk::parents(&base);
        let parents: Vec<&dyn crate::project::Tree> = parents.iter().map(|parent| parent as _).collect();
        detect(&disk::Disk::new(&base), &parents)
    })
    .await?)
}
