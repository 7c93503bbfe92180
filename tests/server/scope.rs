//! What a credential does not reach looks like what does not exist, and lists leave it out.

use serde_json::{Value, json};

use crate::content::{File, manifest};
use crate::harness::{Api, Server, text};

const FILES: &[File<'static>] = &[("index.html", b"hello")];

/// An error without the request's id.
fn without_id(mut answer: Value) -> Value {
    let error = answer["error"].as_object_mut().expect("an error");
    assert!(error.remove("request_id").is_some());
    answer
}

/// Two organizations of the same owner: `here` with the sites `blog` and `beside`, `elsewhere` with `far`.
async fn world() -> (Server, Api) {
    let server = Server::start().await;
    let mut owner = server.owner();
    owner.create_organization("here").await;
    owner.create_organization("elsewhere").await;
    for (org, site) in [("here", "blog"), ("here", "beside"), ("elsewhere", "far")] {
        owner.create_site(org, site).await;
    }
    (server, owner)
}

async fn token(server: &Server, owner: &mut Api, body: Value) -> Api {
    server.api(text(&owner.create_token(body).await, "token"))
}

/// Every request for something below a site, with a body that fits.
async fn site_requests(api: &mut Api, site: &str) -> Vec<(u16, Value)> {
    let mut answers = Vec::new();
    let path = format!("/sites/{site}");
    answers.push(api.get(&path).await);
    answers.push(api.delete(&path).await);
    answers.push(api.get(&format!("{path}/deployments")).await);
    answers.push(api.begin(site, FILES).await);
    answers.push(api.begin_known(site, manifest(FILES).id()).await);
    for action in ["rollback", "promote"] {
        answers.push(api.post(&format!("{path}/{action}"), &json!({})).await);
    }
    answers.into_iter().map(|answer| (answer.status, without_id(answer.json()))).collect()
}

/// Every request for a deployment; the id in the answers is replaced.
async fn deployment_requests(api: &mut Api, id: &str) -> Vec<(u16, Value)> {
    let mut answers = Vec::new();
    let path = format!("/deployments/{id}");
    for part in ["", "/files", "/logs"] {
        answers.push(api.get(&format!("{path}{part}")).await);
    }
    answers.push(api.upload(id, b"").await);
    answers.push(api.finish(id, &json!({})).await);
    let plain = |answer: Value| serde_json::from_str(&answer.to_string().replace(id, "ID")).expect("JSON");
    answers.into_iter().map(|answer| (answer.status, plain(without_id(answer.json())))).collect()
}

#[tokio::test]
async fn a_missing_permission_is_told_before_anything_is_looked_up() {
    let (server, mut owner) = world().await;
    let id = owner.deploy("blog", FILES).await;
    let mut reader = token(&server, &mut owner, json!({ "site": "blog", "permissions": ["forms:read"] })).await;
    for (method, existing, absent) in [
        ("GET", "/sites/blog", "/sites/nothing"),
        ("DELETE", "/sites/blog", "/sites/nothing"),
        ("GET", "/sites/blog/deployments", "/sites/nothing/deployments"),
        ("POST", "/sites/blog/deployments", "/sites/nothing/deployments"),
        ("POST", "/sites/blog/rollback", "/sites/nothing/rollback"),
        ("POST", &format!("/deployments/{id}/blobs"), "/deployments/nothing/blobs"),
        ("POST", &format!("/deployments/{id}/finish"), "/deployments/0000000000/finish"),
        ("GET", &format!("/deployments/{id}"), "/deployments/nothing"),
    ] {
        // Not even the body is looked at.
        let first = reader.send(method, existing, &[("Content-Type", "text/plain")], b"nonsense").await;
        let second = reader.send(method, absent, &[("Content-Type", "text/plain")], b"nonsense").await;
        first.refusal(403, "permission_missing");
        assert_eq!(without_id(first.json()), without_id(second.json()), "{method} {existing}");
    }
}

#[tokio::test]
async fn a_site_outside_looks_like_one_that_does_not_exist() {
    let (server, mut owner) = world().await;
    let permissions = json!(["sites:write", "deployments:write"]);
    for (body, scope) in [
        (json!({ "org": "here", "permissions": permissions }), "the organization `here`"),
        (json!({ "site": "blog", "permissions": permissions }), "the site `blog`"),
    ] {
        let mut outsider = token(&server, &mut owner, body).await;
        let before = site_requests(&mut outsider, "ghost").await;
        for (status, answer) in &before {
            assert_eq!((*status, &answer["error"]["code"]), (404, &json!("not_found")));
            assert!(text(&answer["error"], "message").contains(scope), "it states the token's own scope: {answer}");
        }
        owner.create_site("elsewhere", "ghost").await;
        let id = owner.deploy("ghost", FILES).await;
        assert_eq!(site_requests(&mut outsider, "ghost").await, before);

        let outside = deployment_requests(&mut outsider, &id).await;
        assert!(outside.iter().all(|(status, _)| *status == 404));
        assert_eq!(outside, deployment_requests(&mut outsider, "0000000000").await);
        assert_eq!(outside, deployment_requests(&mut outsider, "no-id-at-all").await);
        owner.delete("/sites/ghost").await.expect(200);
        assert_eq!(deployment_requests(&mut outsider, &id).await, outside, "gone with its site");
    }
}

#[tokio::test]
async fn another_persons_things_look_like_nothing_to_a_session() {
    let (server, mut owner) = world().await;
    let before = site_requests(&mut owner, "ghost").await;
    let organization = owner.delete("/orgs/theirs").await;
    let token_name = owner.delete("/tokens/zd_Theirs00").await;
    server
        .execute(
            "INSERT INTO users (id, name, is_admin, created_at) VALUES (x'00000000000000000000000000000001', 'other', 0, 0);
             INSERT INTO organizations VALUES (x'00000000000000000000000000000002', 'theirs', 0);
             INSERT INTO memberships (organization_id, user_id, created_at)
             VALUES (x'00000000000000000000000000000002', x'00000000000000000000000000000001', 0);
             INSERT INTO sites
             VALUES (x'00000000000000000000000000000003', x'00000000000000000000000000000002', 'ghost', 0);
             INSERT INTO tokens (id, hash, prefix, name, kind, user_id, permissions, created_at)
             VALUES (x'00000000000000000000000000000004', x'05', 'Theirs00', 'theirs', 'user',
                     x'00000000000000000000000000000001', 'sites:read', 0);",
        )
        .await;
    assert_eq!(site_requests(&mut owner, "ghost").await, before);
    assert_eq!(without_id(owner.delete("/orgs/theirs").await.json()), without_id(organization.json()));
    assert_eq!(without_id(owner.delete("/tokens/zd_Theirs00").await.json()), without_id(token_name.json()));
    // Host names are public, so a taken one is no secret.
    let taken = owner.post("/sites", &json!({ "org": "here", "slug": "ghost" })).await;
    let taken = taken.refusal(409, "slug_taken");
    assert!(text(&taken, "hint").contains("`ghost-2` is free"), "{taken}");
}

/// The `slug`s of a list.
fn slugs(list: &Value) -> Vec<&str> {
    list["data"].as_array().expect("a list").iter().map(|entry| text(entry, "slug")).collect()
}

#[tokio::test]
async fn lists_leave_out_what_is_outside() {
    let (server, mut owner) = world().await;
    let all = ["beside", "blog", "far"];
    let permissions = json!(["orgs:read", "sites:read"]);
    for (body, sites, inside) in [
        (json!({}), &all[..], &["elsewhere", "here", "personal"][..]),
        (json!({ "org": "here" }), &["beside", "blog"], &["here"]),
        (json!({ "org": "elsewhere" }), &["far"], &["elsewhere"]),
        (json!({ "site": "blog" }), &["blog"], &[]),
    ] {
        let mut body = body;
        body["permissions"] = permissions.clone();
        let mut holder = token(&server, &mut owner, body).await;
        let listed = holder.get("/sites").await.expect(200).json();
        assert_eq!((slugs(&listed).as_slice(), &listed["next_cursor"]), (sites, &Value::Null));
        let organizations = holder.get("/orgs").await.expect(200).json();
        assert_eq!(slugs(&organizations), ["elsewhere", "here", "personal"], "all of the owner's, whatever the scope");
        for organization in organizations["data"].as_array().expect("a list") {
            let is_inside = inside.contains(&text(organization, "slug"));
            let fields: Vec<&String> = organization.as_object().expect("an object").keys().collect();
            let expected = if is_inside { vec!["created_at", "id", "site_count", "slug"] } else { vec!["id", "slug"] };
            assert_eq!(fields, expected, "{organization}");
        }
    }
    assert_eq!(slugs(&owner.get("/sites?org=here").await.expect(200).json()), ["beside", "blog"]);
    owner.get("/sites?org=nowhere").await.refusal(404, "not_found");
    let mut here = token(&server, &mut owner, json!({ "org": "here" })).await;
    let outside = here.get("/sites?org=elsewhere").await;
    outside.refusal(404, "not_found");
    let absent = here.get("/sites?org=nowhere00").await.json().to_string().replace("nowhere00", "elsewhere");
    assert_eq!(without_id(outside.json()), without_id(serde_json::from_str(&absent).expect("JSON")));
}

#[tokio::test]
async fn a_site_token_makes_no_site_anywhere() {
    let (server, mut owner) = world().await;
    let mut holder = token(&server, &mut owner, json!({ "site": "blog", "permissions": ["sites:write"] })).await;
    for org in ["here", "elsewhere", "nowhere"] {
        let refused = holder.post("/sites", &json!({ "org": org, "slug": "more" })).await;
        let refused = refused.refusal(403, "scope_too_narrow");
        assert!(text(&refused, "hint").contains("zerodeploy token create"), "{refused}");
    }
    let mut organization = token(&server, &mut owner, json!({ "org": "here", "permissions": ["sites:write"] })).await;
    organization.post("/sites", &json!({ "org": "elsewhere", "slug": "more" })).await.refusal(404, "not_found");
    organization.create_site("here", "more").await;
}

#[tokio::test]
async fn sites_come_in_pages() {
    let (server, mut owner) = world().await;
    server
        .execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM numbers WHERE n < 300)
             INSERT INTO sites SELECT randomblob(16), (SELECT id FROM organizations WHERE slug = 'here'), 'page-' || n, 0
             FROM numbers",
        )
        .await;
    let mut seen = Vec::new();
    let mut target = "/sites?org=here".to_owned();
    for _ in 0..4 {
        let page = owner.get(&target).await.expect(200).json();
        assert!(slugs(&page).len() <= 100);
        seen.extend(slugs(&page).into_iter().map(str::to_owned));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        target = format!("/sites?org=here&cursor={cursor}");
    }
    assert_eq!(seen.len(), 203);
    assert!(seen.is_sorted() && seen.first().is_some_and(|slug| slug == "beside"), "each one once, in order");
}
