//! README and CHANGELOG.

use zerodeploy::api::ErrorCode;

use crate::contract::environment_table;
use crate::source::{read, root};

const BEGIN: &str = "<!-- environment:begin -->\n";
const END: &str = "<!-- environment:end -->";

#[test]
fn the_readme_lists_every_environment_variable() {
    let readme = read("README.md");
    let (_, rest) = readme.split_once(BEGIN).expect("the README marks where its table begins");
    let (table, _) = rest.split_once(END).expect("the README marks where its table ends");
    let current = environment_table();
    assert!(table == current, "put this table between the marks in README.md:\n\n{current}");
}

#[test]
fn the_readme_lists_every_exit_code() {
    let readme = read("README.md");
    for code in ErrorCode::ALL.iter().map(|code| code.exit_code()).chain([0]) {
        assert!(readme.contains(&format!("\n| {code} | ")), "the README's table lacks exit code {code}");
    }
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
    for document in ["README.md", "CHANGELOG.md", "docs/formats.md", "benches/README.md"] {
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
