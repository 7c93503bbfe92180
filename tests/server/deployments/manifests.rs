//! Manifests that no honest client sends: refused, with nothing stored.

use serde_json::json;
use zerodeploy::content::blob::BlobId;

use crate::content::gzip;
use crate::harness::{Server, text};

/// Encodes entries as they are, in whatever order and with whatever paths.
fn encode(entries: &[(&[u8], &[u8])]) -> Vec<u8> {
    let sizes: u64 = entries.iter().map(|(_, content)| content.len() as u64).sum();
    encode_with(
        sizes,
        &entries.iter().map(|(path, content)| (*path, *content, content.len() as u64)).collect::<Vec<_>>(),
    )
}

fn encode_with(total: u64, entries: &[(&[u8], &[u8], u64)]) -> Vec<u8> {
    let mut bytes = header(u32::try_from(entries.len()).expect("few"), total);
    let mut offset = 0u32;
    for (path, ..) in entries {
        bytes.extend_from_slice(&offset.to_le_bytes());
        offset += u32::try_from(2 + path.len() + 32 + 8).expect("short");
    }
    for (path, content, size) in entries {
        bytes.extend_from_slice(&u16::try_from(path.len()).expect("short").to_le_bytes());
        bytes.extend_from_slice(path);
        bytes.extend_from_slice(BlobId::of(content).as_bytes());
        bytes.extend_from_slice(&size.to_le_bytes());
    }
    bytes
}

fn header(count: u32, total: u64) -> Vec<u8> {
    [b"ZDMF".as_slice(), &1u32.to_le_bytes(), &count.to_le_bytes(), &total.to_le_bytes()].concat()
}

/// Nothing about a deployment is in the database or on disk.
async fn assert_nothing_stored(server: &Server) {
    for statement in ["SELECT count(*) FROM deployments", "SELECT count(*) FROM blobs", "SELECT count(*) FROM packs"] {
        assert_eq!(server.count(statement).await, 0, "{statement}");
    }
    let packs = std::fs::read_dir(server.data_dir().join("packs")).expect("the folder of packs");
    assert_eq!(packs.count(), 0);
}

#[tokio::test]
async fn a_path_that_is_not_allowed_refuses_the_whole_manifest() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let (segment, path) = ("x".repeat(256), "long/".repeat(820) + "x");
    let bad: &[&[u8]] = &[
        b"..",
        b"../owner-session",
        b"../../etc/passwd",
        b"a/../../b",
        b"a/..",
        b"a/./b",
        b"./a",
        b".",
        b"",
        b"/",
        b"/etc/passwd",
        b"a//b",
        b"a/",
        b"a\\b",
        b"..\\..\\a",
        b"C:\\a",
        b"a\0b",
        b"a\nb",
        b"a\x7fb",
        b"a\xc2\x85b",
        b"a\xff",
        b"\xc0\xae\xc0\xae/a",
        "e\u{301}.txt".as_bytes(),
        segment.as_bytes(),
        path.as_bytes(),
    ];
    for path in bad {
        let shown = String::from_utf8_lossy(path);
        // Beside a good one before and after, and alone.
        let refused = owner.begin_with("blog", &gzip(&encode(&[(path, b"x")]))).await;
        let refused = refused.refusal(422, "validation_failed");
        assert!(text(&refused, "message").contains("path"), "{shown}: {refused}");
        let mut among: Vec<(&[u8], &[u8])> = vec![(b"!", b"x"), (path, b"x"), (b"zz\xf0\x9f\x8e\x89", b"x")];
        among.sort_unstable();
        owner.begin_with("blog", &gzip(&encode(&among))).await.refusal(422, "validation_failed");
    }
    assert_nothing_stored(&server).await;
    let literal: &[&[u8]] = &[b"%2e%2e", b"...", b"..a", b"a..", "\u{e9}.txt".as_bytes(), "\u{1f389}".as_bytes()];
    for path in literal {
        owner.begin_with("blog", &gzip(&encode(&[(path, b"x")]))).await.expect(201);
    }
}

#[tokio::test]
async fn a_manifest_that_contradicts_itself_is_refused() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let good = encode(&[(b"a", b"1"), (b"b", b"2")]);
    let changed = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    for (bytes, status, code) in [
        (encode(&[(b"b", b"1"), (b"a", b"2")]), 422, "validation_failed"),
        (encode(&[(b"a", b"1"), (b"a", b"1")]), 422, "validation_failed"),
        (encode(&[]), 422, "validation_failed"),
        (encode_with(3, &[(b"a", b"same", 1), (b"b", b"same", 2)]), 422, "validation_failed"),
        (encode_with(9, &[(b"a", b"1", 1)]), 400, "bad_request"),
        (encode_with(0, &[(b"a", b"1", u64::MAX), (b"b", b"2", 1)]), 400, "bad_request"),
        (changed(0, b'X'), 400, "bad_request"),
        (changed(4, 2), 400, "bad_request"),
        (changed(20, 1), 400, "bad_request"),
        ([good.as_slice(), b"x"].concat(), 400, "bad_request"),
        (header(500_001, 0), 413, "payload_too_large"),
        (header(u32::MAX, 0), 413, "payload_too_large"),
    ] {
        let refused = owner.begin_with("blog", &gzip(&bytes)).await.refusal(status, code);
        let limits = if status == 413 { json!({ "files": 500_000 }) } else { json!(null) };
        assert_eq!(refused["limits"], limits, "{refused}");
    }
    assert_nothing_stored(&server).await;
    owner.begin_with("blog", &gzip(&good)).await.expect(201);
}

/// A few kilobytes that become a quarter of a gigabyte are not unpacked beyond what makes no sense.
#[cfg(target_os = "linux")]
#[test]
fn a_bomb_costs_no_memory() {
    use std::io::Write as _;

    use crate::support::TestServer;

    let peak = |process: u32| -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a running process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak");
        line.trim().trim_end_matches(" kB").parse().expect("kilobytes")
    };
    let bomb = |start: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(start).expect("memory");
        let zeros = vec![0; 1 << 20];
        (0..256).for_each(|_| encoder.write_all(&zeros).expect("memory"));
        encoder.finish().expect("memory")
    };
    let server = TestServer::start();
    let site = json!({ "org": "personal", "slug": "blog" });
    assert_eq!(server.api("POST", "/sites", Some(&site)).status, 201);
    let before = peak(server.id());
    let authorization = format!("Bearer {}", server.session());
    let fields = [
        ("Authorization", authorization.as_str()),
        ("Content-Type", zerodeploy::content::manifest::MEDIA_TYPE),
        ("Content-Encoding", "gzip"),
    ];
    for (start, code) in [
        (Vec::new(), "bad_request"),
        (header(0, 0), "bad_request"),
        (header(500_000, 0), "validation_failed"),
        (header(600_000, 0), "payload_too_large"),
    ] {
        let answer = server.request("POST", "127.0.0.1", "/sites/blog/deployments", &fields, &bomb(&start));
        assert_eq!(answer.json()["error"]["code"], code, "{}", answer.text());
    }
    let grown = peak(server.id()) - before;
    assert!(grown < 64 * 1024, "{grown} kB more than before");
}
