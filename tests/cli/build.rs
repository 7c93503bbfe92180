//! Building before a deploy: what is run, what becomes of its output, and how it ends.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::support::{Folder, TestEnv, TestServer};

const SITE: &str = r#"{"site": "blog", "dir": "dist", "build": "mkdir -p dist && echo of the file > dist/index.html",
    "install": "echo installed > log"}"#;

fn setting() -> (TestServer, TestEnv) {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    (server, user)
}

/// Puts a program before all others.
fn program(user: &mut TestEnv, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let folder = user.path("bin");
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join(name), format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).expect("changed");
    user.set("PATH", &format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default()));
}

#[test]
fn nothing_is_built_unless_it_is_asked_for_and_options_win_over_the_file() {
    let (server, user) = setting();
    let folder = Folder::with(&[("zerodeploy.json", SITE), ("sub/x", "")]);
    for arguments in [&["deploy", "--json"][..], &["deploy", "--no-build", "--json"]] {
        user.zerodeploy_in(folder.path(), arguments).expect_error(3, "path_not_found");
    }
    user.zerodeploy_in(&folder.join("sub"), &["deploy", "--install", "--build", "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "of the file\n");
    assert_eq!(fs::read_to_string(folder.join("log")).expect("in the project's folder"), "installed\n");
    let command = "echo of the option > dist/index.html";
    user.zerodeploy_in(folder.path(), &["deploy", "--build-command", command, "--json"]).success();
    assert_eq!(server.get_site("blog", "/").text(), "of the option\n");
    let both = ["deploy", "--build", "--no-build", "--json"];
    user.zerodeploy_in(folder.path(), &both).expect_error(3, "usage_error");
}

#[test]
fn what_is_found_is_told_and_run() {
    let (server, mut user) = setting();
    program(&mut user, "npm", "echo npm \"$@\"; mkdir -p dist; echo \"$@\" > dist/index.html");
    let package = r#"{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7"}}"#;
    let folder = Folder::with(&[("package.json", package), ("package-lock.json", "{}"), ("index.html", "sources")]);
    let missing = user.zerodeploy_in(folder.path(), &["deploy", "blog"]).expect_code(3);
    insta::assert_snapshot!(missing.stderr, @r"
    error: Vite puts its site into `dist` (usual for Vite), which is not there
    hint: build it: `zerodeploy deploy --build` runs `npm run build` first
    hint: or name the folder: zerodeploy deploy --dir PATH
    ");
    let output = user.zerodeploy_in(folder.path(), &["deploy", "blog", "--install", "--build"]).success();
    let told: String =
        output.stderr.lines().filter(|line| !line.starts_with("Deployed")).map(|line| format!("{line}\n")).collect();
    insta::assert_snapshot!(told, @r"
    Installing: npm ci (package-lock.json)
    npm ci
    Building: npm run build (script `build` in package.json, package-lock.json)
    npm run build
    note: found Vite (`vite` in package.json); deploying `dist` (usual for Vite); name another folder with --dir
    ");
    assert_eq!(server.get_site("blog", "/").text(), "run build\n");
    let silent = user.zerodeploy_in(folder.path(), &["deploy", "blog", "--install", "--build", "--json"]).success();
    assert!(!silent.stderr.contains("npm ci"), "{}", silent.stderr);
}

#[test]
fn a_failed_build_is_told_with_its_code_and_its_output() {
    let (_server, user) = setting();
    let folder = Folder::with(&[("dist/index.html", "old")]);
    let fails = "echo to stdout; echo to stderr >&2; exit 5";
    let failed = user.zerodeploy_in(folder.path(), &["deploy", "blog", "--build-command", fails, "--json"]);
    let failed = failed.expect_error(3, "build_failed");
    insta::assert_json_snapshot!(failed.json(), @r#"
    {
      "child_exit_code": 5,
      "command": "echo to stdout; echo to stderr >&2; exit 5",
      "error": "build_failed",
      "exit_code": 3,
      "hint": "nothing was deployed; the command's own output says why it failed",
      "message": "`echo to stdout; echo to stderr >&2; exit 5` ended with code 5",
      "success": false
    }
    "#);
    assert_eq!(failed.stderr, "to stdout\nto stderr\n");
    let killed = user.zerodeploy_in(folder.path(), &["deploy", "blog", "--build-command", "kill -9 $$", "--json"]);
    assert_eq!(killed.expect_error(3, "build_failed").json()["child_signal"], 9);
    let absent = ["deploy", "blog", "--build-command", "no-such-program-here", "--json"];
    let absent = user.zerodeploy_in(folder.path(), &absent).expect_error(3, "build_failed");
    assert_eq!(absent.json()["child_exit_code"], 127);

    folder.write("zerodeploy.json", r#"{"install": "exit 4", "build": "touch built"}"#);
    let arguments = ["deploy", "blog", "--install", "--build", "--json"];
    let install = user.zerodeploy_in(folder.path(), &arguments).expect_error(3, "install_failed");
    assert_eq!(install.json()["child_exit_code"], 4);
    assert!(!folder.join("built").exists(), "the build is not run any more");
    let list = user.zerodeploy(&["deployments", "list", "blog", "--json"]).success().json();
    assert_eq!(list.as_array().map(Vec::len), Some(0), "nothing was begun");
}

#[test]
fn a_build_does_not_see_the_token() {
    let (server, user) = setting();
    let folder = Folder::with(&[("dist/index.html", "old")]);
    user.zerodeploy_in(folder.path(), &["deploy", "blog", "--dir", "dist", "--build-command", "env > seen", "--json"])
        .success();
    let seen = fs::read_to_string(folder.join("seen")).expect("it ran");
    assert!(seen.contains("ZERODEPLOY_API_URL="), "the rest is there: {seen}");
    assert!(!seen.contains("ZERODEPLOY_TOKEN") && !seen.contains(&server.session()), "the token is not");
}

#[test]
fn a_build_that_nothing_describes_is_refused_before_anything_is_sent() {
    let (_server, user) = setting();
    let folder = Folder::with(&[("index.html", "x")]);
    let refused = user.zerodeploy_in(folder.path(), &["deploy", "blog", "--build", "--json"]);
    let refused = refused.expect_error(3, "validation_failed");
    assert!(refused.text("hint").contains("--build-command"), "{}", refused.stdout);
    folder.write("package.json", r#"{"dependencies": {"next": "15"}, "scripts": {"build": "touch built"}}"#);
    let program = user.zerodeploy_in(folder.path(), &["deploy", "blog", "--build", "--json"]);
    let program = program.expect_error(3, "path_not_found");
    assert!(program.text("hint").contains("output: 'export'"), "{}", program.stdout);
    assert!(!folder.join("built").exists());
}

fn wait_for(path: &Path) {
    let limit = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !path.exists() {
        assert!(std::time::Instant::now() < limit, "{} never comes", path.display());
        std::thread::yield_now();
    }
}

fn is_running(pid: &str) -> bool {
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !state.is_empty() && !state.contains(") Z ")
}

#[test]
fn an_interrupted_deploy_ends_its_build_with_all_that_it_started() {
    use rustix::process::{Pid, Signal, kill_process};
    let (_server, user) = setting();
    let folder = Folder::with(&[("dist/index.html", "old")]);
    for (arguments, signal) in [
        (&["deploy", "blog", "--json"][..], Signal::INT),
        (&["deploy", "blog", "--json"], Signal::TERM),
        (&["deploy", "--local", "--site", "blog", "--json"], Signal::INT),
    ] {
        let pids = folder.join("pids");
        let build = "sleep 300 & echo $! $$ > new; mv new pids; wait";
        let mut command = user.command(&[arguments, &["--dir", "dist", "--build-command", build]].concat());
        command.env_remove("ZERODEPLOY_API_URL").current_dir(folder.path());
        if !arguments.contains(&"--local") {
            command.args(["--api-url", _server.url()]);
        }
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        wait_for(&pids);
        let pids: Vec<String> =
            fs::read_to_string(&pids).expect("readable").split_whitespace().map(str::to_owned).collect();
        assert!(pids.iter().all(|pid| is_running(pid)));
        kill_process(Pid::from_child(&child), signal).expect("it is running");
        let output = child.wait_with_output().expect("it ends");
        let error: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the error object");
        assert_eq!((output.status.code(), &error["error"]), (Some(130), &"interrupted".into()), "{arguments:?}");
        assert!(!pids.iter().any(|pid| is_running(pid)), "{arguments:?} left a program running");
        fs::remove_file(folder.join("pids")).expect("removed");
    }
}

#[test]
fn a_deploy_that_takes_too_long_ends_and_tells_the_state_of_the_site() {
    let (_server, user) = setting();
    let folder = Folder::with(&[("dist/index.html", "old")]);
    let arguments = ["deploy", "blog", "--timeout", "1", "--build-command", "echo $$ > pid; sleep 300", "--json"];
    let output = user.zerodeploy_in(folder.path(), &arguments).expect_error(6, "timed_out");
    assert_eq!(output.text("phase"), "preparing");
    assert!(output.text("message").contains("the site is as it was"), "{}", output.stdout);
    let pid = fs::read_to_string(folder.join("pid")).expect("it ran");
    assert!(!is_running(pid.trim()));
}
