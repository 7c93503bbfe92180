//! The data folder: one server at a time, and the files that tell local clients about it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::private;

/// How often the lock is tried.
const LOCK_TRIES: u32 = 10;
/// How long to wait before the next try.
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The data folder, held by this process until it is dropped.
pub(crate) struct DataDir {
    path: PathBuf,
    _lock: File,
}

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataDirError {
    #[error("another server uses the data folder {0}")]
    InUse(PathBuf),
    #[error("the data folder {path} cannot be used")]
    Unusable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl DataDir {
    /// Creates the folder if need be and takes its lock.
    pub(crate) fn open(path: &Path) -> Result<Self, DataDirError> {
        let unusable = |source| DataDirError::Unusable { path: path.to_owned(), source };
        private::create_folder(path).map_err(unusable)?;
        let path = path.canonicalize().map_err(unusable)?;
        let mut options = private::options();
        let lock = options.create(true).truncate(false).open(path.join("lock")).map_err(unusable)?;
        take_lock(&lock).map_err(|error| match error {
            TryLockError::WouldBlock => DataDirError::InUse(path.clone()),
            TryLockError::Error(source) => unusable(source),
        })?;
        let folder = DataDir { path, _lock: lock };
        // A server that was killed left its address behind; with the lock held again, it would be believed.
        folder.remove_server();
        folder
            .make_database_private()
            .map_err(|source| DataDirError::Unusable { path: folder.path.clone(), source })?;
        Ok(folder)
    }

    /// Makes the database's file, so that only this account can read it even when the folder was made by somebody else,
    /// for all to read. SQLite gives the files beside it the same mode.
    fn make_database_private(&self) -> io::Result<()> {
        match private::options().create_new(true).open(self.database()) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("zerodeploy.db")
    }

    pub(crate) fn packs(&self) -> PathBuf {
        self.path.join("packs")
    }

    /// The owner's session of the last start, if there is one.
    pub(crate) fn read_owner_session(&self) -> Option<SecretString> {
        let text = std::fs::read_to_string(self.path.join("owner-session")).ok()?;
        Some(SecretString::from(text.trim().to_owned()))
    }

    /// Leaves the owner's session for clients of the same account.
    pub(crate) fn write_owner_session(&self, session: &SecretString) -> io::Result<()> {
        private::replace(&self.path.join("owner-session"), format!("{}\n", session.expose_secret()).as_bytes())
    }

    /// Tells local clients where the server is. Only true while the lock is held.
    pub(crate) fn write_server(&self, url: &str, domain: &str) -> io::Result<()> {
        let server = json!({ "url": url, "pid": std::process::id(), "domain": domain });
        private::replace(&self.path.join("server.json"), server.to_string().as_bytes())
    }

    /// Takes back what `write_server` told.
    pub(crate) fn remove_server(&self) {
        // Without the lock it is not believed anyway.
        let _ = std::fs::remove_file(self.path.join("server.json"));
    }
}

/// Takes the lock. A client that looks whether a server runs holds it for an instant, so one refusal is not the last word.
fn take_lock(lock: &File) -> Result<(), TryLockError> {
    for _ in 1..LOCK_TRIES {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            outcome => return outcome,
        }
    }
    lock.try_lock()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_server_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/data");
        let first = DataDir::open(&path).expect("opens");
        assert!(matches!(DataDir::open(&path), Err(DataDirError::InUse(_))));
        drop(first);
        DataDir::open(&path).expect("opens again");
    }

    #[cfg(unix)]
    #[test]
    fn secrets_are_readable_by_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let data = DataDir::open(&folder.path().join("data")).expect("opens");
        data.write_owner_session(&SecretString::from("zds_secret")).expect("writes");
        let mode = |path: &Path| std::fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        assert_eq!(mode(&data.path().join("owner-session")), 0o600);
        assert_eq!(mode(data.path()), 0o700);
        assert_eq!(data.read_owner_session().expect("reads").expose_secret(), "zds_secret");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_all_may_read_keeps_its_secrets() {
        use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data");
        std::fs::DirBuilder::new().mode(0o755).create(&path).expect("creates");
        let trap = folder.path().join("trap");
        std::fs::write(&trap, "untouched").expect("writes");
        symlink(&trap, path.join(format!("owner-session.{}.new", std::process::id()))).expect("links");

        let data = DataDir::open(&path).expect("opens");
        data.write_owner_session(&SecretString::from("zds_secret")).expect("writes");
        for (name, expected) in [("owner-session", 0o600), ("zerodeploy.db", 0o600), ("lock", 0o600)] {
            let mode = std::fs::symlink_metadata(path.join(name)).expect("is there").permissions().mode() & 0o777;
            assert_eq!(mode, expected, "{name}");
        }
        assert_eq!(std::fs::read_to_string(&trap).expect("reads"), "untouched");
    }
}
