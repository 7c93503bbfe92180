//! A project's folder on the disk.

use std::path::{Path, PathBuf};

use crate::project::Tree;
use crate::settings::file;

/// A folder.
pub(super) struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(super) fn new(root: &Path) -> Disk {
        Disk { root: root.to_owned() }
    }
}

impl Tree for Disk {
    fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    fn text(&self, path: &str) -> Option<String> {
        file::read(&self.root.join(path)).ok().flatten()
    }
}

/// The folders above `base` up to the root of its repository, nearest first; none outside a repository.
pub(super) fn parents(base: &Path) -> Vec<Disk> {
    let Some(root) = base.ancestors().find(|folder| folder.join(".git").exists()) else { return Vec::new() };
    base.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).map(Disk::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_end_at_the_repository() {
        let top = tempfile::tempdir().expect("a folder");
        let deep = top.path().join("repository/packages/web");
        std::fs::create_dir_all(&deep).expect("made");
        assert!(parents(&deep).is_empty(), "no repository");
        std::fs::create_dir(top.path().join("repository/.git")).expect("made");
        let found: Vec<PathBuf> = parents(&deep).into_iter().map(|disk| disk.root).collect();
        assert_eq!(found, [top.path().join("repository/packages"), top.path().join("repository")]);
    }
}
