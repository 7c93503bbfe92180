//! Which files differ between two states of a site.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::content::blob::BlobId;
use crate::error::CliError;
use crate::ui::table::{Cell, Table};
use crate::ui::{Ui, format};

/// A file of one state.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    /// Its place on the site.
    pub(super) path: &'a str,
    /// Its content.
    pub(super) blob: BlobId,
    /// Bytes of the content.
    pub(super) size: u64,
}

/// A file on one side only.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Single {
    path: String,
    size_bytes: u64,
}

impl From<File<'_>> for Single {
    fn from(file: File<'_>) -> Self {
        Single { path: file.path.to_owned(), size_bytes: file.size }
    }
}

/// A file with another content.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Changed {
    path: String,
    size_bytes: u64,
    previous_size_bytes: u64,
}

/// What differs, by path.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Difference {
    added: Vec<Single>,
    changed: Vec<Changed>,
    removed: Vec<Single>,
    unchanged_files: u64,
}

impl Difference {
    /// Compares two states; each has a path once.
    pub(super) fn between<'a>(
        before: impl Iterator<Item = File<'a>>,
        after: impl Iterator<Item = File<'a>>,
    ) -> Difference {
        let mut before: BTreeMap<&str, File<'_>> = before.map(|file| (file.path, file)).collect();
        let mut difference = Difference::default();
        for file in after {
            match before.remove(file.path) {
                Some(old) if old.blob == file.blob => difference.unchanged_files += 1,
                Some(old) => {
                    let (path, size_bytes) = (file.path.to_owned(), file.size);
                    difference.changed.push(Changed { path, size_bytes, previous_size_bytes: old.size });
                }
                None => difference.added.push(file.into()),
            }
        }
        difference.removed = before.into_values().map(Single::from).collect();
        difference
    }

    /// The same where files that are missing later stay.
    pub(super) fn keeping_files(mut self) -> Self {
        self.removed.clear();
        self
    }

    /// Prints the files, one a row.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub(super) fn print(&self, ui: &Ui) -> Result<(), CliError> {
        let mut table = Table::new(&["change", "path", "size", "before"]);
        let mut row = |change: &str, path: &str, size: Cell, before: Cell| {
            table.row(vec![change.into(), path.into(), size, before]);
        };
        for file in &self.added {
            row("added", &file.path, Cell::Bytes(file.size_bytes), Cell::Missing);
        }
        for file in &self.changed {
            row("changed", &file.path, Cell::Bytes(file.size_bytes), Cell::Bytes(file.previous_size_bytes));
        }
        for file in &self.removed {
            row("removed", &file.path, Cell::Missing, Cell::Bytes(file.size_bytes));
        }
        Ok(ui.table(&table)?)
    }

    /// How many files differ, for people.
    pub(super) fn summary(&self) -> String {
        format!(
            "{} added, {} changed, {} removed, {} unchanged",
            format::thousands(self.added.len() as u64),
            format::thousands(self.changed.len() as u64),
            format::thousands(self.removed.len() as u64),
            format::thousands(self.unchanged_files),
        )
    }
}

/// Bytes of the contents of `after` that `before` has nowhere, each counted once.
pub(super) fn new_bytes<'a>(before: impl Iterator<Item = File<'a>>, after: impl Iterator<Item = File<'a>>) -> u64 {
    let known: BTreeSet<BlobId> = before.map(|file| file.blob).collect();
    let missing: BTreeMap<BlobId, u64> =
        after.filter(|file| !known.contains(&file.blob)).map(|file| (file.blob, file.size)).collect();
    missing.values().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files<'a>(files: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = File<'a>> {
        files.iter().map(|(path, text)| File { path, blob: BlobId::of(text.as_bytes()), size: text.len() as u64 })
    }

    #[test]
    fn files_are_compared_by_content_and_contents_are_counted_once() {
        let before = [("a.html", "same"), ("b.html", "old"), ("c.html", "gone")];
        let after =
            [("a.html", "same"), ("b.html", "newer"), ("d.html", "twin"), ("e.html", "twin"), ("f.html", "gone")];
        let difference = Difference::between(files(&before), files(&after));
        let paths = |files: &[Single]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&difference.added), ["d.html", "e.html", "f.html"]);
        assert_eq!(paths(&difference.removed), ["c.html"]);
        let changed = Changed { path: "b.html".to_owned(), size_bytes: 5, previous_size_bytes: 3 };
        assert_eq!((difference.changed.as_slice(), difference.unchanged_files), (&[changed][..], 1));
        assert_eq!(difference.summary(), "3 added, 1 changed, 1 removed, 1 unchanged");
        assert_eq!(new_bytes(files(&before), files(&after)), 5 + 4, "`gone` is there, `twin` is sent once");
        assert!(difference.keeping_files().removed.is_empty());
    }

    #[test]
    fn the_same_twice_differs_in_nothing() {
        let same = [("a.html", "same"), ("b.html", "")];
        let difference = Difference::between(files(&same), files(&same));
        assert_eq!(difference, Difference { unchanged_files: 2, ..Difference::default() });
    }
}
