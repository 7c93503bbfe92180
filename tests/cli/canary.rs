//! No secret ever gets where it does not belong: every command of the tree runs as talkative as it can, succeeding and
//! failing in several ways, and then everything that was printed, logged or written is searched.
//!
//! A new command needs a row in [`ROWS`]; without one, the first test fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::CommandFactory as _;
use zerodeploy::domain::token::{TokenForm, form, secret_from_random};

use crate::fake_server::FakeServer;
use crate::support::{Folder, Output, TestEnv, TestServer, TestServerOptions};

/// Longest time of one command.
const PATIENCE: Duration = Duration::from_secs(60);
/// What may be shown of a secret: its prefix and eight characters.
const SHOWN: usize = 12;

/// Where a command gets its credential from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Credential {
    /// ZERODEPLOY_TOKEN
    Environment,
    /// Standard input; nothing else is there
    Input,
    /// What an earlier command stored, in the success; the environment in the failures
    Stored,
}

use Credential::{Environment, Input, Stored};

/// How one command is run.
struct Row {
    /// Its words in the tree.
    command: &'static str,
    /// What follows them; `{words}` are replaced by what the test made.
    arguments: &'static str,
    credential: Credential,
    /// Whether standard output is the one place where a new secret belongs.
    prints_secret: bool,
    /// The exit code with a good credential.
    code: i32,
}

const fn row(command: &'static str, arguments: &'static str) -> Row {
    Row { command, arguments, credential: Environment, prints_secret: false, code: 0 }
}

/// Every command, in an order in which all of them succeed.
const ROWS: &[Row] = &[
    row("org create", "acme"),
    row("org list", ""),
    row("site create", "shop --org acme"),
    row("site list", ""),
    row("site show", "shop"),
    row("check", "--dir {folder}"),
    row("init", "--site shop --force"),
    // What a build prints is shown as it comes.
    row("deploy", "shop --dir {folder} --message canary --build-command env"),
    row("deployments list", "shop"),
    row("deployments show", "{deployment}"),
    row("deployments diff", "{deployment}"),
    row("deployments files", "{deployment}"),
    row("deployments logs", "{deployment}"),
    row("deploy list", "shop"),
    row("deploy promote", "{deployment} --site blog"),
    row("rollback", "blog --to {deployment}"),
    Row { prints_secret: true, ..row("token create", "fresh --site blog --expires 1") },
    row("token list", ""),
    row("token audit", ""),
    row("token show", "{token}"),
    Row { credential: Input, ..row("token verify", "") },
    Row { prints_secret: true, ..row("token rotate", "{token}") },
    row("token delete", "{token}"),
    row("org audit", "personal"),
    Row { prints_secret: true, ..row("org members invite", "grace --org acme") },
    row("org members list", "--org acme"),
    row("org members role", "grace ADMIN --org acme"),
    row("org members remove", "grace --org acme"),
    Row { prints_secret: true, ..row("user invite", "grace") },
    row("user list", ""),
    Row { prints_secret: true, ..row("user reset", "tester") },
    Row { code: 2, ..row("user disable", "nobody") },
    Row { code: 2, ..row("user enable", "nobody") },
    row("session list", ""),
    row("session revoke", "--all-others"),
    row("whoami", ""),
    Row { credential: Input, ..row("login", "--with-token") },
    Row { credential: Stored, ..row("profile list", "") },
    Row { credential: Stored, ..row("profile use", "{profile}") },
    Row { credential: Stored, ..row("logout", "") },
    Row { credential: Stored, ..row("profile remove", "{profile}") },
    row("site delete", "shop --force"),
    row("org delete", "acme --force"),
    row("generate completions", "--out {output}"),
    row("generate man", "--out {output}"),
    // Its success is the server of this test.
    Row { code: 3, ..row("serve", "--listen {address} --data-dir {output}") },
];

#[test]
fn every_command_has_a_row() {
    fn walk(command: &clap::Command, words: &str, found: &mut BTreeSet<String>) {
        for child in command.get_subcommands() {
            let words = format!("{words} {}", child.get_name()).trim().to_owned();
            walk(child, &words, found);
            if !child.is_subcommand_required_set() {
                found.insert(words);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&zerodeploy::cli::Cli::command(), "", &mut found);
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.command.to_owned()).collect();
    assert_eq!(found, rows);
    assert_eq!(rows.len(), ROWS.len(), "each one once");
}

/// The secrets in play, and everything that was printed.
struct Canary {
    server: TestServer,
    secrets: Vec<String>,
    replacements: Vec<(&'static str, String)>,
    environments: Vec<TestEnv>,
}

impl Canary {
    fn new(folder: &Folder, output: &Path) -> Self {
        let arguments = vec!["-vvv".to_owned(), "--access-log".to_owned()];
        let server = TestServer::start_with(TestServerOptions { arguments, ..TestServerOptions::default() });
        let owner = TestEnv::signed_in(&server);
        owner.zerodeploy(&["site", "create", "blog", "--json"]).success();
        let deployed = owner.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"]).success();
        let deleted = owner.zerodeploy(&["token", "create", "short", "--user", "--json"]).success();
        let replacements = vec![
            ("{folder}", folder.argument().to_owned()),
            ("{output}", output.display().to_string()),
            ("{deployment}", deployed.text("deployment_id")),
            ("{token}", deleted.text("prefix")),
            ("{profile}", format!("127.0.0.1-{}", server.port())),
            ("{address}", format!("127.0.0.1:{}", server.port())),
        ];
        let secrets = vec![server.session(), deleted.text("token")];
        Canary { server, secrets, replacements, environments: vec![owner] }
    }

    /// A token of the server, known from now on.
    fn token(&mut self, arguments: &[&str]) -> String {
        let arguments = [&["token", "create", "known"], arguments, &["--json"]].concat();
        let token = self.environments[0].zerodeploy(&arguments).success().text("token");
        self.secrets.push(token.clone());
        token
    }

    /// Runs a row's command with a credential against a server; `json` is how its errors are told.
    fn run(&mut self, row: &Row, environment: &TestEnv, secret: &str, json: bool) -> i32 {
        let arguments =
            self.replacements.iter().fold(row.arguments.to_owned(), |text, (word, value)| text.replace(word, value));
        let mut words: Vec<&str> = row.command.split(' ').chain(arguments.split_whitespace()).collect();
        words.extend(["-vvv", "--no-input"]);
        words.extend(json.then_some("--json"));
        let input = if row.credential == Input { format!("{secret}\n") } else { String::new() };
        let mut command = assert_cmd::Command::from_std(environment.command(&words));
        let output = command.write_stdin(input).timeout(PATIENCE).output().expect("the binary runs");
        let code = output.status.code().unwrap_or(-1);
        let mut output = Output {
            code,
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        };
        assert!(code >= 0, "`{}` did not end: {}", row.command, output.stderr);
        if row.prints_secret && code == 0 {
            for fresh in whole_secrets(&output.stdout) {
                output.stdout = output.stdout.replacen(&fresh, "", 1);
                self.secrets.push(fresh);
            }
        }
        for (stream, text) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            self.assert_clean(text.as_bytes(), &format!("{stream} of `{}`, which ended with {code}", row.command));
        }
        code
    }

    /// Fails when there is more of a secret than may be shown.
    fn assert_clean(&self, bytes: &[u8], place: &str) {
        for secret in &self.secrets {
            let hidden = &secret.as_bytes()[SHOWN..];
            assert!(!bytes.windows(hidden.len()).any(|window| window == hidden), "a secret is in {place}");
        }
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(whole_secrets(&text).len(), 0, "something that looks like a secret is in {place}");
    }
}

/// Everything in a text that has the form of our secrets.
fn whole_secrets(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    words.filter(|word| form(word) == TokenForm::Ours).map(str::to_owned).collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// An environment with a server and perhaps a credential in its variables.
fn environment(url: &str, secret: Option<&str>) -> TestEnv {
    let mut environment = TestEnv::new();
    environment.set("ZERODEPLOY_API_URL", url);
    if let Some(secret) = secret {
        environment.set("ZERODEPLOY_TOKEN", secret);
    }
    environment
}

#[test]
fn no_secret_is_anywhere_but_where_it_belongs() {
    let folder = Folder::with(&[("index.html", "hello")]);
    let output = tempfile::tempdir().expect("a temporary folder");
    let mut canary = Canary::new(&folder, output.path());
    let (url, session) = (canary.server.url().to_owned(), canary.server.session());
    let html = FakeServer::answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<title>x</title>",
    );
    let weak = canary.token(&["--site", "blog", "--permissions", "forms:read"]);
    let deleted = canary.token(&["--user"]);
    canary.environments[0].zerodeploy(&["token", "delete", &deleted[..11], "--json"]).success();
    let unknown = secret_from_random("zd_", &[7; 64]).expect("enough bytes");
    let damaged = format!("{}{}", &unknown[..44], if unknown.ends_with('0') { '1' } else { '0' });
    canary.secrets.extend([unknown.clone(), damaged.clone()]);

    // What succeeds first: it shares an environment, because some commands leave things for others.
    let (with_variable, without) = (environment(&url, Some(&session)), environment(&url, None));
    let stored = canary.token(&["--user"]);
    let failures = [(&url, &unknown), (&url, &damaged), (&url, &deleted), (&url, &weak)];
    let unreachable = "http://127.0.0.1:1".to_owned();
    let failures = failures.into_iter().chain([(&unreachable, &session), (&html.url, &session)]);
    let failures: Vec<(String, String)> = failures.map(|(url, secret)| (url.clone(), secret.clone())).collect();
    for row in ROWS {
        for (url, secret) in &failures {
            let given = (row.credential != Input).then_some(secret.as_str());
            let failing = environment(url, given);
            for json in [false, true] {
                // A token that may do next to nothing still signs in.
                if canary.run(row, &failing, secret, json) == 0 && row.command == "login" {
                    assert_private(&failing.path("config/credentials.json"), secret);
                    failing.zerodeploy(&["logout"]).success();
                }
            }
            canary.environments.push(failing);
        }
        let used = if row.credential == Environment { &with_variable } else { &without };
        let code = canary.run(row, used, &stored, false);
        assert_eq!(code, row.code, "`{} {}` with a good credential", row.command, row.arguments);
        if row.command == "login" {
            assert_private(&used.path("config/credentials.json"), &stored);
        }
    }

    assert_private(&canary.server.data_dir().join("owner-session"), &session);
    // A request's target is no place for a secret, but people put them there.
    canary.server.get("127.0.0.1", &format!("/tokens/{unknown}?token={unknown}"));
    canary.server.get_site("blog", &format!("/{unknown}?token={unknown}"));
    canary.assert_clean(canary.server.log().as_bytes(), "the server's log");
    let database = canary.server.data_dir().join("zerodeploy.db");
    assert!(fs::metadata(&database).is_ok_and(|file| file.len() > 0), "the database is among the files");
    canary.environments.extend([with_variable, without]);
    let folders =
        canary.environments.iter().chain([canary.server.environment()]).map(|environment| environment.path(""));
    for file in folders.chain([output.path().to_owned()]).flat_map(|folder| files(&folder)) {
        if !file.ends_with("owner-session") {
            canary.assert_clean(&fs::read(&file).expect("readable"), &file.display().to_string());
        }
    }
    assert!(canary.secrets.len() > 6, "the new token was seen");
    // The search itself finds what it looks for.
    let leak = std::panic::AssertUnwindSafe(|| canary.assert_clean(format!("x{stored}y").as_bytes(), "a test"));
    assert!(std::panic::catch_unwind(leak).is_err());
}

/// A panic's message may hold anything: here it is a secret, and the place alone is told.
#[cfg(all(debug_assertions, unix))]
#[test]
fn a_panic_tells_no_secret() {
    let secret = secret_from_random("zd_", &[11; 64]).expect("enough bytes");
    let fault = ("ZERODEPLOY_FAULT".to_owned(), format!("finish-received:panic={secret}:0"));
    let arguments = vec!["-vvv".to_owned()];
    let server = TestServer::start_with(TestServerOptions { arguments, variables: vec![fault] });
    let user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    let folder = Folder::with(&[("index.html", "hello")]);
    let output = user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json", "-vvv"]);
    let output = output.expect_error(5, "internal_error");
    let log = server.log();
    assert!(log.contains("zerodeploy failed at src"), "it panicked: {log}");
    for text in [&output.stdout, &output.stderr, &log] {
        assert!(!text.contains(&secret[SHOWN..]), "a secret is in {text}");
    }
    server.get("127.0.0.1", "/healthz");
}

/// The file holds the secret, and only its owner reads it.
fn assert_private(file: &Path, secret: &str) {
    let text = fs::read_to_string(file).expect("readable");
    assert!(text.contains(secret), "{} holds it", file.display());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}
