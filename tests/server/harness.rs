//! A server in this process, whose clock a test can move and whose database it can look into.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::TempDir;
use zerodeploy::server::{Clock, Running, Settings, StartError, start};

use crate::client::Client;
use crate::support::Response;

/// Longest wait for what the server does in its own time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server with a data folder of its own; both end with its value.
pub(crate) struct Server {
    running: Option<Running>,
    clock: Clock,
    folder: TempDir,
}

impl Server {
    /// Starts a server that has nothing but its owner.
    pub(crate) async fn start() -> Self {
        Server::start_with(|settings| settings).await
    }

    /// The same, with other settings.
    pub(crate) async fn start_with(change: impl FnOnce(Settings) -> Settings) -> Self {
        let (folder, clock) = (tempfile::tempdir().expect("a temporary folder"), Clock::default());
        let settings = change(settings(&folder.path().join("data"), &clock));
        let running = start(settings).await.expect("the server starts");
        Server { running: Some(running), clock, folder }
    }

    /// Starts a server with these sites of the owner's organization.
    pub(crate) async fn with_sites(sites: &[&str]) -> Self {
        let server = Server::start().await;
        let mut owner = server.owner();
        for site in sites {
            owner.create_site("personal", site).await;
        }
        server
    }

    /// Ends it as Ctrl-C does.
    pub(crate) async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Starts it, after it has stopped, with the same data on another port.
    pub(crate) async fn start_again(&mut self) -> Result<(), StartError> {
        assert!(self.running.is_none(), "it runs");
        self.running = Some(launch(&self.data_dir(), &self.clock).await?);
        Ok(())
    }

    /// Stops and starts it.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.start_again().await.expect("the server starts again");
    }

    /// Takes the running server out, to stop it in a way of the test's own.
    pub(crate) fn take(&mut self) -> Running {
        self.running.take().expect("it runs")
    }

    /// Moves its clock forward.
    pub(crate) fn advance(&self, time: Duration) {
        self.clock.advance(i64::try_from(time.as_millis()).expect("a time of this age"));
    }

    /// Writes the last uses of tokens, as a job does every few seconds.
    pub(crate) async fn flush_token_uses(&self) {
        self.running.as_ref().expect("it runs").flush_token_uses().await.expect("written");
    }

    /// Collects garbage, as a job does every few minutes.
    pub(crate) async fn collect_garbage(&self) {
        self.running.as_ref().expect("it runs").collect_garbage().await.expect("collected");
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        let url = &self.running.as_ref().expect("it runs").url;
        url.strip_prefix("http://").and_then(|address| address.parse().ok()).expect("an address")
    }

    /// The folder with everything that it keeps.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The owner's session of this start.
    pub(crate) fn session(&self) -> String {
        std::fs::read_to_string(self.data_dir().join("owner-session")).expect("a session").trim().to_owned()
    }

    /// The API, as the owner.
    pub(crate) fn owner(&self) -> Api {
        self.api(&self.session())
    }

    /// The API, with a secret.
    pub(crate) fn api(&self, secret: &str) -> Api {
        Api { authorization: Some(format!("Bearer {secret}")), ..self.nobody() }
    }

    /// The API, without a credential.
    pub(crate) fn nobody(&self) -> Api {
        Api { client: Client::new(self.address(), "127.0.0.1"), authorization: None }
    }

    /// A visitor of a host below the domain: a site, or one deployment of it.
    pub(crate) fn visitor(&self, label: &str) -> Client {
        Client::new(self.address(), &format!("{label}.localhost"))
    }

    /// Its database, beside its own connections.
    pub(crate) async fn database(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.data_dir().join("zerodeploy.db"));
        options.busy_timeout(Duration::from_secs(10)).connect().await.expect("the database opens")
    }

    /// Runs one statement on its database.
    pub(crate) async fn execute(&self, statement: &'static str) {
        let mut database = self.database().await;
        sqlx::query(statement).execute(&mut database).await.expect("the statement runs");
        database.close().await.expect("closes");
    }

    /// A number from its database.
    pub(crate) async fn count(&self, statement: &'static str) -> i64 {
        let mut database = self.database().await;
        sqlx::query_scalar(statement).fetch_one(&mut database).await.expect("a number")
    }
}

/// Starts a server on a free port of loopback.
pub(crate) async fn launch(data_dir: &Path, clock: &Clock) -> Result<Running, StartError> {
    start(settings(data_dir, clock)).await
}

fn settings(data_dir: &Path, clock: &Clock) -> Settings {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    Settings { listen, clock: clock.clone(), ..Settings::new(data_dir.to_owned()) }
}

/// A user of the API on one connection.
pub(crate) struct Api {
    client: Client,
    authorization: Option<String>,
}

impl Api {
    /// Sends any request.
    pub(crate) async fn send(&mut self, method: &str, target: &str, fields: &[(&str, &str)], body: &[u8]) -> Response {
        let mut all = fields.to_vec();
        all.extend(self.authorization.as_deref().map(|authorization| ("Authorization", authorization)));
        self.client.send(method, target, &all, body).await
    }

    /// Asks for something.
    pub(crate) async fn get(&mut self, target: &str) -> Response {
        self.send("GET", target, &[], b"").await
    }

    /// Makes something.
    pub(crate) async fn post(&mut self, target: &str, body: &Value) -> Response {
        self.send_json("POST", target, body).await
    }

    /// Changes something.
    pub(crate) async fn patch(&mut self, target: &str, body: &Value) -> Response {
        self.send_json("PATCH", target, body).await
    }

    /// Sends JSON by any method.
    pub(crate) async fn send_json(&mut self, method: &str, target: &str, body: &Value) -> Response {
        self.send(method, target, &[("Content-Type", "application/json")], body.to_string().as_bytes()).await
    }

    /// Deletes something.
    pub(crate) async fn delete(&mut self, target: &str) -> Response {
        self.send("DELETE", target, &[], b"").await
    }

    /// Makes an organization.
    pub(crate) async fn create_organization(&mut self, slug: &str) {
        self.post("/orgs", &json!({ "slug": slug })).await.expect(201);
    }

    /// Makes a site.
    pub(crate) async fn create_site(&mut self, org: &str, slug: &str) {
        self.post("/sites", &json!({ "org": org, "slug": slug })).await.expect(201);
    }

    /// Makes a token of what the body says; its name is `test` unless the body has one.
    pub(crate) async fn create_token(&mut self, mut body: Value) -> Value {
        if body["name"].is_null() {
            body["name"] = json!("test");
        }
        self.post("/tokens", &body).await.expect(201).data()
    }
}

/// The text in a field.
#[track_caller]
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no text `{field}` in {value}"))
}

/// Asks again and again until there is an answer, for things that another task of the server does in its own time.
pub(crate) async fn wait_for<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let mut ticks = tokio::time::interval(Duration::from_millis(10));
    let waiting = async {
        loop {
            ticks.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{what} never came"))
}
