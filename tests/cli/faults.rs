//! Folders that cannot be deployed: exit 3, the file is named, and the live site stays as it is.

use crate::support::{Folder, Output, TestEnv, TestServer};

/// A server with a live site, and somebody who may deploy to it.
struct Live {
    server: TestServer,
    user: TestEnv,
}

impl Live {
    fn new() -> Self {
        let server = TestServer::start();
        let user = TestEnv::signed_in(&server);
        user.zerodeploy(&["site", "create", "blog", "--json"]).success();
        let folder = Folder::with(&[("index.html", "live")]);
        user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
        Live { server, user }
    }

    #[track_caller]
    fn refuses(&self, directory: &str, error: &str) -> Output {
        let output = self.user.zerodeploy(&["deploy", "blog", "--dir", directory, "--json"]);
        let output = output.expect_error(3, error);
        assert_eq!(self.server.get_site("blog", "/").text(), "live", "nothing was published");
        let list = self.user.zerodeploy(&["deployments", "list", "blog", "--json"]).success().json();
        assert_eq!(list.as_array().map(Vec::len), Some(1), "nothing was begun: {list}");
        output
    }
}

#[test]
fn folders_that_are_empty_missing_or_no_folder() {
    let live = Live::new();
    let folder = Folder::with(&[]);
    live.refuses(folder.argument(), "empty_directory");
    folder.write(".git/HEAD", "ref: refs/heads/main");
    live.refuses(folder.argument(), "empty_directory");
    live.refuses(folder.join("missing").to_str().expect("UTF-8"), "path_not_found");
    folder.write("index.html", "x");
    let at_file = live.refuses(folder.join("index.html").to_str().expect("UTF-8"), "path_not_found");
    assert!(at_file.stdout.contains("index.html"), "{}", at_file.stdout);
}

#[cfg(unix)]
#[test]
fn links_stay_inside_the_folder() {
    use std::os::unix::fs::symlink;

    let live = Live::new();
    let outside = Folder::with(&[("secret.txt", "not yours")]);
    let folder = Folder::with(&[("index.html", "x"), ("real.txt", "content")]);
    symlink(outside.join("secret.txt"), folder.join("leak.txt")).expect("a link");
    let refused = live.refuses(folder.argument(), "file_unusable");
    assert!(refused.stdout.contains("leak.txt"), "{}", refused.stdout);

    std::fs::remove_file(folder.join("leak.txt")).expect("removable");
    symlink("round", folder.join("round")).expect("a link");
    live.refuses(folder.argument(), "file_unusable");
    std::fs::remove_file(folder.join("round")).expect("removable");

    symlink("nowhere.txt", folder.join("dangling.txt")).expect("a link");
    live.refuses(folder.argument(), "file_unusable");
    std::fs::remove_file(folder.join("dangling.txt")).expect("removable");

    symlink("real.txt", folder.join("alias.txt")).expect("a link");
    live.user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    assert_eq!(live.server.get_site("blog", "/alias.txt").text(), "content", "a link inside becomes a file");
}

// Other systems bring names into one form by themselves.
#[cfg(target_os = "linux")]
#[test]
fn two_names_that_differ_only_in_unicode_form() {
    let live = Live::new();
    let folder = Folder::with(&[("caf\u{e9}.html", "composed"), ("cafe\u{301}.html", "decomposed")]);
    let refused = live.refuses(folder.argument(), "file_unusable");
    let message = refused.text("message");
    assert!(message.contains("caf\u{e9}.html"), "the first is named: {message}");
    assert!(message.contains("cafe\u{301}.html") || message.contains("\\u{301}"), "the second is named: {message}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_in_case_are_kept_and_warned_about() {
    let live = Live::new();
    let folder = Folder::with(&[("Read.html", "upper"), ("read.html", "lower")]);
    let output = live.user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
    assert!(output.stderr.contains("Read.html") && output.stderr.contains("read.html"), "{}", output.stderr);
    assert_eq!(live.server.get_site("blog", "/Read.html").text(), "upper");
    assert_eq!(live.server.get_site("blog", "/read.html").text(), "lower");
}

// The superuser reads everything: there is nothing to test then.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::with(&[("index.html", "x"), ("closed.txt", "y")]);
    let path = folder.join("closed.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("own file");
    if std::fs::read(&path).is_err() {
        let refused = Live::new().refuses(folder.argument(), "file_unusable");
        assert!(refused.stdout.contains("closed.txt"), "{}", refused.stdout);
    }
}
