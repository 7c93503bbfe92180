//! Round trips, and bytes that are no manifest.

use super::*;
use proptest::prelude::*;

const LIMITS: ManifestLimits = ManifestLimits { files: 1000, bytes: 1 << 20 };

fn manifest(files: &[(&str, &str)]) -> Manifest {
    let files = files.iter().map(|(path, content)| {
        let path = SitePath::new(path).expect("legal path");
        (path, BlobId::of(content.as_bytes()), content.len() as u64)
    });
    Manifest::build(files.collect()).expect("a manifest")
}

fn decode(bytes: &[u8], step: usize) -> Result<Manifest, ManifestError> {
    let mut decoder = ManifestDecoder::new(LIMITS);
    bytes.chunks(step).try_for_each(|chunk| decoder.push(chunk))?;
    decoder.finish()
}

#[test]
fn look_ups_find_exactly_what_is_there() {
    let manifest = manifest(&[("b/c.txt", "1"), ("a.html", "22"), ("b.html", "1"), ("b/a/x", "4444")]);
    assert_eq!(manifest.iter().map(|entry| entry.path).collect::<Vec<_>>(), ["a.html", "b.html", "b/a/x", "b/c.txt"]);
    assert_eq!(manifest.get("b/a/x").map(|entry| entry.size), Some(4));
    assert_eq!(manifest.get("b/a"), None);
    assert_eq!((manifest.len(), manifest.total_size()), (4, 8));
    assert!(manifest.has_folder("b") && manifest.has_folder("b/a"));
    assert!(!manifest.has_folder("b/c.txt") && !manifest.has_folder("a") && !manifest.has_folder("z"));
    assert_eq!(manifest.distinct_blobs().expect("one size each").len(), 3);
}

#[test]
fn merging_keeps_what_is_below_and_prefers_what_is_above() {
    let below = manifest(&[("a", "1"), ("b", "2"), ("d", "4")]);
    let merged = below.merged_with(&manifest(&[("b", "new"), ("c", "3"), ("e", "5")])).expect("a manifest");
    assert_eq!(merged, manifest(&[("a", "1"), ("b", "new"), ("c", "3"), ("d", "4"), ("e", "5")]));
}

#[test]
fn wrong_bytes_are_refused_with_the_reason() {
    let good = manifest(&[("a", "1"), ("b", "2")]);
    let bytes = good.as_bytes().to_vec();
    let changed = |at: usize, byte: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = byte;
        decode(&bytes, 7)
    };
    assert_eq!(decode(&bytes, 1), Ok(good));
    assert_eq!(changed(0, b'X'), Err(ManifestError::Magic));
    assert_eq!(changed(4, 2), Err(ManifestError::Version(2)));
    assert_eq!(changed(12, 9), Err(ManifestError::TotalSize));
    assert_eq!(changed(20, 1), Err(ManifestError::Offset(0)));
    assert_eq!(changed(30, b'c'), Err(ManifestError::Order("b".to_owned())));
    assert_eq!(changed(30, b'/'), Err(ManifestError::Path("/".to_owned(), PathError::EmptySegment)));
    assert_eq!(decode(&bytes[..bytes.len() - 1], 64), Err(ManifestError::Length));
    assert_eq!(decode(&[bytes.as_slice(), b"x"].concat(), 64), Err(ManifestError::Length));
    let double = vec![(SitePath::new("a").expect("legal"), BlobId::of(b""), 0); 2];
    assert_eq!(Manifest::build(double), Err(ManifestError::Order("a".to_owned())));
}

#[test]
fn limits_hold_before_anything_is_stored() {
    let mut decoder = ManifestDecoder::new(ManifestLimits { files: 1, bytes: 1 << 20 });
    let bytes = manifest(&[("a", "1"), ("b", "2")]).as_bytes().clone();
    assert_eq!(decoder.push(&bytes), Err(ManifestError::TooManyFiles(2, 1)));
    let mut decoder = ManifestDecoder::new(ManifestLimits { files: 10, bytes: 10 });
    assert_eq!(decoder.push(&bytes), Err(ManifestError::TooLarge(10)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_files_round_trip_in_any_chunks(
        files in proptest::collection::btree_map("[a-z]{1,4}(/[a-zé]{1,4}){0,3}", any::<(u64, u32)>(), 0..40),
        step in 1usize..200,
    ) {
        let built = Manifest::build(files.iter().map(|(path, (content, size))| {
            (SitePath::new(path).expect("legal"), BlobId::of(&content.to_le_bytes()), u64::from(*size))
        }).collect()).expect("a manifest");
        prop_assert_eq!(decode(built.as_bytes(), step), Ok(built.clone()));
        for path in files.keys() {
            prop_assert_eq!(built.get(path).map(|entry| entry.path), Some(path.as_str()));
        }
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), fix in any::<bool>()) {
        if fix && bytes.len() >= 12 {
            bytes[..4].copy_from_slice(&MAGIC);
            bytes[4..8].copy_from_slice(&VERSION.to_le_bytes());
            bytes[9..12].fill(0);
        }
        if let Ok(manifest) = decode(&bytes, 3) {
            prop_assert!(manifest.iter().count() == manifest.len());
        }
    }
}
