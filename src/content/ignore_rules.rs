//! What of a folder is not deployed: built-in rules, the project's `ignore` globs and a `.zerodeployignore` file.
//!
//! Patterns have the syntax of gitignore; a later one beats an earlier one, and the file beats the project's settings.
//! `.gitignore` files are not obeyed: a folder of built files is usually ignored by git as a whole.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, Glob};
use unicode_normalization::UnicodeNormalization;

/// Name of the file with a folder's own rules.
pub const IGNORE_FILE: &str = ".zerodeployignore";
/// Most bytes of a file of rules.
const MOST_BYTES: u64 = 1024 * 1024;
/// Name of the project's settings, which may lie in the folder that is deployed.
const SETTINGS_FILE: &str = "zerodeploy.json";
/// The one dot folder that belongs to a site (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// The rules for one folder.
#[derive(Debug)]
pub struct IgnoreRules {
    patterns: Gitignore,
}

/// Why a file or folder is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// `.git` or `.env*`, or a link to one: never deployed, whatever the patterns say.
    Secret,
    /// Its name starts with a dot.
    DotName,
    /// A folder of packages, not of the site.
    Packages,
    /// Made by an operating system.
    SystemFile,
    /// It configures this tool.
    Settings,
    /// A pattern, and where it stands.
    Pattern(Arc<str>, Origin),
}

/// Where a pattern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `ignore` in the project's settings.
    Settings,
    /// The folder's `.zerodeployignore`.
    File,
}

/// Something that is not deployed; of a folder only the folder itself is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path in the folder, fit to be printed; a folder's ends with a slash.
    pub path: String,
    /// Why.
    pub reason: Reason,
}

/// Rules that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IgnoreError {
    #[error("`{0}` cannot be read: {1}; it must be a text file in UTF-8")]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("the pattern `{0}` in {1} is wrong: {2}; patterns have the syntax of .gitignore")]
    Pattern(String, Origin, String),
}

impl IgnoreRules {
    /// Reads the rules for the folder `root`; `patterns` are those of the project's settings.
    pub fn load(root: &Path, patterns: &[String]) -> Result<Self, IgnoreError> {
        let file = root.join(IGNORE_FILE);
        let lines = match fs::metadata(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error),
            // Opening a pipe would wait for its other end.
            Ok(metadata) if !metadata.is_file() => Err(io::Error::other("it is no regular file")),
            Ok(_) => read_bounded(&file),
        };
        let lines = lines.map_err(|error| IgnoreError::Unreadable(file, error))?;
        let lines = lines.strip_prefix('\u{feff}').unwrap_or(&lines);
        let settings = patterns.iter().map(|pattern| (Origin::Settings, pattern.as_str()));
        Self::compile(settings.chain(lines.lines().map(|line| (Origin::File, line))))
    }

    fn compile<'a>(patterns: impl Iterator<Item = (Origin, &'a str)>) -> Result<Self, IgnoreError> {
        let wrong = |pattern: &str, origin: Origin, error: ignore::Error| {
            let cause = match error {
                ignore::Error::Glob { err, .. } => err,
                other => other.to_string(),
            };
            IgnoreError::Pattern(pattern.to_owned(), origin, cause)
        };
        let mut builder = GitignoreBuilder::new(".");
        for (origin, pattern) in patterns {
            // Site paths are in NFC, so patterns must be.
            let normalized: String = pattern.nfc().collect();
            let from = matches!(origin, Origin::File).then(|| PathBuf::from(IGNORE_FILE));
            builder.add_line(from, &normalized).map_err(|error| wrong(pattern, origin, error))?;
        }
        let patterns = builder.build().map_err(|error| wrong("", Origin::Settings, error))?;
        Ok(IgnoreRules { patterns })
    }

    /// Why a path is left out, or `None` when it is deployed. The folders above it are taken to be deployed.
    pub fn reason(&self, path: &str, is_folder: bool) -> Option<Reason> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if is_secret(name) {
            return Some(Reason::Secret);
        }
        match self.patterns.matched(path, is_folder) {
            Match::Ignore(glob) => Some(Reason::Pattern(glob.original().into(), origin(glob))),
            Match::Whitelist(glob) if names(glob, name) => None,
            Match::Whitelist(_) | Match::None => built_in(path, name, is_folder),
        }
    }
}

fn read_bounded(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(file)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(format!("it is over {MOST_BYTES} bytes")));
    }
    Ok(text)
}

/// Whether a name stands for what must never be published: a repository's history or the secrets of an environment.
pub(super) fn is_secret(name: &str) -> bool {
    // File systems of macOS and Windows take upper and lower case for one.
    let begin = name.get(..4).unwrap_or_default();
    name.eq_ignore_ascii_case(".git") || begin.eq_ignore_ascii_case(".env")
}

fn built_in(path: &str, name: &str, is_folder: bool) -> Option<Reason> {
    match name {
        SETTINGS_FILE if path == name => Some(Reason::Settings),
        IGNORE_FILE => Some(Reason::Settings),
        "node_modules" if is_folder => Some(Reason::Packages),
        "Thumbs.db" => Some(Reason::SystemFile),
        WELL_KNOWN => None,
        _ if !name.starts_with('.') => None,
        _ if path.split('/').any(|segment| segment == WELL_KNOWN) => None,
        _ => Some(Reason::DotName),
    }
}

/// Whether a `!` pattern means a name that the built-in rules leave out, and not merely covers it: `!assets/**` should
/// not bring `assets/.DS_Store` back.
fn names(glob: &Glob, name: &str) -> bool {
    let pattern = glob.original().trim_start_matches('!').trim_end_matches('/');
    let last = pattern.rsplit('/').next().unwrap_or(pattern);
    last == name || (name.starts_with('.') && last.starts_with('.'))
}

fn origin(glob: &Glob) -> Origin {
    if glob.from().is_some() { Origin::File } else { Origin::Settings }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Settings => formatter.write_str("`ignore` of zerodeploy.json"),
            Origin::File => formatter.write_str(IGNORE_FILE),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Secret => formatter.write_str("never deployed"),
            Reason::DotName => formatter.write_str("its name starts with a dot"),
            Reason::Packages => formatter.write_str("a folder of packages"),
            Reason::SystemFile => formatter.write_str("a file of the operating system"),
            Reason::Settings => formatter.write_str("settings of this tool"),
            Reason::Pattern(pattern, origin) => write!(formatter, "pattern `{pattern}` in {origin}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(settings: &[&str], file: &str) -> IgnoreRules {
        let settings = settings.iter().map(|pattern| (Origin::Settings, *pattern));
        let lines = file.lines().map(|line| (Origin::File, line));
        IgnoreRules::compile(settings.chain(lines)).expect("legal patterns")
    }

    #[test]
    fn built_in_rules() {
        let rules = rules(&[], "");
        for (path, is_folder, reason) in [
            (".git", true, Reason::Secret),
            ("a/.git", false, Reason::Secret),
            (".GIT", true, Reason::Secret),
            (".env", false, Reason::Secret),
            (".env.local", false, Reason::Secret),
            (".well-known/.env", false, Reason::Secret),
            (".DS_Store", false, Reason::DotName),
            ("a/.x/", true, Reason::DotName),
            ("a/.hidden", true, Reason::DotName),
            ("a/node_modules", true, Reason::Packages),
            ("Thumbs.db", false, Reason::SystemFile),
            ("zerodeploy.json", false, Reason::Settings),
            (".zerodeployignore", false, Reason::Settings),
        ] {
            let path = path.trim_end_matches('/');
            assert_eq!(rules.reason(path, is_folder), Some(reason), "{path}");
        }
        for (path, is_folder) in [
            (".well-known", true),
            (".well-known/acme.txt", false),
            (".well-known/.hidden", false),
            ("docs/.well-known", true),
            ("a/zerodeploy.json", false),
            ("node_modules", false),
            ("git", false),
            ("a.env", false),
        ] {
            assert_eq!(rules.reason(path, is_folder), None, "{path}");
        }
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        let rules = rules(&["*.map", "drafts/", "/top.txt"], "# a comment\n\n!keep.map\ncafe\u{301}.txt\n\\#odd\n");
        let out = |path: &str, is_folder| rules.reason(path, is_folder).map(|reason| reason.to_string());
        assert_eq!(out("a/app.js.map", false).as_deref(), Some("pattern `*.map` in `ignore` of zerodeploy.json"));
        assert_eq!(out("café.txt", false).as_deref(), Some("pattern `café.txt` in .zerodeployignore"));
        assert!(out("a/drafts", true).is_some() && out("drafts", false).is_none());
        assert!(out("top.txt", false).is_some() && out("a/top.txt", false).is_none());
        assert!(out("a/keep.map", false).is_none(), "the file beats the settings");
        assert!(out("#odd", false).is_some());
    }

    #[test]
    fn a_dot_file_comes_back_only_when_it_is_meant() {
        let rules = rules(&["*", "!assets", "!assets/**", "!.nojekyll", "!.git", "!.env*", "!node_modules/"], "");
        let kept = |path: &str, is_folder| rules.reason(path, is_folder).is_none();
        assert!(kept(".nojekyll", false) && kept("assets", true) && kept("assets/a.css", false));
        assert!(kept("node_modules", true));
        assert!(!kept("assets/.DS_Store", false) && !kept("assets/Thumbs.db", false));
        assert!(!kept(".git", true) && !kept(".env", false) && !kept(".env.production", false));
        assert!(!kept(".other", false) && !kept("index.html", false));
    }

    #[test]
    fn wrong_rules_are_refused_with_their_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let load =
            |patterns: &[String]| IgnoreRules::load(folder.path(), patterns).map(|_| ()).map_err(|e| e.to_string());
        assert_eq!(load(&[]), Ok(()));
        let wrong = load(&["{a".to_owned()]).expect_err("an open brace");
        assert!(wrong.starts_with("the pattern `{a` in `ignore` of zerodeploy.json is wrong: "), "{wrong}");
        fs::write(folder.path().join(IGNORE_FILE), "\u{feff}*.txt\n[z-a]\n").expect("written");
        let wrong = load(&[]).expect_err("a reversed range");
        assert!(wrong.starts_with("the pattern `[z-a]` in .zerodeployignore is wrong: "), "{wrong}");
        fs::write(folder.path().join(IGNORE_FILE), b"\xff").expect("written");
        assert!(load(&[]).expect_err("no UTF-8").contains("must be a text file in UTF-8"));
        fs::remove_file(folder.path().join(IGNORE_FILE)).expect("removed");
        fs::write(folder.path().join(IGNORE_FILE), vec![b'\n'; MOST_BYTES as usize + 1]).expect("written");
        assert!(load(&[]).expect_err("too long").contains("over 1048576 bytes"));
        fs::remove_file(folder.path().join(IGNORE_FILE)).expect("removed");
        fs::create_dir(folder.path().join(IGNORE_FILE)).expect("a folder");
        assert!(load(&[]).expect_err("a folder").contains("no regular file"));
    }
}
