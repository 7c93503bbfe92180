//! What another organization holds is never offered and never revealed.

use serde_json::{Value, json};
use zerodeploy::content::blob::BlobId;

use crate::content::{File, bitmap, frame_of, frames, manifest, marked};
use crate::harness::{Api, Server, text};

const SECRET: &[u8] = b"what only the first organization has";
const THEIRS: &[File<'static>] = &[("secret.html", SECRET), ("other.html", b"also theirs")];

/// `personal` has deployed THEIRS to `blog`; `acme` has the site `rival` and a token of its own.
async fn two_organizations() -> (Server, Api, Api) {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    owner.deploy("blog", THEIRS).await;
    owner.create_organization("acme").await;
    owner.create_site("acme", "rival").await;
    let body = json!({ "org": "acme", "permissions": ["sites:write", "deployments:write"] });
    let rival = server.api(text(&owner.create_token(body).await, "token"));
    (server, owner, rival)
}

#[tokio::test]
async fn a_manifest_that_names_a_foreign_content_gains_nothing_and_learns_nothing() {
    let (server, _, mut rival) = two_organizations().await;
    let absent: &[u8] = b"what nobody has, and just as long as";
    assert_eq!(absent.len(), SECRET.len());
    let mut answers = Vec::new();
    for content in [SECRET, absent] {
        let files: &[File<'_>] = &[("stolen.html", content)];
        let begun = rival.begin("rival", files).await.expect(201).data();
        let id = text(&begun, "deployment_id").to_owned();
        assert_eq!(marked(files, &bitmap(&begun["missing"])), [BlobId::of(content)], "it is missing here");
        let early = rival.finish(&id, &json!({})).await.refusal(409, "blobs_missing");
        assert_eq!(bitmap(&early["limits"]["missing"]).count(), 1);
        let guess = frame_of(BlobId::of(content), 0, &vec![b'x'; content.len()]);
        let wrong = rival.upload(&id, &guess).await.refusal(422, "blob_mismatch");
        rival.finish(&id, &json!({})).await.refusal(409, "blobs_missing");
        assert_eq!(server.visitor("rival").get("/stolen.html").await.status, 404);
        assert_eq!(server.visitor(&format!("{id}-rival")).get("/stolen.html").await.status, 404);
        let plain = |mut error: Value| {
            error["request_id"] = Value::Null;
            error.to_string().replace(&BlobId::of(content).to_string(), "BLOB").replace(&id, "ID")
        };
        answers.push((plain(early), plain(wrong), begun["partial"].clone(), begun["missing"].clone()));
    }
    assert_eq!(answers[0], answers[1], "whether somebody else has it cannot be told");
}

#[tokio::test]
async fn a_foreign_manifest_is_unknown() {
    let (_server, mut owner, mut rival) = two_organizations().await;
    let id = manifest(THEIRS).id();
    let foreign = rival.begin_known("rival", id).await.refusal(409, "manifest_unknown");
    let absent = rival.begin_known("rival", BlobId::of(b"nothing")).await.refusal(409, "manifest_unknown");
    let message = |refused: &Value, id: BlobId| text(refused, "message").replace(&id.to_string(), "ID");
    assert_eq!(message(&foreign, id), message(&absent, BlobId::of(b"nothing")));
    owner.begin_known("blog", id).await.expect(201);
    let sent = rival.begin("rival", THEIRS).await.expect(201).data();
    assert_eq!(bitmap(&sent["missing"]).count(), 2, "the manifest tells nothing about its contents either");
}

#[tokio::test]
async fn the_same_content_lives_and_dies_in_each_organization_by_itself() {
    let (server, mut owner, mut rival) = two_organizations().await;
    rival.deploy("rival", THEIRS).await;
    let both = "SELECT count(*) FROM blobs WHERE encoding = 0 AND length = 36";
    assert_eq!(server.count(both).await, 2, "each has its own");
    owner.delete("/sites/blog").await.expect(200);
    assert_eq!(server.visitor("blog").get("/secret.html").await.status, 404);
    assert_eq!(server.visitor("rival").get("/secret.html").await.body, SECRET);
    let packs = "SELECT count(*) FROM blobs b JOIN packs p ON p.id = b.pack_id
                 WHERE p.organization_id <> b.organization_id";
    assert_eq!(server.count(packs).await, 0, "no pack is shared");
}

#[tokio::test]
async fn sites_of_one_organization_share_contents() {
    let (server, mut owner, _) = two_organizations().await;
    owner.create_site("personal", "shop").await;
    let begun = owner.begin("shop", &[("a.html", SECRET), ("b.html", b"new")]).await.expect(201).data();
    assert_eq!(bitmap(&begun["missing"]).count(), 1);
    let id = text(&begun, "deployment_id");
    owner.upload(id, &frames(b"new")).await.expect(200);
    owner.finish(id, &json!({})).await.expect(200);
    assert_eq!(server.visitor("shop").get("/a.html").await.body, SECRET);
}
