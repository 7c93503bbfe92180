//! Why settings cannot be used.

use std::path::PathBuf;

use crate::api::ErrorCode;

/// Why settings cannot be used, or lead nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A variable's value cannot be used.
    #[error("{name} cannot be used: {reason}")]
    Environment {
        /// The variable.
        name: &'static str,
        /// Why.
        reason: String,
    },
    /// The user has no home folder, and nothing names one.
    #[error("there is no home folder to keep files in; set {variable}")]
    NoFolder {
        /// What would name the folder.
        variable: &'static str,
    },
    /// A settings file cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A settings file cannot be written.
    #[error("{} cannot be written: {reason}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file with credentials that others may read or write.
    #[error("others may read {}, so what it holds is not used", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// A settings file is not what it should be.
    #[error("{} is not valid: {reason}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Why, with the line.
        reason: String,
    },
    /// A profile is not there.
    #[error("there is no profile `{name}`")]
    UnknownProfile {
        /// What was asked for.
        name: String,
        /// The closest profile, when one is close.
        suggestion: Option<String>,
    },
    /// Nobody signed in to a server.
    #[error("no profile is signed in to {url}")]
    NoProfileOf {
        /// The server.
        url: String,
    },
    /// A profile speaks to another service.
    #[error("the profile `{name}` is for {platform}, this command is for zerodeploy")]
    OtherPlatform {
        /// The profile.
        name: String,
        /// Its platform.
        platform: &'static str,
    },
    /// `zerodeploy.json` chooses a profile that the person has not agreed to.
    #[error("{} chooses the profile `{profile}`, which was never confirmed for this folder", file.display())]
    UnconfirmedProfile {
        /// The project's file.
        file: PathBuf,
        /// The profile.
        profile: String,
    },
    /// Nothing says which server to use.
    #[error("no server is chosen")]
    NoServer,
    /// A profile has no address.
    #[error("the profile `{name}` has no `url`")]
    NoUrl {
        /// The profile.
        name: String,
    },
    /// An address cannot be used. The address is not told: it may hold a password.
    #[error("{given_by} cannot be used: {reason}")]
    InvalidUrl {
        /// Where it came from.
        given_by: &'static str,
        /// Why.
        reason: String,
    },
    /// Credentials would travel unencrypted.
    #[error("{url} is not encrypted: credentials go over https or to this machine")]
    InsecureHttp {
        /// The address.
        url: String,
    },
    /// The server on this machine does not run.
    #[error("the local server for {} does not run", data_dir.display())]
    LocalNotRunning {
        /// Its data folder.
        data_dir: PathBuf,
        /// Whether that is the folder that `serve` takes when none is named.
        is_usual: bool,
    },
}

impl SettingsError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            SettingsError::Environment { .. }
            | SettingsError::InvalidUrl { .. }
            | SettingsError::InsecureHttp { .. } => ErrorCode::ValidationFailed,
            SettingsError::NoFolder { .. }
            | SettingsError::Unreadable { .. }
            | SettingsError::Unwritable { .. }
            | SettingsError::Invalid { .. }
            | SettingsError::Exposed { .. }
            | SettingsError::UnknownProfile { .. }
            | SettingsError::NoProfileOf { .. }
            | SettingsError::OtherPlatform { .. }
            | SettingsError::NoUrl { .. } => ErrorCode::ConfigurationInvalid,
            SettingsError::UnconfirmedProfile { .. } => ErrorCode::NotConfirmed,
            SettingsError::NoServer => ErrorCode::NotAuthenticated,
            SettingsError::LocalNotRunning { .. } => ErrorCode::NetworkError,
        }
    }

    /// What to do about it, one thing each.
    pub fn hints(&self) -> Vec<String> {
        match self {
            SettingsError::Exposed { path } => vec![
                format!("close it with `chmod 600 {}`", path.display()),
                "if anybody may have looked, run `zerodeploy logout` and sign in again, and delete tokens that were in it"
                    .to_owned(),
            ],
            SettingsError::NoProfileOf { .. } => vec!["`zerodeploy profile list` shows the profiles".to_owned()],
            SettingsError::UnknownProfile { suggestion: Some(known), .. } => vec![format!("did you mean `{known}`?")],
            SettingsError::UnknownProfile { .. } => {
                vec!["make it with `zerodeploy login --api-url URL --profile NAME`; `zerodeploy profile list` shows those there are".to_owned()]
            }
            SettingsError::OtherPlatform { .. } => vec!["name another profile with --profile".to_owned()],
            SettingsError::UnconfirmedProfile { profile, .. } => {
                vec![format!(
                    "add `--profile {profile}`, or set ZERODEPLOY_PROFILE={profile}, if that is what you want"
                )]
            }
            SettingsError::NoServer => vec![
                "run `zerodeploy serve` for a server on this machine".to_owned(),
                "or sign in elsewhere with `zerodeploy login --api-url URL`".to_owned(),
            ],
            SettingsError::NoUrl { name } => {
                vec![format!("sign in again with `zerodeploy login --api-url URL --profile {name}`")]
            }
            SettingsError::InvalidUrl { .. } => vec!["an address looks like https://deploy.example".to_owned()],
            SettingsError::InsecureHttp { .. } => {
                vec!["use https, or add --insecure-http if nobody can listen in between".to_owned()]
            }
            SettingsError::LocalNotRunning { is_usual: true, .. } => {
                vec!["start it with `zerodeploy serve`".to_owned()]
            }
            SettingsError::LocalNotRunning { data_dir, .. } => {
                vec![format!("start it with `zerodeploy serve --data-dir {}`", data_dir.display())]
            }
            _ => Vec::new(),
        }
    }
}
