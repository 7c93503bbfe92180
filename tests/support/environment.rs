//! An environment in which the binary sees nothing of the person who runs the tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::process::Process;
use super::server::TestServer;

/// Longest that any command of a test may take; a command that hangs is killed, and its test fails.
const LONGEST_COMMAND: Duration = Duration::from_secs(120);

/// A home of its own, and the variables that commands get; nothing else is inherited.
pub(crate) struct TestEnv {
    home: TempDir,
    variables: BTreeMap<String, String>,
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Output {
    /// The exit code; -1 when a signal ended it, as the time limit does.
    pub(crate) code: i32,
    /// All of its data.
    pub(crate) stdout: String,
    /// All of its messages.
    pub(crate) stderr: String,
}

impl TestEnv {
    /// An environment that knows no server and no credential.
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut variables = BTreeMap::new();
        let mut set = |name: &str, value: String| variables.insert(name.to_owned(), value);
        let below = |name: &str| home.path().join(name).display().to_string();
        set("HOME", below("home"));
        set("XDG_CONFIG_HOME", below("xdg-config"));
        set("XDG_CACHE_HOME", below("xdg-cache"));
        set("XDG_DATA_HOME", below("xdg-data"));
        set("XDG_RUNTIME_DIR", below("xdg-runtime"));
        set("ZERODEPLOY_CONFIG_DIR", below("config"));
        set("ZERODEPLOY_CACHE_DIR", below("cache"));
        set("ZERODEPLOY_DATA_DIR", below("data"));
        set("ZERODEPLOY_KEYRING", "off".to_owned());
        set("USER", "tester".to_owned());
        set("LANG", "C.UTF-8".to_owned());
        set("NO_COLOR", "1".to_owned());
        set("COLUMNS", "100".to_owned());
        set("PATH", std::env::var("PATH").unwrap_or_default());
        for folder in ["home", "xdg-runtime", "work"] {
            std::fs::create_dir(home.path().join(folder)).expect("a writable folder");
        }
        TestEnv { home, variables }
    }

    /// An environment that is signed in to a server with its owner's session.
    pub(crate) fn signed_in(server: &TestServer) -> Self {
        let mut environment = TestEnv::new();
        environment.set("ZERODEPLOY_API_URL", server.url());
        environment.set("ZERODEPLOY_TOKEN", &server.session());
        environment
    }

    /// Sets a variable for all commands from now on.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Takes a variable away.
    pub(crate) fn remove(&mut self, name: &str) -> &mut Self {
        self.variables.remove(name);
        self
    }

    /// A path below the environment's own folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs the binary in an empty folder and waits for its end.
    pub(crate) fn zerodeploy(&self, arguments: &[&str]) -> Output {
        self.zerodeploy_in(&self.path("work"), arguments)
    }

    /// Runs the binary in a folder and waits for its end.
    pub(crate) fn zerodeploy_in(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut command = assert_cmd::Command::from_std(self.command(arguments));
        let output = command.current_dir(folder).timeout(LONGEST_COMMAND).output().expect("the binary runs");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Starts the binary and leaves it running.
    pub(crate) fn start(&self, arguments: &[&str]) -> Process {
        Process::start(self.command(arguments), &self.path("process.log"))
    }

    /// The binary with this environment and nothing else, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zerodeploy"));
        command.args(arguments).env_clear().envs(&self.variables).current_dir(self.path("work"));
        command
    }
}

impl Output {
    /// Goes on only if the command ended with this code.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// Goes on only if the command succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> Self {
        self.expect_code(0)
    }

    /// The one JSON value on stdout.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\nstdout: {}\nstderr: {}", self.stdout, self.stderr))
    }

    /// A text in the JSON value.
    #[track_caller]
    pub(crate) fn text(&self, field: &str) -> String {
        let value = self.json();
        value[field].as_str().unwrap_or_else(|| panic!("no text `{field}` in {value}")).to_owned()
    }

    /// Goes on only if the command failed with this code and this error, in the documented form.
    #[track_caller]
    pub(crate) fn expect_error(self, code: i32, error: &str) -> Self {
        let output = self.expect_code(code);
        let value = output.json();
        assert_eq!(value["success"], false, "{value}");
        assert_eq!(value["error"], error, "{value}");
        assert_eq!(value["exit_code"], code, "{value}");
        assert!(value["message"].as_str().is_some_and(|message| !message.is_empty()), "{value}");
        output
    }
}
