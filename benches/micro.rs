//! What happens once per request or per file, in nanoseconds: `cargo bench --bench micro`.

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use zerodeploy::content::blob::BlobId;
use zerodeploy::content::manifest::{Manifest, ManifestDecoder, ManifestLimits};
use zerodeploy::content::path::{RequestPath, SitePath};
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
