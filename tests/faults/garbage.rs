//! Garbage collection beside real deploys and real visitors.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::in_process::InProcess;
use crate::proxy::{Fate, Proxy};
use crate::site::{Version, content, shown};
use crate::support::{Output, TestEnv, request};

const DAY: Duration = Duration::from_secs(24 * 60 * 60 + 60);

/// A server in this process, and its owner as a client.
struct Place {
    server: Arc<InProcess>,
    user: TestEnv,
}

impl Place {
    fn new(sites: &[&str]) -> Self {
        let mut user = TestEnv::new();
        let server = Arc::new(InProcess::start(&user.path("data")));
        user.set("ZERODEPLOY_API_URL", server.url()).set("ZERODEPLOY_TOKEN", &server.session());
        for site in sites {
            user.zerodeploy(&["site", "create", site, "--json"]).success();
        }
        Place { server, user }
    }

    fn deploy(&self, site: &str, version: &Version) -> Output {
        let folder = version.folder();
        self.user.zerodeploy(&["deploy", site, "--dir", folder.argument(), "--json"])
    }

    /// Deploys while something happens between the last upload and finish, at the first try to finish.
    fn deploy_interrupted(
        &mut self,
        version: &Version,
        interrupt: impl Fn() + Send + Sync + 'static,
    ) -> (Output, Proxy) {
        let (finishes, went_through) = (AtomicU64::new(0), Arc::new(AtomicBool::new(false)));
        let interrupted = Arc::clone(&went_through);
        let proxy = Proxy::start(self.server.address(), move |_, path| {
            if path.ends_with("/finish") && finishes.fetch_add(1, Ordering::SeqCst) == 0 {
                interrupt();
                interrupted.store(true, Ordering::SeqCst);
            }
            Fate::Forward
        });
        self.user.set("ZERODEPLOY_API_URL", &proxy.url());
        let output = self.deploy("blog", version);
        self.user.set("ZERODEPLOY_API_URL", self.server.url());
        assert!(went_through.load(Ordering::SeqCst), "the interruption failed");
        (output, proxy)
    }

    #[track_caller]
    fn shows(&self, site: &str, versions: &[&Version]) -> usize {
        shown(versions, |path| self.server.get(&format!("{site}.localhost"), path))
    }
}

#[test]
fn what_a_begun_deployment_counts_on_survives_a_collection() {
    let mut place = Place::new(&["blog", "shop"]);
    let kept = Version::uniform(40, 10, 3000);
    place.deploy("shop", &kept).success();
    // The deployment reuses what only a site has that is deleted meanwhile.
    let version = kept.with(&Version::uniform(41, 4, 3000));
    let (server, shop) =
        (Arc::clone(&place.server), place.user.command(&["site", "delete", "shop", "--force", "--json"]));
    let shop = std::sync::Mutex::new(shop);
    let (output, proxy) = place.deploy_interrupted(&version, move || {
        let deleted = shop.lock().expect("not poisoned").output().expect("runs");
        assert!(deleted.status.success(), "{deleted:?}");
        server.collect_garbage();
    });
    assert_eq!(output.success().json()["uploaded_files"], 4);
    assert_eq!(proxy.uploads().len(), 1, "nothing had to be sent again");
    assert_eq!(place.shows("blog", &[&version]), 0);
}

/// The server forgets contents between begin and finish, as a collection would that was told of no deployment.
#[test]
fn contents_that_are_gone_at_the_end_are_sent_again() {
    let mut place = Place::new(&["blog"]);
    let old = Version::uniform(42, 10, 3000);
    place.deploy("blog", &old).success();
    let version = old
        .with(&Version::uniform(43, 4, 3000))
        .with(&Version::of([("large.bin".to_owned(), content(43, 99, 9 << 20))]));
    let database = place.user.path("data/zerodeploy.db");
    let (output, proxy) = place.deploy_interrupted(&version, move || {
        // Of what was there before and of what was just sent; never a manifest, which has another size.
        const FORGET: &str = "DELETE FROM blobs WHERE size = 9437184 OR (size = 3000 AND hash < x'80')";
        let deleted = execute(&database, FORGET);
        assert!(deleted > 2, "{deleted}");
    });
    let deployed = output.success().json();
    let uploads = proxy.uploads();
    assert!(uploads.len() > 1 && uploads.iter().all(|upload| upload.status == Some(200)), "{uploads:?}");
    assert_eq!(proxy.seen().iter().filter(|seen| seen.path.ends_with("/finish")).count(), 2);
    assert!(deployed["uploaded_files"].as_u64().expect("a number") > 5, "{deployed}");
    assert_eq!(place.shows("blog", &[&old, &version]), 1);
    assert_eq!(place.shows("blog", &[&version]), 0);
}

#[test]
fn an_upload_that_took_longer_than_a_day_is_over_and_the_next_one_works() {
    let mut place = Place::new(&["blog"]);
    let old = Version::uniform(44, 3, 1000);
    place.deploy("blog", &old).success();
    let version = Version::uniform(45, 6, 2000);
    let server = Arc::clone(&place.server);
    let (output, _) = place.deploy_interrupted(&version, move || {
        server.advance(DAY);
        server.collect_garbage();
    });
    let refused = output.expect_error(3, "conflict");
    assert!(refused.text("hint").contains("deploy again"), "{}", refused.stdout);
    assert_eq!(place.shows("blog", &[&old, &version]), 0);
    place.server.collect_garbage();
    assert_eq!(place.deploy("blog", &version).success().json()["uploaded_files"], 6, "what was sent is garbage by now");
    assert_eq!(place.shows("blog", &[&old, &version]), 1);
}

#[test]
fn deleted_sites_and_abandoned_uploads_give_their_space_back() {
    let mut place = Place::new(&["blog", "shop"]);
    let shared = Version::uniform(46, 20, 20_000);
    let versions = [shared.clone(), shared.with(&Version::uniform(47, 5, 20_000)), Version::uniform(48, 5, 20_000)];
    let deployments: Vec<Value> = versions
        .iter()
        .map(|version| place.deploy("blog", version).success().json()["deployment_id"].clone())
        .collect();
    let (_, before) = place.server.packs();
    let gone = shared.with(&Version::uniform(49, 100, 30_000));
    place.deploy("shop", &gone).success();
    // Sent, but never finished: the client believes that the server has gone.
    let abandoned = Version::uniform(50, 30, 30_000);
    let proxy = Proxy::start(place.server.address(), |_, path| match path.ends_with("/finish") {
        true => Fate::CutAfter(0),
        false => Fate::Forward,
    });
    place.user.set("ZERODEPLOY_API_URL", &proxy.url());
    place.deploy("blog", &abandoned).expect_error(6, "network_error");
    place.user.set("ZERODEPLOY_API_URL", place.server.url());
    place.user.zerodeploy(&["site", "delete", "shop", "--force", "--json"]).success();
    let (_, full) = place.server.packs();
    assert!(full > before + 3_500_000, "{before} -> {full}");
    place.server.collect_garbage();
    let (_, without_shop) = place.server.packs();
    assert!(without_shop < before + 1_000_000, "{before} -> {full} -> {without_shop}");
    place.server.advance(DAY);
    place.server.collect_garbage();
    let (_, after) = place.server.packs();
    assert!(after <= before, "{before} -> {full} -> {without_shop} -> {after}");
    for (version, id) in versions.iter().zip(&deployments) {
        let host = format!("{}-blog.localhost", id.as_str().expect("an id"));
        assert_eq!(shown(&[version], |path| place.server.get(&host, path)), 0);
    }
    assert_eq!(place.shows("blog", &[&versions[2]]), 0);
}

/// Variants move with their contents, and visitors get the right bytes while packs are rewritten under them.
#[test]
fn visitors_get_the_right_bytes_while_packs_are_rewritten() {
    let place = Place::new(&["blog", "shop"]);
    let text = |number: u64| {
        let words = "words that compress well, ".repeat(2000);
        (format!("page {number:03}.txt"), format!("{number} {words}").into_bytes())
    };
    let kept = Version::of((0..10).map(text).chain([("large.bin".to_owned(), content(51, 0, 3 << 20))]));
    let gone = Version::of(
        (0..60).map(text).chain((0..3).map(|number| (format!("large {number}.bin"), content(51, number, 3 << 20)))),
    );
    place.deploy("shop", &gone).success();
    place.deploy("blog", &kept).success();
    let compressed = |path: &str| {
        let accept = [("Accept-Encoding", "gzip")];
        request(place.server.address(), "GET", "blog.localhost", path, &accept, b"").expect("an answer")
    };
    let deadline = Instant::now() + Duration::from_secs(60);
    let gzip = loop {
        let answer = compressed("/page%20003.txt");
        if answer.header("content-encoding") == Some("gzip") {
            break answer.body;
        }
        assert!(Instant::now() < deadline, "no variant was made");
        std::thread::sleep(Duration::from_millis(50));
    };
    let (_, before) = place.server.packs();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let ending = Ending(&is_over);
        let visitors: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut visits = 0;
                    while !is_over.load(Ordering::SeqCst) {
                        assert_eq!(place.shows("blog", &[&kept]), 0);
                        visits += 1;
                    }
                    visits
                })
            })
            .collect();
        place.user.zerodeploy(&["site", "delete", "shop", "--force", "--json"]).success();
        for _ in 0..5 {
            place.server.collect_garbage();
        }
        drop(ending);
        let visits: Vec<u32> = visitors.into_iter().map(|visitor| visitor.join().expect("right bytes")).collect();
        assert!(visits.iter().all(|visits| *visits > 0), "{visits:?}");
    });
    let (_, after) = place.server.packs();
    assert!(after < before / 2, "{before} -> {after}");
    assert_eq!(place.shows("blog", &[&kept]), 0);
    let answer = compressed("/page%20003.txt");
    assert_eq!((answer.header("content-encoding"), answer.body == gzip), (Some("gzip"), true));
}

/// Several people deploy, sites come and go, and collection never rests.
#[test]
fn deploys_never_fail_because_of_a_collection() {
    const ROUNDS: u64 = 8;
    let place = Place::new(&["stable"]);
    let stable = Version::uniform(60, 30, 2000);
    place.deploy("stable", &stable).success();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let ending = Ending(&is_over);
        let collector = scope.spawn(|| {
            let mut collections = 0;
            while !is_over.load(Ordering::SeqCst) {
                place.server.collect_garbage();
                collections += 1;
            }
            collections
        });
        let lanes: Vec<_> = (0..3)
            .map(|lane| {
                let place = &place;
                scope.spawn(move || {
                    let site = format!("site-{lane}");
                    for round in 0..ROUNDS {
                        place.user.zerodeploy(&["site", "create", &site, "--json"]).success();
                        // Of the same contents in each lane, and of some that another lane has just thrown away.
                        let version = Version::uniform(61 + round % 3, 40, 3000);
                        place.deploy(&site, &version).success();
                        assert_eq!(place.shows(&site, &[&version]), 0, "{site} {round}");
                        let next = version.with(&Version::uniform(70 + round, 5, 3000));
                        place.deploy(&site, &next).success();
                        assert_eq!(place.shows(&site, &[&next]), 0, "{site} {round}");
                        place.user.zerodeploy(&["site", "delete", &site, "--force", "--json"]).success();
                    }
                })
            })
            .collect();
        let failed = lanes.into_iter().map(|lane| lane.join()).filter(Result::is_err).count();
        drop(ending);
        let collections: u32 = collector.join().expect("collects");
        assert_eq!(failed, 0, "lanes whose deploys failed, in {collections} collections");
        assert!(collections > 20, "{collections}");
    });
    place.server.collect_garbage();
    assert_eq!(place.shows("stable", &[&stable]), 0);
    let (_, size) = place.server.packs();
    assert!(size < 120_000, "nothing but the stable site is left: {size}");
}

/// Ends what runs beside a test, also when the test fails.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Changes the server's database behind its back.
fn execute(database: &std::path::Path, sql: &str) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(database).busy_timeout(Duration::from_secs(10));
        let mut connection = SqliteConnection::connect_with(&options).await.expect("opens");
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        let done = sqlx::query(sql).execute(&mut connection).await.expect("runs").rows_affected();
        connection.close().await.expect("closes");
        done
    })
}
