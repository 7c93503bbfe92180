//! What every token command prints, for people and as JSON.

use serde_json::Value;

use crate::login::with_input;
use crate::support::{Output, TestEnv, TestServer};

/// A server with a site, and its owner.
fn world() -> (TestServer, TestEnv) {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    owner.zerodeploy(&["site", "create", "blog", "--json"]).success();
    (server, owner)
}

/// Both streams, without what differs from run to run.
#[track_caller]
fn assert_shown(name: &str, output: &Output) {
    let text = format!("exit code {}\n--- stdout\n{}--- stderr\n{}", output.code, output.stdout, output.stderr);
    let filters = [
        (r"zd_[0-9A-Za-z]{42}", "[secret]"),
        (r"zd_[0-9A-Za-z]{8}", "[prefix]"),
        (r#""prefix":"[0-9A-Za-z]{8}""#, r#""prefix":"[prefix]""#),
        (r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "[id]"),
        (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z", "[time]"),
        (r"zds_[0-9A-Za-z]{8}", "[prefix]"),
        (r"http://[a-z0-9.]+:\d+", "[server]"),
        (r"in \d+ (days?|hours)", "[when]"),
    ];
    insta::with_settings!({ filters => filters.to_vec() }, { insta::assert_snapshot!(name, text) });
}

#[test]
fn each_command_says_what_it_did() {
    let (server, owner) = world();
    let run = |arguments: &[&str]| owner.zerodeploy(arguments);
    assert_shown("create", &run(&["token", "create", "ci", "--site", "blog", "--expires", "90", "--note", "in CI"]));
    assert_shown("create_risky_json", &run(&["token", "create", "mine", "--user", "--json"]));
    assert_shown("create_quiet", &run(&["token", "create", "quiet", "--org", "personal", "-q"]));
    assert_shown("list", &run(&["token", "list"]));
    assert_shown("list_json", &run(&["token", "list", "--type", "site", "--json"]));
    assert_shown("list_nothing", &run(&["token", "list", "--site", "none"]));
    assert_shown("audit", &run(&["token", "audit"]));
    assert_shown("audit_json", &run(&["token", "audit", "--org", "personal", "--json"]));

    let listed = run(&["token", "list", "--json"]).success().json();
    let prefix = |name: &str| {
        let token = listed.as_array().expect("a list").iter().find(|token| token["name"] == name).expect("listed");
        token["prefix"].as_str().expect("a text").to_owned()
    };
    assert_shown("show", &run(&["token", "show", &prefix("ci")]));
    assert_shown("show_json", &run(&["token", "show", &prefix("ci"), "--json"]));
    assert_shown("rotate", &run(&["token", "rotate", &prefix("ci")]));
    assert_shown("rotate_json", &run(&["token", "rotate", &prefix("mine"), "--grace", "0", "--json"]));
    assert_shown("rotate_again", &run(&["token", "rotate", &prefix("ci"), "--grace", "7d"]));
    assert_shown("delete", &run(&["token", "delete", &prefix("ci"), &prefix("quiet")]));
    assert_shown("delete_unknown_json", &run(&["token", "delete", &prefix("mine"), "zd_00000000", "--json"]));
    assert_shown("delete_json", &run(&["token", "delete", &prefix("mine"), "--json"]));
    drop(server);
}

#[test]
fn a_token_is_verified_without_being_shown() {
    let (server, owner) = world();
    let created =
        owner.zerodeploy(&["token", "create", "ci", "--site", "blog", "--permissions", "deployments:write", "--json"]);
    let secret = created.success().text("token");
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", server.url());
    let verify = |input: &str, arguments: &[&str]| {
        let output = with_input(&user, &[&["token", "verify"], arguments].concat(), input);
        assert!(!output.stdout.contains(&secret[11..]) && !output.stderr.contains(&secret[11..]), "{output:?}");
        output
    };
    assert_shown("verify", &verify(&secret, &[]));
    assert_shown("verify_json", &verify(&secret, &["--json"]));
    assert_shown("verify_session", &verify(&server.session(), &[]));
    let mistyped = format!("{}{}", &secret[..44], if secret.ends_with('x') { 'y' } else { 'x' });
    assert_shown("verify_mistyped", &verify(&mistyped, &[]));
    assert_eq!(verify("", &["--json"]).expect_error(1, "token_invalid").json()["valid"], false);
    owner.zerodeploy(&["token", "delete", &secret[..11], "--json"]).success();
    assert_eq!(verify(&secret, &["--json"]).expect_error(1, "token_revoked").json()["valid"], false);

    // What is damaged is known without asking anybody.
    user.set("ZERODEPLOY_API_URL", "http://127.0.0.1:9");
    with_input(&user, &["token", "verify", "--json"], &mistyped).expect_error(1, "token_invalid");
}

#[test]
fn several_are_deleted_only_when_all_are_there() {
    let (_server, owner) = world();
    let mut prefixes = Vec::new();
    for name in ["one", "two"] {
        let created = owner.zerodeploy(&["token", "create", name, "--site", "blog", "--json"]).success();
        prefixes.push(created.text("prefix"));
    }
    let count = || owner.zerodeploy(&["token", "list", "--json"]).success().json().as_array().map(Vec::len);
    let refused = owner.zerodeploy(&["token", "delete", &prefixes[0], "zd_none", "--json"]);
    let refused = refused.expect_error(2, "not_found");
    assert_eq!((refused.text("token").as_str(), &refused.json()["deleted"]), ("zd_none", &Value::Array(Vec::new())));
    assert_eq!(count(), Some(2));
    let deleted = owner.zerodeploy(&["token", "delete", &prefixes[0], &prefixes[1], &prefixes[0], "--json"]);
    assert_eq!(deleted.success().json().as_array().map(Vec::len), Some(2), "once each");
    assert_eq!(count(), Some(0));
}

#[test]
fn an_audit_fails_when_it_is_asked_to() {
    let (_server, owner) = world();
    let audit = |arguments: &[&str]| owner.zerodeploy(&[&["token", "audit"], arguments].concat());
    audit(&["--fail-on", "any"]).success();
    owner.zerodeploy(&["token", "create", "ci", "--site", "blog", "--json"]).success();
    audit(&[]).success();
    audit(&["--fail-on", "unused,personal_in_ci"]).success();
    for codes in ["any", "never_expires", "unused,never_expires"] {
        let failed = audit(&["--fail-on", codes, "--json"]).expect_code(8);
        assert_eq!(failed.json()[0]["code"], "never_expires", "the list stays a list");
        assert_eq!(failed.stderr, "error: 1 finding that --fail-on asks for\n");
    }
    let typo = audit(&["--fail-on", "never_expire", "--json"]).expect_error(3, "usage_error");
    assert!(typo.stdout.contains("did you mean `never_expires`?"), "{}", typo.stdout);
    audit(&["--org", "nowhere", "--json"]).expect_error(2, "not_found");
}

#[test]
fn a_personal_token_in_continuous_integration_is_found() {
    let (mut server, owner) = world();
    let created = owner.zerodeploy(&["token", "create", "mine", "--user", "--expires", "90", "--json"]).success();
    let mut pipeline = TestEnv::new();
    pipeline.set("ZERODEPLOY_API_URL", server.url()).set("ZERODEPLOY_TOKEN", &created.text("token"));
    pipeline.set("CI", "true").set("GITHUB_ACTIONS", "true");
    pipeline.zerodeploy(&["site", "list", "--json"]).success();
    // What is in memory is written at the end.
    assert_eq!(server.stop(), 0);
    server.restart();
    let owner = TestEnv::signed_in(&server);
    let found = owner.zerodeploy(&["token", "audit", "--fail-on", "personal_in_ci", "--json"]).expect_code(8).json();
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&"personal_in_ci".into(), &"high".into()));
    let shown = owner.zerodeploy(&["token", "show", &created.text("prefix"), "--json"]).success().json();
    assert_eq!(
        (&shown["addresses"][0]["address"], &shown["addresses"][0]["ci"]),
        (&"127.0.0.1".into(), &"github-actions".into())
    );
    let agent = shown["addresses"][0]["user_agent"].as_str().expect("a text");
    assert_eq!(agent, concat!("zerodeploy/", env!("CARGO_PKG_VERSION"), " (ci; github-actions)"));
}

#[test]
fn a_token_that_ends_soon_is_warned_of_once() {
    let (server, owner) = world();
    let holder = |days: &str| {
        let created = owner.zerodeploy(&["token", "create", "ci", "--site", "blog", "--expires", days, "--json"]);
        let mut holder = TestEnv::new();
        holder.set("ZERODEPLOY_API_URL", server.url()).set("ZERODEPLOY_TOKEN", &created.success().text("token"));
        holder
    };
    let soon = holder("5");
    assert_shown("ends_soon", &soon.zerodeploy(&["site", "list"]));
    let json = soon.zerodeploy(&["site", "list", "--json"]).success();
    assert!(json.json().is_array() && json.stderr.matches("token rotate").count() == 1, "{json:?}");
    let refused = soon.zerodeploy(&["org", "list", "--json"]).expect_error(1, "permission_missing");
    assert!(refused.stderr.contains("token rotate"), "{refused:?}");
    assert_eq!(soon.zerodeploy(&["site", "list", "-q"]).success().stderr, "");
    assert_eq!(holder("90").zerodeploy(&["site", "list"]).success().stderr, "");
}
