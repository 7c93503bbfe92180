//! Finding the files of a folder.
//!
//! Links count as what they lead to, as long as that lies in the folder. Nothing is opened but folders, so that a pipe
//! cannot hold the walk up.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::file::FileStamp;
use super::ignore_rules::{IgnoreRules, LeftOut, Reason, is_secret};
use super::parallel;
use super::path::SitePath;
use super::scan_error::{Problem, ProblemKind};
use crate::domain::printable::{printable, spelled_out};

/// Most files and folders in one walk: links between folders can multiply them without end.
pub const MOST_FOUND: usize = 1_000_000;

/// A file to deploy.
#[derive(Debug)]
pub struct Found {
    /// Its path in the site.
    pub path: SitePath,
    /// Its size in bytes.
    pub size: u64,
    /// Its stamp, where there is one.
    pub stamp: Option<FileStamp>,
    /// Where it lies on the disk.
    pub location: Location,
}

/// Where a file really lies, without links; small, because folders are shared and most names are in the path already.
#[derive(Debug)]
pub struct Location {
    folder: Arc<Path>,
    /// The name, where it is not the last segment of the path in the site.
    name: Option<Box<OsStr>>,
}

impl Location {
    /// The absolute path on the disk of the file that has `path` in the site.
    pub fn resolve(&self, path: &str) -> PathBuf {
        let last = OsStr::new(path.rsplit('/').next().unwrap_or(path));
        self.folder.join(self.name.as_deref().unwrap_or(last))
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files by path. No two have one path, unless there is a problem about it.
    pub files: Vec<Found>,
    /// What the rules leave out, by path.
    pub left_out: Vec<LeftOut>,
    /// What cannot be deployed.
    pub problems: Vec<Problem>,
    /// Whether the walk was given up at [`MOST_FOUND`]: then the rest is incomplete.
    pub is_too_large: bool,
    folders: Vec<Folder>,
}

/// A folder still to be read.
#[derive(Debug)]
struct Folder {
    /// Its path in the site; empty for the root.
    path: String,
    /// Where it really lies.
    location: Arc<Path>,
    /// How the walk came here, by links and by descending.
    trail: Trail,
}

/// The folders that the walk went through in one go since it last followed a link: `start` and what lies between it and
/// the folder at hand. `before` are the same for the links before it, each with the folder that its link lay in.
#[derive(Debug, Clone)]
struct Trail {
    start: Arc<Path>,
    before: Option<Arc<(Trail, Arc<Path>)>>,
}

impl Trail {
    /// Whether the walk went through `target` on its way to `here`.
    fn has(&self, target: &Path, here: &Path) -> bool {
        let (mut trail, mut end) = (self, here);
        loop {
            if target.starts_with(&trail.start) && end.starts_with(target) {
                return true;
            }
            match &trail.before {
                Some(before) => (trail, end) = (&before.0, &before.1),
                None => return false,
            }
        }
    }
}

/// Walks a folder, named by an absolute path without links. `found` hears of files and bytes found so far.
pub fn walk(root: &Path, rules: &IgnoreRules, found: &(dyn Fn(u64, u64) + Sync)) -> Walk {
    let walker = Walker { root, rules, found, files: AtomicU64::new(0), bytes: AtomicU64::new(0) };
    let start: Arc<Path> = Arc::from(root);
    let trail = Trail { start: Arc::clone(&start), before: None };
    let mut level = vec![Folder { path: String::new(), location: start, trail }];
    let mut walk = Walk::default();
    let mut folders = 0;
    while !level.is_empty() && !walk.is_too_large {
        folders += level.len();
        let folders_of_level = std::mem::take(&mut level).into_iter();
        for part in parallel::for_each(folders_of_level, Walk::default, |part, folder| walker.read(&folder, part)) {
            walk.files.extend(part.files);
            walk.left_out.extend(part.left_out);
            walk.problems.extend(part.problems);
            level.extend(part.folders);
        }
        walk.is_too_large = walk.files.len() + folders + level.len() > MOST_FOUND;
    }
    walk.files.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    walk.left_out.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    report_same_paths(root, &mut walk);
    walk
}

fn report_same_paths(root: &Path, walk: &mut Walk) {
    let name = |found: &Found| {
        let location = found.location.resolve(found.path.as_str());
        location.strip_prefix(root).unwrap_or(&location).to_string_lossy().into_owned()
    };
    for pair in walk.files.windows(2).filter(|pair| pair[0].path == pair[1].path) {
        let mut names = [name(&pair[0]), name(&pair[1])];
        // Which of the two was found first is left to chance.
        names.sort_by(|left, right| spelled_out(left).cmp(&spelled_out(right)));
        let [first, second] = &names;
        let kind = ProblemKind::SameName(spelled_out(first).into_owned(), spelled_out(second).into_owned());
        walk.problems.push(Problem { path: printable(first).into_owned(), kind });
    }
}

struct Walker<'a> {
    root: &'a Path,
    rules: &'a IgnoreRules,
    found: &'a (dyn Fn(u64, u64) + Sync),
    files: AtomicU64,
    bytes: AtomicU64,
}

impl Walker<'_> {
    fn read(&self, folder: &Folder, part: &mut Walk) {
        let before = part.files.len();
        let entries = fs::read_dir(&folder.location).and_then(|mut entries| {
            entries.try_for_each(|entry| {
                self.classify(folder, &entry?, part);
                Ok(())
            })
        });
        if let Err(error) = entries {
            let path = if folder.path.is_empty() { "." } else { &folder.path };
            part.problems.push(Problem { path: printable(path).into_owned(), kind: ProblemKind::of_io(&error) });
        }
        let new = &part.files[before..];
        let bytes: u64 = new.iter().map(|file| file.size).sum();
        let files = self.files.fetch_add(new.len() as u64, Ordering::Relaxed) + new.len() as u64;
        (self.found)(files, self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes);
    }

    fn classify(&self, folder: &Folder, entry: &DirEntry, part: &mut Walk) {
        let name = entry.file_name();
        let plain = join(&folder.path, &name.to_string_lossy());
        let path = match name.to_str() {
            Some(_) => SitePath::normalized(&plain).map_err(ProblemKind::Name),
            None => Err(ProblemKind::NotUtf8),
        };
        // Rules hold for names that are not allowed, too: what is left out does not matter.
        let shown = path.as_ref().map_or(plain.as_str(), SitePath::as_str);
        let result = entry.file_type().map_err(|error| ProblemKind::of_io(&error)).and_then(|kind| {
            if let Some(reason) = self.rules.reason(shown, kind.is_dir()) {
                return Ok(Some((reason, kind.is_dir())));
            }
            let place = Place { folder, path: path.clone()?, name };
            if kind.is_symlink() {
                return self.follow(place, entry, part);
            }
            if kind.is_dir() {
                let location = Arc::from(folder.location.join(&place.name));
                part.folders.push(Folder { path: place.path.to_string(), location, trail: folder.trail.clone() });
            } else if kind.is_file() {
                let metadata = entry.metadata().map_err(|error| ProblemKind::of_io(&error))?;
                part.files.push(place.found(&metadata)?);
            } else {
                return Err(ProblemKind::Special);
            }
            Ok(None)
        });
        match result {
            Ok(None) => {}
            Ok(Some((reason, is_folder))) => {
                let path = format!("{}{}", printable(shown), if is_folder { "/" } else { "" });
                part.left_out.push(LeftOut { path, reason });
            }
            Err(kind) => part.problems.push(Problem { path: printable(shown).into_owned(), kind }),
        }
    }

    /// Takes what a link leads to in the link's place.
    fn follow(
        &self,
        place: Place<'_>,
        entry: &DirEntry,
        part: &mut Walk,
    ) -> Result<Option<(Reason, bool)>, ProblemKind> {
        let broken = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => ProblemKind::LinkBroken("there is no such file".to_owned()),
            _ => ProblemKind::LinkBroken(error.to_string()),
        };
        let target = entry.path().canonicalize().map_err(broken)?;
        let Ok(inside) = target.strip_prefix(self.root) else {
            return Err(ProblemKind::LinkLeaves(printable(&target.to_string_lossy()).into_owned()));
        };
        if inside.iter().any(|name| name.to_str().is_some_and(is_secret)) {
            return Ok(Some((Reason::Secret, false)));
        }
        let metadata = fs::symlink_metadata(&target).map_err(broken)?;
        if metadata.is_dir() {
            if let Some(reason) = self.rules.reason(place.path.as_str(), true) {
                return Ok(Some((reason, true)));
            }
            let from = place.folder;
            if from.trail.has(&target, &from.location) {
                return Err(ProblemKind::LinkLoops);
            }
            let start: Arc<Path> = Arc::from(target);
            let before = Some(Arc::new((from.trail.clone(), Arc::clone(&from.location))));
            let trail = Trail { start: Arc::clone(&start), before };
            part.folders.push(Folder { path: place.path.to_string(), location: start, trail });
        } else {
            let mut found = place.found(&metadata)?;
            let folder = Arc::from(target.parent().unwrap_or(self.root));
            found.location = Location { folder, name: target.file_name().map(Box::from) };
            part.files.push(found);
        }
        Ok(None)
    }
}

/// A legal path and where it stands.
struct Place<'a> {
    folder: &'a Folder,
    path: SitePath,
    name: OsString,
}

impl Place<'_> {
    fn found(self, metadata: &Metadata) -> Result<Found, ProblemKind> {
        if !metadata.is_file() {
            return Err(ProblemKind::Special);
        }
        let is_plain = self.path.as_str().rsplit('/').next().is_some_and(|last| self.name == last);
        Ok(Found {
            path: self.path,
            size: metadata.len(),
            stamp: FileStamp::of(metadata),
            location: Location {
                folder: Arc::clone(&self.folder.location),
                name: (!is_plain).then(|| self.name.into_boxed_os_str()),
            },
        })
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { [folder, "/", name].concat() }
}
