//! The user configuration `config.json`: profiles, and which of them is the default.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{SettingsError, file, local};
use crate::domain::slug::OrgSlug;

/// The file's name in the configuration folder.
const FILE_NAME: &str = "config.json";

/// Which service a profile speaks to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// ZeroDeploy: this program's own server, or the hosted one
    #[default]
    Zerodeploy,
    /// ZeroPath
    Zeropath,
    /// Zerops
    Zerops,
}

impl Platform {
    /// The name in files and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Platform::Zerodeploy => "zerodeploy",
            Platform::Zeropath => "zeropath",
            Platform::Zerops => "zerops",
        }
    }
}

/// Where a profile keeps its credential. Only this one is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Store {
    /// The operating system's keyring
    Keyring,
    /// `credentials.json` in the configuration folder
    File,
    /// The owner's session in the data folder of the server on this machine
    Local,
}

impl Store {
    /// The name in files and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Store::Keyring => "keyring",
            Store::File => "file",
            Store::Local => "local",
        }
    }
}

/// A named server and how to sign in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Which service it is.
    #[serde(default)]
    pub platform: Platform,
    /// The API's address; without one, the server on this machine is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The organization to use where nothing else names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgSlug>,
    /// Where the credential is.
    pub store: Store,
    /// The data folder of the server on this machine, when it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// What a newer version wrote; kept as it is.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The user configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserConfig {
    /// The profile that is used where nothing names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_profile: Option<String>,
    /// Profiles by name.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
    /// Folders whose `zerodeploy.json` may choose a profile, and which one the person agreed to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub trusted_projects: BTreeMap<String, String>,
    /// What a newer version wrote; kept as it is.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl UserConfig {
    /// Reads the configuration; a missing file is an empty one.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or understood.
    pub fn load(config_dir: &Path) -> Result<UserConfig, SettingsError> {
        let path = config_dir.join(FILE_NAME);
        let Some(text) = file::read(&path)? else { return Ok(UserConfig::default()) };
        serde_json::from_str(&text).map_err(|error| SettingsError::Invalid { path, reason: error.to_string() })
    }

    /// Changes the configuration on disk, atomically and against other processes; nothing is written when `change`
    /// leaves it as it was. Returns what `change` returned.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, understood or written.
    pub fn update<T>(config_dir: &Path, change: impl FnOnce(&mut UserConfig) -> T) -> Result<T, SettingsError> {
        file::with_lock(config_dir, || {
            let before = UserConfig::load(config_dir)?;
            let mut after = before.clone();
            let result = change(&mut after);
            if after != before {
                let path = config_dir.join(FILE_NAME);
                let text = serde_json::to_string_pretty(&after)
                    .map_err(|error| SettingsError::Unwritable { path: path.clone(), reason: error.to_string() })?;
                file::write_private(&path, &(text + "\n"))?;
            }
            Ok(result)
        })
    }

    /// Whether the person agreed that the project in `folder` uses `profile`.
    pub fn trusts(&self, folder: &Path, profile: &str) -> bool {
        self.trusted_projects.get(&*folder.to_string_lossy()).is_some_and(|trusted| trusted == profile)
    }

    /// Remembers that the person agreed.
    pub fn trust(&mut self, folder: &Path, profile: &str) {
        self.trusted_projects.insert(folder.to_string_lossy().into_owned(), profile.to_owned());
    }

    /// Lets the profile `local` mean the server of `data_dir`, which runs now, and makes it the default where there is
    /// none. A profile that means another server which runs, too, or that a person made, is left alone.
    pub fn register_local(&mut self, data_dir: &Path) -> LocalProfile {
        self.default_profile.get_or_insert_with(|| local::PROFILE.to_owned());
        let outcome = match self.profiles.get(local::PROFILE) {
            None => LocalProfile::Made,
            Some(Profile { store: Store::Local, data_dir: Some(known), .. }) => match known {
                known if known == data_dir => return LocalProfile::Known,
                known if local::running(known).is_some() => return LocalProfile::Other,
                _ => LocalProfile::Made,
            },
            Some(_) => return LocalProfile::Other,
        };
        let made = Profile {
            platform: Platform::Zerodeploy,
            url: None,
            org: None,
            store: Store::Local,
            data_dir: Some(data_dir.to_owned()),
            other: Map::new(),
        };
        self.profiles.insert(local::PROFILE.to_owned(), made);
        outcome
    }
}

/// What the profile `local` means after a server started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalProfile {
    /// This server, as before
    Known,
    /// This server, from now on
    Made,
    /// Something else
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_empty_and_a_change_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let config_dir = folder.path().join("config");
        assert_eq!(UserConfig::load(&config_dir).expect("empty"), UserConfig::default());
        UserConfig::update(&config_dir, |config| config.register_local(Path::new("/data"))).expect("written");
        let config = UserConfig::load(&config_dir).expect("readable");
        assert_eq!(config.default_profile.as_deref(), Some("local"));
        assert_eq!(config.profiles["local"].data_dir.as_deref(), Some(Path::new("/data")));
    }

    #[test]
    fn the_local_profile_follows_the_server_that_runs() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        let mut config = UserConfig::default();
        assert_eq!(config.register_local(&first), LocalProfile::Made);
        assert_eq!(config.register_local(&first), LocalProfile::Known);
        assert_eq!(config.register_local(&second), LocalProfile::Made, "nothing runs in the first");
        std::fs::create_dir(&second).expect("made");
        let lock = std::fs::File::create(second.join(local::LOCK_FILE)).expect("made");
        lock.lock().expect("free");
        let server = r#"{"url": "http://127.0.0.1:1", "pid": 1, "domain": "localhost"}"#;
        std::fs::write(second.join(local::SERVER_FILE), server).expect("written");
        assert_eq!(config.register_local(&first), LocalProfile::Other);
        assert_eq!(config.profiles["local"].data_dir.as_deref(), Some(second.as_path()));
        if let Some(profile) = config.profiles.get_mut("local") {
            (profile.store, profile.url) = (Store::File, Some("https://a.example".to_owned()));
        }
        let by_hand = config.clone();
        assert_eq!(config.register_local(&first), LocalProfile::Other);
        assert_eq!(config, by_hand);
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, r#"{"new": 1, "profiles": {"a": {"store": "file", "later": true}}}"#).expect("written");
        UserConfig::update(folder.path(), |config| config.trust(Path::new("/p"), "a")).expect("written");
        let text = std::fs::read_to_string(&path).expect("readable");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((&value["new"], &value["profiles"]["a"]["later"]), (&1.into(), &true.into()));
        let config = UserConfig::load(folder.path()).expect("readable");
        assert!(config.trusts(Path::new("/p"), "a"));
        assert!(!config.trusts(Path::new("/p"), "b"));
        assert!(!config.trusts(Path::new("/q"), "a"));
    }

    #[test]
    fn a_broken_file_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, "{").expect("written");
        assert!(UserConfig::update(folder.path(), |config| config.register_local(Path::new("/data"))).is_err());
        assert_eq!(std::fs::read_to_string(&path).expect("readable"), "{");
    }
}
