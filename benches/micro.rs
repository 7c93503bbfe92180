//! What happens once per request or per file, in nanoseconds: `cargo bench --bench micro`.

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use zerodeploy::content::blob::BlobId;
use zerodeploy::content::manifest::{Manifest, ManifestDecoder, ManifestLimits};
use zerodeploy::content::path::{RequestPath, SitePath};
use zerodeploy::domain::header_rules::{self, HeaderRules};
use zerodeploy::domain::redirects::{self, Redirects, Request};
use zerodeploy::domain::{host, token};

/// Numbers of files in a manifest.
const SIZES: [usize; 3] = [100, 2_000, 100_000];

fn main() {
    divan::main();
}

fn manifest(files: usize) -> Manifest {
    let file = |number: usize| {
        let path = format!("section-{:03}/page-{number:06}/index.html", number % 400);
        (SitePath::new(&path).expect("a legal path"), BlobId::of(&number.to_le_bytes()), 10_000)
    };
    Manifest::build((0..files).map(file).collect()).expect("a manifest")
}

#[divan::bench(args = SIZES)]
fn manifest_lookup(bencher: Bencher<'_, '_>, files: usize) {
    let manifest = manifest(files);
    let path = manifest.entry(files / 3).expect("an entry").path.to_owned();
    bencher.bench(|| manifest.get(black_box(&path)).is_some());
}

#[divan::bench(args = SIZES)]
fn manifest_decode(bencher: Bencher<'_, '_>, files: usize) {
    let manifest = manifest(files);
    let bytes = manifest.as_bytes();
    let limits = ManifestLimits { files, bytes: bytes.len() };
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let mut decoder = ManifestDecoder::new(limits);
        for chunk in bytes.chunks(64 * 1024) {
            decoder.push(black_box(chunk)).expect("a legal manifest");
        }
        decoder.finish().expect("a legal manifest")
    });
}

#[divan::bench]
fn blake3_of_10_kb(bencher: Bencher<'_, '_>) {
    let content = vec![7u8; 10_000];
    bencher.counter(BytesCount::new(content.len())).bench(|| BlobId::of(black_box(&content)));
}

#[divan::bench(args = ["blog.localhost:8787", "0123456789-my-blog.pages.example", "[::1]:8787"])]
fn host_to_target(name: &str) -> Option<host::HostTarget> {
    host::normalize(black_box(name)).map(|name| host::target(&name, "localhost"))
}

#[divan::bench(args = ["/assets/app.4f3c9d21.js", "/caf%C3%A9/%E6%97%A5%E6%9C%AC/"])]
fn request_path(raw: &str) -> bool {
    RequestPath::parse(black_box(raw)).is_ok()
}

#[divan::bench]
fn token_form(bencher: Bencher<'_, '_>) {
    let secret = token::secret_from_random(token::TOKEN_PREFIX, &[7; 64]).expect("enough random bytes");
    bencher.bench(|| token::form(black_box(&secret)));
}

/// 10,000 rules: exact paths, patterns of segments, one source with many query values, and the fallback.
fn redirects() -> Redirects {
    let rule = |number: usize| match number % 10 {
        0..7 => format!("/blog/{}/old-{number} /posts/{number} 301\n", number % 50),
        7 => format!("/u-{number}/:id/* /users/:id/:splat 302\n"),
        8 => format!("/:lang/section-{number}/:slug /:slug 301\n"),
        _ => format!("/index.php p={number} /posts/{number} 301\n"),
    };
    let text: String = (0..9_999).map(rule).chain(["/* /index.html 200\n".to_owned()]).collect();
    let parsed = redirects::parse(text.as_bytes());
    assert!(!parsed.has_errors() && parsed.rules.len() == 10_000);
    Redirects::new(parsed.rules, text.len())
}

/// What a request for a path without a file costs a site with 10,000 redirect rules.
#[divan::bench(args = [
    "/blog/0/old-9100",
    "/u-9997/77/a/b/c",
    "/en/section-9998/hello",
    "/index.php?utm=x&p=5009",
    "/no/rule/but/the/fallback",
])]
fn redirect_among_10_000(bencher: Bencher<'_, '_>, target: &str) {
    let rules = redirects();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let request = Request { host: "blog.localhost", path: path.trim_matches('/'), query, ..Request::default() };
    bencher.bench(|| rules.find_other(black_box(&request), None).hit.is_some());
}

#[divan::bench]
fn redirects_parse_10_000(bencher: Bencher<'_, '_>) {
    let text: String = (0..10_000).map(|number| format!("/blog/old-{number} /posts/{number} 301\n")).collect();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| Redirects::new(redirects::parse(black_box(text.as_bytes())).rules, text.len()));
}

/// What the fields of one answer cost a site with 1,000 header rules, three of which fit.
#[divan::bench]
fn header_rules_among_1_000(bencher: Bencher<'_, '_>) {
    let rule = |number: usize| format!("/page-{number}/*\n  X-Page: {number}\n");
    let text: String = (0..1_000).map(rule).chain(["/*\n  X-A: 1\n/:x/b\n  X-B: :x\n".to_owned()]).collect();
    let rules = HeaderRules::new(header_rules::parse(text.as_bytes()).rules, text.len());
    bencher.bench(|| rules.changes("blog.localhost", black_box("page-500/b"), false).len());
}
