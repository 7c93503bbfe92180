//! Our client, in a home of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::corpora::Corpus;
use crate::measure::{Reason, fresh_folder, output, peak_memory};
use crate::server::Server;

/// The site that everything is deployed to.
pub(crate) const SITE: &str = "bench";

/// What a user has: a home with a cache, and a server to deploy to.
pub(crate) struct Client {
    home: PathBuf,
    server: Option<(String, String)>,
}

impl Client {
    /// Somebody who knows no server.
    pub(crate) fn without_server(home: &Path) -> Result<Self, Reason> {
        std::fs::create_dir_all(home).map_err(|error| format!("{}: {error}", home.display()))?;
        Ok(Client { home: home.to_path_buf(), server: None })
    }

    /// Somebody who never deployed before, and the site they will deploy to.
    pub(crate) fn new(server: &Server) -> Result<Self, Reason> {
        let mut client = Self::without_server(&fresh_folder("client")?)?;
        client.server = Some((server.url.clone(), server.session()?));
        output(&mut client.command(&["site", "create", SITE, "--org", "personal", "--json"]))?;
        Ok(client)
    }

    /// The same user, talking to the server by another address.
    pub(crate) fn through(&self, url: &str) -> Self {
        let server = self.server.as_ref().map(|(_, session)| (url.to_owned(), session.clone()));
        Client { home: self.home.clone(), server }
    }

    /// The binary with nothing of the real user's environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zerodeploy"));
        command.args(arguments).env_clear().env("HOME", &self.home).env("ZERODEPLOY_KEYRING", "off");
        command.current_dir(&self.home);
        for (variable, folder) in
            [("ZERODEPLOY_CONFIG_DIR", "config"), ("ZERODEPLOY_CACHE_DIR", "cache"), ("ZERODEPLOY_DATA_DIR", "data")]
        {
            command.env(variable, self.home.join(folder));
        }
        if let Some((url, session)) = &self.server {
            command.env("ZERODEPLOY_API_URL", url).env("ZERODEPLOY_TOKEN", session);
        }
        command
    }

    /// The command that deploys a folder.
    pub(crate) fn deploy(&self, folder: &Path) -> Command {
        let mut command = self.command(&["deploy", SITE, "--json", "--dir"]);
        command.arg(folder);
        command
    }

    /// Deploys without timing, and checks that files arrived.
    pub(crate) fn deploy_untimed(&self, corpus: &Corpus) -> Result<Value, Reason> {
        let answer = output(&mut self.deploy(&corpus.folder))?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))?;
        match answer["file_count"].as_u64() {
            Some(count) if count > 0 => Ok(answer),
            _ => Err(format!("nothing was deployed: {answer}")),
        }
    }

    /// Deploys and watches the highest memory use of the process, in bytes.
    pub(crate) fn peak_memory_of_deploy(&self, corpus: &Corpus) -> Result<u64, Reason> {
        let mut command = self.deploy(&corpus.folder);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut peak = 0;
        loop {
            peak = peak_memory(child.id()).unwrap_or(0).max(peak);
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                return if status.success() { Ok(peak) } else { Err(format!("{command:?}: {status}")) };
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
