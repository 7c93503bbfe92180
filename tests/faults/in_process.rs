//! A server in this process, whose clock can be moved and whose garbage can be collected on demand.

use std::path::Path;
use std::time::Duration;

use tokio::runtime::Runtime;
use zerodeploy::server::{Clock, Running, Settings, start};

use crate::support::{Response, request};

/// A running server; it ends with its value.
pub(crate) struct InProcess {
    runtime: Runtime,
    running: Running,
    clock: Clock,
}

impl InProcess {
    /// Starts a server on a data folder.
    pub(crate) fn start(data_dir: &Path) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let clock = Clock::default();
        let listen = ([127, 0, 0, 1], 0).into();
        let settings = Settings { listen, clock: clock.clone(), ..Settings::new(data_dir.to_path_buf()) };
        let running = runtime.block_on(start(settings)).expect("starts");
        InProcess { runtime, running, clock }
    }

    /// The API's address.
    pub(crate) fn url(&self) -> &str {
        &self.running.url
    }

    /// Host and port of its listener.
    pub(crate) fn address(&self) -> &str {
        self.running.url.strip_prefix("http://").expect("plain http")
    }

    /// The owner's session.
    pub(crate) fn session(&self) -> String {
        let session = std::fs::read_to_string(self.running.data_dir.join("owner-session")).expect("is there");
        session.trim().to_owned()
    }

    /// Files in the packs' folder, and the sum of their sizes.
    pub(crate) fn packs(&self) -> (usize, u64) {
        let folder = std::fs::read_dir(self.running.data_dir.join("packs")).expect("a folder");
        // A file that goes meanwhile counts as gone.
        let sizes = folder.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()));
        sizes.fold((0, 0), |(count, sum), size| (count + 1, sum + size))
    }

    /// Moves the server's clock.
    pub(crate) fn advance(&self, time: Duration) {
        self.clock.advance(time.as_millis() as i64);
    }

    /// Collects garbage once.
    #[track_caller]
    pub(crate) fn collect_garbage(&self) {
        self.runtime.block_on(self.running.collect_garbage()).expect("collects");
    }

    /// Asks a host for a path.
    #[track_caller]
    pub(crate) fn get(&self, host: &str, target: &str) -> Response {
        request(self.address(), "GET", host, target, &[], b"").expect("an answer")
    }
}
