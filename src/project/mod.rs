//! What builds a project's site, and where it puts it, found in its files. Pure: a [`Tree`] answers for the disk.
//!
//! Nothing of the project is run. A setting that only running its configuration would tell is [`Output::Unclear`]:
//! guessing could publish sources, or the site of last year.

mod configuration;
mod frameworks;
mod package;
mod places;
mod script;

use frameworks::{FRAMEWORKS, Framework};
pub use package::PackageManager;
use package::{Installer, Package};

/// Names that tools give to the folder of a built site, most telling first.
pub const OUTPUT_FOLDERS: [&str; 6] = ["dist", "build", "out", "_site", "site", "public"];

/// The files of a folder. Paths are relative to it, with `/`.
pub trait Tree {
    /// Whether a file or folder is there.
    fn has(&self, path: &str) -> bool;

    /// The text of a file, when it is there, small and UTF-8.
    fn text(&self, path: &str) -> Option<String>;
}

/// What a project's files say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detection {
    /// What builds the site, and which file says so; `None` when no row of the table fits.
    pub framework: Option<Known>,
    /// Where the site will be; `None` when nothing tells.
    pub output: Option<Output>,
    /// The command that builds it.
    pub build: Option<Step>,
    /// The command that installs what the build needs.
    pub install: Option<Step>,
    /// The package manager of a project with a `package.json`.
    pub package_manager: Option<PackageManager>,
}

/// Something that was found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// Where it was found, such as "`astro` in package.json".
    pub why: String,
}

/// A command for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The command.
    pub command: String,
    /// Why this one.
    pub why: String,
}

/// Where a build puts the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Into this folder, relative to the project's.
    Folder {
        /// The folder; `.` is the project's own.
        path: String,
        /// Which setting says so, or that it is the usual one.
        why: String,
    },
    /// Only the project's own program knows.
    Unclear {
        /// Which setting hides it.
        why: String,
    },
    /// The build makes a program, not a folder of files.
    NotStatic {
        /// What says so.
        why: String,
        /// How the project is made static.
        fix: &'static str,
    },
}

/// What a row's functions look at.
struct Project<'a> {
    tree: &'a dyn Tree,
    package: Option<&'a Package>,
    /// The text of the command or script that builds.
    build: Option<String>,
}

/// Looks at a project's folder. `parents` are the folders above it, nearest first, as far as they belong to the same
/// repository: a workspace has its lock file there.
pub fn detect(tree: &dyn Tree, parents: &[&dyn Tree]) -> Detection {
    let package = Package::read(tree);
    let installer = Installer::find(tree, package.as_ref(), parents);
    let found = FRAMEWORKS.iter().find_map(|row| Some((row, row.sign(tree, package.as_ref())?)));
    let Some((row, why)) = found else {
        let script = package.as_ref().and_then(|package| package.script("build"));
        let build = script.and(installer.as_ref()).map(|installer| installer.run_script("build"));
        return Detection {
            framework: None,
            output: places::finished(tree),
            build,
            install: installer.as_ref().map(Installer::install),
            package_manager: installer.map(|installer| installer.manager),
        };
    };
    let (build, text) = build_step(row, tree, package.as_ref(), installer.as_ref());
    let project = Project { tree, package: package.as_ref(), build: text };
    Detection {
        framework: Some(Known { name: row.name, why }),
        output: Some(row.output(&project)),
        build,
        install: row.installs(tree, installer.as_ref()),
        package_manager: installer.map(|installer| installer.manager),
    }
}

/// The command to run, and the text in which the framework's own options stand.
fn build_step(
    row: &Framework,
    tree: &dyn Tree,
    package: Option<&Package>,
    installer: Option<&Installer>,
) -> (Option<Step>, Option<String>) {
    let Some(command) = row.command else { return (None, None) };
    if let (Some(package), Some(installer)) = (package, installer) {
        // A generator that does not come from packages is started by a script only when the script says so.
        let is_meant = |text: &str| row.needs_packages || script::mentions(text, command.program());
        let script =
            row.scripts.iter().find_map(|name| Some((name, package.script(name).filter(|text| is_meant(text))?)));
        if let Some((name, text)) = script {
            return (Some(installer.run_script(name)), Some(text.to_owned()));
        }
    }
    let text = command.text(&Project { tree, package, build: None });
    let step = match installer.filter(|_| row.needs_packages) {
        Some(installer) => installer.execute(&text),
        None => row.plain_step(tree, &text),
    };
    (Some(step), Some(text))
}

#[cfg(test)]
mod tests;
