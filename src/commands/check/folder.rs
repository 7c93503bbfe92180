//! What checks look at.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// A folder to deploy, without what is left out of it.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    root: &'a Path,
    /// The paths of its files in the site, sorted.
    paths: Vec<&'a str>,
    /// Whether the site has other files, too, because these are laid over those of before.
    pub(super) is_partial: bool,
}

impl<'a> Folder<'a> {
    /// A folder with files at these paths.
    pub(super) fn new(root: &'a Path, mut paths: Vec<&'a str>, is_partial: bool) -> Self {
        paths.sort_unstable();
        Folder { root, paths, is_partial }
    }

    /// The paths of its files in the site, sorted.
    pub(super) fn paths(&self) -> &[&'a str] {
        &self.paths
    }

    /// Whether there is a file at a path of the site.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.binary_search(&path).is_ok()
    }

    /// The file that answers for a path without slashes at its ends: itself, its page, or its folder's index.
    pub(super) fn answering(&self, path: &str) -> Option<&'a str> {
        let index = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
        let forms = [path.to_owned(), format!("{path}.html"), index];
        forms.iter().find_map(|form| self.paths.binary_search(&form.as_str()).ok()).map(|at| self.paths[at])
    }

    /// Reads a file of ASCII name, at most one byte more than `most_bytes`: what is larger is refused anyway.
    pub(super) fn read(&self, path: &str, most_bytes: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.root.join(path))?.take(most_bytes as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
