//! Server and client killed at random times of many deploys.
//!
//! `ZERODEPLOY_FAULT_SEED` repeats the times of a run, whose seed is printed.

use std::io::Write as _;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::in_process::InProcess;
use crate::live::Live;
use crate::random::Random;
use crate::site::{Version, content, shown, shown_at_once};
use crate::support::Folder;

/// Servers that are tried at once, each with a data folder of its own for all its rounds.
const LANES: u64 = 4;
/// Rounds in which the server is killed, and in which the client is; of each lane.
const SERVER_KILLS: usize = 25;
const CLIENT_KILLS: usize = 13;
/// Files of the site.
const FILES: u64 = 40;
/// Every so many versions there is a content that travels in parts.
const LARGE_EVERY: u64 = 9;
const LARGE: usize = 9 << 20;

#[test]
fn kills_at_random_times_leave_one_version_and_lose_nothing() {
    let seed = std::env::var("ZERODEPLOY_FAULT_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |now| now.as_millis() as u64)
    });
    tell(&format!("ZERODEPLOY_FAULT_SEED={seed}"));
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES).map(|lane| scope.spawn(move || Lane::new(seed ^ lane << 56).run())).collect();
        let failed = lanes.into_iter().map(|lane| lane.join()).filter(Result::is_err).count();
        assert_eq!(failed, 0, "lanes failed; repeat them with ZERODEPLOY_FAULT_SEED={seed}");
    });
}

/// Not with a macro: what those print is captured, and lost when the whole run is killed.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "random kills: {text}");
}

/// One server and its site.
struct Lane {
    random: Random,
    live: Live,
    folder: Folder,
    /// The version that the site showed when it was last looked at.
    shown: u64,
    /// The last version that was deployed, perhaps in vain.
    last: u64,
    /// Versions whose clients were killed since the last success: the server may still be working on one.
    orphans: Vec<u64>,
    /// Killed deploys that were published all the same, and that were not.
    survived: usize,
    prevented: usize,
}

impl Lane {
    fn new(seed: u64) -> Self {
        Lane {
            random: Random::new(seed),
            live: Live::new(),
            folder: Folder::with(&[]),
            shown: 0,
            last: 0,
            orphans: Vec::new(),
            survived: 0,
            prevented: 0,
        }
    }

    fn run(mut self) {
        // The first one makes the site and the caches; the next ones are timed, a large version and a small one.
        self.last = LARGE_EVERY - 2;
        let [_, large, small] = [(); 3].map(|()| {
            self.last += 1;
            self.deploy_cleanly()
        });
        for round in 0..SERVER_KILLS + CLIENT_KILLS {
            self.last += 1;
            let duration = if self.last.is_multiple_of(LARGE_EVERY) { large } else { small };
            let at = Duration::from_nanos(self.random.below(duration.as_nanos() as u64));
            if round * CLIENT_KILLS % (SERVER_KILLS + CLIENT_KILLS) < CLIENT_KILLS {
                self.kill_client(at);
            } else {
                self.kill_server(at);
            }
            if self.shown == self.last {
                self.survived += 1;
            } else {
                self.prevented += 1;
                // Half of the versions that failed are left behind, half are tried again.
                if self.random.below(2) == 0 {
                    self.deploy_cleanly();
                }
            }
        }
        self.last += 1;
        self.deploy_cleanly();
        tell(&format!("{} versions were live all the same, {} were not", self.survived, self.prevented));
        self.check_all();
    }

    fn kill_server(&mut self, at: Duration) {
        let client = self.start_client();
        let waited = std::thread::spawn(move || client.wait_with_output().expect("the client ends"));
        std::thread::sleep(at);
        self.live.server.kill();
        self.orphans.clear();
        self.live.restart(None);
        let output = waited.join().expect("the client is waited for");
        let code = output.status.code().expect("an exit code");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!([0, 5, 6].contains(&code), "killed after {at:?}: {text}");
        self.judge(code == 0, at);
    }

    fn kill_client(&mut self, at: Duration) {
        let mut client = self.start_client();
        std::thread::sleep(at);
        client.kill().expect("killed, or ended already");
        let is_done = client.wait().expect("it ended").success();
        self.orphans.push(self.last);
        self.judge(is_done, at);
    }

    fn start_client(&mut self) -> Child {
        let message = self.prepare();
        let arguments = ["deploy", "blog", "--dir", self.folder.argument(), "--message", &message, "--json"];
        let mut command = self.live.user.command(&arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().expect("the client starts")
    }

    /// Tells how long the command took.
    fn deploy_cleanly(&mut self) -> Duration {
        let message = self.prepare();
        let arguments = ["deploy", "blog", "--dir", self.folder.argument(), "--message", &message, "--json"];
        let begin = Instant::now();
        let deployed = self.live.user.zerodeploy(&arguments).success().json();
        let duration = begin.elapsed();
        let sent = deployed["uploaded_files"].as_u64().expect("a number");
        // Everything that a failed try was told is durable, or nothing: small versions travel in one request.
        let new = version(self.last).new_contents(&version(self.shown));
        assert!(sent <= new, "{sent} contents were sent, {new} are new");
        self.judge(true, Duration::ZERO);
        duration
    }

    fn prepare(&self) -> String {
        version(self.last).write(&self.folder);
        format!("version {}", self.last)
    }

    /// Looks which version is shown. A client that reported success is believed; after one that did not, the old version
    /// is as good.
    #[track_caller]
    fn judge(&mut self, is_done: bool, at: Duration) {
        let mut numbers = vec![self.shown, self.last];
        numbers.extend(&self.orphans);
        let versions: Vec<Version> = numbers.iter().map(|number| version(*number)).collect();
        let versions: Vec<&Version> = versions.iter().collect();
        let get = |path: &str| self.live.server.get_site("blog", path);
        // What a killed client has left may be published while it is looked at: then it is looked at once more.
        let looks = self.orphans.len() + 1;
        let shown = (0..looks).find_map(|_| shown_at_once(&versions, get)).expect("a site that stands still");
        assert!(numbers[shown] == self.last || !is_done, "version {} was live, killed after {at:?}", self.last);
        self.shown = numbers[shown];
        if is_done {
            self.orphans.clear();
        }
    }

    /// Every deployment that was ever finished is still there, byte for byte; also after a collection of garbage.
    fn check_all(mut self) {
        let list = self.live.user.zerodeploy(&["deployments", "list", "blog", "--limit", "1000", "--json"]);
        let deployments: Vec<(String, u64)> = list
            .success()
            .json()
            .as_array()
            .expect("a list")
            .iter()
            .filter(|deployment| deployment["status"] == "ready")
            .map(|deployment| {
                let message = deployment["message"].as_str().expect("a message");
                let number = message.strip_prefix("version ").and_then(|number| number.parse().ok());
                let id = deployment["deployment_id"].as_str().expect("an id");
                (format!("{id}-blog.localhost"), number.expect("a version"))
            })
            .collect();
        assert!(deployments.len() >= 4, "{deployments:?}");
        for (host, number) in &deployments {
            shown(&[&version(*number)], |path| self.live.server.get(host, path));
        }
        assert_eq!(self.live.server.stop(), 0);
        let server = InProcess::start(&self.live.server.data_dir());
        server.advance(Duration::from_secs(25 * 60 * 60));
        server.collect_garbage();
        for (host, number) in &deployments {
            shown(&[&version(*number)], |path| server.get(host, path));
        }
        shown(&[&version(self.last)], |path| server.get("blog.localhost", path));
    }
}

/// A version follows from its number: from one to the next some files change, one goes and one comes.
fn version(number: u64) -> Version {
    if number == 0 {
        return Version::of([]);
    }
    let file = |file: u64| {
        // The last version, up to this one, in which the file changed.
        let changed = number + 8 - (number + file) % 8;
        (format!("file {file:03}.txt"), content(changed, file, 200 + 300 * file as usize))
    };
    let mut version = Version::of((0..FILES).map(file));
    version.0.insert(format!("only {number}.txt"), format!("version {number}").into_bytes());
    if number.is_multiple_of(LARGE_EVERY) {
        version.0.insert("large.bin".to_owned(), content(number, FILES, LARGE));
    }
    version
}
