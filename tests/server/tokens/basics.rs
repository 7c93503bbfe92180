//! Made, shown once, named by their beginnings, ended, and bound to what they were made for.

use std::time::Duration;

use serde_json::{Value, json};
use zerodeploy::domain::token::{TokenForm, form};

use crate::content::File;
use crate::harness::{Server, text};

const FILES: &[File<'static>] = &[("index.html", b"hello")];
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn a_secret_has_its_form_and_is_shown_once() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let response = owner.post("/tokens", &json!({ "name": " ci ", "site": "blog" })).await.expect(201);
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let created = response.data();
    let secret = text(&created, "token");
    assert_eq!((secret.len(), &secret[..3], form(secret)), (45, "zd_", TokenForm::Ours));
    assert!(secret[3..].bytes().all(|byte| byte.is_ascii_alphanumeric()));
    assert_eq!(text(&created, "prefix"), &secret[..11]);
    assert_eq!((&created["name"], &created["kind"]), (&json!("ci"), &json!("site")));
    assert_eq!((&created["org"], &created["site"]), (&json!("personal"), &json!("blog")));
    assert_eq!(created["permissions"], json!(["sites:read", "deployments:write"]), "the documented default");
    assert_eq!((&created["expires_at"], &created["last_used_at"]), (&Value::Null, &Value::Null));

    let listed = owner.get("/tokens").await.expect(200);
    assert!(!listed.text().contains(&secret[11..]), "a list never holds a secret");
    let listed = listed.json();
    let mut details = created.clone();
    details.as_object_mut().expect("an object").remove("token");
    assert_eq!((&listed["data"], &listed["next_cursor"]), (&json!([details]), &Value::Null));

    let mut database = server.database().await;
    let stored: Vec<u8> = sqlx::query_scalar("SELECT hash FROM tokens").fetch_one(&mut database).await.expect("a row");
    assert_eq!(stored, <sha2::Sha256 as sha2::Digest>::digest(secret.as_bytes()).to_vec());
    let file = std::fs::read(server.data_dir().join("zerodeploy.db-wal")).expect("the database's log");
    let body = &secret.as_bytes()[11..];
    assert!(!file.windows(body.len()).any(|window| window == body), "the secret itself is stored nowhere");
}

#[tokio::test]
async fn what_a_token_may_consist_of() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let long = "x".repeat(101);
    for (body, part) in [
        (json!({}), "name"),
        (json!({ "name": "" }), "1 to 100 characters"),
        (json!({ "name": "  " }), "1 to 100 characters"),
        (json!({ "name": long }), "1 to 100 characters"),
        (json!({ "name": "a\u{7}b" }), "control"),
        (json!({ "name": "a", "note": "x".repeat(501) }), "at most 500 characters"),
        (json!({ "name": "a", "note": "a\nb" }), "control"),
        (json!({ "name": "a", "org": "personal", "site": "blog" }), "not to both"),
        (json!({ "name": "a", "permissions": [] }), "at least one"),
        (json!({ "name": "a", "permissions": ["deployment:write"] }), "deployments:write"),
        (json!({ "name": "a", "permissions": ["tokens:write"] }), "tokens:write"),
        (json!({ "name": "a", "permissions": "sites:read" }), "a sequence"),
        (json!({ "name": "a", "expires_in_seconds": 0 }), "60"),
        (json!({ "name": "a", "expires_in_seconds": 59 }), "60"),
        (json!({ "name": "a", "expires_in_seconds": -60 }), "u64"),
        (json!({ "name": "a", "expires_in_seconds": 1.5 }), "u64"),
        (json!({ "name": "a", "expires_in_seconds": 100_u64 * 366 * 24 * 60 * 60 + 1 }), "for ever"),
        (json!({ "name": "a", "expires_in_seconds": u64::MAX }), "for ever"),
        (json!({ "name": "a", "org": "No Slug" }), "No Slug"),
    ] {
        let refused = owner.post("/tokens", &body).await;
        let refused = refused.refusal(422, "validation_failed");
        assert!(refused["message"].as_str().is_some_and(|message| message.contains(part)), "{body}: {refused}");
    }
    owner.post("/tokens", &json!({ "name": "a", "org": "nowhere" })).await.refusal(404, "not_found");
    owner.post("/tokens", &json!({ "name": "a", "site": "nowhere" })).await.refusal(404, "not_found");
    assert_eq!(server.count("SELECT count(*) FROM tokens").await, 0);

    let given = json!(["deployments:write", "orgs:read", "deployments:write", "sites:read"]);
    let body = json!({ "permissions": given, "expires_in_seconds": 60, "note": " in the secrets of acme/blog " });
    let created = owner.create_token(body).await;
    assert_eq!(created["note"], "in the secrets of acme/blog");
    assert_eq!(owner.create_token(json!({ "note": " " })).await["note"], Value::Null);
    let documented = json!(["orgs:read", "sites:read", "deployments:write"]);
    assert_eq!((&created["permissions"], &created["kind"]), (&documented, &json!("user")));
    let at = |field: &str| text(&created, field).parse::<jiff::Timestamp>().expect("RFC 3339");
    assert_eq!(at("expires_at").as_millisecond() - at("created_at").as_millisecond(), 60_000);
    assert!(text(&created, "expires_at").ends_with('Z'));
}

#[tokio::test]
async fn a_token_is_named_by_its_id_or_its_beginning() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    for name in ["first", "second", "third"] {
        owner.create_token(json!({ "name": name })).await;
    }
    server
        .execute(
            "UPDATE tokens SET prefix = 'AbCd1111' WHERE name = 'first';
             UPDATE tokens SET prefix = 'AbCd2222' WHERE name = 'second';
             INSERT INTO users (id, name, is_admin, created_at) VALUES (x'00000000000000000000000000000001', 'other', 0, 0);
             INSERT INTO tokens (id, hash, prefix, name, kind, user_id, permissions, created_at)
             VALUES (x'00000000000000000000000000000002', x'03', 'AbCd3333', 'theirs', 'user',
                     x'00000000000000000000000000000001', 'sites:read', 0);",
        )
        .await;
    for name in ["zd_AbCd", "AbCd"] {
        let refused = owner.delete(&format!("/tokens/{name}")).await;
        let refused = refused.refusal(409, "conflict");
        let message = text(&refused, "message");
        for candidate in ["zd_AbCd1111 (first)", "zd_AbCd2222 (second)"] {
            assert!(message.contains(candidate), "{message}");
        }
        assert!(!message.contains("3333"), "only one's own tokens count: {message}");
    }
    for short in ["zd_AbC", "A", "zd_", "zd_%C3%A9%C3%A9%C3%A9"] {
        let refused = owner.delete(&format!("/tokens/{short}")).await;
        assert!(text(&refused.refusal(422, "validation_failed"), "message").contains("at least 4"), "{short}");
    }
    for absent in ["zd_abcd", "zd_AbCd9", "zd_AbCd3333", "00000000-0000-0000-0000-000000000002"] {
        owner.delete(&format!("/tokens/{absent}")).await.refusal(404, "not_found");
    }
    let listed = owner.get("/tokens").await.expect(200).json();
    let id = |name: &str| {
        let tokens = listed["data"].as_array().expect("a list").clone();
        let token = tokens.into_iter().find(|token| token["name"] == name).expect("listed");
        text(&token, "id").to_owned()
    };
    let gone = owner.delete("/tokens/zd_AbCd1").await.expect(200).data();
    assert_eq!(text(&gone, "id"), id("first"));
    // What is left of the two is meant now.
    assert_eq!(text(&owner.delete("/tokens/AbCd").await.expect(200).data(), "id"), id("second"));
    owner.delete(&format!("/tokens/{}", id("third"))).await.expect(200);
    owner.delete(&format!("/tokens/{}", id("third"))).await.refusal(404, "not_found");

    let whole = owner.create_token(json!({})).await;
    owner.delete(&format!("/tokens/{}", text(&whole, "token"))).await.expect(200);
    assert_eq!(owner.get("/tokens").await.json()["data"], json!([]));
}

#[tokio::test]
async fn lists_are_filtered_by_kind_organization_and_site() {
    let server = Server::with_sites(&["blog", "shop"]).await;
    let mut owner = server.owner();
    for (name, binding) in [
        ("user", json!({})),
        ("org", json!({ "org": "personal" })),
        ("blog", json!({ "site": "blog" })),
        ("shop", json!({ "site": "shop" })),
    ] {
        let mut body = binding;
        body["name"] = json!(name);
        owner.create_token(body).await;
    }
    for (query, names) in [
        ("", &["shop", "blog", "org", "user"][..]),
        ("?kind=user", &["user"]),
        ("?kind=org", &["org"]),
        ("?kind=site", &["shop", "blog"]),
        ("?site=blog", &["blog"]),
        ("?org=personal", &["shop", "blog", "org"]),
        ("?kind=site&site=shop", &["shop"]),
        ("?site=nowhere", &[]),
    ] {
        let listed = owner.get(&format!("/tokens{query}")).await.expect(200).json();
        let tokens = listed["data"].as_array().expect("a list");
        assert_eq!(tokens.iter().map(|token| text(token, "name")).collect::<Vec<_>>(), names, "{query}");
    }
    owner.get("/tokens?kind=cat").await.refusal(422, "validation_failed");
}

#[tokio::test]
async fn an_ended_credential_is_refused_on_the_very_next_request() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let short = owner.create_token(json!({ "name": "short", "expires_in_seconds": 3600 })).await;
    let (mut user, expires_at) = (server.api(text(&short, "token")), text(&short, "expires_at"));
    server.advance(Duration::from_secs(3590));
    user.get("/whoami").await.expect(200);
    server.advance(Duration::from_secs(10));
    let expired = user.get("/whoami").await.refusal(401, "token_expired");
    let message = text(&expired, "message");
    assert!(message.contains(expires_at) && message.contains("`short`"), "{message}");
    let rotate = format!("zerodeploy token rotate {}", text(&short, "prefix"));
    let hint = text(&expired, "hint");
    assert!(hint.contains("zerodeploy token create") && hint.contains(&rotate), "{expired}");
    let listed = owner.get("/tokens").await.json();
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1), "an expired one stays in the list");

    let other = owner.create_token(json!({})).await;
    let mut user = server.api(text(&other, "token"));
    user.get("/whoami").await.expect(200);
    owner.delete(&format!("/tokens/{}", text(&other, "prefix"))).await.expect(200);
    user.get("/whoami").await.refusal(401, "token_revoked");
    // That it was deleted says more than that it would have ended by now.
    owner.delete(&format!("/tokens/{}", text(&short, "id"))).await.expect(200);
    server.api(text(&short, "token")).get("/whoami").await.refusal(401, "token_revoked");

    server.advance(30 * DAY);
    let expired = owner.get("/whoami").await.refusal(401, "token_expired");
    assert!(text(&expired, "message").contains("session"), "{expired}");
}

#[tokio::test]
async fn the_authorization_header_has_one_form() {
    let server = Server::start().await;
    let session = server.session();
    let mut nobody = server.nobody();
    let with = |value: String| [("Authorization".to_owned(), value)];
    for (value, status, code) in [
        (format!("Bearer {session}"), 200, None),
        (format!("bearer {session}"), 200, None),
        (format!("BEARER   {session}"), 200, None),
        (session.clone(), 401, Some("not_authenticated")),
        (format!("Basic {session}"), 401, Some("not_authenticated")),
        ("Bearer".to_owned(), 401, Some("not_authenticated")),
        ("Bearer ".to_owned(), 401, Some("not_authenticated")),
        ("Bearer x".to_owned(), 401, Some("token_invalid")),
        (format!("Bearer {session} {session}"), 401, Some("token_invalid")),
    ] {
        let fields = with(value.clone());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = nobody.send("GET", "/whoami", &fields, b"").await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (status, code), "{value}");
        let challenge = (status == 401).then_some("Bearer");
        assert_eq!(answer.header("www-authenticate"), challenge, "RFC 9110 §15.5.2: {value}");
    }
    let bearer = format!("Bearer {session}");
    let twice = [("Authorization", bearer.as_str()), ("Authorization", bearer.as_str())];
    nobody.send("GET", "/whoami", &twice, b"").await.refusal(401, "not_authenticated");
}

#[tokio::test]
async fn a_cookie_and_a_query_are_no_credentials() {
    let server = Server::start().await;
    let session = server.session();
    let mut nobody = server.nobody();
    for name in ["session", "token", "Authorization", "__Host-session", "zerodeploy"] {
        let cookie = format!("{name}={session}; {name}=Bearer {session}");
        nobody.send("GET", "/whoami", &[("Cookie", &cookie)], b"").await.refusal(401, "not_authenticated");
        nobody.get(&format!("/whoami?{name}={session}")).await.refusal(401, "not_authenticated");
    }
    let fields = [("Cookie", "session=wrong"), ("Authorization", &format!("Bearer {session}"))];
    let answer = nobody.send("GET", "/whoami", &fields, b"").await.expect(200);
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn tokens_cannot_manage_tokens() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let all =
        json!(["orgs:read", "sites:write", "deployments:write", "domains:write", "forms:write", "analytics:write"]);
    for binding in [json!({}), json!({ "org": "personal" }), json!({ "site": "blog" })] {
        let mut body = binding;
        body["permissions"] = all.clone();
        let own = owner.create_token(body).await;
        let mut holder = server.api(text(&own, "token"));
        for answer in [
            holder.get("/tokens").await,
            holder.post("/tokens", &json!({ "name": "more" })).await,
            holder.delete(&format!("/tokens/{}", text(&own, "id"))).await,
            holder.post("/orgs", &json!({ "slug": "more" })).await,
            holder.delete("/orgs/personal").await,
        ] {
            let refused = answer.refusal(403, "session_required");
            assert!(text(&refused, "hint").contains("ZERODEPLOY_TOKEN"), "{refused}");
        }
    }
}

#[tokio::test]
async fn tokens_are_bound_to_things_and_not_to_their_names() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    let site = owner.create_token(json!({ "name": "of the site", "site": "blog" })).await;
    let organization = owner.create_token(json!({ "name": "of the org", "org": "acme" })).await;
    let mut site_holder = server.api(text(&site, "token"));
    let mut organization_holder = server.api(text(&organization, "token"));
    let id = owner.deploy("blog", FILES).await;
    site_holder.get(&format!("/deployments/{id}")).await.expect(200);

    owner.delete("/sites/blog").await.expect(200);
    owner.delete("/orgs/acme").await.expect(200);
    owner.create_site("personal", "blog").await;
    owner.create_organization("acme").await;
    owner.deploy("blog", FILES).await;
    let refused = site_holder.get("/sites/blog").await.refusal(404, "not_found");
    assert!(text(&refused, "message").contains("the site it was bound to is gone"), "{refused}");
    site_holder.begin("blog", FILES).await.refusal(404, "not_found");
    site_holder.get(&format!("/deployments/{id}")).await.refusal(404, "not_found");
    assert_eq!(site_holder.get("/sites").await.expect(200).json()["data"], json!([]));
    let who = site_holder.get("/whoami").await.data();
    assert_eq!((&who["credential"]["site"], &who["credential"]["org"]), (&Value::Null, &json!("personal")));
    organization_holder.get("/sites").await.refusal(403, "owner_lost_access");

    let listed = owner.get("/tokens").await.json();
    for token in listed["data"].as_array().expect("a list") {
        assert_eq!(token["site"], Value::Null, "{token}");
    }
}

#[tokio::test]
async fn a_user_token_grants_what_its_owner_has_now() {
    let server = Server::with_sites(&["mine"]).await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    owner.create_site("acme", "blog").await;
    let created = owner.create_token(json!({ "permissions": ["orgs:read", "sites:write", "deployments:write"] })).await;
    let mut holder = server.api(text(&created, "token"));
    holder.deploy("blog", FILES).await;
    holder.create_site("acme", "more").await;
    assert_eq!(holder.get("/whoami").await.data()["orgs"], json!(["acme", "personal"]));

    server
        .execute("DELETE FROM memberships WHERE organization_id = (SELECT id FROM organizations WHERE slug = 'acme')")
        .await;
    holder.get("/sites/blog").await.refusal(404, "not_found");
    holder.begin("blog", FILES).await.refusal(404, "not_found");
    holder.post("/sites", &json!({ "org": "acme", "slug": "other" })).await.refusal(404, "not_found");
    holder.get("/sites/mine").await.expect(200);
    assert_eq!(holder.get("/whoami").await.data()["orgs"], json!(["personal"]));
    assert_eq!(holder.get("/orgs").await.json()["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn everybody_can_ask_who_they_are() {
    let server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    let who = owner.get("/whoami").await.data();
    let (user, session) = (who["user_id"].clone(), server.session());
    assert_eq!((&who["admin"], &who["orgs"]), (&json!(true), &json!(["acme", "personal"])));
    let credential = &who["credential"];
    assert_eq!((&credential["kind"], &credential["name"]), (&json!("session"), &Value::Null));
    assert_eq!(text(credential, "prefix"), &session[4..12]);
    assert_eq!(credential["permissions"].as_array().map(Vec::len), Some(11));
    assert!(credential["expires_at"].is_string());

    for (binding, kind, org, site, orgs) in [
        (json!({}), "user", Value::Null, Value::Null, json!(["acme", "personal"])),
        (json!({ "org": "acme" }), "org", json!("acme"), Value::Null, json!(["acme"])),
        (json!({ "site": "blog" }), "site", json!("personal"), json!("blog"), json!(["personal"])),
    ] {
        let mut body = binding;
        body["permissions"] = json!(["forms:read"]);
        let token = owner.create_token(body).await;
        let who = server.api(text(&token, "token")).get("/whoami").await.data();
        assert_eq!((&who["user_id"], &who["orgs"]), (&user, &orgs), "{kind}");
        let expected = json!({
            "kind": kind, "prefix": text(&token, "prefix")[3..], "name": "test", "org": org, "site": site,
            "permissions": ["forms:read"], "expires_at": null,
        });
        assert_eq!(who["credential"], expected);
    }
}

#[tokio::test]
async fn the_last_use_is_written_when_the_server_stops() {
    let mut server = Server::with_sites(&["blog"]).await;
    let mut owner = server.owner();
    let used = owner.create_token(json!({ "name": "used", "permissions": ["sites:read", "deployments:read"] })).await;
    owner.create_token(json!({ "name": "unused" })).await;
    let refused = owner.create_token(json!({ "name": "refused" })).await;
    let mut holder = server.api(text(&used, "token"));
    holder.get("/sites/blog").await.expect(200);
    server.advance(DAY);
    holder.get("/sites").await.expect(200);
    holder.get("/sites/blog/deployments").await.expect(200);
    holder.get("/whoami").await.expect(200);
    server.api(text(&refused, "token")).get("/orgs").await.refusal(403, "permission_missing");
    server.restart().await;

    let listed = server.owner().get("/tokens").await.json();
    for token in listed["data"].as_array().expect("a list") {
        let last = token["last_used_at"].as_str().map(|at| at.parse::<jiff::Timestamp>().expect("RFC 3339"));
        assert_eq!(last.is_some(), token["name"] == "used", "a refused use is none: {token}");
        let since = last.map(|last| last.duration_since(jiff::Timestamp::now()));
        assert!(since.is_none_or(|since| since.as_hours() >= 23), "the newest use counts: {token}");
    }
    let mut database = server.database().await;
    let uses: Vec<(String, i64)> = sqlx::query_as(
        "SELECT u.permission, t.last_used_at - u.last_used_at < 1000 * 60 FROM token_uses u
         JOIN tokens t ON t.id = u.token_id ORDER BY u.permission",
    )
    .fetch_all(&mut database)
    .await
    .expect("rows");
    assert_eq!(uses, [("deployments:read".to_owned(), 1), ("sites:read".to_owned(), 1)]);
}
