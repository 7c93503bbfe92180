//! Whole scans of real folders.

use std::fs;
use std::sync::Mutex;
use std::time::Duration;

use super::super::ignore_rules::Reason;
use super::super::part::read_part;
use super::super::scan_error::ProblemKind;
use super::*;

/// A folder to scan and a place for its cache.
struct Site {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
    ignore: Vec<String>,
}

impl Site {
    fn with(files: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let site = Site { folder, cache: tempfile::tempdir().expect("a folder"), ignore: Vec::new() };
        files.iter().for_each(|file| site.write(file, file));
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, content).expect("written");
    }

    #[cfg(unix)]
    fn link(&self, name: &str, target: impl AsRef<Path>) {
        std::os::unix::fs::symlink(target, self.path(name)).expect("a link");
    }

    fn options(&self) -> ScanOptions {
        ScanOptions {
            root: self.folder.path().to_owned(),
            ignore: self.ignore.clone(),
            cache_dir: Some(self.cache.path().to_owned()),
            use_cache: true,
        }
    }

    fn scan(&self) -> Scan {
        // Ten seconds ahead, the files are old enough for their hashes to be remembered.
        scan_at(&self.options(), &(), later).expect("a scan")
    }

    fn problems(&self) -> Vec<(String, ProblemKind)> {
        match scan(&self.options(), &()) {
            Err(ScanError::Unusable(problems)) => {
                problems.named.into_iter().map(|problem| (problem.path, problem.kind)).collect()
            }
            other => panic!("expected problems, got {other:?}"),
        }
    }
}

fn later() -> SystemTime {
    SystemTime::now() + Duration::from_secs(10)
}

fn paths(scan: &Scan) -> Vec<&str> {
    scan.manifest.iter().map(|entry| entry.path).collect()
}

#[test]
fn files_become_a_manifest_and_sources_in_one_order() {
    let site = Site::with(&["index.html", "b/c.txt", "b/d.txt"]);
    site.write("copy.html", "index.html");
    site.write("empty", "");
    let scan = site.scan();
    assert_eq!(paths(&scan), ["b/c.txt", "b/d.txt", "copy.html", "empty", "index.html"]);
    let sources: Vec<_> = scan.sources.iter().map(|source| (source.blob, source.size)).collect();
    assert_eq!(scan.manifest.distinct_blobs(), Ok(sources));
    let entry = scan.manifest.get("index.html").expect("there");
    assert_eq!((entry.blob, entry.size), (BlobId::of(b"index.html"), 10));
    for source in &scan.sources {
        let mut content = Vec::new();
        read_part(source, 0, u32::try_from(source.size).expect("small"), &mut content).expect("read");
        assert_eq!(BlobId::of(&content), source.blob);
    }
}

#[test]
fn odd_but_legal_names_are_deployed() {
    let long = "x".repeat(255);
    let mut names = vec!["a#b", "a?b", "50%-0", "a b", "[x](y){z}", "🎉.html", "é", "#", "-", "~", "index.html "];
    if cfg!(windows) {
        names.retain(|name| !name.contains('?') && !name.ends_with(' '));
    }
    names.push(&long);
    let site = Site::with(&names);
    let scan = site.scan();
    names.sort_unstable();
    assert_eq!(paths(&scan), names);
    assert!(scan.warnings.is_empty() && scan.left_out.is_empty());
}

#[test]
fn what_is_left_out_is_said_once_at_its_top() {
    let mut site = Site::with(&[
        ".well-known/acme.txt",
        ".well-known/.hidden",
        ".git/config",
        ".git/objects/aa/x",
        ".env",
        "a/.DS_Store",
        "node_modules/x/.git/config",
        "index.html",
        "zerodeploy.json",
        "app.js.map",
        "drafts/x.html",
        ".nojekyll",
        ".gitignore",
    ]);
    site.write(".gitignore", "index.html");
    site.write(".zerodeployignore", "drafts/\n!.nojekyll\n");
    site.ignore = vec!["*.map".to_owned()];
    let scan = site.scan();
    assert_eq!(paths(&scan), [".nojekyll", ".well-known/.hidden", ".well-known/acme.txt", "index.html"]);
    let left_out: Vec<_> = scan.left_out.iter().map(|left| left.path.as_str()).collect();
    let expected = [
        ".env",
        ".git/",
        ".gitignore",
        ".zerodeployignore",
        "a/.DS_Store",
        "app.js.map",
        "drafts/",
        "node_modules/",
        "zerodeploy.json",
    ];
    assert_eq!(left_out, expected);
    assert_eq!(scan.left_out[1].reason, Reason::Secret);
}

#[test]
fn folders_that_cannot_be_scanned_are_told_apart() {
    let site = Site::with(&["file", ".hidden/x"]);
    let scan_of = |name: &str| scan(&ScanOptions { root: site.path(name), ..site.options() }, &());
    assert!(matches!(scan_of("none"), Err(ScanError::NotFound(path)) if path == site.path("none")));
    assert!(matches!(scan_of("file/x"), Err(ScanError::NotFound(_))));
    assert!(matches!(scan_of("file"), Err(ScanError::NotAFolder(_))));
    fs::create_dir_all(site.path("empty/deep")).expect("folders");
    assert!(matches!(scan_of("empty"), Err(ScanError::Empty(_, 0))));
    fs::create_dir_all(site.path("empty/node_modules")).expect("folders");
    assert!(matches!(scan_of("empty"), Err(ScanError::Empty(_, 1))));
    let options = ScanOptions { ignore: vec!["{".to_owned()], ..site.options() };
    assert!(matches!(scan(&options, &()), Err(ScanError::Rules(_))));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_no_site_can_have_are_errors() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::with(&["ok", "a\\b", "a\u{1b}b", "folder\n/x", ".a\\b"]);
    fs::write(site.folder.path().join(std::ffi::OsStr::from_bytes(b"\xff")), "x").expect("written");
    let expected = [
        ("a\\b", "it has a backslash; rename it"),
        ("a\\u{1b}b", "it has a control character; rename it"),
        ("folder\\n", "it has a control character; rename it"),
        ("\u{fffd}", "its name is not UTF-8; rename it"),
    ];
    let problems = site.problems();
    let problems: Vec<_> = problems.iter().map(|(path, kind)| (path.as_str(), kind.to_string())).collect();
    assert_eq!(problems, expected.map(|(path, kind)| (path, kind.to_owned())));
}

#[cfg(target_os = "linux")]
#[test]
fn names_in_one_unicode_form_are_normalized_or_refused() {
    let site = Site::with(&["cafe\u{301}/x.txt"]);
    let scan = site.scan();
    assert_eq!(paths(&scan), ["café/x.txt"]);
    assert!(scan.sources[0].path.ends_with("cafe\u{301}/x.txt"), "the disk has the other form");
    let site = Site::with(&["cafe\u{301}.txt", "café.txt"]);
    let both = ProblemKind::SameName("caf\\u{e9}.txt".to_owned(), "cafe\\u{301}.txt".to_owned());
    assert_eq!(site.problems(), [("café.txt".to_owned(), both)]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_case_are_warned_about() {
    let site = Site::with(&["a/Über.txt", "a/über.txt", "x"]);
    let scan = site.scan();
    assert_eq!(scan.manifest.len(), 3);
    let text = "`a/Über.txt` and `a/über.txt` differ only in upper and lower case; both are deployed";
    assert_eq!(scan.warnings, [text]);
    for number in 0..30 {
        site.write(&format!("F{number}"), "1");
        site.write(&format!("f{number}"), "2");
    }
    let scan = site.scan();
    assert_eq!(scan.warnings.len(), MOST_NAMES + 1);
    assert!(scan.warnings[MOST_NAMES].starts_with("11 more pairs"), "{:?}", scan.warnings);
}

#[cfg(unix)]
#[test]
fn links_inside_the_folder_become_files() {
    let site = Site::with(&["real/a.txt", "real/deep/b.txt", "index.html"]);
    site.link("home.html", "index.html");
    site.link("both", "real/deep");
    site.link("real/deep/up.txt", site.path("real/a.txt"));
    let scan = site.scan();
    let expected =
        ["both/b.txt", "both/up.txt", "home.html", "index.html", "real/a.txt", "real/deep/b.txt", "real/deep/up.txt"];
    assert_eq!(paths(&scan), expected);
    let blob = |path: &str| scan.manifest.get(path).map(|entry| entry.blob);
    assert_eq!(blob("home.html"), Some(BlobId::of(b"index.html")));
    assert_eq!(blob("both/up.txt"), Some(BlobId::of(b"real/a.txt")));
}

#[cfg(unix)]
#[test]
fn links_that_leave_loop_or_lead_nowhere_are_errors() {
    let site = Site::with(&["a/x", "b/x"]);
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret"), "s").expect("written");
    let outside = outside.path().canonicalize().expect("there");
    site.link("leaves", outside.join("secret"));
    site.link("leaves-folder", &outside);
    site.link("nowhere", "none");
    site.link("self", "self");
    site.link("a/root", "..");
    site.link("a/to-b", "../b");
    site.link("b/to-a", "../a");
    site.link("device", "/dev/null");
    let problems = site.problems();
    let kinds: Vec<_> = problems.iter().map(|(path, kind)| (path.as_str(), kind)).collect();
    let leaves =
        |name: &str| ProblemKind::LinkLeaves(outside.join(name).to_string_lossy().trim_end_matches('/').into());
    for expected in [
        ("leaves", &leaves("secret")),
        ("leaves-folder", &leaves("")),
        ("nowhere", &ProblemKind::LinkBroken("there is no such file".to_owned())),
        ("a/root", &ProblemKind::LinkLoops),
        ("a/to-b/to-a", &ProblemKind::LinkLoops),
        ("b/to-a/to-b", &ProblemKind::LinkLoops),
        ("b/to-a/root", &ProblemKind::LinkLoops),
        ("device", &ProblemKind::LinkLeaves("/dev/null".to_owned())),
    ] {
        assert!(kinds.contains(&expected), "{expected:?} in {kinds:?}");
    }
    assert!(matches!(problems.iter().find(|(path, _)| path == "self"), Some((_, ProblemKind::LinkBroken(_)))));
    assert_eq!(problems.len(), 9, "nothing is walked twice: {problems:?}");
}

#[cfg(unix)]
#[test]
fn no_link_brings_a_secret_in() {
    let site = Site::with(&[".env", ".git/config", "index.html"]);
    site.link("config.txt", ".env");
    site.link("history", ".git");
    let mut site = site;
    site.link("odd", "/etc/passwd");
    site.ignore = vec!["odd".to_owned()];
    let scan = site.scan();
    assert_eq!(paths(&scan), ["index.html"]);
    let left_out: Vec<_> = scan.left_out.iter().map(|left| left.path.as_str()).collect();
    assert_eq!(left_out, [".env", ".git/", "config.txt", "history", "odd"]);
}

#[cfg(target_os = "linux")]
#[test]
fn pipes_and_sockets_are_errors_and_never_opened() {
    let site = Site::with(&["ok"]);
    rustix::fs::mkfifoat(rustix::fs::CWD, site.path("pipe"), rustix::fs::Mode::RWXU).expect("a pipe");
    let _socket = std::os::unix::net::UnixListener::bind(site.path("socket")).expect("a socket");
    site.link("to-pipe", "pipe");
    let special = |name: &str| (name.to_owned(), ProblemKind::Special);
    assert_eq!(site.problems(), [special("pipe"), special("socket"), special("to-pipe")]);
}

#[cfg(unix)]
#[test]
fn unreadable_files_and_folders_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::with(&["folder/x", "ok"]);
    let forbid = |name: &str| {
        fs::set_permissions(site.path(name), fs::Permissions::from_mode(0o000)).expect("forbidden");
    };
    let names = |problems: Vec<(String, ProblemKind)>| -> Vec<String> {
        assert!(problems.iter().all(|(_, kind)| matches!(kind, ProblemKind::Unreadable(_))), "{problems:?}");
        problems.into_iter().map(|(path, _)| path).collect()
    };
    site.write("secret", "x");
    forbid("secret");
    if fs::File::open(site.path("secret")).is_ok() {
        return; // root may read everything
    }
    assert_eq!(names(site.problems()), ["secret"]);
    forbid("folder");
    assert_eq!(names(site.problems()), ["folder"]);
    fs::set_permissions(site.path("folder"), fs::Permissions::from_mode(0o700)).expect("allowed, to be removed");
}

#[cfg(unix)]
#[test]
fn unchanged_files_are_not_read_again() {
    let site = Site::with(&["a", "b", "c"]);
    let mut first = site.scan();
    assert_eq!(first.files_read, 3);
    first.set_last_manifest("http://localhost", "blog");
    first.save_cache().expect("saved");
    site.write("b", "changed");
    fs::remove_file(site.path("c")).expect("removed");
    let mut second = site.scan();
    assert_eq!((second.files_read, paths(&second)), (1, vec!["a", "b"]));
    assert_eq!(second.manifest.get("b").map(|entry| entry.blob), Some(BlobId::of(b"changed")));
    assert_eq!(second.last_manifest("http://localhost", "blog"), Some(first.manifest.id()));
    second.save_cache().expect("saved");
    let mut third = site.scan();
    assert_eq!((third.files_read, third.manifest.id()), (0, second.manifest.id()));
    assert_eq!(scan(&ScanOptions { use_cache: false, ..site.options() }, &()).expect("a scan").files_read, 2);
    assert_eq!(scan(&ScanOptions { cache_dir: None, ..site.options() }, &()).expect("a scan").files_read, 2);
    third.forget(&BlobId::of(b"a"));
    third.save_cache().expect("saved");
    assert_eq!(site.scan().files_read, 1);
}

#[cfg(unix)]
#[test]
fn young_files_and_damaged_caches_are_read_again() {
    let site = Site::with(&["a"]);
    scan(&site.options(), &()).expect("a scan").save_cache().expect("saved");
    assert_eq!(site.scan().files_read, 1, "the file was too young to be remembered");
    site.scan().save_cache().expect("saved");
    assert_eq!(site.scan().files_read, 0);
    let file = fs::read_dir(site.cache.path()).expect("listed").next().expect("one").expect("a file").path();
    let mut bytes = fs::read(&file).expect("read");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).expect("written");
    let scan = site.scan();
    assert_eq!((scan.files_read, scan.manifest.get("a").map(|entry| entry.blob)), (1, Some(BlobId::of(b"a"))));
}

#[cfg(unix)]
#[test]
fn a_file_with_its_old_size_and_time_is_read_again() {
    use std::os::unix::fs::MetadataExt;
    let site = Site::with(&["a"]);
    site.scan().save_cache().expect("saved");
    let old = fs::metadata(site.path("a")).expect("there");
    // The clock of a file system has coarse steps: write until it has moved on.
    loop {
        site.write("a", "b");
        let file = fs::File::options().write(true).open(site.path("a")).expect("open");
        file.set_modified(old.modified().expect("a time")).expect("time set");
        let new = file.metadata().expect("there");
        assert_eq!((new.mtime_nsec(), new.len(), new.ino()), (old.mtime_nsec(), old.len(), old.ino()));
        if (new.ctime(), new.ctime_nsec()) != (old.ctime(), old.ctime_nsec()) {
            break;
        }
    }
    let scan = site.scan();
    assert_eq!(scan.manifest.get("a").map(|entry| entry.blob), Some(BlobId::of(b"b")));
}

#[test]
fn progress_ends_at_the_totals() {
    #[derive(Default)]
    struct Heard(Mutex<[(u64, u64); 2]>);
    impl Heard {
        fn keep_most(&self, which: usize, heard: (u64, u64)) {
            let mut most = self.0.lock().expect("a lock");
            most[which] = (most[which].0.max(heard.0), most[which].1.max(heard.1));
        }
    }
    impl ScanProgress for Heard {
        fn found(&self, files: u64, bytes: u64) {
            self.keep_most(0, (files, bytes));
        }
        fn hashed(&self, files: u64, bytes: u64) {
            self.keep_most(1, (files, bytes));
        }
    }
    let site = Site::with(&["a", "bb", "c/ddd"]);
    for _ in 0..2 {
        let heard = Heard::default();
        scan_at(&site.options(), &heard, later).expect("a scan").save_cache().expect("saved");
        assert_eq!(*heard.0.lock().expect("a lock"), [(3, 8), (3, 8)]);
    }
}
