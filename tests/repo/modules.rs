//! Modules stay small enough to be read in one go, and each says what it is.

use crate::source::sources;

/// Lines above which a file needs a place in [`LONG_FILES`].
const LONG: usize = 450;
/// Lines that no file exceeds.
const TOO_LONG: usize = 800;

/// The files above [`LONG`] lines, each with the reason.
const LONG_FILES: &[(&str, &str)] = &[];

#[test]
fn files_are_short_or_have_a_reason() {
    let mut wrong = Vec::new();
    let all: Vec<_> = ["src", "tests", "benches"].into_iter().flat_map(sources).collect();
    for source in &all {
        let lines = source.text.lines().count();
        let has_reason = LONG_FILES.iter().any(|(path, _)| *path == source.path);
        if lines > TOO_LONG || (lines > LONG && !has_reason) {
            wrong.push(format!("{} has {lines} lines: split it", source.path));
        }
        if lines <= LONG && has_reason {
            wrong.push(format!("{} is short enough now: take it from the list", source.path));
        }
    }
    for (path, reason) in LONG_FILES {
        assert!(!reason.is_empty(), "{path} needs a reason");
        assert!(all.iter().any(|source| source.path == *path), "{path} is gone: take it from the list");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(sources)
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "these start without `//!`: {silent:?}");
}
