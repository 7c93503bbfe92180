//! A folder's whole content: its manifest, and where each content can be read.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::blob::BlobId;
use super::hash::{self, hash_file};
use super::hash_cache::HashCache;
use super::ignore_rules::{IgnoreRules, LeftOut};
use super::manifest::Manifest;
use super::parallel;
use super::part::Source;
use super::scan_error::{MOST_NAMES, Problem, Problems, ScanError};
use super::walk::{self, Found, Location, Walk};

/// Files that a thread takes at once.
const BATCH: usize = 64;

/// What to scan, and how.
#[derive(Debug, Clone)]
pub struct ScanOptions {
    /// The folder.
    pub root: PathBuf,
    /// The project's ignore patterns, in the syntax of gitignore.
    pub ignore: Vec<String>,
    /// Where hashes are remembered; `None`: nowhere.
    pub cache_dir: Option<PathBuf>,
    /// Whether remembered hashes are trusted. If not, every file is read, and what is found is remembered anew.
    pub use_cache: bool,
}

/// Hears how far a scan is; called from several threads, with totals so far that may arrive out of order.
pub trait ScanProgress: Sync {
    /// Files found and their sizes' sum.
    fn found(&self, _files: u64, _bytes: u64) {}

    /// Files and bytes whose hash is known. Bytes that are read again because a file changed count again.
    fn hashed(&self, _files: u64, _bytes: u64) {}
}

/// Nobody listens.
impl ScanProgress for () {}

/// A scanned folder.
#[derive(Debug)]
pub struct Scan {
    /// All files with their contents' ids and sizes.
    pub manifest: Manifest,
    /// One place to read each distinct content from, in the order of [`Manifest::distinct_blobs`].
    pub sources: Vec<Source>,
    /// What the rules left out, by path.
    pub left_out: Vec<LeftOut>,
    /// What is odd but does no harm, as sentences.
    pub warnings: Vec<String>,
    /// How many files had to be read; the others' hashes were remembered.
    pub files_read: usize,
    cache: Option<HashCache>,
}

impl Scan {
    /// Forgets the remembered hashes of all files with a content, because the server found the hash wrong.
    pub fn forget(&mut self, blob: &BlobId) {
        if let Some(cache) = &mut self.cache {
            cache.forget_blob(blob);
        }
    }

    /// The manifest that a site at an API's origin last got from this folder.
    pub fn last_manifest(&self, origin: &str, site: &str) -> Option<BlobId> {
        self.cache.as_ref().and_then(|cache| cache.last_manifest(origin, site))
    }

    /// Remembers that a site has this scan's manifest now.
    pub fn set_last_manifest(&mut self, origin: &str, site: &str) {
        if let Some(cache) = &mut self.cache {
            cache.set_last_manifest(origin, site, self.manifest.id());
        }
    }

    /// Writes back what is remembered, if it changed. Failing to only costs time at the next deploy.
    pub fn save_cache(&mut self) -> io::Result<()> {
        self.cache.as_mut().map_or(Ok(()), HashCache::save)
    }
}

/// Finds and hashes all files of a folder.
///
/// # Errors
/// Tells apart what is wrong with the folder, the rules and single files; see [`ScanError`].
pub fn scan(options: &ScanOptions, progress: &dyn ScanProgress) -> Result<Scan, ScanError> {
    scan_at(options, progress, SystemTime::now)
}

fn scan_at(options: &ScanOptions, progress: &dyn ScanProgress, now: fn() -> SystemTime) -> Result<Scan, ScanError> {
    let (root, walk) = find(&options.root, &options.ignore, progress)?;
    let mut cache = options.cache_dir.as_ref().map(|directory| HashCache::load(directory, &root));
    let mut files = walk.files;
    let hashes = hash_all(&mut files, cache.as_ref().filter(|_| options.use_cache), progress, now)?;
    if let Some(cache) = &mut cache {
        remember(cache, &files, &hashes);
    }
    let warnings = case_warnings(&files);
    let files = files.into_iter().zip(hashes.blobs);
    // Of each file only what is still needed is kept: with many files that halves the memory.
    let (entries, locations): (Vec<_>, Vec<_>) =
        files.map(|(file, blob)| ((file.path, blob, file.size), file.location)).unzip();
    let manifest = Manifest::build(entries)?;
    let sources = sources(&manifest, &locations);
    Ok(Scan { manifest, sources, left_out: walk.left_out, warnings, files_read: hashes.read, cache })
}

/// Finds all files of a folder without reading them; also the folder's absolute path without links. `ignore`: see
/// [`ScanOptions`].
///
/// # Errors
/// The same as [`scan`], as far as it shows without reading files.
pub fn list(root: &Path, ignore: &[String]) -> Result<(PathBuf, Walk), ScanError> {
    find(root, ignore, &())
}

fn find(folder: &Path, ignore: &[String], progress: &dyn ScanProgress) -> Result<(PathBuf, Walk), ScanError> {
    let root = open_root(folder)?;
    let rules = IgnoreRules::load(&root, ignore)?;
    let walk = walk::walk(&root, &rules, &|files, bytes| progress.found(files, bytes));
    if walk.is_too_large {
        return Err(ScanError::TooManyFiles(folder.to_owned(), walk::MOST_FOUND));
    }
    if !walk.problems.is_empty() {
        return Err(ScanError::Unusable(Problems::of(walk.problems)));
    }
    if walk.files.is_empty() {
        return Err(ScanError::Empty(folder.to_owned(), walk.left_out.len()));
    }
    Ok((root, walk))
}

/// The folder's absolute path without links.
fn open_root(root: &Path) -> Result<PathBuf, ScanError> {
    let canonical = root.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ScanError::NotFound(root.to_owned()),
        _ => ScanError::Unreadable(root.to_owned(), error),
    })?;
    if canonical.is_dir() { Ok(canonical) } else { Err(ScanError::NotAFolder(root.to_owned())) }
}

struct Hashes {
    /// The id of each file's content, in the order of the files.
    blobs: Vec<BlobId>,
    /// Files that were read.
    read: usize,
    /// Those of them whose hash may be remembered.
    new: usize,
}

/// What one thread counts.
struct Worker {
    buffer: Vec<u8>,
    problems: Vec<Problem>,
    read: usize,
    new: usize,
}

/// Hashes all files that `cache` does not know. A file that was read gets the size that was read, and keeps its stamp only
/// if its hash may be remembered under it.
fn hash_all(
    files: &mut [Found],
    cache: Option<&HashCache>,
    progress: &dyn ScanProgress,
    now: fn() -> SystemTime,
) -> Result<Hashes, ScanError> {
    let mut blobs = vec![BlobId::from([0; BlobId::LENGTH]); files.len()];
    let (done, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    let hashed = |more_files: u64, more_bytes: u64| {
        let files = done.fetch_add(more_files, Ordering::Relaxed) + more_files;
        progress.hashed(files, bytes.fetch_add(more_bytes, Ordering::Relaxed) + more_bytes);
    };
    let worker = || Worker { buffer: Vec::new(), problems: Vec::new(), read: 0, new: 0 };
    let batches = files.chunks_mut(BATCH).zip(blobs.chunks_mut(BATCH));
    let workers = parallel::for_each(batches, worker, |worker, (files, blobs)| {
        let mut known = 0;
        for (file, blob) in files.iter_mut().zip(&mut *blobs) {
            let remembered = file.stamp.and_then(|stamp| cache?.get(file.path.as_str(), &stamp));
            match remembered {
                Some(remembered) => (*blob, known) = (remembered, known + file.size),
                None => read(worker, file, blob, now, |length| hashed(0, length)),
            }
        }
        hashed(files.len() as u64, known);
    });
    let (mut problems, mut read, mut new) = (Vec::new(), 0, 0);
    for worker in workers {
        problems.extend(worker.problems);
        (read, new) = (read + worker.read, new + worker.new);
    }
    if problems.is_empty() { Ok(Hashes { blobs, read, new }) } else { Err(ScanError::Unusable(Problems::of(problems))) }
}

fn read(worker: &mut Worker, file: &mut Found, blob: &mut BlobId, now: fn() -> SystemTime, heard: impl FnMut(u64)) {
    worker.buffer.resize(hash::BUFFER_LENGTH, 0);
    worker.read += 1;
    match hash_file(&file.location.resolve(file.path.as_str()), &mut worker.buffer, now, heard) {
        Ok(hashed) => {
            (*blob, file.size, file.stamp) = (hashed.blob, hashed.size, hashed.stamp);
            worker.new += usize::from(hashed.stamp.is_some());
        }
        Err(kind) => worker.problems.push(Problem { path: file.path.to_string(), kind }),
    }
}

/// Brings the cache up to date, unless it already is.
fn remember(cache: &mut HashCache, files: &[Found], hashes: &Hashes) {
    let stays = files.len() - hashes.read;
    if hashes.new > 0 || cache.len() != stays {
        let known = files.iter().zip(&hashes.blobs);
        cache.replace(known.filter_map(|(file, blob)| Some((file.path.as_str(), file.stamp?, *blob))));
    }
}

/// One place for each distinct content: of several files the first by path. `locations` are in the manifest's order.
fn sources(manifest: &Manifest, locations: &[Location]) -> Vec<Source> {
    let positions = manifest.iter().enumerate();
    let mut order: Vec<(BlobId, usize)> = positions.map(|(position, entry)| (entry.blob, position)).collect();
    order.sort_unstable();
    order.dedup_by_key(|(blob, _)| *blob);
    let source = |(blob, position): (BlobId, usize)| {
        let entry = manifest.entry(position)?;
        Some(Source { blob, size: entry.size, path: locations.get(position)?.resolve(entry.path) })
    };
    order.into_iter().filter_map(source).collect()
}

/// Names pairs of paths that differ only in case: some systems and servers take them for one.
fn case_warnings(files: &[Found]) -> Vec<String> {
    let lower = |position: usize| files[position].path.as_str().chars().flat_map(char::to_lowercase);
    // Sorting by a hash finds the pairs without a lower-case copy of every path.
    let mut text = String::new();
    let mut fingerprint = |position: usize| {
        let path = files[position].path.as_str();
        text.clear();
        if path.is_ascii() {
            text.push_str(path);
            text.make_ascii_lowercase();
        } else {
            text.extend(lower(position));
        }
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    };
    let mut order: Vec<(u64, usize)> = (0..files.len()).map(|position| (fingerprint(position), position)).collect();
    order.sort_unstable();
    let pairs = order.windows(2).filter(|pair| pair[0].0 == pair[1].0 && lower(pair[0].1).eq(lower(pair[1].1)));
    let mut pairs: Vec<(usize, usize)> = pairs.map(|pair| (pair[0].1, pair[1].1)).collect();
    pairs.sort_unstable();
    let more = pairs.len().saturating_sub(MOST_NAMES);
    let warning = |(first, second): &(usize, usize)| {
        let (first, second) = (&files[*first].path, &files[*second].path);
        format!("`{first}` and `{second}` differ only in upper and lower case; both are deployed")
    };
    let mut warnings: Vec<String> = pairs.iter().take(MOST_NAMES).map(warning).collect();
    if more > 0 {
        warnings.push(format!("{more} more pairs of files differ only in upper and lower case"));
    }
    warnings
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
