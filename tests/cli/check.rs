//! `check`, and what a deploy says and refuses by the same rules.

use serde_json::Value;

use crate::support::{Folder, TestEnv, TestServer};

const RULES: &str = "# moved\n/old /new 301\n/bad /x 999\n/lost /nowhere.html 200\n/fr /x\n";

fn rules(value: &Value) -> Vec<String> {
    let list = value.as_array().expect("an array").iter();
    list.map(|one| {
        format!(
            "{}:{}:{} {} {}",
            one["file"].as_str().unwrap_or_default(),
            one["line"],
            one["column"],
            one["severity"].as_str().unwrap_or_default(),
            one["rule"].as_str().unwrap_or_default()
        )
    })
    .collect()
}

#[test]
fn check_lists_what_it_finds_and_ends_with_its_code() {
    let user = TestEnv::new();
    let folder = Folder::with(&[("index.html", "x"), ("_redirects", RULES), ("_headers", "/*\n  Set-Cookie: a=b\n")]);
    let output = user.zerodeploy(&["check", "--dir", folder.argument(), "--json"]).expect_code(3);
    assert_eq!(
        rules(&output.json()),
        [
            "_redirects:3:9 error bad_status",
            "_redirects:4:1 warning missing_file",
            "_redirects:5:1 warning elsewhere_default_status",
            "_headers:2:3 error protected_field",
        ]
    );
    let first = &output.json()[0];
    assert_eq!(first["message"], "`999` is no status that a rule can have");
    assert_eq!(first["fix"], "write 200, 301, 302, 303, 307, 308, 404 or 410");
    let piped = user.zerodeploy(&["check", "--dir", folder.argument()]).expect_code(3);
    assert!(
        piped.stdout.starts_with("file\tline\tcolumn\tseverity\trule\tmessage\tfix\n_redirects\t3\t9\terror\t"),
        "{}",
        piped.stdout
    );
    assert!(piped.stderr.contains("2 errors, 2 warnings"), "{}", piped.stderr);
}

#[test]
fn warnings_fail_only_when_asked_to() {
    let user = TestEnv::new();
    let folder = Folder::with(&[("index.html", "x"), ("_redirects", "/lost /nowhere.html 200\n")]);
    user.zerodeploy(&["check", "--dir", folder.argument(), "--json"]).success();
    let strict = user.zerodeploy(&["check", "--dir", folder.argument(), "--json", "--strict"]).expect_code(8);
    assert_eq!(rules(&strict.json()), ["_redirects:1:1 warning missing_file"]);
    folder.write("_redirects", "/old /new 301\n");
    assert_eq!(user.zerodeploy(&["check", "--dir", folder.argument(), "--json", "--strict"]).success().stdout, "[]\n");
    let nothing = user.zerodeploy(&["check", "--dir", folder.argument()]).success();
    assert!(nothing.stderr.contains("Nothing to say"), "{}", nothing.stderr);
    user.zerodeploy(&["check", "--dir", "no-such-folder", "--json"]).expect_error(3, "path_not_found");
}

#[test]
fn a_deploy_is_refused_before_anything_is_sent() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "blog"]).success();
    let folder = Folder::with(&[("index.html", "x"), ("_redirects", RULES)]);
    let refused = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]);
    let refused = refused.expect_error(3, "configuration_invalid");
    let message = refused.text("message");
    assert!(message.contains("_redirects:3:9: `999` is no status"), "{message}");
    assert_eq!(refused.json()["findings"][0]["rule"], "bad_status");
    assert_eq!(user.zerodeploy(&["deployments", "list", "blog", "--json"]).success().stdout, "[]\n");

    folder.write("_redirects", "/api/* https://api.example/:splat 200\n/old /new\n");
    let deployed = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument()]).success();
    assert!(deployed.stderr.contains("warning: _redirects:1:8: this rule would fetch its answer from another host, which is not available on this server"), "{}", deployed.stderr);
    assert!(
        deployed.stderr.contains("mean something else on other services (1 rule): zerodeploy check --dir"),
        "{}",
        deployed.stderr
    );
}
