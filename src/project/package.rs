//! `package.json`, and who installs and runs what it names.

use serde_json::Value;

use super::{Step, Tree};

/// The fields of `package.json` that say something here. One that is broken says nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Package {
    value: Value,
}

impl Package {
    pub(super) fn read(tree: &dyn Tree) -> Option<Package> {
        let text = tree.text("package.json")?;
        Some(Package { value: serde_json::from_str(&text).unwrap_or_default() })
    }

    /// The text of a script.
    pub(super) fn script(&self, name: &str) -> Option<&str> {
        self.value["scripts"][name].as_str().filter(|text| !text.trim().is_empty())
    }

    /// The version that is asked for of a package, when the project needs it.
    pub(super) fn dependency(&self, name: &str) -> Option<&str> {
        ["dependencies", "devDependencies"].iter().find_map(|kind| self.value[*kind][name].as_str())
    }

    /// The major version of a package, when the range that is asked for begins with one.
    pub(super) fn major(&self, name: &str) -> Option<u32> {
        let range = self.dependency(name)?.trim_start_matches(['^', '~', '>', '=', 'v', ' ']);
        range.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
    }

    /// The package manager that the project names, with its version: `pnpm@9.1.0`.
    fn manager(&self) -> Option<&str> {
        self.value["packageManager"].as_str()
    }
}

/// A program that installs packages of JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageManager {
    Npm,
    Pnpm,
    Yarn,
    Bun,
}

impl PackageManager {
    const ALL: [PackageManager; 4] =
        [PackageManager::Pnpm, PackageManager::Yarn, PackageManager::Bun, PackageManager::Npm];

    /// The name of its program.
    pub const fn as_str(self) -> &'static str {
        match self {
            PackageManager::Npm => "npm",
            PackageManager::Pnpm => "pnpm",
            PackageManager::Yarn => "yarn",
            PackageManager::Bun => "bun",
        }
    }

    const fn lock_files(self) -> &'static [&'static str] {
        match self {
            PackageManager::Npm => &["package-lock.json", "npm-shrinkwrap.json"],
            PackageManager::Pnpm => &["pnpm-lock.yaml"],
            PackageManager::Yarn => &["yarn.lock"],
            PackageManager::Bun => &["bun.lock", "bun.lockb"],
        }
    }

    /// What starts a program of an installed package, and downloads none.
    const fn executor(self) -> &'static str {
        match self {
            PackageManager::Npm => "npx --no-install",
            PackageManager::Pnpm => "pnpm exec",
            PackageManager::Yarn => "yarn run",
            PackageManager::Bun => "bun run",
        }
    }
}

/// The package manager of a project, and why it is this one.
#[derive(Debug)]
pub(super) struct Installer {
    pub(super) manager: PackageManager,
    why: String,
    is_locked: bool,
    /// Yarn from version 2 on has other options.
    is_modern_yarn: bool,
}

impl Installer {
    /// The named one (`packageManager`), else the one whose lock file is there, else npm. The project's own folder
    /// counts before those above it. `None` without a `package.json`.
    pub(super) fn find(tree: &dyn Tree, package: Option<&Package>, parents: &[&dyn Tree]) -> Option<Installer> {
        let package = package?;
        let folders = || std::iter::once(tree).chain(parents.iter().copied());
        let locked = |folder: &dyn Tree, manager: PackageManager| {
            manager.lock_files().iter().copied().find(|name| folder.has(name))
        };
        let is_locked = |manager| folders().any(|folder| locked(folder, manager).is_some());
        let mut above = parents.iter().filter_map(|folder| Package::read(*folder));
        let named = package
            .manager()
            .map(str::to_owned)
            .or_else(|| above.find_map(|package| package.manager().map(str::to_owned)));
        if let Some(named) = named {
            let (name, version) = named.split_once('@').unwrap_or((&named, ""));
            if let Some(manager) = PackageManager::ALL.into_iter().find(|manager| manager.as_str() == name) {
                let is_modern_yarn = manager == PackageManager::Yarn && !version.starts_with("1.");
                let why = "`packageManager` in package.json".to_owned();
                return Some(Installer { manager, why, is_locked: is_locked(manager), is_modern_yarn });
            }
        }
        let by_lock = folders().find_map(|folder| {
            PackageManager::ALL.into_iter().find_map(|manager| Some((manager, locked(folder, manager)?)))
        });
        let is_modern_yarn = folders().any(|folder| folder.has(".yarnrc.yml"));
        Some(match by_lock {
            Some((manager, file)) => Installer { manager, why: file.to_owned(), is_locked: true, is_modern_yarn },
            None => Installer {
                manager: PackageManager::Npm,
                why: "package.json, no lock file".to_owned(),
                is_locked: false,
                is_modern_yarn: false,
            },
        })
    }

    /// Exactly what is locked, where something is.
    pub(super) fn install(&self) -> Step {
        let command = match (self.manager, self.is_locked) {
            (PackageManager::Npm, true) => "npm ci",
            (PackageManager::Pnpm, true) => "pnpm install --frozen-lockfile",
            (PackageManager::Yarn, true) if self.is_modern_yarn => "yarn install --immutable",
            (PackageManager::Yarn, true) => "yarn install --frozen-lockfile",
            (PackageManager::Bun, true) => "bun install --frozen-lockfile",
            (PackageManager::Npm, false) => "npm install",
            (PackageManager::Pnpm, false) => "pnpm install",
            (PackageManager::Yarn, false) => "yarn install",
            (PackageManager::Bun, false) => "bun install",
        };
        Step { command: command.to_owned(), why: self.why.clone() }
    }

    /// Runs a script of `package.json`.
    pub(super) fn run_script(&self, name: &str) -> Step {
        let command = format!("{} run {name}", self.manager.as_str());
        Step { command, why: format!("script `{name}` in package.json, {}", self.why) }
    }

    /// Runs a program of a package.
    pub(super) fn execute(&self, command: &str) -> Step {
        Step { command: format!("{} {command}", self.manager.executor()), why: self.why.clone() }
    }
}
