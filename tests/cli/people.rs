//! Accounts and sessions, and the profiles of those who use several servers.

use serde_json::json;

use crate::login::with_input;
use crate::support::people::add_person;
use crate::support::{TestEnv, TestServer};

#[test]
fn the_servers_owner_manages_accounts() {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    let mut ada = TestEnv::signed_in(&server);
    crate::in_database(async {
        ada.set("ZERODEPLOY_TOKEN", &add_person(&server.data_dir(), "ada").await);
    });

    let invited = owner.zerodeploy(&["user", "invite", "grace"]).success();
    assert!(invited.stdout.contains("/invitation/zdi_") && invited.stdout.lines().count() == 1, "the link alone");
    assert!(invited.stderr.contains("no mail is sent") && !invited.stderr.contains("zdi_"), "{}", invited.stderr);
    let reset = owner.zerodeploy(&["user", "reset", "ada", "--json"]).success();
    assert!(reset.text("url").contains("/invitation/zdi_") || reset.text("url").contains("zdi_"), "a link");
    let listed = owner.zerodeploy(&["user", "list", "--json"]).success().json();
    let users = listed.as_array().expect("a list");
    let status = |name: &str| {
        let user = users.iter().find(|user| user["name"] == name).unwrap_or_else(|| panic!("no {name}: {listed}"));
        user["status"].clone()
    };
    assert_eq!(
        [status("tester"), status("ada"), status("grace")],
        [json!("active"), json!("active"), json!("invited")]
    );

    ada.zerodeploy(&["whoami", "--json"]).success();
    let disabled = owner.zerodeploy(&["user", "disable", "ada"]).success();
    assert!(disabled.stderr.contains("ada is kept out"), "{}", disabled.stderr);
    ada.zerodeploy(&["whoami", "--json"]).expect_code(1);
    let enabled = owner.zerodeploy(&["user", "enable", "ada", "--json"]).success();
    assert_eq!(enabled.json()["status"], "active");
    let unknown = owner.zerodeploy(&["user", "disable", "nobody", "--json"]).expect_error(2, "not_found");
    assert!(unknown.text("hint").contains("zerodeploy user list"), "{}", unknown.stdout);
}

#[test]
fn accounts_are_for_the_servers_owner() {
    let server = TestServer::start();
    let mut ada = TestEnv::signed_in(&server);
    crate::in_database(async {
        ada.set("ZERODEPLOY_TOKEN", &add_person(&server.data_dir(), "ada").await);
    });
    for arguments in
        [&["user", "list", "--json"][..], &["user", "invite", "x", "--json"], &["user", "reset", "tester", "--json"]]
    {
        ada.zerodeploy(arguments).expect_error(1, "forbidden");
    }
}

#[test]
fn several_servers_have_a_profile_each() {
    let (home, work) = (TestServer::start(), TestServer::start());
    let user = TestEnv::new();
    with_input(&user, &["login", "--with-token", "--api-url", home.url(), "--profile", "home"], &home.session())
        .success();
    with_input(&user, &["login", "--with-token", "--api-url", work.url(), "--profile", "work"], &work.session())
        .success();
    let listed = user.zerodeploy(&["profile", "list"]).success();
    let (home_url, work_url) = (home.url(), work.url());
    let expected = format!(
        "name\tdefault\tserver\torg\tstore\tplatform\nhome\tno\t{home_url}\t\tfile\tzerodeploy\nwork\tyes\t{work_url}\t\tfile\tzerodeploy\n"
    );
    assert_eq!(listed.stdout, expected);
    let who = |arguments: &[&str]| user.zerodeploy(arguments).success().json();
    let shown = who(&["whoami", "--json"]);
    assert_eq!(
        (&shown["profile"], &shown["source"], &shown["server"]),
        (&json!("work"), &json!("file"), &json!(work_url))
    );
    assert_eq!(who(&["whoami", "--json", "--profile", "home"])["server"], home_url);
    user.zerodeploy(&["profile", "use", "home", "--json"]).success();
    assert_eq!(who(&["whoami", "--json"])["profile"], "home");
    let typo = user.zerodeploy(&["profile", "use", "hom", "--json"]).expect_error(3, "configuration_invalid");
    assert!(typo.text("hint").contains("did you mean `home`?"), "{}", typo.stdout);

    let removed = user.zerodeploy(&["profile", "remove", "home", "--json"]).success();
    assert_eq!(removed.json(), json!({"profile": "home", "revoked": false}));
    let kept = std::fs::read_to_string(user.path("config/credentials.json")).expect("the file");
    assert!(!kept.contains(&home.session()) && kept.contains(&work.session()), "one credential went");
    assert_eq!(home.api("GET", "/whoami", None).status, 200);
    user.zerodeploy(&["whoami", "--json"]).expect_error(1, "not_authenticated");
    user.zerodeploy(&["profile", "remove", "home", "--json"]).expect_error(3, "configuration_invalid");
}
