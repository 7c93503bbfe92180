//! Whether an address is a ZeroDeploy server, found out before a credential goes there.
//!
//! A typing error in an address must not hand a token to whoever answers. So the first request to a server that is not
//! known is `GET /healthz`, without a credential, and only the answer of a ZeroDeploy server lets the others follow. A
//! server that proved itself is remembered in a folder of tiny files, one for each address, named by its BLAKE3; it is
//! forgotten once something else answers there.
//!
//! The hosted service documents no `/healthz`. A client for it has to know its address instead.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::ClientError;
use crate::api::{ErrorCode, Health};
use crate::private;

/// What is known of a server before anything was sent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It is a ZeroDeploy server: it runs on this machine, or the credential was accepted there at this address.
    Given,
    /// It has to prove itself, unless it is remembered in `memory`.
    Needed {
        /// The folder of servers that proved themselves; `None`: nothing is remembered.
        memory: Option<PathBuf>,
    },
}

impl Default for Proof {
    fn default() -> Self {
        Proof::Needed { memory: None }
    }
}

/// Judges what answered `GET /healthz`.
pub(super) fn judge(answer: Result<Health, ClientError>, origin: &str) -> Result<Health, ClientError> {
    let reason = match answer {
        Ok(health) if health.service == "zerodeploy" => return Ok(health),
        Ok(health) => format!("{origin} is a server of `{}`, not of ZeroDeploy", health.service),
        Err(error) if error.code == ErrorCode::NotZeroDeploy => error.message,
        // An API of another service may have errors like ours.
        Err(error) if error.status.is_some_and(|status| matches!(status, 400..=407 | 409..=428)) => {
            format!("{origin} is not a ZeroDeploy server: {}", error.message)
        }
        Err(error) => return Err(error),
    };
    let message = format!("{reason}; no credential was sent there");
    Err(ClientError::new(ErrorCode::NotZeroDeploy, message)
        .with_hint("check the address: --api-url, ZERODEPLOY_API_URL or the profile"))
}

/// Whether the server at `url` proved itself earlier. Blocks.
pub(super) fn is_remembered(memory: &Path, url: &str) -> bool {
    fs::read(file(memory, url)).is_ok_and(|content| content == url.as_bytes())
}

/// Remembers that the server at `url` proved itself. Blocks. That it cannot be written only costs a request next time.
pub(super) fn remember(memory: &Path, url: &str) -> io::Result<()> {
    private::create_folder(memory)?;
    // What another process wrote meanwhile is the same; half a file is no proof and is asked for again.
    forget(memory, url);
    private::options().create_new(true).open(file(memory, url))?.write_all(url.as_bytes())
}

/// Forgets the server at `url`. Blocks.
pub(super) fn forget(memory: &Path, url: &str) {
    // It was not remembered, or the folder cannot be written: then it is asked for the next time or stays.
    let _ = fs::remove_file(file(memory, url));
}

fn file(memory: &Path, url: &str) -> PathBuf {
    memory.join(blake3::hash(url.as_bytes()).to_hex().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_remembered_by_its_whole_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let memory = folder.path().join("servers");
        assert!(!is_remembered(&memory, "https://a.example/"));
        for _ in 0..2 {
            remember(&memory, "https://a.example/").expect("written");
        }
        assert!(is_remembered(&memory, "https://a.example/"));
        assert!(!is_remembered(&memory, "https://a.example/other"));
        assert!(!is_remembered(&memory, "https://b.example/"));
        fs::write(file(&memory, "https://b.example/"), "https://").expect("written");
        assert!(!is_remembered(&memory, "https://b.example/"), "half a file");
        forget(&memory, "https://a.example/");
        assert!(!is_remembered(&memory, "https://a.example/"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_somebody_put_there_is_not_written_through() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("target");
        fs::write(&target, "untouched").expect("written");
        std::os::unix::fs::symlink(&target, file(folder.path(), "http://x/")).expect("a link");
        remember(folder.path(), "http://x/").expect("written");
        assert_eq!(fs::read_to_string(&target).expect("readable"), "untouched");
    }

    #[test]
    fn only_our_health_is_a_proof_and_a_busy_server_is_no_other() {
        let health = |service: &str| {
            Ok(Health { status: "ok".to_owned(), service: service.to_owned(), version: "1".to_owned() })
        };
        assert!(judge(health("zerodeploy"), "o").is_ok());
        let error = |code: ErrorCode, status| Err(ClientError::new(code, "m").with_status(status));
        for answer in [
            health("other"),
            error(ErrorCode::NotFound, 404),
            error(ErrorCode::NotAuthenticated, 401),
            error(ErrorCode::NotZeroDeploy, 200),
        ] {
            assert_eq!(judge(answer, "o").expect_err("another").code, ErrorCode::NotZeroDeploy);
        }
        for (code, status) in
            [(ErrorCode::RateLimited, 429), (ErrorCode::Unavailable, 503), (ErrorCode::RequestTimeout, 408)]
        {
            assert_eq!(judge(error(code, status), "o").expect_err("busy").code, code);
        }
    }
}
