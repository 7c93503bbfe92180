//! Exit codes of what goes wrong before or without a server.

use std::net::TcpListener;
use std::process::Stdio;

use crate::support::{Folder, TestEnv};

#[test]
fn usage_errors_end_with_3_and_keep_the_contract() {
    let user = TestEnv::new();
    user.zerodeploy(&["deploy", "--no-such-option", "--json"]).expect_error(3, "usage_error");
    user.zerodeploy(&["no-such-command", "--json"]).expect_error(3, "usage_error");
    let plain = user.zerodeploy(&["no-such-command"]).expect_code(3);
    assert!(plain.stdout.is_empty() && !plain.stderr.is_empty(), "{plain:?}");
}

#[test]
fn help_and_version_succeed() {
    let user = TestEnv::new();
    let version = user.zerodeploy(&["--version"]).success();
    assert_eq!(version.stdout.trim(), format!("zerodeploy {}", env!("CARGO_PKG_VERSION")));
    let help = user.zerodeploy(&["--help"]).success();
    assert!(help.stdout.contains("deploy") && help.stderr.is_empty());
}

#[test]
fn secrets_do_not_show_in_help() {
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_TOKEN", "zd_thisMustNotShow");
    for arguments in [&["--help"][..], &["deploy", "--help"], &["token", "create", "--help"], &["help", "serve"]] {
        let help = user.zerodeploy(arguments).success();
        assert!(!help.stdout.contains("thisMustNotShow"), "{arguments:?}");
    }
}

#[test]
fn without_a_server_both_ways_to_one_are_named() {
    let user = TestEnv::new();
    let output = user.zerodeploy(&["site", "list"]);
    assert_ne!(output.code, 0);
    assert!(output.stderr.contains("zerodeploy serve"), "{}", output.stderr);
    assert!(output.stderr.contains("--api-url"), "{}", output.stderr);
}

#[test]
fn a_server_without_a_credential_is_exit_1() {
    let server = crate::support::TestServer::start();
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", server.url());
    user.zerodeploy(&["site", "list", "--json"]).expect_error(1, "not_authenticated");
}

#[test]
fn a_closed_port_is_exit_6() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("an address").port()
    };
    let folder = Folder::with(&[("index.html", "x")]);
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", &format!("http://127.0.0.1:{port}"));
    user.set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).expect_error(6, "network_error");
}

#[test]
fn credentials_do_not_travel_in_clear_to_other_machines() {
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", "http://deploy.example.invalid");
    user.set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    let refused = user.zerodeploy(&["whoami"]).expect_code(3);
    assert!(refused.stderr.contains("--insecure-http"), "{}", refused.stderr);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_130_and_says_how_to_go_on() {
    use rustix::process::{Pid, Signal, kill_process};

    // A server that takes the connection and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let folder = Folder::with(&[("index.html", "x")]);
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", &format!("http://{}", silent.local_addr().expect("an address")));
    user.set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    let mut command = user.command(&["deploy", "blog", "--dir", folder.argument(), "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let _connection = silent.accept().expect("the command asks");
    kill_process(Pid::from_child(&child), Signal::INT).expect("it is running");
    let output = child.wait_with_output().expect("it ends");
    let error: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the error object");
    assert_eq!((output.status.code(), &error["error"]), (Some(130), &"interrupted".into()));
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("not sent twice")), "{error}");
}
