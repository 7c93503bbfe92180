//! Finds the server that runs on this machine for a data folder. No port is probed: any process could listen there.

use std::fs::{File, TryLockError};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::file;

/// The profile that the first start of the server registers.
pub const PROFILE: &str = "local";
/// Held exclusively by the server as long as it runs.
pub const LOCK_FILE: &str = "lock";
/// Where the server tells how to reach it.
pub const SERVER_FILE: &str = "server.json";
/// Where the server keeps the owner's session.
pub const SESSION_FILE: &str = "owner-session";

/// How to reach a running server: the content of `server.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalServer {
    /// The API's address.
    pub url: String,
    /// The process.
    pub pid: u32,
    /// The domain under which its sites live.
    pub domain: String,
}

/// The server that holds `data_dir` now, if one does.
///
/// `server.json` may be left from a server that was killed, so it counts only while the folder's lock is held. The
/// lock is tried shared: two commands that look at the same time must not take each other for a server.
pub fn running(data_dir: &Path) -> Option<LocalServer> {
    let lock = File::options().read(true).open(data_dir.join(LOCK_FILE)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        // Free, or a file system without locks: nobody can be shown to serve.
        Ok(()) | Err(TryLockError::Error(_)) => return None,
    }
    let text = file::read(&data_dir.join(SERVER_FILE)).ok()??;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_held_lock_makes_the_file_valid() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(running(folder.path()), None);
        let server = LocalServer { url: "http://127.0.0.1:8787".to_owned(), pid: 1, domain: "localhost".to_owned() };
        let text = serde_json::to_string(&server).expect("JSON");
        std::fs::write(folder.path().join(SERVER_FILE), text).expect("written");
        assert_eq!(running(folder.path()), None, "no lock file");
        let lock = File::create(folder.path().join(LOCK_FILE)).expect("made");
        assert_eq!(running(folder.path()), None, "left by a killed server");
        lock.lock().expect("free");
        assert_eq!(running(folder.path()), Some(server));
        lock.unlock().expect("held");
        lock.lock_shared().expect("free");
        assert_eq!(running(folder.path()), None, "another command that looks");
    }
}
