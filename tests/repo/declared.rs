//! A file of tests that nobody declares compiles nowhere and fails nowhere.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::source::{files, root, sources};

/// Folders with Rust files, and the file in each that declares the others.
const TREES: &[(&str, &str)] = &[
    ("src", "lib.rs"),
    ("tests/cli", "main.rs"),
    ("tests/faults", "main.rs"),
    ("tests/repo", "main.rs"),
    ("tests/server", "main.rs"),
    ("tests/support", "mod.rs"),
    ("benches/deploy", "main.rs"),
];

#[test]
fn every_rust_file_is_declared() {
    let mut forgotten = Vec::new();
    for (folder, first) in TREES.iter().filter(|(folder, _)| root(folder).exists()) {
        let mut declared = BTreeSet::new();
        declare(&Path::new(folder).join(first), &mut declared);
        // The binary's own file is a target, not a module.
        declared.insert(PathBuf::from("src/main.rs"));
        let paths = sources(folder).into_iter().map(|source| PathBuf::from(source.path));
        forgotten.extend(paths.filter(|path| !declared.contains(path)));
    }
    assert!(forgotten.is_empty(), "no `mod` declares {forgotten:?}");
}

#[test]
fn every_folder_of_tests_is_known_here() {
    for file in files(&root("tests")) {
        let folder = file.components().next().expect("a path has a part").as_os_str().to_string_lossy().into_owned();
        let is_known = TREES.iter().any(|(tree, _)| tree.strip_prefix("tests/") == Some(folder.as_str()));
        assert!(is_known || folder == "fixtures", "tests/{} is in no folder that this test knows", file.display());
    }
}

/// Notes a file and, from its `mod name;` lines, those below it.
fn declare(file: &Path, declared: &mut BTreeSet<PathBuf>) {
    let Ok(text) = std::fs::read_to_string(root("").join(file)) else { return };
    if !declared.insert(file.to_path_buf()) {
        return;
    }
    let parent = file.parent().expect("a file is in a folder");
    let is_first =
        file.file_name().is_some_and(|name| ["lib.rs", "main.rs", "mod.rs"].iter().any(|first| name == *first));
    let folder = if is_first { parent.to_path_buf() } else { file.with_extension("") };
    let mut elsewhere = None;
    for line in text.lines().map(str::trim) {
        if let Some(path) = line.strip_prefix("#[path = \"").and_then(|rest| rest.strip_suffix("\"]")) {
            elsewhere = Some(normal(&parent.join(path)));
        } else if let Some(name) = module_name(line) {
            let candidates = match elsewhere.take() {
                Some(path) => vec![path],
                None => vec![folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")],
            };
            for candidate in candidates {
                declare(&candidate, declared);
            }
        }
    }
}

/// The name in `mod name;`, `pub mod name;` and `pub(crate) mod name;`.
fn module_name(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("mod ")?;
    let is_declaration = before.is_empty() || before.starts_with("pub");
    rest.strip_suffix(';').filter(|_| is_declaration)
}

/// Takes `a/../b` to `b`.
fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts
}
