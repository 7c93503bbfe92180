//! Which folder is deployed when none is named on the command line.

use std::path::{Path, PathBuf};

use crate::api::ErrorCode;
use crate::error::CliError;
use crate::project::{Detection, Output};

/// A folder that was found.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::commands) struct Found {
    /// The folder.
    pub(in crate::commands) folder: PathBuf,
    /// What it is relative to the project, and why it is this one, for people.
    pub(in crate::commands) told: String,
}

/// Refuses what no build makes a folder of, before anything is built.
///
/// # Errors
/// `path_not_found` when the site's folder cannot be known, or there will be none.
pub(in crate::commands) fn check(found: &Detection) -> Result<(), CliError> {
    let name = found.framework.as_ref().map_or("the build", |known| known.name);
    let error = |message: String| CliError::new(ErrorCode::PathNotFound, message);
    match &found.output {
        Some(Output::Unclear { why }) => Err(error(format!("where {name} puts the site is not known: {why}"))
            .hint("name the folder: --dir PATH, or `dir` in zerodeploy.json")),
        Some(Output::NotStatic { why, fix }) => {
            Err(error(format!("{name} makes a program here, no static site: {why}")).hint(*fix))
        }
        Some(Output::Folder { .. }) | None => Ok(()),
    }
}

/// Finds the folder that holds the built site. `base` is the project's folder or the working one.
///
/// # Errors
/// `path_not_found` when no folder certainly is the site's: guessing would publish sources. `configuration_invalid` when
/// a setting leads out of the repository.
pub(in crate::commands) fn find(
    base: &Path,
    found: &Detection,
    is_built: bool,
    doing: &str,
) -> Result<Found, CliError> {
    check(found)?;
    let named = "name the folder: zerodeploy deploy --dir PATH";
    let can_build = found.build.as_ref().filter(|_| !is_built);
    let build = can_build.map(|step| format!("build it: `zerodeploy deploy --build` runs `{}` first", step.command));
    let missing = |message: String| {
        let error = CliError::new(ErrorCode::PathNotFound, message);
        match &build {
            Some(build) => error.hint(build).hint(format!("or {named}")),
            None => error.hint(named),
        }
    };
    let Some(Output::Folder { path, why }) = &found.output else {
        return Err(missing(match base.join("package.json").is_file() {
            true => format!("`{}` is a package, and no folder of its built site was found", base.display()),
            false => format!("no site was found in `{}`: there is no index.html", base.display()),
        }));
    };
    let name = found.framework.as_ref().map_or("the build", |known| known.name);
    let folder = if path == "." { base.to_owned() } else { base.join(path) };
    if !folder.join("index.html").is_file() {
        let lacks = if folder.is_dir() { "which holds no index.html" } else { "which is not there" };
        return Err(missing(format!("{name} puts its site into `{path}` ({why}), {lacks}")));
    }
    let folder = inside(base, folder, &format!("the folder of {name} ({why})"))?;
    let known = found.framework.as_ref().map(|known| format!("found {} ({}); ", known.name, known.why));
    Ok(Found { folder, told: format!("{}{doing} `{path}` ({why})", known.unwrap_or_default()) })
}

/// Passes a folder that the project chooses on, if it lies in the project or in the repository around it: a repository
/// that somebody cloned must not choose to publish the rest of their disk. `what` names it for people.
///
/// # Errors
/// `configuration_invalid` when it leads out, also by links.
pub(in crate::commands) fn inside(project: &Path, folder: PathBuf, what: &str) -> Result<PathBuf, CliError> {
    let root = project.ancestors().find(|ancestor| ancestor.join(".git").exists()).unwrap_or(project);
    // What does not exist is reported where it is read.
    let (Ok(root), Ok(target)) = (root.canonicalize(), folder.canonicalize()) else { return Ok(folder) };
    if target.starts_with(&root) {
        return Ok(folder);
    }
    let message = format!("{what} leads out of the project, to `{}`", target.display());
    Err(CliError::new(ErrorCode::ConfigurationInvalid, message)
        .hint(format!("if that is what you want: zerodeploy deploy --dir {}", target.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::project::disk::Disk;
    use crate::project::detect;
    use std::fs;

    fn find_in(base: &Path) -> Result<PathBuf, ErrorCode> {
        find(base, &detect(&Disk::new(base), &[]), false, "deploying")
            .map(|found| found.folder)
            .map_err(|error| error.code())
    }

    #[test]
    fn sources_are_never_guessed() {
        let top = tempfile::tempdir().expect("a folder");
        let base = top.path();
        let found = || find_in(base);
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
    fn a_known_framework_is_published_from_its_own_folder_only() {
        let top = tempfile::tempdir().expect("a folder");
        let base = top.path();
        for (name, text) in [("package.json", r#"{"devDependencies": {"vite": "7"}}"#), ("index.html", "sources")] {
            fs::write(base.join(name), text).expect("written");
        }
        for name in ["public", "build", "dist"] {
            fs::create_dir(base.join(name)).expect("made");
        }
        fs::write(base.join("public/index.html"), "sources").expect("written");
        fs::write(base.join("build/index.html"), "of last year").expect("written");
        assert_eq!(find_in(base), Err(ErrorCode::PathNotFound));
        fs::write(base.join("dist/index.html"), "built").expect("written");
        assert_eq!(find_in(base), Ok(base.join("dist")));
    }

    #[test]
    fn a_project_publishes_nothing_outside_its_repository() {
        let top = tempfile::tempdir().expect("a folder");
        let project = top.path().join("repository/packages/web");
        for folder in ["repository/.git", "repository/packages/web/dist", "repository/out", "private"] {
            fs::create_dir_all(top.path().join(folder)).expect("made");
        }
        let code = |dir: &str| inside(&project, project.join(dir), "it").map(|_| ()).map_err(|error| error.code());
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
        fs::write(top.path().join("private/index.html"), "private").expect("written");
        fs::write(project.join("mkdocs.yml"), "site_dir: ../../../private\n").expect("written");
        assert_eq!(find_in(&project), Err(ErrorCode::ConfigurationInvalid), "also by a framework's own setting");
    }
}
