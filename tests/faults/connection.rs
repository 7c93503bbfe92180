//! Connections that break, stand still or are slow while contents are sent.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::live::Live;
use crate::proxy::{Fate, Proxy, Seen, is_upload};
use crate::site::{Version, shown};
use crate::support::Output;

const MIB: u64 = 1 << 20;

/// Deploys over a proxy that decides about the uploads by their number.
fn deploy_over(live: &mut Live, version: &Version, rule: impl Fn(u64) -> Fate + Send + Sync + 'static) -> Run {
    let count = AtomicU64::new(0);
    let proxy = Proxy::start(&format!("127.0.0.1:{}", live.server.port()), move |_, path| {
        if is_upload(path) { rule(count.fetch_add(1, Ordering::SeqCst)) } else { Fate::Forward }
    });
    live.user.set("ZERODEPLOY_API_URL", &proxy.url());
    let begin = Instant::now();
    let output = live.deploy(version);
    let duration = begin.elapsed();
    live.user.set("ZERODEPLOY_API_URL", live.server.url());
    Run { output, duration, uploads: proxy.uploads() }
}

struct Run {
    output: Output,
    duration: Duration,
    uploads: Vec<Seen>,
}

impl Run {
    fn answered(&self) -> Vec<&Seen> {
        self.uploads.iter().filter(|upload| upload.status == Some(200)).collect()
    }

    /// No request that was answered is sent again.
    #[track_caller]
    fn check_no_repetition(&self) {
        let answered = self.answered();
        let contents: BTreeSet<_> = answered.iter().map(|upload| upload.content).collect();
        assert_eq!(contents.len(), answered.len(), "{:?}", self.uploads);
    }
}

#[test]
fn an_upload_whose_connection_is_cut_is_sent_again_and_no_other() {
    // Several requests, which are in flight together.
    let version = Version::uniform(10, 12, 2 << 20);
    for (name, cuts, fate) in [
        ("the first one, early", vec![0], Fate::CutAfter(10)),
        ("the first one, in the middle", vec![0], Fate::CutAfter(3 * MIB)),
        ("its head alone arrives", vec![1], Fate::CutAfter(0)),
        ("several, one after the other", vec![0, 2, 4, 5], Fate::CutAfter(MIB)),
        ("all at once", vec![0, 1, 2, 3], Fate::CutAfter(5 * MIB)),
        ("the answer", vec![1], Fate::LoseAnswer),
        ("several answers", vec![0, 3, 4], Fate::LoseAnswer),
    ] {
        let mut live = Live::new();
        let lost = cuts.len();
        let run =
            deploy_over(&mut live, &version, move |number| if cuts.contains(&number) { fate } else { Fate::Forward });
        let deployed = run.output.json();
        assert_eq!(run.output.code, 0, "{name}: {:?}", run.output);
        assert_eq!(deployed["uploaded_files"], 12, "{name}");
        run.check_no_repetition();
        assert_eq!((run.answered().len(), run.uploads.len()), (4, 4 + lost), "{name}: {:?}", run.uploads);
        assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0, "{name}");
    }
}

#[test]
fn a_connection_that_always_breaks_ends_the_deploy_and_what_arrived_whole_is_kept() {
    let mut live = Live::new();
    let old = Version::uniform(11, 3, 1000);
    live.deploy(&old).success();
    // One request of 3.2 MB, of which four contents arrive whole each time.
    let version = Version::uniform(12, 8, 400_000);
    let run = deploy_over(&mut live, &version, |_| Fate::CutAfter(1_900_000));
    run.output.expect_error(6, "network_error");
    assert!(run.duration < Duration::from_secs(40), "{:?}", run.duration);
    assert!((2..=8).contains(&run.uploads.len()), "{}", run.uploads.len());
    assert_eq!(shown(&[&old, &version], |path| live.server.get_site("blog", path)), 0, "nothing was published");

    let again = live.deploy(&version).success().json();
    assert_eq!(again["uploaded_files"], 4, "{again}");
    assert_eq!(again["uploaded_bytes"], 1_600_000, "{again}");
    assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
}

#[test]
fn a_large_content_goes_on_where_it_was_cut_off() {
    let mut live = Live::new();
    // Five parts of 8 MiB and a bit, in two requests.
    let version = Version::uniform(13, 1, 41 << 20);
    let run = deploy_over(&mut live, &version, |number| match number {
        0 => Fate::Forward,
        _ => Fate::CutAfter(9 * MIB),
    });
    let first = run.answered().first().map(|upload| upload.bytes).expect("one request was answered");
    assert!((8 * MIB..32 * MIB).contains(&first), "{first}");
    run.output.expect_error(6, "network_error");

    let again = live.deploy(&version).success().json();
    let kept = 41 * MIB - again["uploaded_bytes"].as_u64().expect("a number");
    // What was answered, and the whole part of what was cut off.
    assert!(kept.is_multiple_of(8 * MIB) && kept >= first / (8 * MIB) * (8 * MIB) + 8 * MIB, "{kept} of {first}");
    assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
}

#[test]
fn a_connection_that_stands_still_is_given_up_and_tried_again() {
    let mut live = Live::new();
    // More than the system buffers between client and proxy.
    let version = Version::uniform(14, 1, 30 << 20);
    let run = deploy_over(&mut live, &version, |number| match number {
        0 => Fate::StallAfter(MIB),
        _ => Fate::Forward,
    });
    assert_eq!(run.output.code, 0, "{:?}", run.output);
    assert!((25..60).contains(&run.duration.as_secs()), "given up after 30 s: {:?}", run.duration);
    assert_eq!((run.uploads.len(), run.answered().len()), (2, 1));
    assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
}

#[test]
fn a_slow_connection_is_waited_for() {
    let mut live = Live::new();
    let version = Version::uniform(15, 12, 2 << 20);
    let run = deploy_over(&mut live, &version, |number| {
        std::thread::sleep(Duration::from_millis(500 * (number % 4)));
        Fate::Forward
    });
    assert_eq!(run.output.code, 0, "{:?}", run.output);
    assert_eq!((run.uploads.len(), run.answered().len()), (4, 4), "nothing is sent twice");
    assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
}

/// Requests beside the uploads: what may be repeated is, and what came of it is told truly.
#[test]
fn a_lost_answer_to_finish_is_asked_for_again() {
    let mut live = Live::new();
    let version = Version::uniform(16, 3, 1000);
    let lost = AtomicU64::new(0);
    let proxy = Proxy::start(&format!("127.0.0.1:{}", live.server.port()), move |_, path| {
        let is_first = path.ends_with("/finish") && lost.fetch_add(1, Ordering::SeqCst) == 0;
        if is_first { Fate::LoseAnswer } else { Fate::Forward }
    });
    live.user.set("ZERODEPLOY_API_URL", &proxy.url());
    let deployed = live.deploy(&version).success().json();
    assert_eq!(proxy.seen().iter().filter(|seen| seen.path.ends_with("/finish")).count(), 2);
    let list = live.user.zerodeploy(&["deployments", "list", "blog", "--json"]).success().json();
    assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
    assert_eq!(list[0]["deployment_id"], deployed["deployment_id"]);
    assert_eq!(shown(&[&version], |path| live.server.get_site("blog", path)), 0);
}
