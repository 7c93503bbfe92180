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

/// Reads a profile's credential. A file that others may read is closed to them, with a warning.
pub(super) fn read(
    config_dir: &Path,
    profile: &str,
    warnings: &mut Vec<String>,
) -> Result<Option<Stored>, SettingsError> {
    let path = path(config_dir);
    if path.exists() {
        match file::tighten(&path) {
            Ok(false) => {}
            Ok(true) => warnings.push(format!(
                "others could read {}; it is closed to them now, but replace the credentials in it if anybody may \
                 have looked",
                path.display()
            )),
            Err(error) => {
                let reason = format!("others may read it, and that cannot be changed: {error}");
                return Err(SettingsError::Unreadable { path, reason });
            }
        }
    }
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
        Stored { platform: Platform::Zerodeploy, origin: "https://a.example".to_owned(), secret: secret.to_owned() }
    }

    #[test]
    fn what_is_stored_is_found_until_it_is_deleted() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut warnings = Vec::new();
        assert_eq!(read(folder.path(), "a", &mut warnings).expect("readable"), None);
        assert!(!delete(folder.path(), "a").expect("nothing there"));
        write(folder.path(), "a", stored("one")).expect("written");
        write(folder.path(), "b", stored("two")).expect("written");
        assert_eq!(read(folder.path(), "a", &mut warnings).expect("readable"), Some(stored("one")));
        assert!(delete(folder.path(), "a").expect("deleted"));
        assert_eq!(read(folder.path(), "a", &mut warnings).expect("readable"), None);
        assert_eq!(read(folder.path(), "b", &mut warnings).expect("readable"), Some(stored("two")));
        assert_eq!(warnings, Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_closed_with_a_warning() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a", stored("one")).expect("written");
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path(folder.path()), mode(0o644)).expect("changed");
        let mut warnings = Vec::new();
        assert_eq!(read(folder.path(), "a", &mut warnings).expect("readable"), Some(stored("one")));
        assert_eq!(warnings.len(), 1);
        read(folder.path(), "a", &mut warnings).expect("readable");
        assert_eq!(warnings.len(), 1, "repaired");
    }

    #[test]
    fn a_broken_file_never_shows_its_content() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(path(folder.path()), r#"{"profiles": {"a": "hunter2"}}"#).expect("written");
        let error = read(folder.path(), "a", &mut Vec::new()).expect_err("broken").to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
