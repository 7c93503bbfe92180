//! The server killed at each named point of a deploy.

use crate::live::Live;
use crate::site::{Version, shown};

/// Every point; compared with the source's own list.
const POINTS: [&str; 11] = [
    "begin-received",
    "pack-writing",
    "pack-written",
    "pack-synced",
    "begin-committed",
    "blobs-received",
    "blobs-indexed",
    "finish-received",
    "finish-checked",
    "finish-committed",
    "finish-visible",
];

/// A death, and what it may cost.
struct Death {
    point: &'static str,
    /// How often the point is passed before: the `pack` points are passed for the manifest first, `pack-writing` for
    /// every content.
    passes: u32,
    /// Whether the new version is published all the same.
    is_published: bool,
    /// Whether the contents have to be sent again.
    is_lost: bool,
}

const fn death(point: &'static str, passes: u32, is_published: bool, is_lost: bool) -> Death {
    Death { point, passes, is_published, is_lost }
}

const DEATHS: [Death; 16] = [
    death("begin-received", 0, false, true),
    death("pack-writing", 0, false, true),
    death("pack-written", 0, false, true),
    death("pack-synced", 0, false, true),
    death("begin-committed", 0, false, true),
    death("pack-writing", 1, false, true),
    death("pack-writing", 4, false, true),
    death("pack-written", 1, false, true),
    death("pack-synced", 1, false, true),
    death("blobs-received", 0, false, true),
    // From here on everything that was sent is on the disk, though nobody was told.
    death("blobs-indexed", 0, false, false),
    death("finish-received", 0, false, false),
    death("finish-checked", 0, false, false),
    death("finish-committed", 0, true, false),
    death("finish-visible", 0, true, false),
    // Never reached by one deploy: it goes through.
    death("finish-visible", 1, true, false),
];

#[test]
fn every_point_is_known_and_tested() {
    let source = include_str!("../../src/server/fault.rs");
    let (_, list) = source.split_once("POINTS: [&str; 11] = [").expect("the source has the list");
    let (list, _) = list.split_once("];").expect("the list ends");
    let listed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(listed, POINTS);
    for point in POINTS {
        assert!(DEATHS.iter().any(|death| death.point == point), "{point}");
    }
}

#[test]
fn a_server_that_dies_at_any_point_serves_one_version_and_loses_nothing() {
    // A client whose server died waits before it tries again: the deaths do not wait for each other.
    std::thread::scope(|scope| {
        let deaths: Vec<_> = DEATHS.iter().map(|death| scope.spawn(|| survive(death))).collect();
        let failed = deaths.into_iter().map(|death| death.join()).filter(Result::is_err).count();
        assert_eq!(failed, 0, "deaths that were not survived");
    });
}

fn survive(death: &Death) {
    let name = format!("{}:{}", death.point, death.passes);
    let old = Version::uniform(1, 12, 3000).with(&Version::uniform(2, 3, 0));
    let new = old.with(&Version::uniform(3, 7, 5000)).with(&Version::of([("new.txt".to_owned(), b"new".to_vec())]));
    let new_contents = new.new_contents(&old);
    let mut live = Live::new();
    let first = live.deploy(&old).success().text("deployment_id");
    let end = live.server.stop();
    assert_eq!(end, 0, "{name}");

    live.restart(Some(&format!("{}:kill:{}", death.point, death.passes)));
    let output = live.deploy(&new);
    let goes_through = name == "finish-visible:1";
    let expected: &[i32] = if goes_through { &[0] } else { &[5, 6] };
    assert!(expected.contains(&output.code), "{name}: {output:?}");
    live.restart(None);
    let is_new = shown(&[&old, &new], |path| live.server.get_site("blog", path)) == 1;
    assert_eq!(is_new, death.is_published, "{name}");

    let again = live.deploy(&new).success().json();
    let sent = if death.is_lost { new_contents } else { 0 };
    assert_eq!(again["uploaded_files"], sent, "{name}: {again}");
    assert_eq!(shown(&[&old, &new], |path| live.server.get_site("blog", path)), 1, "{name}");
    assert_eq!(shown(&[&old], |path| live.server.get_site(&format!("{first}-blog"), path)), 0, "{name}");
}

/// A death among several requests: only what was not answered is sent again.
#[test]
fn what_was_answered_before_a_death_is_not_sent_again() {
    const FILES: u64 = 12;
    let version = Version::uniform(4, FILES, 3 << 20);
    for passes in [1, 2, 3, 4] {
        let mut live = Live::new();
        live.restart(Some(&format!("pack-synced:kill:{passes}")));
        let output = live.deploy(&version);
        assert!([5, 6].contains(&output.code), "{passes}: {output:?}");
        let answered = live.answered_uploads();
        assert!(answered < passes, "{passes}: one of {answered} was never synced");
        live.restart(None);
        let again = live.deploy(&version).success().json();
        let sent = again["uploaded_files"].as_u64().expect("a number");
        // Requests are of nearly one size: of twelve equal contents in four requests each has three.
        assert!(sent <= FILES - 3 * answered, "{sent} contents sent again though {answered} requests were answered");
        assert!(sent == 0 || live.answered_uploads() > answered, "the log tells which uploads were answered");
        assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
    }
}
