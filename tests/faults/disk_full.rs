//! A disk that is full while contents are written.

use crate::live::Live;
use crate::site::{Version, shown};

#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    let old = Version::uniform(20, 6, 2000);
    let new = old.with(&Version::uniform(21, 4, 3000));
    // The manifest; the first content; one in the middle; the flush; the folder's entry.
    for fault in [
        "pack-writing:full:0",
        "pack-writing:full:1",
        "pack-writing:full:3",
        "pack-written:full:1",
        "pack-synced:full:1",
    ] {
        let mut live = Live::new();
        live.deploy(&old).success();
        live.restart(Some(fault));
        for _ in 0..2 {
            let refused = live.deploy(&new).expect_error(5, "storage_full");
            let told = refused.json();
            assert!(told["hint"].as_str().is_some_and(|hint| hint.contains("free space")), "{fault}: {told}");
            assert_eq!(shown(&[&old, &new], |path| live.server.get_site("blog", path)), 0, "{fault}");
        }
        assert_eq!(live.server.get("127.0.0.1", "/healthz").status, 200, "{fault}: the server goes on");
        live.restart(None);
        live.deploy(&new).success();
        assert_eq!(shown(&[&old, &new], |path| live.server.get_site("blog", path)), 1, "{fault}");
    }
}

#[test]
fn what_arrived_before_the_disk_was_full_is_kept() {
    let mut live = Live::new();
    let version = Version::uniform(22, 8, 4000);
    // The manifest and three contents fit.
    live.restart(Some("pack-writing:full:4"));
    live.deploy(&version).expect_error(5, "storage_full");
    live.restart(None);
    let again = live.deploy(&version).success().json();
    assert_eq!(again["uploaded_files"], 5, "{again}");
    assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
}
