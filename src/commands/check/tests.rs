//! What is found in folders.

use super::*;

fn found(files: &[(&str, &str)]) -> Vec<String> {
    let top = tempfile::tempdir().expect("a folder");
    for (path, content) in files {
        let path = top.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, content).expect("written");
    }
    let found = check_folder(top.path(), &[]).expect("readable");
    let value = serde_json::to_value(&found).expect("JSON");
    let list = value.as_array().expect("an array").iter();
    list.map(|one| {
        format!(
            "{}:{} {}",
            one["file"].as_str().unwrap_or_default(),
            one["line"],
            one["rule"].as_str().unwrap_or_default()
        )
    })
    .collect()
}

#[test]
fn rules_are_held_against_the_files() {
    let site = [("index.html", "i"), ("about.html", "a"), ("blog/index.html", "b")];
    let with = |rules: &'static str| found(&[&site[..], &[("_redirects", rules)]].concat());
    assert!(found(&site).is_empty());
    assert!(
        with("/x /about 200\n/y /blog 200\n/z /blog/ 404!\n/ /blog/ 301!").iter().all(|one| one.contains("elsewhere"))
    );
    assert_eq!(with("/x /nothing.html 200"), ["_redirects:1 missing_file"]);
    assert_eq!(with("/about /x 301"), ["_redirects:1 hidden_by_file"]);
    assert_eq!(
        with("/blog/ /x 301\n/index.html / 301"),
        ["_redirects:1 hidden_by_file", "_redirects:2 hidden_by_file"]
    );
    assert!(with("/about /about.html 200").is_empty(), "the same file either way");
    assert_eq!(with("/blog/* /news/:splat 301"), ["_redirects:1 elsewhere_files_win"]);
    assert_eq!(with("\n/a b"), ["_redirects:2 no_destination"]);
}

#[test]
fn files_that_set_no_rules_are_named() {
    assert_eq!(
        found(&[("a/_redirects", "/a /b 301"), ("_headers.txt", "")]),
        ["_headers.txt:null misplaced", "a/_redirects:null misplaced"]
    );
    assert_eq!(found(&[("_headers", "/*\n  Set-Cookie: a=b")]), ["_headers:2 protected_field"]);
}
