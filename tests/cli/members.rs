//! Members of an organization, as its administrators and members see them.

use serde_json::{Value, json};

use crate::support::people::{add_member, add_person};
use crate::support::{TestEnv, TestServer};

/// A server with the organization `acme`, its owner, and somebody who is a member of it.
fn acme() -> (TestServer, TestEnv, TestEnv) {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    owner.zerodeploy(&["org", "create", "acme", "--json"]).success();
    let mut ada = TestEnv::signed_in(&server);
    crate::in_database(async {
        let session = add_person(&server.data_dir(), "ada").await;
        add_member(&server.data_dir(), "ada", "acme", "MEMBER").await;
        ada.set("ZERODEPLOY_TOKEN", &session);
    });
    (server, owner, ada)
}

/// Replaces what differs from run to run.
fn settled(text: &str) -> String {
    let is_time = |part: &str| part.parse::<jiff::Timestamp>().is_ok();
    let part = |part: &str| match part.trim_matches(['(', ')']) {
        time if is_time(time) => part.replace(time, "[time]"),
        id if uuid::Uuid::parse_str(id).is_ok() => "[id]".to_owned(),
        _ => part.to_owned(),
    };
    let line = |line: &str| {
        line.split_inclusive(['\t', ' '])
            .map(|field| {
                let end = field.len() - usize::from(field.ends_with(['\t', ' ']));
                part(&field[..end]) + &field[end..]
            })
            .collect::<String>()
    };
    // A week that is a moment old has six whole days.
    text.lines().map(line).collect::<Vec<_>>().join("\n").replace("in 6 days", "in 7 days")
}

#[test]
fn an_organization_gets_members_and_loses_them() {
    let (_server, owner, ada) = acme();
    let invited = owner.zerodeploy(&["org", "members", "invite", "grace", "--org", "acme"]).success();
    assert!(invited.stdout.starts_with("http://127.0.0.1:") && invited.stdout.lines().count() == 1, "the link alone");
    assert!(!invited.stderr.contains("zdi_"), "{}", invited.stderr);
    insta::assert_snapshot!(settled(&invited.stderr), @r"
    By this link, grace joins the organization acme as MEMBER
    It is good once, and ends in 7 days ([time])
    hint: no mail is sent: hand it over yourself, and to nobody else; `zerodeploy org members invite grace --role MEMBER --org acme` ends it and makes another
    ");
    let quiet =
        owner.zerodeploy(&["org", "members", "invite", "grace", "--role", "admin", "--org", "acme", "-q"]).success();
    assert_eq!((quiet.stdout.lines().count(), quiet.stderr.as_str()), (1, ""));
    assert_ne!(quiet.stdout, invited.stdout);

    let listed = ada.zerodeploy(&["org", "members", "list", "--org", "acme"]).success();
    insta::assert_snapshot!(settled(&listed.stdout), @r"
    name	role	status	since	invitation ends	user id
    ada	MEMBER	active	[time]		[id]
    tester	ADMIN	active	[time]		[id]
    grace	ADMIN	pendingInvite	[time]	[time]	
    ");
    let listed = owner.zerodeploy(&["org", "members", "list", "--org", "acme", "--json"]).success().json();
    let first = &listed[0];
    assert_eq!((&first["name"], &first["role"], &first["status"]), (&json!("ada"), &json!("MEMBER"), &json!("active")));
    assert_eq!((&first["expires_at"], &listed[2]["user_id"]), (&Value::Null, &Value::Null));

    let changed = owner.zerodeploy(&["org", "members", "role", "ada", "ADMIN", "--org", "acme", "--json"]).success();
    assert_eq!(changed.json()["role"], "ADMIN");
    let refused = owner.zerodeploy(&["org", "members", "remove", "ada", "--org", "acme", "--json"]);
    let refused = refused.expect_error(3, "conflict");
    assert!(refused.text("hint").contains("zerodeploy org members role ada MEMBER --org acme"), "{}", refused.stdout);
    let changed = owner.zerodeploy(&["org", "members", "role", "ada", "--role", "MEMBER", "--org", "acme"]).success();
    assert_eq!((changed.stdout.as_str(), changed.stderr.as_str()), ("", "ada is MEMBER in the organization acme\n"));

    // Without a terminal nobody is asked.
    let removed = owner.zerodeploy(&["org", "members", "remove", "grace", "--org", "acme"]).success();
    assert_eq!(removed.stderr, "Removed grace from the organization acme\n");
    ada.zerodeploy(&["org", "members", "remove", "ada", "--json"]).success();
    ada.zerodeploy(&["org", "members", "list", "--org", "acme", "--json"]).expect_error(2, "not_found");
}

#[test]
fn what_is_not_allowed_says_who_may() {
    let (_server, owner, ada) = acme();
    let refused = ada.zerodeploy(&["org", "members", "invite", "grace", "--json"]).expect_error(1, "forbidden");
    assert!(refused.text("hint").contains("zerodeploy org members list --org acme"), "{}", refused.stdout);
    let last = owner.zerodeploy(&["org", "members", "remove", "tester", "--org", "acme", "--json"]);
    assert!(last.expect_error(3, "conflict").text("message").contains("last administrator"));
    let known = owner.zerodeploy(&["org", "members", "invite", "ada", "--org", "acme", "--json"]);
    assert!(known.expect_error(3, "conflict").text("hint").contains("role ada ROLE"));
    owner.zerodeploy(&["org", "members", "invite", "a b", "--org", "acme", "--json"]).expect_error(3, "usage_error");
    owner.zerodeploy(&["org", "members", "role", "ada", "--org", "acme", "--json"]).expect_error(3, "usage_error");
    owner.zerodeploy(&["org", "members", "role", "..", "ADMIN", "--org", "acme", "--json"]).expect_code(3);
}
