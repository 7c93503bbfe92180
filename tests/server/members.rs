//! Members of an organization: invited, listed, given roles, removed; and what each role may do.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Browser, path};
use crate::content::File;
use crate::harness::{Api, Server, text};
use crate::support::people::{add_member, add_person};

const FILES: &[File<'static>] = &[("index.html", b"hello")];
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A server with an organization `acme`, and somebody besides the owner who has a role in it.
async fn acme(name: &str, role: &str) -> (Server, Api, Api) {
    let server = Server::start().await;
    let mut owner = server.owner();
    owner.create_organization("acme").await;
    let person = join(&server, name, role).await;
    (server, owner, person)
}

async fn join(server: &Server, name: &str, role: &str) -> Api {
    let session = add_person(&server.data_dir(), name).await;
    add_member(&server.data_dir(), name, "acme", role).await;
    server.api(&session)
}

async fn name_of(api: &mut Api) -> String {
    text(&api.get("/whoami").await.data(), "username").to_owned()
}

async fn members(api: &mut Api) -> Value {
    api.get("/orgs/acme/members").await.expect(200).json()["data"].clone()
}

/// Name, role and status of everybody.
async fn summary(api: &mut Api) -> Vec<String> {
    let members = members(api).await;
    let line = |member: &Value| format!("{} {} {}", text(member, "name"), text(member, "role"), text(member, "status"));
    members.as_array().expect("a list").iter().map(line).collect()
}

async fn recorded(server: &Server) -> Vec<(String, String)> {
    let mut database = server.database().await;
    sqlx::query_as("SELECT action, target FROM audit_events WHERE action LIKE 'member.%' ORDER BY id")
        .fetch_all(&mut database)
        .await
        .expect("rows")
}

#[tokio::test]
async fn an_invitation_is_a_link_that_is_shown_once_and_replaced_by_the_next() {
    let (server, mut owner, mut ada) = acme("ada", "MEMBER").await;
    let invite = json!({ "name": "grace" });
    let made = owner.post("/orgs/acme/members", &invite).await.expect(201);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let first = made.data();
    let link = text(&first, "url").to_owned();
    assert!(link.starts_with(&format!("http://{}/invitation/zdi_", server.address())), "its form");
    assert_eq!(text(&first, "name"), "grace");

    let listed = members(&mut ada).await;
    let secret = link.rsplit('/').next().expect("a secret");
    assert!(!listed.to_string().contains(&secret[4..]), "a list never holds a link's secret");
    let waiting = &listed[2];
    assert_eq!((&waiting["name"], &waiting["role"]), (&json!("grace"), &json!("MEMBER")));
    assert_eq!((&waiting["status"], &waiting["user_id"]), (&json!("pendingInvite"), &Value::Null));
    assert_eq!(waiting["expires_at"], first["expires_at"]);
    assert_eq!((&listed[0]["status"], &listed[0]["expires_at"]), (&json!("active"), &Value::Null));

    let again = json!({ "name": "GRACE", "role": "ADMIN" });
    let second = owner.post("/orgs/acme/members", &again).await.expect(201).data();
    assert_ne!(text(&second, "url"), link);
    assert_eq!(server.count("SELECT count(*) FROM invitations").await, 1, "the older one is worth nothing");
    assert_eq!(summary(&mut owner).await[2..], ["GRACE ADMIN pendingInvite"]);

    for name in ["ada", "Ada"] {
        let refused = owner.post("/orgs/acme/members", &json!({ "name": name })).await.refusal(409, "conflict");
        assert!(text(&refused, "hint").contains("zerodeploy org members role ada ROLE --org acme"), "{refused}");
    }
    for body in [json!({}), json!({ "name": "a b" }), json!({ "name": "x", "role": "OWNER" })] {
        owner.post("/orgs/acme/members", &body).await.refusal(422, "validation_failed");
    }
    let actions = recorded(&server).await;
    let action = |target: &str| ("member.invite".to_owned(), target.to_owned());
    assert_eq!(actions, [action("grace as MEMBER"), action("GRACE as ADMIN")]);

    server.advance(WEEK);
    assert_eq!(summary(&mut ada).await.len(), 3, "an ended one is there until it is revoked");
    owner.delete("/orgs/acme/members/grace").await.expect(200);
    assert_eq!(summary(&mut ada).await.len(), 2);
}

#[tokio::test]
async fn roles_change_and_one_administrator_always_remains() {
    let (server, mut owner, mut ada) = acme("ada", "MEMBER").await;
    let role = |role: &str| json!({ "role": role });
    let owner_name = name_of(&mut owner).await;
    let own = format!("/orgs/acme/members/{owner_name}");

    let refused = owner.patch(&own, &role("MEMBER")).await.refusal(409, "conflict");
    assert!(text(&refused, "hint").contains("zerodeploy org members role NAME ADMIN --org acme"), "{refused}");
    let refused = owner.delete(&own).await.refusal(409, "conflict");
    assert!(text(&refused, "message").contains("last administrator"), "{refused}");

    let changed = owner.patch("/orgs/acme/members/ADA", &role("ADMIN")).await.expect(200).data();
    assert_eq!((text(&changed, "name"), text(&changed, "role")), ("ada", "ADMIN"));
    owner.patch("/orgs/acme/members/ada", &role("ADMIN")).await.expect(200);
    let refused = owner.delete("/orgs/acme/members/ada").await.refusal(409, "conflict");
    assert!(text(&refused, "hint").contains("zerodeploy org members role ada MEMBER --org acme"), "{refused}");
    let refused = owner.delete(&own).await.refusal(409, "conflict");
    assert!(text(&refused, "hint").contains(&format!("role {owner_name} MEMBER")), "{refused}");

    // Whoever is demoted may do nothing more.
    ada.patch(&own, &role("MEMBER")).await.expect(200);
    owner.patch("/orgs/acme/members/ada", &role("MEMBER")).await.refusal(403, "forbidden");
    ada.patch("/orgs/acme/members/ada", &role("MEMBER")).await.refusal(409, "conflict");
    ada.patch(&own, &role("ADMIN")).await.expect(200);

    // An administrator whose account is disabled does not count.
    server.execute("UPDATE users SET disabled_at = 1 WHERE name = 'ada'").await;
    owner.patch(&own, &role("MEMBER")).await.refusal(409, "conflict");

    owner.post("/orgs/acme/members", &json!({ "name": "grace" })).await.expect(201);
    let changed = owner.patch("/orgs/acme/members/grace", &role("ADMIN")).await.expect(200).data();
    assert_eq!((text(&changed, "role"), text(&changed, "status")), ("ADMIN", "pendingInvite"));
    owner.patch("/orgs/acme/members/nobody", &role("ADMIN")).await.refusal(404, "not_found");
    let of_roles = recorded(&server).await.iter().filter(|(action, _)| action == "member.role").count();
    assert_eq!(of_roles, 4, "what changes nothing is not recorded");
}

#[tokio::test]
async fn two_administrators_cannot_demote_each_other_at_once() {
    for _ in 0..5 {
        let (_server, mut owner, mut ada) = acme("ada", "ADMIN").await;
        let own = name_of(&mut owner).await;
        let (own, demoted) = (format!("/orgs/acme/members/{own}"), json!({ "role": "MEMBER" }));
        let (first, second) = tokio::join!(owner.patch("/orgs/acme/members/ada", &demoted), ada.patch(&own, &demoted));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 403]);
    }
}

#[tokio::test]
async fn a_removed_member_loses_everything_at_once() {
    let (server, mut owner, mut ada) = acme("ada", "MEMBER").await;
    owner.create_site("acme", "blog").await;
    ada.deploy("blog", FILES).await;
    let mut tokens = Vec::new();
    for body in [json!({ "org": "acme" }), json!({ "site": "blog" }), json!({})] {
        let mut body = body;
        body["permissions"] = json!(["orgs:read", "sites:read", "deployments:write"]);
        let token = ada.create_token(body).await;
        tokens.push(server.api(text(&token, "token")));
    }
    for token in &mut tokens {
        token.get("/sites/blog").await.expect(200);
    }
    owner.post("/orgs/acme/members", &json!({ "name": "grace" })).await.expect(201);
    server.execute("UPDATE invitations SET name = 'ada'").await;

    owner.delete("/orgs/acme/members/ada").await.expect(200);
    assert_eq!(server.count("SELECT count(*) FROM invitations").await, 0, "nobody comes back by an old link");
    let [org, site, user] = tokens.as_mut_slice() else { panic!("three tokens") };
    org.get("/sites/blog").await.refusal(403, "owner_lost_access");
    site.get("/sites/blog").await.refusal(403, "owner_lost_access");
    site.begin("blog", FILES).await.refusal(403, "owner_lost_access");
    user.get("/sites/blog").await.refusal(404, "not_found");
    for target in ["/orgs/acme/members", "/sites/blog"] {
        ada.get(target).await.refusal(404, "not_found");
    }
    assert_eq!(ada.get("/orgs").await.json()["data"], json!([]));
    assert_eq!(recorded(&server).await.last(), Some(&("member.remove".to_owned(), "ada".to_owned())));
}

#[tokio::test]
async fn a_member_works_and_manages_own_tokens_and_nothing_else() {
    let (server, mut owner, mut ada) = acme("ada", "MEMBER").await;
    let all = [
        "orgs:read",
        "sites:read",
        "sites:write",
        "deployments:read",
        "deployments:write",
        "domains:read",
        "domains:write",
        "forms:read",
        "forms:write",
        "analytics:read",
        "analytics:write",
    ];
    assert_eq!(ada.get("/whoami").await.data()["credential"]["permissions"], json!(all));
    ada.create_site("acme", "blog").await;
    ada.deploy("blog", FILES).await;
    let own = ada.create_token(json!({ "name": "own", "org": "acme", "permissions": all })).await;
    let theirs = owner.create_token(json!({ "name": "theirs", "org": "acme" })).await;
    let names = |answer: &Value| {
        let tokens = answer["data"].as_array().expect("a list").clone();
        tokens.iter().map(|token| text(token, "name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&ada.get("/tokens").await.json()), ["own"]);
    ada.delete(&format!("/tokens/{}", text(&theirs, "id"))).await.refusal(404, "not_found");
    ada.delete(&format!("/tokens/{}", text(&own, "id"))).await.expect(200);

    for refused in [
        ada.post("/orgs/acme/members", &json!({ "name": "grace" })).await,
        ada.post("/orgs/acme/members", &json!({ "name": "grace", "role": "ADMIN" })).await,
        ada.patch("/orgs/acme/members/ada", &json!({ "role": "ADMIN" })).await,
        ada.delete("/orgs/acme/members/nobody").await,
        ada.delete("/orgs/acme").await,
        ada.get("/orgs/acme/audit").await,
    ] {
        let refusal = refused.refusal(403, "forbidden");
        assert!(text(&refusal, "hint").contains("zerodeploy org members list --org acme"), "{refusal}");
    }
    let owner_name = name_of(&mut owner).await;
    ada.delete(&format!("/orgs/acme/members/{owner_name}")).await.refusal(403, "forbidden");

    let left = ada.delete("/orgs/acme/members/ada").await.expect(200).data();
    assert_eq!(left["id"], ada.get("/whoami").await.data()["user_id"]);
    ada.get("/orgs/acme/members").await.refusal(404, "not_found");
    assert_eq!(recorded(&server).await, [("member.leave".to_owned(), "ada".to_owned())]);
}

#[tokio::test]
async fn strangers_learn_nothing() {
    let (server, mut owner, _ada) = acme("ada", "ADMIN").await;
    let session = add_person(&server.data_dir(), "mallory").await;
    let mut mallory = server.api(&session);
    for org in ["acme", "nowhere"] {
        let base = format!("/orgs/{org}/members");
        mallory.get(&base).await.refusal(404, "not_found");
        mallory.post(&base, &json!({ "name": "mallory", "role": "ADMIN" })).await.refusal(404, "not_found");
        for name in ["ada", "mallory", "nobody"] {
            mallory.patch(&format!("{base}/{name}"), &json!({ "role": "ADMIN" })).await.refusal(404, "not_found");
            mallory.delete(&format!("{base}/{name}")).await.refusal(404, "not_found");
        }
    }
    assert_eq!(summary(&mut owner).await.len(), 2);
}

#[tokio::test]
async fn a_link_tells_nobody_which_accounts_there_are() {
    let server = Server::start().await;
    server.account("ada").await;
    let session = add_person(&server.data_dir(), "mallory").await;
    let mut mallory = server.api(&session);
    mallory.create_organization("curious").await;
    let mut eve = server.account("eve").await;
    for name in ["ada", "nobody"] {
        let invited = mallory.post("/orgs/curious/members", &json!({ "name": name, "role": "MEMBER" })).await;
        let link = path(text(&invited.expect(201).data(), "url"));
        let asked = Browser::new(&server).get(&link).await.expect(303);
        assert!(asked.header("location").expect("a page").starts_with("/sign-in?next="), "{name}");
        assert!(eve.get(&link).await.expect(200).text().contains("signed in to another account"), "{name}");
        eve.post(&link, &[]).await.expect(403);
    }
}
