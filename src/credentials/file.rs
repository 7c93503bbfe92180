//! Credentials in `credentials.json`, which only the user may read: where there is no keyring.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::stored::Stored;
use crate::settings::{SettingsError, file};

/// The file's name in the configuration folder.
const FILE_NAME: &str = "credentials.json";

#[derive(Default, Serialize, Deserialize)]
struct Content {
    /// Credentials by profile.
    #[serde(default)]
    profiles: BTreeMap<String, Stored>,
    /// What a newer version wrote; kept as it is.
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// The file in a configuration folder.
pub(super) fn path(config_dir: &Path) -> PathBuf {
    config_dir.join(FILE_NAME)
}

/// Reads a profile's credential. A file that others may read is refused: what it holds may be known to them.
pub(super) fn read(config_dir: &Path, profile: &str) -> Result<Option<Stored>, SettingsError> {
    let path = path(config_dir);
    if file::is_exposed(&path)? {
        return Err(SettingsError::Exposed { path });
    }
    read_even_exposed(config_dir, profile)
}

/// Reads a profile's credential to end it, which is most needed when others may know it.
pub(super) fn read_even_exposed(config_dir: &Path, profile: &str) -> Result<Option<Stored>, SettingsError> {
    Ok(load(config_dir)?.profiles.remove(profile))
}

/// Stores a profile's credential in place of an older one.
pub(super) fn write(config_dir: &Path, profile: &str, stored: Stored) -> Result<(), SettingsError> {
    file::with_lock(config_dir, || {
        let mut content = load(config_dir)?;
        content.profiles.insert(profile.to_owned(), stored);
        save(config_dir, &content)
    })
}

/// Removes a profile's credential. Returns whether there was one.
pub(super) fn delete(config_dir: &Path, profile: &str) -> Result<bool, SettingsError> {
    if !path(config_dir).exists() {
        return Ok(false);
    }
    file::with_lock(config_dir, || {
        let mut content = load(config_dir)?;
        let removed = content.profiles.remove(profile).is_some();
        if removed {
            save(config_dir, &content)?;
        }
        Ok(removed)
    })
}

fn load(config_dir: &Path) -> Result<Content, SettingsError> {
    let path = path(config_dir);
    let Some(text) = file::read(&path)? else { return Ok(Content::default()) };
    // The parser's own text may repeat a value, so only the place is told.
    serde_json::from_str(&text).map_err(|error| SettingsError::Invalid {
        path,
        reason: format!("it cannot be understood at line {} column {}", error.line(), error.column()),
    })
}

fn save(config_dir: &Path, content: &Content) -> Result<(), SettingsError> {
    let path = path(config_dir);
    let text = serde_json::to_string_pretty(content)
        .map_err(|error| SettingsError::Unwritable { path: path.clone(), reason: error.to_string() })?;
    file::write_private(&path, &(text + "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::config::Platform;

    fn stored(secret: &str) -> Stored {
        Stored {
            platform: Platform::Zerodeploy,
            origin: "https://a.example".to_owned(),
            secret: secret.to_owned(),
            session_until: None,
        }
    }

    #[test]
    fn what_is_stored_is_found_until_it_is_deleted() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read(folder.path(), "a").expect("readable"), None);
        assert!(!delete(folder.path(), "a").expect("nothing there"));
        write(folder.path(), "a", stored("one")).expect("written");
        write(folder.path(), "b", stored("two")).expect("written");
        assert_eq!(read(folder.path(), "a").expect("readable"), Some(stored("one")));
        assert!(delete(folder.path(), "a").expect("deleted"));
        assert_eq!(read(folder.path(), "a").expect("readable"), None);
        assert_eq!(read(folder.path(), "b").expect("readable"), Some(stored("two")));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused_but_can_be_signed_out_of() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a", stored("one")).expect("written");
        for mode in [0o644, 0o640, 0o620, 0o604] {
            std::fs::set_permissions(path(folder.path()), std::fs::Permissions::from_mode(mode)).expect("changed");
            let error = read(folder.path(), "a").expect_err("refused");
            assert!(error.hints().concat().contains("chmod 600 "), "{error}");
            assert_eq!(read_even_exposed(folder.path(), "a").expect("readable"), Some(stored("one")));
        }
        write(folder.path(), "a", stored("two")).expect("written");
        assert_eq!(read(folder.path(), "a").expect("private again"), Some(stored("two")));
    }

    #[test]
    fn a_broken_file_never_shows_its_content() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(path(folder.path()), r#"{"profiles": {"a": "hunter2"}}"#).expect("written");
        let error = read(folder.path(), "a").expect_err("broken").to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
