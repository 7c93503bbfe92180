//! Sites whose every version is known, and the question which of them a host shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{Folder, Response};

/// A version of a site: its files by their paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version(pub(crate) BTreeMap<String, Vec<u8>>);

impl Version {
    /// A version with these files.
    pub(crate) fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Version(files.into_iter().collect())
    }

    /// `count` files of `length` bytes each; their contents follow from `seed`. No content is in two files.
    pub(crate) fn uniform(seed: u64, count: u64, length: usize) -> Self {
        Version::of((0..count).map(|number| (format!("file {number:03}.txt"), content(seed, number, length))))
    }

    /// The same with some files replaced or added.
    pub(crate) fn with(&self, other: &Version) -> Self {
        let mut files = self.0.clone();
        files.extend(other.0.clone());
        Version(files)
    }

    /// How many contents it has that another version has not.
    pub(crate) fn new_contents(&self, other: &Version) -> u64 {
        let known: BTreeSet<&Vec<u8>> = other.0.values().collect();
        self.0.values().filter(|content| !known.contains(content)).collect::<BTreeSet<_>>().len() as u64
    }

    /// A folder with these files.
    pub(crate) fn folder(&self) -> Folder {
        let folder = Folder::with(&[]);
        self.write(&folder);
        folder
    }

    /// Makes a folder have these files and no other.
    pub(crate) fn write(&self, folder: &Folder) {
        for entry in fs::read_dir(folder.path()).expect("a readable folder") {
            let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
            if !self.0.contains_key(&name) {
                fs::remove_file(folder.join(&name)).expect("removable");
            }
        }
        for (path, content) in &self.0 {
            if fs::read(folder.join(path)).ok().as_ref() != Some(content) {
                folder.write(path, content);
            }
        }
    }
}

/// Bytes that follow from a seed and a number, and that nothing can compress.
pub(crate) fn content(seed: u64, number: u64, length: usize) -> Vec<u8> {
    let mut random = crate::random::Random::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number);
    let mut bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| random.next().to_le_bytes()).collect();
    bytes.truncate(length);
    bytes
}

/// Finds out which version a host shows: all of its files byte for byte, none of the other versions' files, and one
/// deployment throughout. `get` asks the host for a path.
#[track_caller]
pub(crate) fn shown(versions: &[&Version], get: impl Fn(&str) -> Response) -> usize {
    shown_at_once(versions, get).expect("one deployment is shown throughout")
}

/// The same for a site that may change meanwhile: `None` when it did.
#[track_caller]
pub(crate) fn shown_at_once(versions: &[&Version], get: impl Fn(&str) -> Response) -> Option<usize> {
    let paths: BTreeSet<&String> = versions.iter().flat_map(|version| version.0.keys()).collect();
    let mut fitting: Vec<usize> = (0..versions.len()).collect();
    let mut deployments = BTreeSet::new();
    let mut seen = Vec::new();
    for path in paths {
        let answer = get(&format!("/{}", path.replace(' ', "%20")));
        deployments.insert(answer.header("x-zerodeploy-deployment").map(str::to_owned));
        fitting.retain(|version| match versions[*version].0.get(path) {
            Some(content) => answer.status == 200 && answer.body == *content,
            None => answer.status == 404,
        });
        let lengths: Vec<_> = versions.iter().map(|version| version.0.get(path).map(Vec::len)).collect();
        seen.push(format!("{path}: {} with {} bytes of {lengths:?}", answer.status, answer.body.len()));
    }
    if deployments.len() > 1 {
        return None;
    }
    assert!(!fitting.is_empty(), "a mixture of versions is shown:\n{}", seen.join("\n"));
    fitting.first().copied()
}
