//! Where the folder of a project's site is: an option names it, else `zerodeploy.json`, else the project's files tell.

use std::path::{Path, PathBuf};

use super::{folder, look};
use crate::context::Context;
use crate::error::CliError;

/// Where the folder is.
#[derive(Debug)]
pub(in crate::commands) enum Place {
    /// `--dir` names it, and it is taken whatever it holds.
    Named(PathBuf),
    /// `zerodeploy.json` names it.
    OfProject(PathBuf),
    /// The project's files say so.
    Found,
}

impl Place {
    /// The place as far as it is known without a look at the project's files.
    ///
    /// # Errors
    ///
    /// When `zerodeploy.json` cannot be used.
    pub(in crate::commands) fn new(ctx: &Context, named: Option<&Path>) -> Result<Place, CliError> {
        let of_project = ctx.settings.project()?.and_then(|project| project.deployed_folder());
        Ok(match (named, of_project) {
            (Some(folder), _) => Place::Named(folder.to_owned()),
            (None, Some(folder)) => Place::OfProject(folder),
            (None, None) => Place::Found,
        })
    }

    /// The folder, once everything is built; `base` is the project's, and `doing` tells people what it is for.
    ///
    /// # Errors
    ///
    /// When it is not there or not certain, or the project chooses one outside of its repository.
    pub(in crate::commands) async fn folder(
        &self,
        ctx: &Context,
        base: &Path,
        is_built: bool,
        doing: &'static str,
    ) -> Result<PathBuf, CliError> {
        let base = base.to_owned();
        match self {
            Place::Named(folder) => Ok(folder.clone()),
            Place::OfProject(folder) => {
                let folder = folder.clone();
                let check = move || folder::inside(&base, folder, "`dir` of zerodeploy.json");
                tokio::task::spawn_blocking(check).await?
            }
            Place::Found => {
                // A build may have changed what there is to find.
                let found = look(&base).await?;
                let find = move || folder::find(&base, &found, is_built, doing);
                let found = tokio::task::spawn_blocking(find).await??;
                ctx.ui.notice(&format!("{}; name another folder with --dir", found.told));
                Ok(found.folder)
            }
        }
    }
}
