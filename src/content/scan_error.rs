//! What keeps a folder from being deployed.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::ignore_rules::IgnoreError;
use super::manifest::ManifestError;
use super::path::PathError;

/// Most files that an error or a warning names.
pub const MOST_NAMES: usize = 20;

/// Why a folder cannot be scanned.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error("the folder `{0}` does not exist; build the site first, or name the right folder with --dir")]
    NotFound(PathBuf),
    #[error("`{0}` is a file, not a folder; name the folder it lies in with --dir")]
    NotAFolder(PathBuf),
    #[error("the folder `{0}` cannot be read: {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// Nothing is left to deploy; the number counts what was left out.
    #[error("the folder `{0}` holds no file to deploy{left_out}; build the site first, or name the right folder with --dir",
        left_out = match .1 { 0 => String::new(), count => format!(" ({count} left out by rules)") })]
    Empty(PathBuf, usize),
    #[error("the folder `{0}` holds more than {1} files and folders; name the folder of the built site with --dir")]
    TooManyFiles(PathBuf, usize),
    #[error(transparent)]
    Rules(#[from] IgnoreError),
    #[error("{0}")]
    Unusable(Problems),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

/// The files that cannot be deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    /// The first of them by path, at most [`MOST_NAMES`].
    pub named: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

/// A file, link or folder that cannot be deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its path in the folder, fit to be printed.
    pub path: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What is wrong with a file; as text also what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    #[error("its name is not UTF-8; rename it")]
    NotUtf8,
    #[error("{0}; rename it")]
    Name(PathError),
    #[error(
        "another file has the same name in another Unicode form (NFC makes both one): `{0}` and `{1}`; rename one of the two"
    )]
    SameName(String, String),
    #[error("it is a link that leaves the folder, to `{0}`; put a copy in its place")]
    LinkLeaves(String),
    #[error("it is a link to a folder that it lies in itself; remove it")]
    LinkLoops,
    #[error("it is a link that leads nowhere ({0}); remove it")]
    LinkBroken(String),
    #[error("it is a pipe, a socket or a device, not a file; remove it")]
    Special,
    #[error("it cannot be read ({0}); check its permissions")]
    Unreadable(String),
    #[error("it vanished while the folder was read; deploy once nothing writes there any more")]
    Vanished,
    #[error("it kept changing while it was read; deploy once nothing writes there any more")]
    Changing,
}

impl ProblemKind {
    /// What an error of the file system means for a file that was there a moment ago.
    pub(super) fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => ProblemKind::Vanished,
            _ => ProblemKind::Unreadable(error.to_string()),
        }
    }
}

impl Problems {
    /// Keeps the first by path.
    pub fn of(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|left, right| left.path.cmp(&right.path));
        let more = problems.len().saturating_sub(MOST_NAMES);
        problems.truncate(MOST_NAMES);
        Problems { named: problems, more }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}`: {}", self.path, self.kind)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.named.len() + self.more {
            1 => formatter.write_str("one file cannot be deployed:")?,
            count => write!(formatter, "{count} files cannot be deployed:")?,
        }
        for problem in &self.named {
            write!(formatter, "\n  {problem}")?;
        }
        if self.more > 0 {
            write!(formatter, "\n  and {} more", self.more)?;
        }
        formatter.write_str(
            "\nWhat is not meant to be deployed can be left out: `ignore` in zerodeploy.json, or a .zerodeployignore file.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_files_up_to_a_bound() {
        let problem = |number: usize| Problem { path: format!("f{number:02}"), kind: ProblemKind::Special };
        let one = ScanError::Unusable(Problems::of(vec![problem(1)])).to_string();
        assert!(one.starts_with("one file cannot be deployed:\n  `f01`: it is a pipe"), "{one}");
        let many = Problems::of((0..25).rev().map(problem).collect());
        assert_eq!((many.named.len(), many.more, many.named[0].path.as_str()), (MOST_NAMES, 5, "f00"));
        let many = many.to_string();
        assert!(many.starts_with("25 files") && many.contains("`f19`") && !many.contains("`f20`"), "{many}");
        assert!(many.contains("and 5 more\n") && many.contains(".zerodeployignore"), "{many}");
    }

    #[test]
    fn an_empty_folder_says_how_much_was_left_out() {
        let text = |count| ScanError::Empty(PathBuf::from("dist"), count).to_string();
        assert!(text(0).starts_with("the folder `dist` holds no file to deploy; build"), "{}", text(0));
        assert!(text(3).contains("deploy (3 left out by rules); build"), "{}", text(3));
    }
}
