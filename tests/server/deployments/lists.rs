//! Lists of deployments, of their files and of what happened to them.

use serde_json::{Value, json};
use zerodeploy::content::blob::BlobId;

use crate::content::File;
use crate::harness::{Server, text};

const FILES: &[File<'static>] = &[("index.html", b"hello")];

fn ids(page: &Value) -> Vec<String> {
    page["data"].as_array().expect("a list").iter().map(|entry| text(entry, "deployment_id").to_owned()).collect()
}

#[tokio::test]
async fn deployments_come_newest_first_in_pages() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    let list = "/sites/blog/deployments";
    assert_eq!(owner.get(list).await.expect(200).json(), json!({ "data": [], "next_cursor": null }));
    let mut made = Vec::new();
    for _ in 0..5 {
        made.insert(0, owner.deploy("blog", FILES).await);
    }
    let other = owner.deploy("shop", FILES).await;

    let whole = owner.get(list).await.expect(200).json();
    assert_eq!((ids(&whole), &whole["next_cursor"]), (made.clone(), &Value::Null));
    for (position, deployment) in whole["data"].as_array().expect("a list").iter().enumerate() {
        assert_eq!((&deployment["is_current"], &deployment["status"]), (&json!(position == 0), &json!("ready")));
        let shown = owner.get(&format!("/deployments/{}", text(deployment, "deployment_id"))).await.data();
        assert_eq!(&shown, deployment, "one thing looks the same everywhere");
    }
    let (mut target, mut pages) = (format!("{list}?limit=2"), Vec::new());
    loop {
        let page = owner.get(&target).await.expect(200).json();
        pages.push(ids(&page));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        target = format!("{list}?limit=2&cursor={cursor}");
    }
    assert_eq!(pages, [&made[..2], &made[2..4], &made[4..]]);
    // Exactly as many as there are: no empty page follows.
    let exact = owner.get(&format!("{list}?limit=5")).await.expect(200).json();
    assert_eq!((ids(&exact).len(), &exact["next_cursor"]), (5, &Value::Null));

    // A page's end may be deleted or forged, but never belongs to another site.
    for cursor in [other.as_str(), "0000000000", "nonsense", "%27"] {
        owner.get(&format!("{list}?cursor={cursor}")).await.refusal(404, "not_found");
    }
    assert_eq!(ids(&owner.get(&format!("{list}?limit=0")).await.expect(200).json()).len(), 1);
    assert_eq!(ids(&owner.get(&format!("{list}?limit=4294967295")).await.expect(200).json()).len(), 5);
    for limit in ["-1", "x", "4294967296", ""] {
        owner.get(&format!("{list}?limit={limit}")).await.refusal(422, "validation_failed");
    }
}

#[tokio::test]
async fn twenty_deployments_make_a_page_and_a_hundred_at_most() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    owner.deploy("blog", FILES).await;
    server
        .execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 150)
             INSERT INTO deployments (id, short_id, site_id, organization_id, manifest, file_count, total_size, status,
                                      is_preview, created_by, created_at)
             SELECT randomblob(16), substr('0000000000' || n, -10), site_id, organization_id, manifest, 1, 5, 'pending', 0,
                    'x', 0 FROM numbers, deployments",
        )
        .await;
    for (query, count) in [("", 20), ("?limit=1000", 100)] {
        let page = owner.get(&format!("/sites/blog/deployments{query}")).await.expect(200).json();
        assert_eq!(ids(&page).len(), count);
        assert!(page["next_cursor"].is_string());
    }
    // All of these were begun in the same millisecond, and still each one comes once.
    let (mut target, mut seen) = ("/sites/blog/deployments?limit=7".to_owned(), Vec::new());
    loop {
        let page = owner.get(&target).await.expect(200).json();
        seen.extend(ids(&page));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        target = format!("/sites/blog/deployments?limit=7&cursor={cursor}");
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 151);
}

#[tokio::test]
async fn files_come_by_path_in_pages_of_a_thousand() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let mut paths: Vec<String> = (0..2_000).map(|number| format!("folder/{number}.css")).collect();
    paths.push("a b#?.html".to_owned());
    paths.sort_unstable();
    let files: Vec<File<'_>> = paths.iter().map(|path| (path.as_str(), b"same".as_slice())).collect();
    let id = owner.deploy("blog", &files).await;
    let target = format!("/deployments/{id}/files");
    let first = owner.get(&target).await.expect(200).json();
    let expected = json!({
        "path": "a b#?.html", "blob": BlobId::of(b"same"), "size_bytes": 4, "content_type": "text/html; charset=utf-8",
    });
    assert_eq!(first["data"][0], expected);
    let (mut next, mut seen) = (Some(String::new()), Vec::new());
    while let Some(cursor) = next {
        let page = owner.get(&format!("{target}?cursor={}", if cursor.is_empty() { "0" } else { &cursor })).await;
        let page = page.expect(200).json();
        assert!(page["data"].as_array().is_some_and(|entries| entries.len() <= 1_000));
        seen.extend(page["data"].as_array().expect("a list").iter().map(|entry| text(entry, "path").to_owned()));
        next = page["next_cursor"].as_str().map(str::to_owned);
    }
    assert_eq!(seen, paths);
    for cursor in ["x", "-1", "99999999999999999999999"] {
        owner.get(&format!("{target}?cursor={cursor}")).await.refusal(404, "not_found");
    }
    let beyond = owner.get(&format!("{target}?cursor=18446744073709551615")).await.expect(200).json();
    assert_eq!(beyond, json!({ "data": [], "next_cursor": null }));
    // Before it is finished its files are known already.
    let pending = owner.begin("blog", FILES).await.expect(201).data();
    let listed = owner.get(&format!("/deployments/{}/files", text(&pending, "deployment_id"))).await.expect(200).json();
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_history_tells_everything_in_order() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let first = owner.deploy("blog", FILES).await;
    owner.deploy("blog", &[("index.html", b"second")]).await;
    owner.post("/sites/blog/rollback", &json!({})).await.expect(200);
    let logs = owner.get(&format!("/deployments/{first}/logs")).await.expect(200).json();
    let lines = logs["data"].as_array().expect("a list");
    assert_eq!(lines.iter().map(|line| text(line, "event")).collect::<Vec<_>>(), ["begun", "published", "rolled_back"]);
    let times = lines.iter().map(|line| text(line, "at").parse::<jiff::Timestamp>().expect("RFC 3339"));
    assert!(times.is_sorted(), "{logs}");
    assert!(lines.iter().all(|line| !text(line, "message").is_empty() && text(line, "at").ends_with('Z')), "{logs}");
}

#[tokio::test]
async fn what_was_not_finished_in_a_day_is_given_up() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let id = owner.prepare("blog", FILES).await;
    server.execute("UPDATE deployments SET status = 'failed'").await;
    assert_eq!(owner.get(&format!("/deployments/{id}")).await.data()["status"], "failed");
    let refused = owner.finish(&id, &json!({})).await.refusal(409, "conflict");
    assert!(text(&refused, "hint").contains("deploy again"), "{refused}");
    owner.upload(&id, b"").await.refusal(409, "conflict");
    owner.post("/sites/blog/promote", &json!({ "deployment_id": id })).await.refusal(409, "conflict");
}
