//! Files that change, go or become unreadable while they are deployed: what is published is a state that was there, or
//! nothing, and then the file is named.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use zerodeploy::content::blob::BlobId;

use crate::live::Live;
use crate::proxy::{Fate, Proxy};
use crate::site::{Version, content, shown};
use crate::support::{Folder, Output};

/// Deploys a folder; after each begin, when the folder is scanned and nothing is sent yet, something happens to it.
fn deploy_disturbed(live: &mut Live, folder: &Folder, disturb: impl Fn(u64) + Send + Sync + 'static) -> Output {
    let begun = AtomicU64::new(0);
    let proxy = Proxy::start(&format!("127.0.0.1:{}", live.server.port()), move |method, path| {
        if method == "POST" && path.ends_with("/deployments") {
            disturb(begun.fetch_add(1, Ordering::SeqCst));
        }
        Fate::Forward
    });
    live.user.set("ZERODEPLOY_API_URL", &proxy.url());
    let output = live.user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]);
    live.user.set("ZERODEPLOY_API_URL", live.server.url());
    output
}

const NAME: &str = "file 003.txt";

fn start(version: &Version) -> (Live, Folder, PathBuf) {
    let live = Live::new();
    live.deploy(&Version::of([("index.html".to_owned(), b"live".to_vec())])).success();
    let folder = version.folder();
    let file = folder.join(NAME);
    (live, folder, file)
}

#[track_caller]
fn expect_refused(live: &Live, output: Output) {
    let refused = output.expect_error(3, "file_unusable");
    assert!(refused.text("message").contains(NAME), "the file is named: {}", refused.stdout);
    assert_eq!(live.server.get_site("blog", "/").text(), "live", "nothing was published");
}

#[test]
fn a_file_that_changes_once_is_read_again() {
    // A content that is hashed when it is sent, and one in parts, of which only the server can judge the whole.
    for length in [50_000, 17 << 20] {
        let version = Version::uniform(30, 8, length);
        // Of another length, and of the same.
        for change in [b"changed".to_vec(), content(31, 3, length)] {
            let (mut live, folder, file) = start(&version);
            let new = version.with(&Version::of([(NAME.to_owned(), change.clone())]));
            let output = deploy_disturbed(&mut live, &folder, move |number| {
                if number == 0 {
                    fs::write(&file, &change).expect("writable");
                }
            });
            output.success();
            assert_eq!(shown(&[&version, &new], |path| live.server.get_site("blog", path)), 1, "{length}");
        }
    }
}

#[test]
fn a_file_that_keeps_changing_is_named() {
    let version = Version::uniform(32, 8, 50_000);
    let (mut live, folder, file) = start(&version);
    let output = deploy_disturbed(&mut live, &folder, move |number| {
        fs::write(&file, content(33, number, 50_000)).expect("writable");
    });
    expect_refused(&live, output);
}

#[test]
fn a_file_that_goes_or_is_replaced_by_something_else_is_named() {
    let version = Version::uniform(34, 8, 50_000);
    let (mut live, folder, file) = start(&version);
    let output = deploy_disturbed(&mut live, &folder, move |_| drop(fs::remove_file(&file)));
    expect_refused(&live, output);

    let (mut live, folder, file) = start(&version);
    let output = deploy_disturbed(&mut live, &folder, move |_| {
        drop(fs::remove_file(&file));
        drop(fs::create_dir(&file));
    });
    expect_refused(&live, output);

    // The superuser reads everything; for everybody else the file becomes unreadable.
    let (mut live, folder, file) = start(&version);
    let path = file.clone();
    let output = deploy_disturbed(&mut live, &folder, move |_| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o000);
        fs::set_permissions(&path, mode).expect("own file");
    });
    if fs::read(&file).is_err() {
        expect_refused(&live, output);
    } else {
        output.success();
    }
}

/// Somebody writes all the time, at times that nobody chose: what is served is what the manifest says, and what was not
/// touched is as it was.
#[test]
fn a_file_that_is_written_all_the_time_never_makes_a_mixture() {
    let version = Version::uniform(35, 60, 100_000);
    let (live, folder, file) = start(&version);
    let untouched = Version::of(version.0.clone().into_iter().filter(|(path, _)| path != NAME));
    let (mut published, mut refused) = (0, 0);
    for round in 0..12 {
        let is_over = Arc::new(AtomicBool::new(false));
        let writer = {
            let (is_over, file) = (Arc::clone(&is_over), file.clone());
            std::thread::spawn(move || {
                for number in 0.. {
                    if is_over.load(Ordering::SeqCst) {
                        return;
                    }
                    let change = content(36 + round, number, 30_000 + (number as usize % 7) * 10_000);
                    fs::write(&file, change).expect("writable");
                    // Rounds differ in how often it changes.
                    std::thread::sleep(std::time::Duration::from_millis(3 * round));
                }
            })
        };
        let output = live.user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]);
        is_over.store(true, Ordering::SeqCst);
        writer.join().expect("the writer ends");
        if output.code == 0 {
            published += 1;
            let id = output.text("deployment_id");
            let host = format!("{id}-blog.localhost");
            assert_eq!(shown(&[&untouched], |path| live.server.get(&host, path)), 0);
            let token = live.server.session();
            let target = format!("/deployments/{id}/files");
            let headers = [("Authorization", format!("Bearer {token}"))];
            let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
            let address = format!("127.0.0.1:{}", live.server.port());
            let files = live.server.request("GET", &address, &target, &headers, b"").json();
            let listed = files["data"].as_array().expect("a list").iter().find(|listed| listed["path"] == NAME);
            let listed = listed.expect("the file is listed");
            let served = live.server.get(&host, "/file%20003.txt").body;
            assert_eq!(listed["blob"], BlobId::of(&served).to_string(), "round {round}");
            assert_eq!(listed["size_bytes"], served.len(), "round {round}");
        } else {
            refused += 1;
            let output = output.expect_error(3, "file_unusable");
            assert!(output.text("message").contains(NAME), "{}", output.stdout);
        }
    }
    assert_eq!(published + refused, 12);
}
