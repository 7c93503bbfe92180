//! Every route against every kind of caller. What each may do is written down here by hand, from the documented rules,
//! and never taken from the server's own table: a route that is missing in either one fails.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use zerodeploy::server::ROUTES;

use crate::content::File;
use crate::harness::{Api, Server, text};
use crate::openapi::assert_described;

/// A status, and the error's code where there is one.
type Outcome = (u16, &'static str);

const OK: Outcome = (200, "");
const CREATED: Outcome = (201, "");
/// An error outside the API's envelopes.
const NO_GRANT: Outcome = (400, "");
const ABSENT: Outcome = (404, "not_found");
const TOO_NARROW: Outcome = (403, "scope_too_narrow");

/// The permissions that a token may have.
const PERMISSIONS: [&str; 11] = [
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

/// Who may use a route.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// Everybody, with whatever credential
    Nothing,
    /// Any credential that is valid
    Credential,
    /// A session, or a token with one of these
    OneOf(&'static [&'static str]),
    /// A session
    Session,
}

const ORGS_READ: Needs = Needs::OneOf(&["orgs:read"]);
const SITES_READ: Needs = Needs::OneOf(&["sites:read", "sites:write"]);
const SITES_WRITE: Needs = Needs::OneOf(&["sites:write"]);
const DEPLOYMENTS_READ: Needs = Needs::OneOf(&["deployments:read", "deployments:write"]);
const DEPLOYMENTS_WRITE: Needs = Needs::OneOf(&["deployments:write"]);

/// A route: who may use it, what it answers to those whose scope holds the thing, to those whose scope does not, and
/// to site tokens, where a site can never hold it.
struct Row(&'static str, &'static str, Needs, Outcome, Outcome, Option<Outcome>);

const TABLE: &[Row] = &[
    Row("GET", "/healthz", Needs::Nothing, OK, OK, None),
    Row("GET", "/openapi.json", Needs::Nothing, OK, OK, None),
    Row("GET", "/whoami", Needs::Credential, OK, OK, None),
    // All of the owner's organizations, whatever the scope.
    Row("GET", "/orgs", ORGS_READ, OK, OK, None),
    Row("POST", "/orgs", Needs::Session, CREATED, CREATED, None),
    Row("DELETE", "/orgs/{org}", Needs::Session, OK, ABSENT, None),
    Row("GET", "/orgs/{org}/members", Needs::Session, OK, ABSENT, None),
    Row("POST", "/orgs/{org}/members", Needs::Session, CREATED, ABSENT, None),
    Row("PATCH", "/orgs/{org}/members/{name}", Needs::Session, OK, ABSENT, None),
    Row("DELETE", "/orgs/{org}/members/{name}", Needs::Session, OK, ABSENT, None),
    Row("GET", "/orgs/{org}/audit", Needs::Session, OK, ABSENT, None),
    // Everything, for the server's owner, whatever became of the organizations.
    Row("GET", "/audit", Needs::Session, OK, OK, None),
    // A list leaves out what is outside.
    Row("GET", "/sites", SITES_READ, OK, OK, None),
    Row("POST", "/sites", SITES_WRITE, CREATED, ABSENT, Some(TOO_NARROW)),
    Row("GET", "/sites/{site}", SITES_READ, OK, ABSENT, None),
    Row("DELETE", "/sites/{site}", SITES_WRITE, OK, ABSENT, None),
    Row("POST", "/sites/{site}/rollback", DEPLOYMENTS_WRITE, OK, ABSENT, None),
    Row("POST", "/sites/{site}/promote", DEPLOYMENTS_WRITE, OK, ABSENT, None),
    Row("GET", "/sites/{site}/deployments", DEPLOYMENTS_READ, OK, ABSENT, None),
    Row("POST", "/sites/{site}/deployments", DEPLOYMENTS_WRITE, CREATED, ABSENT, None),
    Row("GET", "/deployments/{deployment_id}", DEPLOYMENTS_READ, OK, ABSENT, None),
    Row("GET", "/deployments/{deployment_id}/files", DEPLOYMENTS_READ, OK, ABSENT, None),
    Row("GET", "/deployments/{deployment_id}/logs", DEPLOYMENTS_READ, OK, ABSENT, None),
    Row("POST", "/deployments/{deployment_id}/blobs", DEPLOYMENTS_WRITE, OK, ABSENT, None),
    Row("POST", "/deployments/{deployment_id}/finish", DEPLOYMENTS_WRITE, OK, ABSENT, None),
    // A person's own tokens, whatever became of the organizations.
    Row("GET", "/tokens", Needs::Session, OK, OK, None),
    Row("POST", "/tokens", Needs::Session, CREATED, ABSENT, None),
    Row("GET", "/tokens/findings", Needs::Session, OK, OK, None),
    Row("GET", "/tokens/{token}", Needs::Session, OK, OK, None),
    Row("POST", "/tokens/{token}/rotate", Needs::Session, CREATED, CREATED, None),
    Row("DELETE", "/tokens/{token}", Needs::Session, OK, OK, None),
    // For terminals that are not signed in; these requests are not of RFC 8628, so that none of them waits for anybody.
    Row("POST", "/oauth/device", Needs::Nothing, NO_GRANT, NO_GRANT, None),
    Row("POST", "/oauth/token", Needs::Nothing, NO_GRANT, NO_GRANT, None),
    // A person's own sessions.
    Row("GET", "/sessions", Needs::Session, OK, OK, None),
    Row("DELETE", "/sessions/{session}", Needs::Session, OK, OK, None),
    // The session is the server owner's.
    Row("GET", "/users", Needs::Session, OK, OK, None),
    Row("POST", "/users", Needs::Session, CREATED, CREATED, None),
    Row("POST", "/users/{name}/reset", Needs::Session, CREATED, CREATED, None),
    Row("POST", "/users/{name}/disable", Needs::Session, OK, OK, None),
    Row("POST", "/users/{name}/enable", Needs::Session, OK, OK, None),
];

/// What is presented. The things asked for belong to the site `blog` in the organization `here`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nobody,
    Garbage,
    Session,
    User,
    OrgHere,
    OrgElsewhere,
    SiteItself,
    SiteBeside,
    SiteElsewhere,
}

const TOKENS: [Kind; 6] =
    [Kind::User, Kind::OrgHere, Kind::OrgElsewhere, Kind::SiteItself, Kind::SiteBeside, Kind::SiteElsewhere];

impl Kind {
    /// Where a token of the kind is bound to.
    fn binding(self) -> Value {
        match self {
            Kind::OrgHere => json!({ "org": "here" }),
            Kind::OrgElsewhere => json!({ "org": "elsewhere" }),
            Kind::SiteItself => json!({ "site": "blog" }),
            Kind::SiteBeside => json!({ "site": "beside" }),
            Kind::SiteElsewhere => json!({ "site": "far" }),
            Kind::User | Kind::Session | Kind::Garbage | Kind::Nobody => json!({}),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Valid,
    Expired,
    Deleted,
    /// The owner was taken out of `here`.
    OwnerLeft,
}

struct Caller {
    kind: Kind,
    state: State,
    permission: &'static str,
    secret: String,
}

/// The rules in their order: who is it, may they do such a thing, is the thing within their reach.
fn expected(Row(.., needs, inside, outside, site_token): &Row, caller: &Caller) -> Outcome {
    if *needs == Needs::Nothing {
        return *inside;
    }
    match (caller.kind, caller.state) {
        (Kind::Nobody, _) => return (401, "not_authenticated"),
        (Kind::Garbage, _) => return (401, "token_invalid"),
        (_, State::Expired) => return (401, "token_expired"),
        (_, State::Deleted) => return (401, "token_revoked"),
        (Kind::OrgHere | Kind::SiteItself | Kind::SiteBeside, State::OwnerLeft) => return (403, "owner_lost_access"),
        _ => {}
    }
    match needs {
        _ if caller.kind == Kind::Session => {}
        Needs::Session => return (403, "session_required"),
        Needs::OneOf(enough) if !enough.contains(&caller.permission) => return (403, "permission_missing"),
        _ => {}
    }
    let reaches = matches!(caller.kind, Kind::Session | Kind::User | Kind::OrgHere | Kind::SiteItself);
    match (site_token, caller.kind) {
        (Some(outcome), Kind::SiteItself | Kind::SiteBeside | Kind::SiteElsewhere) => *outcome,
        _ if reaches && caller.state != State::OwnerLeft => *inside,
        _ => *outside,
    }
}

/// What the requests are about.
struct World {
    server: Server,
    owner: Api,
    finished: String,
    pending: String,
    manifest: String,
    made: u32,
    /// Requests whose answers were checked.
    checked: usize,
}

const FILES: &[File<'static>] = &[("index.html", b"hello")];

impl World {
    async fn new() -> Self {
        let server = Server::start().await;
        let mut owner = server.owner();
        owner.create_organization("here").await;
        owner.create_organization("elsewhere").await;
        for (org, site) in [("here", "blog"), ("here", "beside"), ("elsewhere", "far")] {
            owner.create_site(org, site).await;
        }
        server
            .execute("INSERT INTO users (id, name, is_admin, created_at) VALUES (randomblob(16), 'somebody', 0, 0)")
            .await;
        let finished = owner.deploy_with("blog", FILES, &json!({})).await;
        let pending = owner.begin("blog", FILES).await.data();
        World {
            finished: text(&finished, "deployment_id").to_owned(),
            pending: text(&pending, "deployment_id").to_owned(),
            manifest: text(&finished, "manifest_id").to_owned(),
            server,
            owner,
            made: 0,
            checked: 0,
        }
    }

    /// A token of every kind with every single permission.
    async fn callers(&mut self, state: State) -> Vec<Caller> {
        let mut callers = Vec::new();
        for (kind, permission) in TOKENS.into_iter().flat_map(|kind| PERMISSIONS.map(|permission| (kind, permission))) {
            let mut body = kind.binding();
            body["permissions"] = json!([permission]);
            if state == State::Expired {
                body["expires_in_seconds"] = json!(60);
            }
            let token = self.owner.create_token(body).await;
            if state == State::Deleted {
                self.owner.delete(&format!("/tokens/{}", text(&token, "id"))).await.expect(200);
            }
            callers.push(Caller { kind, state, permission, secret: text(&token, "token").to_owned() });
        }
        callers
    }

    /// A name that was not used before.
    fn new_name(&mut self) -> String {
        self.made += 1;
        format!("made-{}", self.made)
    }

    /// The target and the body of a request. What succeeds in deleting something gets something of its own to delete,
    /// and a site token for that one.
    async fn request(&mut self, row: &Row, caller: &Caller, succeeds: bool) -> (String, Body, Option<String>) {
        let Row(method, path, ..) = row;
        let (mut org, mut site, mut token, mut secret) = ("here".to_owned(), "blog".to_owned(), String::new(), None);
        let mut name = "somebody".to_owned();
        match (*method, *path) {
            ("DELETE", "/orgs/{org}") if succeeds => {
                org = self.new_name();
                self.owner.create_organization(&org).await;
            }
            ("DELETE", "/sites/{site}") if succeeds => {
                site = self.new_name();
                self.owner.create_site("here", &site).await;
                if caller.kind == Kind::SiteItself {
                    let body = json!({ "site": site, "permissions": [caller.permission] });
                    secret = Some(text(&self.owner.create_token(body).await, "token").to_owned());
                }
            }
            ("PATCH" | "DELETE", "/orgs/{org}/members/{name}") if succeeds => {
                name = self.new_name();
                self.owner.post("/orgs/here/members", &json!({ "name": name })).await.expect(201);
            }
            ("GET" | "DELETE", "/tokens/{token}") | ("POST", "/tokens/{token}/rotate") if succeeds => {
                token = text(&self.owner.create_token(json!({})).await, "id").to_owned();
            }
            ("DELETE", "/sessions/{session}") if succeeds => {
                self.server
                    .execute(
                        "INSERT INTO sessions (id, hash, prefix, user_id, created_at, expires_at)
                         SELECT randomblob(16), randomblob(32), 'other', id, 0, 9000000000000000 FROM users WHERE is_admin = 1",
                    )
                    .await;
                let sessions = self.owner.get("/sessions").await.data();
                let other = sessions.as_array().and_then(|all| all.iter().find(|other| other["current"] == false));
                token = text(other.expect("another session"), "id").to_owned();
            }
            _ => {}
        }
        let deployment = if path.ends_with("/blobs") { &self.pending } else { &self.finished };
        let target = path
            .replace("{org}", &org)
            .replace("{name}", &name)
            .replace("{site}", &site)
            .replace("{deployment_id}", deployment)
            .replace("{session}", if token.is_empty() { "zds_none" } else { &token })
            .replace("{token}", if token.is_empty() { "zd_none" } else { &token });
        let body = match (*method, *path) {
            ("POST", "/orgs") => Body::Json(json!({ "slug": self.new_name() })),
            ("POST", "/orgs/{org}/members") => Body::Json(json!({ "name": self.new_name() })),
            ("PATCH", "/orgs/{org}/members/{name}") => Body::Json(json!({ "role": "ADMIN" })),
            ("POST", "/sites") => Body::Json(json!({ "org": "here", "slug": self.new_name() })),
            ("POST", "/tokens") => Body::Json(json!({ "name": "made", "org": "here" })),
            ("POST", "/tokens/{token}/rotate") => Body::Json(json!({ "grace_seconds": 0 })),
            ("POST", "/sites/{site}/rollback") => Body::Json(json!({ "to": self.finished })),
            ("POST", "/sites/{site}/promote") => Body::Json(json!({ "deployment_id": self.finished })),
            ("POST", "/sites/{site}/deployments") => Body::Json(json!({ "manifest_id": self.manifest })),
            ("POST", "/deployments/{deployment_id}/blobs") => Body::Frames,
            ("POST", "/deployments/{deployment_id}/finish") => Body::Json(json!({})),
            ("POST", "/oauth/device" | "/oauth/token") => Body::Json(json!({})),
            ("POST", "/users") => Body::Json(json!({ "name": self.new_name() })),
            ("POST", "/users/{name}/reset" | "/users/{name}/disable" | "/users/{name}/enable") => Body::None,
            ("GET" | "DELETE", _) => Body::None,
            other => panic!("{other:?} has no body here"),
        };
        (target, body, secret)
    }

    async fn check(&mut self, callers: &[Caller]) {
        for caller in callers {
            let mut api = self.api(caller.kind, &caller.secret);
            for row in TABLE {
                let Row(method, path, needs, ..) = row;
                let outcome @ (status, code) = expected(row, caller);
                let (target, body, own_secret) = self.request(row, caller, status < 300).await;
                let mut own = own_secret.map(|secret| self.server.api(&secret));
                let response = body.send(own.as_mut().unwrap_or(&mut api), method, &target).await;
                let answer = response.json();
                self.checked += 1;
                let got = (response.status, answer["error"]["code"].as_str().unwrap_or_default());
                let asked = format!("{method} {path} by {:?} {:?} `{}`", caller.kind, caller.state, caller.permission);
                assert_eq!(got, outcome, "{asked}: {answer}");
                assert_eq!(response.header("cache-control"), Some("no-store"), "{asked}");
                assert_described(method, path, &response);
                if outcome == NO_GRANT {
                    assert_eq!(text(&answer, "error"), "invalid_request", "{asked}");
                } else if status >= 400 {
                    assert_eq!(answer["error"]["request_id"].as_str(), response.header("x-request-id"), "{asked}");
                }
                if let (Needs::OneOf(enough), "permission_missing") = (needs, code) {
                    let (message, hint) = (text(&answer["error"], "message"), text(&answer["error"], "hint"));
                    assert!(message.contains(&format!("`{}`", enough[0])), "{asked}: {message}");
                    assert!(hint.contains("zerodeploy token create") && hint.contains(enough[0]), "{asked}: {hint}");
                }
            }
        }
    }

    fn api(&self, kind: Kind, secret: &str) -> Api {
        if kind == Kind::Nobody { self.server.nobody() } else { self.server.api(secret) }
    }
}

enum Body {
    None,
    Json(Value),
    Frames,
}

impl Body {
    async fn send(&self, api: &mut Api, method: &str, target: &str) -> crate::support::Response {
        match self {
            Body::None => api.send(method, target, &[], b"").await,
            Body::Json(body) => api.send_json(method, target, body).await,
            Body::Frames => api.upload(target.split('/').nth(2).expect("a deployment"), b"").await,
        }
    }
}

fn without_permission(kind: Kind, state: State, secret: &str) -> Caller {
    Caller { kind, state, permission: "", secret: secret.to_owned() }
}

#[test]
fn every_route_is_in_the_table_and_every_row_is_a_route() {
    let rows: BTreeSet<(&str, &str)> = TABLE.iter().map(|Row(method, path, ..)| (*method, *path)).collect();
    let routes: BTreeSet<(&str, &str)> = ROUTES.iter().map(|route| (route.method, route.path)).collect();
    assert_eq!(rows, routes);
    assert_eq!((TABLE.len(), ROUTES.len()), (rows.len(), routes.len()), "nothing is there twice");
}

#[tokio::test]
async fn every_route_answers_every_caller_as_documented() {
    let mut world = World::new().await;
    let session = world.server.session();
    // The form of a token and the right checksum, but nobody's.
    let unknown = zerodeploy::domain::token::secret_from_random("zd_", &[7; 64]).expect("enough bytes");
    let other = if session.ends_with('x') { 'y' } else { 'x' };
    let damaged = format!("{}{other}", &session[..session.len() - 1]);
    let others = [
        without_permission(Kind::Nobody, State::Valid, ""),
        without_permission(Kind::Garbage, State::Valid, "garbage"),
        without_permission(Kind::Garbage, State::Valid, &unknown),
        without_permission(Kind::Garbage, State::Valid, &damaged),
        without_permission(Kind::Session, State::Valid, &session),
    ];
    world.check(&others).await;
    let mut valid = world.callers(State::Valid).await;
    let expiring = world.callers(State::Expired).await;
    let deleted = world.callers(State::Deleted).await;
    world.check(&valid).await;
    world.check(&deleted).await;
    world.server.advance(Duration::from_secs(60));
    world.check(&expiring).await;

    world
        .server
        .execute("DELETE FROM memberships WHERE organization_id = (SELECT id FROM organizations WHERE slug = 'here')")
        .await;
    valid.push(without_permission(Kind::Session, State::OwnerLeft, &session));
    valid.iter_mut().for_each(|caller| caller.state = State::OwnerLeft);
    world.check(&valid).await;
    println!("{} cases of {} routes", world.checked, TABLE.len());
    // Every kind of token with every permission in four states, and those without a token, on every route.
    assert_eq!(world.checked, TABLE.len() * (4 * TOKENS.len() * PERMISSIONS.len() + others.len() + 1));
    assert!(world.checked >= 6_000, "the table has shrunk: {}", world.checked);
}
