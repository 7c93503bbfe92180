//! The real server: the binary with `serve`, in a data folder of its own, on a port that the system picks.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::environment::TestEnv;
use super::http::{self, Response};
use super::process::Process;

/// How a server is started.
#[derive(Debug, Clone, Default)]
pub(crate) struct TestServerOptions {
    /// Options of `serve`, beside the ones that every test server gets.
    pub(crate) arguments: Vec<String>,
    /// Variables of the server alone.
    pub(crate) variables: Vec<(String, String)>,
}

/// A server that ends with its value.
pub(crate) struct TestServer {
    environment: TestEnv,
    options: TestServerOptions,
    process: Process,
    ready: Value,
}

impl TestServer {
    /// Starts a server and waits until it accepts connections.
    pub(crate) fn start() -> Self {
        Self::start_with(TestServerOptions::default())
    }

    /// The same, with options.
    pub(crate) fn start_with(options: TestServerOptions) -> Self {
        let environment = TestEnv::new();
        let (process, ready) = launch(&environment, &options, "127.0.0.1:0");
        TestServer { environment, options, process, ready }
    }

    /// The API's address, such as `http://127.0.0.1:41234`.
    pub(crate) fn url(&self) -> &str {
        self.ready["url"].as_str().expect("the server's line has a url")
    }

    /// The port that it listens on.
    pub(crate) fn port(&self) -> u16 {
        let url = self.url().trim_end_matches('/');
        url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("the url has a port")
    }

    /// The domain that sites are under.
    pub(crate) fn domain(&self) -> &str {
        self.ready["domain"].as_str().expect("the server's line has a domain")
    }

    /// The folder with everything that it keeps.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.environment.path("data")
    }

    /// The whole line that it printed when it was ready.
    pub(crate) fn ready(&self) -> &Value {
        &self.ready
    }

    /// The owner's session, made anew at each start.
    pub(crate) fn session(&self) -> String {
        let path = self.data_dir().join("owner-session");
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).trim().to_owned()
    }

    /// The server's process id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// What it logged so far, over all its starts.
    pub(crate) fn log(&self) -> String {
        self.process.log()
    }

    /// The environment it runs in; commands in it find the server as its own user would, by its profile.
    pub(crate) fn environment(&self) -> &TestEnv {
        &self.environment
    }

    /// Ends it with SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Ends it with SIGTERM and waits; its exit code.
    #[cfg(unix)]
    #[track_caller]
    pub(crate) fn stop(&mut self) -> i32 {
        self.process.signal_and_wait(rustix::process::Signal::TERM)
    }

    /// Waits until it has ended by itself; its exit code, or -1 after a signal.
    #[track_caller]
    pub(crate) fn wait(&mut self) -> i32 {
        self.process.wait()
    }

    /// Starts it again, killing it first if it still runs: same data, same port.
    pub(crate) fn restart(&mut self) {
        self.restart_with(self.options.clone());
    }

    /// The same, with other options.
    pub(crate) fn restart_with(&mut self, options: TestServerOptions) {
        let listen = format!("127.0.0.1:{}", self.port());
        self.process.kill();
        (self.process, self.ready) = launch(&self.environment, &options, &listen);
        self.options = options;
    }

    /// Asks a host for a path, with nothing but the necessary headers.
    #[track_caller]
    pub(crate) fn get(&self, host: &str, target: &str) -> Response {
        self.request("GET", host, target, &[], b"")
    }

    /// Asks a site for a path.
    #[track_caller]
    pub(crate) fn get_site(&self, site: &str, target: &str) -> Response {
        self.get(&format!("{site}.{}", self.domain()), target)
    }

    /// Asks the API, as the owner.
    #[track_caller]
    pub(crate) fn api(&self, method: &str, target: &str, body: Option<&Value>) -> Response {
        let authorization = format!("Bearer {}", self.session());
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        let body = body.map(Value::to_string).unwrap_or_default();
        self.request(method, &format!("127.0.0.1:{}", self.port()), target, &headers, body.as_bytes())
    }

    /// Sends any request.
    #[track_caller]
    pub(crate) fn request(
        &self,
        method: &str,
        host: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Response {
        let address = format!("127.0.0.1:{}", self.port());
        http::request(&address, method, host, target, headers, body)
            .unwrap_or_else(|error| panic!("{method} {host} {target}: {error}\n{}", self.log()))
    }
}

fn launch(environment: &TestEnv, options: &TestServerOptions, listen: &str) -> (Process, Value) {
    let data_dir = environment.path("data");
    let mut command = environment.command(&["serve", "--json", "--listen", listen, "--data-dir"]);
    command.arg(&data_dir).args(&options.arguments);
    command.envs(options.variables.iter().map(|(name, value)| (name, value)));
    let mut process = Process::start(command, &environment.path("server.log"));
    let ready = process.next_value();
    (process, ready)
}
