//! Folders to deploy.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A temporary folder of files, gone with its value.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder with these files; parents are made.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a temporary folder"));
        for (path, content) in files {
            folder.write(path, content);
        }
        folder
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a writable folder");
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A path below it.
    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Where it is, as an argument.
    pub(crate) fn argument(&self) -> &str {
        self.path().to_str().expect("a temporary folder has a UTF-8 name")
    }
}
