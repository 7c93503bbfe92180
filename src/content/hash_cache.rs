//! What is remembered between deploys of a folder: hashes of files that have not changed, and the manifests last sent.
//!
//! There is one file for each folder, named by the BLAKE3 of the folder's absolute path. Numbers are little-endian. The
//! entries are looked up in place. A file that is damaged or of another version counts as empty.
//!
//! | bytes | meaning |
//! | --- | --- |
//! | 4 | `ZDHC` |
//! | 4 | version, now 1 |
//! | 32 | BLAKE3 of all that follows |
//! | 4 | number of manifests |
//! | … | the manifests, newest first: origin length (2), origin, site length (2), site, blob id (32) |
//! | 4 | number of entries *n* |
//! | 4 *n* | where each entry begins, counted from the first |
//! | … | the entries, strictly ascending by path: path length (2), path, file stamp (40), blob id (32) |

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::blob::BlobId;
use super::file::FileStamp;
use crate::private;

const MAGIC: [u8; 4] = *b"ZDHC";
const VERSION: u32 = 1;
/// Bytes before the part that the checksum covers.
const HEADER_LENGTH: usize = 40;
/// Most bytes of entries; what does not fit is hashed again at the next deploy.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// Most manifests that are remembered.
const MOST_MANIFESTS: usize = 32;

/// The hashes and manifests that are remembered for one folder.
#[derive(Debug)]
pub struct HashCache {
    file: PathBuf,
    manifests: Vec<SentManifest>,
    offsets: Vec<u32>,
    entries: Vec<u8>,
    is_changed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct SentManifest {
    origin: String,
    site: String,
    id: BlobId,
}

impl HashCache {
    /// Reads what is remembered for `root`, an absolute path without links, from `directory`.
    ///
    /// Nothing that is wrong with the file is an error: then nothing is remembered.
    pub fn load(directory: &Path, root: &Path) -> Self {
        let name = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
        let file = directory.join(name.as_str());
        let read = read_bounded(&file).and_then(|bytes| parse(bytes).ok_or(io::ErrorKind::InvalidData.into()));
        let (manifests, offsets, entries) = read.unwrap_or_default();
        HashCache { file, manifests, offsets, entries, is_changed: false }
    }

    /// Number of files whose hash is remembered.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Whether no hash is remembered.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The hash of the file at a path, if the file is still as it was.
    pub fn get(&self, path: &str, stamp: &FileStamp) -> Option<BlobId> {
        let compare = |offset: &u32| match self.entry(*offset) {
            Some(entry) => entry.path.cmp(path.as_bytes()),
            None => std::cmp::Ordering::Greater,
        };
        let position = self.offsets.binary_search_by(compare).ok()?;
        let entry = self.entry(self.offsets[position])?;
        if entry.stamp == stamp.encode() { BlobId::try_from(entry.blob).ok() } else { None }
    }

    /// Remembers these files, in the order of their paths, and no others.
    pub fn replace<'a>(&mut self, files: impl Iterator<Item = (&'a str, FileStamp, BlobId)>) {
        // The old entries go first, so that the two are never in memory together.
        (self.offsets, self.entries) = (Vec::new(), Vec::new());
        for (path, stamp, blob) in files {
            self.push(path.as_bytes(), &stamp.encode(), blob.as_bytes());
        }
        self.is_changed = true;
    }

    /// Forgets all files with this hash.
    pub fn forget_blob(&mut self, blob: &BlobId) {
        let is_meant =
            |cache: &Self, offset: &u32| cache.entry(*offset).is_none_or(|entry| entry.blob == blob.as_bytes());
        if !self.offsets.iter().any(|offset| is_meant(self, offset)) {
            return;
        }
        let mut kept = std::mem::take(&mut self.offsets);
        kept.retain(|offset| !is_meant(self, offset));
        // The bytes of what is forgotten stay until the next `replace`; no offset leads to them.
        self.offsets = kept;
        self.is_changed = true;
    }

    /// The id of the manifest that a site last got from this folder.
    pub fn last_manifest(&self, origin: &str, site: &str) -> Option<BlobId> {
        self.manifests.iter().find(|sent| sent.origin == origin && sent.site == site).map(|sent| sent.id)
    }

    /// Remembers the manifest that a site got; the 32 newest are kept.
    pub fn set_last_manifest(&mut self, origin: &str, site: &str, id: BlobId) {
        let sent = SentManifest { origin: origin.to_owned(), site: site.to_owned(), id };
        if self.manifests.first() == Some(&sent) {
            return;
        }
        self.manifests.retain(|other| other.origin != origin || other.site != site);
        self.manifests.insert(0, sent);
        self.manifests.truncate(MOST_MANIFESTS);
        self.is_changed = true;
    }

    /// Writes everything back if anything changed, in one step: a reader finds the old file or the new one.
    pub fn save(&mut self) -> io::Result<()> {
        if !self.is_changed {
            return Ok(());
        }
        if let Some(directory) = self.file.parent() {
            private::create_folder(directory)?;
        }
        let temporary = temporary_beside(&self.file);
        let written = self.write(&temporary).and_then(|()| fs::rename(&temporary, &self.file));
        if written.is_err() {
            // The first error is the one to report.
            let _ = fs::remove_file(&temporary);
        }
        self.is_changed = written.is_err();
        written
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let too_long = |_| io::Error::from(io::ErrorKind::InvalidInput);
        let mut tables = Vec::with_capacity(4 * self.offsets.len() + 4096);
        tables.extend_from_slice(&u32::try_from(self.manifests.len()).map_err(too_long)?.to_le_bytes());
        for sent in &self.manifests {
            for text in [&sent.origin, &sent.site] {
                tables.extend_from_slice(&u16::try_from(text.len()).map_err(too_long)?.to_le_bytes());
                tables.extend_from_slice(text.as_bytes());
            }
            tables.extend_from_slice(sent.id.as_bytes());
        }
        tables.extend_from_slice(&u32::try_from(self.offsets.len()).map_err(too_long)?.to_le_bytes());
        tables.extend(self.offsets.iter().flat_map(|offset| offset.to_le_bytes()));
        let checksum = blake3::Hasher::new().update(&tables).update(&self.entries).finalize();
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let header = [&MAGIC[..], &VERSION.to_le_bytes(), checksum.as_bytes()].concat();
        // Not synced: what a power cut damages, the checksum shows.
        [&header, &tables, &self.entries].into_iter().try_for_each(|bytes| file.write_all(bytes))
    }

    fn push(&mut self, path: &[u8], stamp: &[u8], blob: &[u8]) {
        let (Ok(offset), Ok(length)) = (u32::try_from(self.entries.len()), u16::try_from(path.len())) else { return };
        if self.entries.len() + path.len() > MOST_BYTES {
            return;
        }
        self.offsets.push(offset);
        for bytes in [&length.to_le_bytes()[..], path, stamp, blob] {
            self.entries.extend_from_slice(bytes);
        }
    }

    fn entry(&self, offset: u32) -> Option<Entry<'_>> {
        let mut rest = Parts(self.entries.get(offset as usize..)?);
        let length = rest.u16()?;
        Some(Entry { path: rest.take(length)?, stamp: rest.take(FileStamp::LENGTH)?, blob: rest.take(BlobId::LENGTH)? })
    }
}

struct Entry<'a> {
    path: &'a [u8],
    stamp: &'a [u8],
    blob: &'a [u8],
}

/// Takes bytes apart from the front; `None` when there are too few.
struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(part)
    }

    fn u16(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes(self.take(2)?.try_into().ok()?)))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<String> {
        let length = self.u16()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }
}

type Tables = (Vec<SentManifest>, Vec<u32>, Vec<u8>);

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    // Twice the entries leaves room for the tables.
    let most = 2 * MOST_BYTES as u64;
    let length = file.metadata()?.len().min(most);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn parse(mut bytes: Vec<u8>) -> Option<Tables> {
    let mut parts = Parts(&bytes);
    if parts.take(4)? != MAGIC || parts.u32()? != VERSION {
        return None;
    }
    if parts.take(32)? != blake3::hash(&bytes[HEADER_LENGTH..]).as_bytes() {
        return None;
    }
    let mut manifests = Vec::new();
    for _ in 0..parts.u32()? {
        let (origin, site) = (parts.text()?, parts.text()?);
        manifests.push(SentManifest { origin, site, id: BlobId::try_from(parts.take(BlobId::LENGTH)?).ok()? });
    }
    let count = parts.u32()? as usize;
    let offsets = parts.take(count.checked_mul(4)?)?.chunks_exact(4);
    let offsets = offsets.map(|offset| u32::from_le_bytes([offset[0], offset[1], offset[2], offset[3]])).collect();
    let entries = bytes.len() - parts.0.len();
    bytes.drain(..entries);
    Some((manifests, offsets, bytes))
}

/// A name that no other writer uses, in this process or another.
fn temporary_beside(file: &Path) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    file.with_extension(format!("{}-{now}-{number}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(inode: u64) -> FileStamp {
        FileStamp { device: 1, inode, size: 3, modified: -1, changed: i64::MAX }
    }

    fn filled(directory: &Path) -> HashCache {
        let mut cache = HashCache::load(directory, Path::new("/site"));
        let files = ["a", "b/c", "b/é", "z"].into_iter().zip(1u64..);
        cache.replace(files.map(|(path, inode)| (path, stamp(inode), BlobId::of(path.as_bytes()))));
        cache.set_last_manifest("http://localhost:1", "blog", BlobId::of(b"manifest"));
        cache
    }

    #[test]
    fn what_is_saved_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = folder.path().join("new/cache");
        assert!(HashCache::load(&directory, Path::new("/site")).is_empty());
        filled(&directory).save().expect("saved");
        let cache = HashCache::load(&directory, Path::new("/site"));
        assert_eq!((cache.len(), cache.is_changed), (4, false));
        assert_eq!(cache.get("b/é", &stamp(3)), Some(BlobId::of("b/é".as_bytes())));
        assert_eq!(cache.get("b/é", &stamp(4)), None, "another file");
        assert_eq!(cache.get("b", &stamp(2)), None);
        assert_eq!(cache.last_manifest("http://localhost:1", "blog"), Some(BlobId::of(b"manifest")));
        assert_eq!(cache.last_manifest("http://localhost:2", "blog"), None);
        assert!(HashCache::load(&directory, Path::new("/other")).is_empty());
        assert_eq!(fs::read_dir(&directory).expect("listed").count(), 1, "no temporary file stays");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&cache.file), mode(&directory)), (0o600, 0o700));
        }
    }

    #[test]
    fn what_is_forgotten_stays_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cache = filled(folder.path());
        cache.save().expect("saved");
        cache.forget_blob(&BlobId::of(b"none"));
        assert!(!cache.is_changed);
        cache.forget_blob(&BlobId::of(b"z"));
        cache.save().expect("saved");
        let cache = HashCache::load(folder.path(), Path::new("/site"));
        let found = |path: &str, inode| cache.get(path, &stamp(inode)).is_some();
        assert_eq!([found("a", 1), found("b/c", 2), found("b/é", 3), found("z", 4)], [true, true, true, false]);
    }

    #[test]
    fn an_unchanged_cache_is_not_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cache = filled(folder.path());
        cache.save().expect("saved");
        fs::remove_file(&cache.file).expect("removed");
        cache.set_last_manifest("http://localhost:1", "blog", BlobId::of(b"manifest"));
        cache.save().expect("nothing to do");
        assert!(!cache.file.exists());
    }

    #[test]
    fn the_newest_manifests_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cache = filled(folder.path());
        for number in 0..40 {
            cache.set_last_manifest("o", &format!("site-{number}"), BlobId::of(b"x"));
        }
        cache.set_last_manifest("o", "site-39", BlobId::of(b"y"));
        assert_eq!(cache.manifests.len(), MOST_MANIFESTS);
        assert_eq!(cache.last_manifest("o", "site-39"), Some(BlobId::of(b"y")));
        assert_eq!(cache.last_manifest("o", "site-7"), None);
    }

    #[test]
    fn a_damaged_file_counts_as_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cache = filled(folder.path());
        cache.save().expect("saved");
        let good = fs::read(&cache.file).expect("read");
        let is_empty = |bytes: &[u8]| {
            fs::write(&cache.file, bytes).expect("written");
            HashCache::load(folder.path(), Path::new("/site")).is_empty()
        };
        assert!(!is_empty(&good));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert!(is_empty(&bad), "byte {at}");
            assert!(is_empty(&good[..at]), "cut at {at}");
        }
        assert!(is_empty(&[good.as_slice(), b"x"].concat()));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_only_when_saving() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "x").expect("written");
        let mut cache = filled(&file);
        assert!(cache.save().is_err() && cache.is_changed);
    }
}
