//! README and CHANGELOG.

use zerodeploy::api::ErrorCode;

use crate::contract::{environment_table, exit_code_table};
use crate::source::{read, root};

#[test]
fn the_readme_lists_every_environment_variable() {
    compare("environment", &environment_table());
}

#[test]
fn the_readme_lists_every_exit_code() {
    let current = exit_code_table();
    for code in ErrorCode::ALL.iter().map(|code| code.exit_code()) {
        assert!(current.contains(&format!("| `{code}` |")), "exit code {code} is not explained");
    }
    compare("exit-codes", &current);
}

/// Compares what stands between two marks of the README.
fn compare(mark: &str, current: &str) {
    let readme = read("README.md");
    let (begin, end) = (format!("<!-- {mark}:begin -->\n"), format!("<!-- {mark}:end -->"));
    let table = readme.split_once(&begin).and_then(|(_, rest)| rest.split_once(&end)).map(|(table, _)| table);
    let table = table.unwrap_or_else(|| panic!("README.md has no `{begin}` … `{end}`"));
    assert!(table == current, "put this table between the `{mark}` marks of README.md:\n\n{current}");
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme.lines().filter(|line| line.starts_with("cargo ")).take(2).collect();
    assert_eq!(commands, ["cargo run -- deploy --local --dir examples/hello", "cargo test"]);
    assert!(root("examples/hello/index.html").exists());
}

#[test]
fn links_between_documents_lead_somewhere() {
    for document in ["README.md", "CHANGELOG.md", "docs/formats.md", "docs/projects.md", "benches/README.md"] {
        let text = read(document);
        let folder = std::path::Path::new(document).parent().expect("a document is in a folder");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            let is_ours = !target.is_empty() && !target.contains("://");
            assert!(!is_ours || root("").join(folder).join(target).exists(), "{document} links to {target}");
        }
    }
}

#[test]
fn the_changelog_has_its_headings() {
    let changelog = read("CHANGELOG.md");
    let releases: Vec<&str> = changelog.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(releases.first(), Some(&"[Unreleased]"), "the first section is for what is not released yet");
    for release in &releases[1..] {
        let (version, date) = release.split_once(" - ").unwrap_or_else(|| panic!("`{release}` has no date"));
        assert!(version.starts_with('[') && version.ends_with(']') && date.len() == 10, "`{release}`");
    }
    let kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    for kind in changelog.lines().filter_map(|line| line.strip_prefix("### ")) {
        assert!(kinds.contains(&kind), "`{kind}` is none of {kinds:?}");
    }
}
