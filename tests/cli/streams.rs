//! Which text goes to which stream.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Folder, TestEnv, TestServer};

#[test]
fn json_is_one_value_on_stdout_for_every_command_that_reads() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "x")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let id = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success().text("deployment_id");
    let commands: [(&[&str], bool); 7] = [
        (&["site", "list"], true),
        (&["site", "show", "blog"], false),
        (&["org", "list"], true),
        (&["token", "list"], true),
        (&["deployments", "list", "blog"], true),
        (&["deployments", "show", &id], false),
        (&["whoami"], false),
    ];
    for (command, is_list) in commands {
        let value = user.zerodeploy(&[command, &["--json"]].concat()).success().json();
        assert!(if is_list { value.is_array() } else { value.is_object() }, "{command:?}: {value}");
    }
}

#[test]
fn piped_tables_have_a_row_a_line_and_tabs() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    for site in ["alpha", "beta"] {
        user.zerodeploy(&["site", "create", site, "--json"]).success();
    }
    let list = user.zerodeploy(&["site", "list"]).success();
    let lines: Vec<&str> = list.stdout.lines().filter(|line| line.contains("alpha") || line.contains("beta")).collect();
    assert_eq!(lines.len(), 2, "{}", list.stdout);
    assert!(lines.iter().all(|line| line.contains('\t')), "{}", list.stdout);
    assert!(!list.stdout.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn quiet_leaves_the_data_and_drops_the_rest() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "x")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let output = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "-q"]).success();
    assert!(output.stdout.contains("blog.localhost"), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn what_is_left_out_is_told_unless_quiet_asks_for_silence() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let folder = Folder::with(&[("index.html", "x"), (".env", "y"), ("zerodeploy.json", "{}")]);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let deploy = |option: &str| user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), option]).success();
    assert_eq!(deploy("--json").stderr, "note: left out .env\n");
    assert_eq!(deploy("--quiet").stderr, "");
    let told = deploy("--verbose").stderr;
    assert!(told.contains(".env (never deployed)") && told.contains("zerodeploy.json (settings"), "{told}");
}

#[test]
fn a_server_logs_requests_as_json_lines_where_nobody_watches() {
    let mut server = TestServer::start();
    TestEnv::signed_in(&server).zerodeploy(&["whoami"]).success();
    server.kill();
    let log = server.log();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    let paths: Vec<_> = lines.iter().filter_map(|line| line["fields"]["http.path"].as_str()).collect();
    assert_eq!(paths, ["/healthz", "/whoami"], "{log}");
}

#[test]
fn verbose_output_never_shows_the_secret() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let session = server.session();
    let output = user.zerodeploy(&["-vvv", "whoami"]).success();
    assert!(!output.stderr.contains(&session[4..]) && !output.stdout.contains(&session[4..]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    let mut command = user.command(&["--help"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("readable");
    assert_eq!((child.wait().expect("it ends").code(), stderr.as_str()), (Some(0), ""));
}
