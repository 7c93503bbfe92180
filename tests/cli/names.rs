//! Files with unusual names, and files that are left out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::support::{Folder, TestEnv, TestServer};

const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

fn deployed(folder: &Folder) -> (TestServer, String) {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let output = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    (server, output.stderr)
}

#[test]
fn every_name_that_a_file_system_allows_is_served_back() {
    let longest = format!("{}.txt", "n".repeat(251));
    let mut names =
        vec!["a b.txt", "a#b.txt", "[x].txt", "50%25.txt", "100%.txt", "plus+and&.txt", "🎉.txt", "a'(b),;=@~!$.txt"];
    names.extend(["deep/er/caf\u{e9}.txt", "日本語/ページ.txt", &longest]);
    if cfg!(unix) {
        names.extend(["what?.txt", "star*.txt", "quote\".txt", "less<more>.txt", "colon:.txt", "pipe|.txt"]);
    }
    let folder = Folder::with(&[]);
    for name in &names {
        folder.write(name, name);
    }
    let (server, _) = deployed(&folder);
    for name in names {
        let target = format!("/{}", utf8_percent_encode(name, IN_PATH));
        let response = server.get_site("blog", &target);
        assert_eq!((response.status, response.text().as_str()), (200, name), "{target}");
    }
}

#[test]
fn decomposed_names_are_served_in_either_form() {
    let folder = Folder::with(&[("cafe\u{301}.txt", "menu")]);
    let (server, _) = deployed(&folder);
    for form in ["caf\u{e9}.txt", "cafe\u{301}.txt"] {
        let target = format!("/{}", utf8_percent_encode(form, IN_PATH));
        assert_eq!(server.get_site("blog", &target).text(), "menu", "{target}");
    }
}

#[test]
fn what_never_belongs_on_a_site_is_left_out_and_said() {
    let folder = Folder::with(&[
        ("index.html", "home"),
        (".git/config", "[remote]"),
        (".env", "PASSWORD=x"),
        ("node_modules/left-pad/index.js", "x"),
        (".well-known/security.txt", "Contact: x"),
    ]);
    let (server, stderr) = deployed(&folder);
    for name in [".git", ".env", "node_modules"] {
        assert!(stderr.contains(name), "{name} is said to be left out: {stderr}");
    }
    assert_eq!(server.get_site("blog", "/.well-known/security.txt").text(), "Contact: x");
    for target in ["/.git/config", "/.env", "/node_modules/left-pad/index.js"] {
        assert_eq!(server.get_site("blog", target).status, 404, "{target}");
    }
}

#[test]
fn request_paths_never_leave_the_site() {
    let folder = Folder::with(&[("index.html", "home"), ("a/b.txt", "inside")]);
    let (server, _) = deployed(&folder);
    for target in [
        "/../owner-session",
        "/a/../../owner-session",
        "/%2e%2e/owner-session",
        "/..%2fowner-session",
        "/%252e%252e/owner-session",
        "/..%5cowner-session",
        "/..\\owner-session",
        "/a/b.txt%00.html",
        "//etc/passwd",
        "/%2fetc/passwd",
    ] {
        let response = server.get_site("blog", target);
        assert!(matches!(response.status, 400 | 404), "{target}: {}", response.status);
        assert!(!response.text().contains("zds_") && !response.text().contains("root:"), "{target}");
    }
}
