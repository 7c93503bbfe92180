//! Beginning a deployment: what is missing is told.

use serde_json::{Value, json};
use zerodeploy::content::blob::{BlobBitmap, BlobId};
use zerodeploy::content::manifest::MEDIA_TYPE;

use crate::content::{File, bitmap, frames, gzip, manifest, marked};
use crate::harness::{Server, text};

const FILES: &[File<'static>] = &[("a.html", b"first"), ("b/c.css", b"second"), ("d.js", b"third"), ("e.js", b"third")];

#[tokio::test]
async fn everything_is_missing_at_first() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let begun = owner.begin("blog", FILES).await.expect(201).data();
    let id = text(&begun, "deployment_id");
    assert!(id.len() == 10 && id.as_bytes()[0].is_ascii_digit(), "{id}");
    assert_eq!(text(&begun, "manifest_id"), manifest(FILES).id().to_string());
    assert_eq!(begun["missing"], "07", "three distinct contents");
    assert_eq!(begun["partial"], json!([]));
    assert_eq!(begun["limits"], json!({ "request_bytes": 32 << 20, "parallel_requests": 4 }));
    let fields: Vec<&String> = begun.as_object().expect("an object").keys().collect();
    assert_eq!(fields, ["deployment_id", "limits", "manifest_id", "missing", "partial"]);

    let shown = owner.get(&format!("/deployments/{id}")).await.expect(200).data();
    assert_eq!((&shown["status"], &shown["finished_at"]), (&json!("pending"), &Value::Null));
    assert_eq!((&shown["file_count"], &shown["total_size_bytes"]), (&json!(4), &json!(21)));
    assert_eq!(server.visitor("blog").get("/a.html").await.status, 404, "nothing is published yet");
    let unfinished = server.visitor(&format!("{id}-blog")).get("/a.html").await;
    assert_eq!(unfinished.status, 404, "nor under the deployment's own name");
}

#[tokio::test]
async fn the_bitmap_counts_distinct_contents_by_their_ids() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let contents: Vec<String> = (0..20).map(|number| format!("content {number}")).collect();
    let paths: Vec<String> = (0..20).map(|number| format!("{number}.txt")).collect();
    let files: Vec<File<'_>> = paths.iter().zip(&contents).map(|(p, c)| (p.as_str(), c.as_bytes())).collect();
    let begun = owner.begin("blog", &files).await.expect(201).data();
    assert_eq!(begun["missing"], "ffff0f");

    let sent: Vec<u8> = [3, 7, 19].iter().flat_map(|number| frames(contents[*number].as_bytes())).collect();
    owner.upload(text(&begun, "deployment_id"), &sent).await.expect(200);
    let mut ids: Vec<(BlobId, usize)> =
        contents.iter().enumerate().map(|(number, content)| (BlobId::of(content.as_bytes()), number)).collect();
    ids.sort_unstable();
    let mut expected = BlobBitmap::empty(ids.len());
    for (position, (_, number)) in ids.iter().enumerate() {
        if ![3, 7, 19].contains(number) {
            expected.insert(position);
        }
    }
    let again = owner.begin("blog", &files).await.expect(201).data();
    assert_eq!(bitmap(&again["missing"]), expected);
    assert_ne!(again["deployment_id"], begun["deployment_id"], "every begin makes a deployment of its own");
    assert_eq!(again["manifest_id"], begun["manifest_id"]);
}

#[tokio::test]
async fn a_manifest_that_is_here_is_begun_by_its_id() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    let id = manifest(FILES).id();
    let unknown = owner.begin_known("blog", id).await.refusal(409, "manifest_unknown");
    assert!(text(&unknown, "message").contains(&id.to_string()));
    owner.begin("blog", FILES).await.expect(201);
    let known = owner.begin_known("shop", id).await.expect(201).data();
    assert_eq!((&known["missing"], &known["manifest_id"]), (&json!("07"), &json!(id)));

    owner.deploy("blog", FILES).await;
    let complete = owner.begin_known("blog", id).await.expect(201).data();
    assert_eq!(bitmap(&complete["missing"]).count(), 0);
    let published = owner.finish(text(&complete, "deployment_id"), &json!({})).await.expect(200).data();
    assert_eq!(published["file_count"], 4, "two requests are enough when nothing has changed");

    // A content that is no manifest, and what is no id at all.
    owner.begin_known("blog", BlobId::of(b"first")).await.refusal(409, "manifest_unknown");
    for body in [json!({}), json!({ "manifest_id": "00" }), json!({ "manifest_id": id.to_string().to_uppercase() })] {
        owner.post("/sites/blog/deployments", &body).await.refusal(422, "validation_failed");
    }
}

#[tokio::test]
async fn a_manifest_travels_plain_or_with_gzip_under_its_own_type() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let (plain, packed) = (manifest(FILES).as_bytes().to_vec(), gzip(manifest(FILES).as_bytes()));
    let target = "/sites/blog/deployments";
    let with_parameter = format!("{MEDIA_TYPE}; version=1");
    for (fields, body, status) in [
        (&[("Content-Type", MEDIA_TYPE)][..], &plain, 201),
        (&[("Content-Type", MEDIA_TYPE), ("Content-Encoding", "identity")], &plain, 201),
        (&[("Content-Type", MEDIA_TYPE), ("Content-Encoding", "gzip")], &packed, 201),
        (&[("Content-Type", &with_parameter), ("Content-Encoding", "gzip")], &packed, 201),
        (&[("Content-Type", MEDIA_TYPE), ("Content-Encoding", "br")], &packed, 415),
        (&[("Content-Type", MEDIA_TYPE), ("Content-Encoding", "gzip, gzip")], &packed, 415),
        (&[("Content-Type", "application/octet-stream")], &plain, 415),
        (&[], &plain, 415),
        (&[("Content-Type", MEDIA_TYPE)], &packed, 400),
        (&[("Content-Type", MEDIA_TYPE), ("Content-Encoding", "gzip")], &plain, 400),
        (&[("Content-Type", MEDIA_TYPE), ("Content-Encoding", "gzip")], &packed[..packed.len() - 9].to_vec(), 400),
        (&[("Content-Type", MEDIA_TYPE)], &plain[..plain.len() - 1].to_vec(), 400),
        (&[("Content-Type", MEDIA_TYPE)], &Vec::new(), 400),
    ] {
        let answer = owner.send("POST", target, fields, body).await;
        let code = match status {
            201 => None,
            415 => Some("unsupported_media_type"),
            _ => Some("bad_request"),
        };
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (status, code), "{fields:?}");
    }
}

#[tokio::test]
async fn deployments_are_known_by_who_made_them() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let name = text(&owner.get("/whoami").await.data(), "username").to_owned();
    let token = owner.create_token(json!({ "name": "ci", "site": "blog" })).await;
    let mut pipeline = server.api(text(&token, "token"));
    for (by_pipeline, maker) in [(false, name.clone()), (true, format!("{name} (token ci)"))] {
        let api = if by_pipeline { &mut pipeline } else { &mut owner };
        let begun = api.begin("blog", FILES).await.expect(201).data();
        let id = text(&begun, "deployment_id");
        assert_eq!(api.get(&format!("/deployments/{id}")).await.data()["created_by"], maker);
        let logs = api.get(&format!("/deployments/{id}/logs")).await.data();
        assert_eq!(logs[0]["event"], "begun");
        assert!(text(&logs[0], "message").contains(&maker), "{logs}");
    }
    assert_eq!(marked(FILES, &bitmap(&json!("07"))).len(), 3);
}
