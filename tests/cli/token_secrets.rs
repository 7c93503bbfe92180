//! Where a new secret goes, and what becomes of one that nobody took.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use crate::login::with_input;
use crate::support::{Output, TestEnv, TestServer};

fn world() -> (TestServer, TestEnv) {
    let server = TestServer::start();
    let owner = TestEnv::signed_in(&server);
    owner.zerodeploy(&["site", "create", "blog", "--json"]).success();
    (server, owner)
}

/// Runs a command whose output goes where nobody reads it.
fn unread(owner: &TestEnv, arguments: &[&str], stdout: Stdio) -> Output {
    let child = owner.command(arguments).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::piped()).spawn();
    let output = child.expect("the binary runs").wait_with_output().expect("ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Output { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A pipe that nobody reads any more.
fn closed_pipe() -> Stdio {
    let (_, writer) = std::io::pipe().expect("a pipe");
    writer.into()
}

#[test]
fn a_secret_goes_through_a_pipe_into_another_program() {
    let (server, mut owner) = world();
    let programs = owner.path("programs");
    std::fs::create_dir(&programs).expect("made");
    let gh = programs.join("gh");
    std::fs::write(&gh, "#!/bin/sh\nprintf '%s\\n' \"$*\" > \"$HOME/asked\"\ncat > \"$HOME/secret\"\n")
        .expect("written");
    std::fs::set_permissions(&gh, std::fs::Permissions::from_mode(0o755)).expect("executable");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_zerodeploy"), programs.join("zerodeploy")).expect("linked");
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    owner.set("PATH", &path);

    let pipeline = "zerodeploy token create ci --site blog -q | gh secret set ZERODEPLOY_TOKEN";
    let mut shell = std::process::Command::new("sh");
    let environment = owner.command(&[]);
    let variables = environment.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let output = shell.arg("-c").arg(pipeline).env_clear().envs(variables).output().expect("sh runs");
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");

    let read = |name: &str| std::fs::read_to_string(owner.path("home").join(name)).expect("written");
    assert_eq!(read("asked"), "secret set ZERODEPLOY_TOKEN\n");
    let secret = read("secret");
    let mut holder = TestEnv::new();
    holder.set("ZERODEPLOY_API_URL", server.url());
    // It is the secret and a line break, nothing else.
    with_input(&holder, &["token", "verify", "--json"], secret.trim_end_matches('\n')).success();
    assert_eq!(secret.len(), 46);
}

#[test]
fn a_token_whose_secret_nobody_took_is_deleted_again() {
    let (_server, owner) = world();
    let tokens = || owner.zerodeploy(&["token", "list", "--json"]).success().json();
    let mut streams: Vec<Stdio> = vec![closed_pipe()];
    if cfg!(target_os = "linux") {
        streams.push(std::fs::File::create("/dev/full").expect("opens").into());
    }
    for (stdout, arguments) in streams.into_iter().zip([&["-q"][..], &["--json"]]) {
        let lost = unread(&owner, &[&["token", "create", "lost", "--site", "blog"], arguments].concat(), stdout);
        assert_eq!(lost.code, 5, "{lost:?}");
        assert!(lost.stderr.contains("nobody has the secret") && lost.stderr.contains("deleted again"), "{lost:?}");
        assert_eq!(tokens(), serde_json::json!([]));
    }
}

#[test]
fn a_rotation_whose_secret_nobody_took_can_be_done_again() {
    let (server, owner) = world();
    let created = owner.zerodeploy(&["token", "create", "ci", "--site", "blog", "--json"]).success();
    let prefix = created.text("prefix");
    let lost = unread(&owner, &["token", "rotate", &prefix, "--grace", "0"], closed_pipe());
    assert!(lost.code == 5 && lost.stderr.contains("deleted again"), "{lost:?}");
    let rotated = owner.zerodeploy(&["token", "rotate", &prefix, "--json"]).success();
    let mut holder = TestEnv::new();
    holder.set("ZERODEPLOY_API_URL", server.url()).set("ZERODEPLOY_TOKEN", &rotated.text("token"));
    holder.zerodeploy(&["site", "show", "blog", "--json"]).success();
}
