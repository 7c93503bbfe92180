//! Our server, as its user would start it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::time::Instant;

use crate::client::Client;
use crate::measure::{Reason, fresh_folder, peak_memory, wait_until_idle};

/// A running server; it ends with its value.
pub(crate) struct Server {
    child: Child,
    /// Kept open: the server must never write into a closed pipe.
    _stdout: BufReader<ChildStdout>,
    data_dir: PathBuf,
    /// The API's address.
    pub(crate) url: String,
    /// From before the process was made until it accepted connections.
    pub(crate) seconds_to_ready: f64,
}

impl Server {
    /// Starts one on an empty data folder.
    pub(crate) fn fresh() -> Result<Self, Reason> {
        Self::start(&fresh_folder("server")?, &[])
    }

    /// Starts one on a data folder, with further options, and waits until it accepts connections.
    pub(crate) fn start(data_dir: &Path, options: &[&str]) -> Result<Self, Reason> {
        let log = data_dir.with_extension("log");
        let log = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut command = Client::without_server(&data_dir.with_extension("home"))?.command(&["serve", "--json"]);
        command.args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(data_dir).args(options);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let started = Instant::now();
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or("the server has no stdout")?);
        let mut line = String::new();
        stdout.read_line(&mut line).map_err(|error| error.to_string())?;
        let seconds_to_ready = started.elapsed().as_secs_f64();
        let ready: serde_json::Value =
            serde_json::from_str(&line).map_err(|error| format!("the server did not start: {error}: {line}"))?;
        let url = ready["url"].as_str().ok_or("the server's line has no url")?.trim_end_matches('/').to_owned();
        Ok(Server { child, _stdout: stdout, data_dir: data_dir.to_path_buf(), url, seconds_to_ready })
    }

    /// `127.0.0.1:41234`
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// The owner's session.
    pub(crate) fn session(&self) -> Result<String, Reason> {
        let path = self.data_dir.join("owner-session");
        let session = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(session.trim().to_owned())
    }

    /// Waits until it has nothing left to do.
    pub(crate) fn wait_until_idle(&self) {
        wait_until_idle(self.child.id());
    }

    /// Its highest memory use so far, in bytes.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        peak_memory(self.child.id())
    }

    /// Ends it as a service manager would.
    pub(crate) fn stop(mut self) -> Result<(), Reason> {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).map_err(|error| error.to_string())?;
        self.child.wait().map(drop).map_err(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
