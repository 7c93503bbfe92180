//! Which folder is deployed when none is named.

use std::path::{Path, PathBuf};

use crate::api::ErrorCode;
use crate::error::CliError;

/// Names that tools give to the folder of a built site, most telling first.
pub(super) const OUTPUT_FOLDERS: [&str; 6] = ["dist", "build", "out", "_site", "site", "public"];

/// Finds the folder: what a tool usually writes, else `base` itself when it is a site already. `base` is the project's
/// folder or the working one.
///
/// # Errors
/// `path_not_found` when nothing under `base` looks like a site: guessing would publish sources.
pub(super) fn guess(base: &Path) -> Result<PathBuf, CliError> {
    let is_site = |folder: &Path| folder.join("index.html").is_file();
    let output = OUTPUT_FOLDERS.into_iter().map(|name| base.join(name)).find(|folder| is_site(folder));
    if let Some(folder) = output {
        return Ok(folder);
    }
    if base.join("package.json").is_file() {
        let message = format!("`{}` is a package, and no folder of its built site was found", base.display());
        return Err(CliError::new(ErrorCode::PathNotFound, message)
            .hint("build the site first, or name its folder: zerodeploy deploy --dir PATH"));
    }
    if is_site(base) {
        return Ok(base.to_owned());
    }
    let message = format!("no site was found in `{}`: there is no index.html", base.display());
    Err(CliError::new(ErrorCode::PathNotFound, message).hint("name the folder: zerodeploy deploy --dir PATH"))
}

/// Passes the folder that `zerodeploy.json` names on, if it lies in the project or in the repository around it: a
/// repository that somebody cloned must not choose to publish the rest of their disk.
///
/// # Errors
/// `configuration_invalid` when it leads out, also by links.
pub(super) fn inside(project: &Path, folder: PathBuf) -> Result<PathBuf, CliError> {
    let root = project.ancestors().find(|ancestor| ancestor.join(".git").exists()).unwrap_or(project);
    // What does not exist is reported where it is read.
    let (Ok(root), Ok(target)) = (root.canonicalize(), folder.canonicalize()) else { return Ok(folder) };
    if target.starts_with(&root) {
        return Ok(folder);
    }
    let message = format!("`dir` of zerodeploy.json leads out of the project, to `{}`", target.display());
    Err(CliError::new(ErrorCode::ConfigurationInvalid, message)
        .hint(format!("if that is what you want: zerodeploy deploy --dir {}", target.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn sources_are_never_guessed() {
        let top = tempfile::tempdir().expect("a folder");
        let base = top.path();
        let found = || guess(base).map_err(|error| error.code());
        assert_eq!(found(), Err(ErrorCode::PathNotFound));
        fs::write(base.join("index.html"), "").expect("written");
        assert_eq!(found(), Ok(base.to_owned()));
        fs::write(base.join("package.json"), "{}").expect("written");
        assert_eq!(found(), Err(ErrorCode::PathNotFound), "the index.html of a bundler's sources");
        for name in ["public", "dist"] {
            fs::create_dir(base.join(name)).expect("made");
            fs::write(base.join(name).join("index.html"), "").expect("written");
            assert_eq!(found(), Ok(base.join(name)));
        }
    }

    #[test]
    fn a_project_publishes_nothing_outside_its_repository() {
        let top = tempfile::tempdir().expect("a folder");
        let project = top.path().join("repository/packages/web");
        for folder in ["repository/.git", "repository/packages/web/dist", "repository/out", "private"] {
            fs::create_dir_all(top.path().join(folder)).expect("made");
        }
        let code = |dir: &str| inside(&project, project.join(dir)).map(|_| ()).map_err(|error| error.code());
        for dir in ["dist", ".", "../../out", "not-built-yet"] {
            assert_eq!(code(dir), Ok(()), "{dir}");
        }
        for dir in ["../../../private", "/", top.path().join("private").to_str().expect("UTF-8")] {
            assert_eq!(code(dir), Err(ErrorCode::ConfigurationInvalid), "{dir}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(top.path().join("private"), project.join("link")).expect("a link");
            assert_eq!(code("link"), Err(ErrorCode::ConfigurationInvalid));
        }
    }
}
