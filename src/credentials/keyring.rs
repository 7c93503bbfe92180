//! Credentials in the operating system's keyring.
//!
//! A locked or half-started keyring may never answer, so every call runs on a thread of its own and is given up after
//! three seconds.

use std::sync::mpsc;
use std::time::Duration;

use super::stored::Stored;

/// How long the keyring may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// The name of our entries; the user name is the profile.
const SERVICE: &str = "zerodeploy";

/// Why the keyring is of no use. Its own texts are kept out: they may repeat what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none.
    #[error("there is no keyring here")]
    Missing,
    /// It did not answer in time.
    #[error("the keyring did not answer within 3 seconds; it may be locked")]
    TimedOut,
    /// It refused.
    #[error("the keyring refused: it may be locked, or access was denied")]
    Refused,
    /// What it holds is not ours.
    #[error("the keyring holds something else under our name")]
    Foreign,
}

/// Reads a profile's credential.
pub(super) fn read(profile: &str) -> Result<Option<Stored>, KeyringError> {
    let profile = profile.to_owned();
    let text = within(PATIENCE, move || match entry(&profile)?.get_password() {
        Ok(text) => Ok(Some(text)),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error.into()),
    })?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| KeyringError::Foreign)).transpose()
}

/// Stores a profile's credential in place of an older one.
pub(super) fn write(profile: &str, stored: &Stored) -> Result<(), KeyringError> {
    let profile = profile.to_owned();
    let text = serde_json::to_string(stored).map_err(|_| KeyringError::Foreign)?;
    within(PATIENCE, move || Ok(entry(&profile)?.set_password(&text)?))
}

/// Removes a profile's credential. Returns whether there was one.
pub(super) fn delete(profile: &str) -> Result<bool, KeyringError> {
    let profile = profile.to_owned();
    within(PATIENCE, move || match entry(&profile)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(keyring::Error::NoEntry) => Ok(false),
        Err(error) => Err(error.into()),
    })
}

fn entry(profile: &str) -> Result<keyring::Entry, KeyringError> {
    Ok(keyring::Entry::new(SERVICE, profile)?)
}

impl From<keyring::Error> for KeyringError {
    fn from(error: keyring::Error) -> Self {
        match error {
            keyring::Error::NoDefaultStore => KeyringError::Missing,
            _ => KeyringError::Refused,
        }
    }
}

/// Runs `call` elsewhere and waits no longer than `patience`. A call that hangs is left to end with the process.
fn within<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    if !may_exist() {
        return Err(KeyringError::Missing);
    }
    let (sender, receiver) = mpsc::channel();
    let spawned = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // Nobody listens any more when the time is over.
        let _ = sender.send(call());
    });
    if spawned.is_err() {
        return Err(KeyringError::Refused);
    }
    match receiver.recv_timeout(patience) {
        Ok(outcome) => outcome,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyringError::TimedOut),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyringError::Refused),
    }
}

/// Without a session bus there is no Secret Service, and asking for it would only cost time.
#[cfg(all(unix, not(target_os = "macos")))]
fn may_exist() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let socket = std::env::var_os("XDG_RUNTIME_DIR").map(|folder| std::path::Path::new(&folder).join("bus"));
    is_set("DBUS_SESSION_BUS_ADDRESS") || socket.is_some_and(|socket| socket.exists())
}

/// Keychain and Credential Manager are part of the system.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn may_exist() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_hangs_is_given_up() {
        if !may_exist() {
            assert_eq!(within(PATIENCE, || Ok(())), Err(KeyringError::Missing));
            return;
        }
        let (_keep_open, never) = mpsc::channel::<()>();
        let hanging = within(Duration::from_millis(1), move || never.recv().map_err(|_| KeyringError::Refused));
        assert_eq!(hanging, Err(KeyringError::TimedOut));
    }

    #[test]
    fn the_keyrings_own_words_are_kept_out() {
        let error = keyring::Error::Invalid("user".to_owned(), "hunter2".to_owned());
        assert!(!KeyringError::from(error).to_string().contains("hunter2"));
    }
}
