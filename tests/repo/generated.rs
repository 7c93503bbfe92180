//! Completions and manual pages are made from the tree of commands, and committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::source::{files, root};

#[test]
fn completions_are_current() {
    compare("completions");
}

#[test]
fn manual_pages_are_current() {
    compare("man");
}

fn compare(what: &str) {
    let fresh = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(env!("CARGO_BIN_EXE_zerodeploy"))
        .args(["generate", what, "--out"])
        .arg(fresh.path())
        .env_clear()
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let fix = format!("run `cargo run -- generate {what} --out {what}` and commit the result");
    let committed = root(what);
    assert!(committed.is_dir(), "{what}/ is missing: {fix}");
    let names = |folder: PathBuf| files(&folder).into_iter().collect::<BTreeSet<_>>();
    let (old, new) = (names(committed.clone()), names(fresh.path().to_path_buf()));
    assert!(!new.is_empty(), "`generate {what}` wrote nothing");
    let missing: Vec<_> = new.difference(&old).collect();
    let left_over: Vec<_> = old.difference(&new).collect();
    assert!(missing.is_empty(), "{what}/ lacks {missing:?}: {fix}");
    assert!(left_over.is_empty(), "{what}/ still has {left_over:?}: remove them");
    for name in &new {
        let same =
            fs::read(committed.join(name)).expect("readable") == fs::read(fresh.path().join(name)).expect("readable");
        assert!(same, "{what}/{} is not current: {fix}", name.display());
    }
}
