//! What a command works with: option > environment > `zerodeploy.json` > user configuration.
//!
//! The files are read once, before the command starts; a broken one is an error only for a command that needs it.

pub mod ci;
pub mod config;
pub mod env;
mod error;
pub(crate) mod file;
pub mod local;
pub mod paths;
pub mod project;
pub mod project_draft;
pub mod server;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use config::{Platform, Profile, UserConfig};
use env::Environment;
use paths::Paths;
use project::Project;
use server::{Server, UrlSource};

pub use error::SettingsError;

use crate::domain::did_you_mean;
use crate::domain::slug::{OrgSlug, SiteSlug};

/// What the command line says about settings.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--api-url`
    pub api_url: Option<String>,
    /// `--profile`
    pub profile: Option<String>,
    /// `--insecure-http`
    pub insecure_http: bool,
}

/// Everything that is known before the command starts.
#[derive(Debug)]
pub struct Settings {
    overrides: Overrides,
    environment: Environment,
    paths: Paths,
    project: Result<Option<Project>, SettingsError>,
    config: Result<UserConfig, SettingsError>,
    agreed: AtomicBool,
}

impl Settings {
    /// Reads the files. Nothing fails here: see [`Settings::project`] and [`Settings::config`].
    pub fn load(overrides: Overrides, environment: Environment, working_directory: &Path) -> Settings {
        let paths = Paths::resolve(&environment);
        let project = Project::find(working_directory, paths.home_dir());
        let config = paths.config_dir().and_then(UserConfig::load);
        Settings { overrides, environment, paths, project, config, agreed: AtomicBool::new(false) }
    }

    /// The environment.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The user's folders.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// `zerodeploy.json`, when there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be used.
    pub fn project(&self) -> Result<Option<&Project>, SettingsError> {
        self.project.as_ref().map(Option::as_ref).map_err(SettingsError::clone)
    }

    /// The user configuration.
    ///
    /// # Errors
    ///
    /// When it cannot be used.
    pub fn config(&self) -> Result<&UserConfig, SettingsError> {
        self.config.as_ref().map_err(SettingsError::clone)
    }

    /// The site that `explicit`, the environment or the project names.
    ///
    /// # Errors
    ///
    /// When what would name it cannot be read.
    pub fn site(&self, explicit: Option<&SiteSlug>) -> Result<Option<SiteSlug>, SettingsError> {
        if let Some(site) = explicit {
            return Ok(Some(site.clone()));
        }
        if let Some(site) = self.environment.parsed(env::SITE)? {
            return Ok(Some(site));
        }
        Ok(self.project()?.and_then(|project| project.site.clone()))
    }

    /// The organization that `explicit`, the environment, the project or the profile names.
    ///
    /// # Errors
    ///
    /// When what would name it cannot be read.
    pub fn org(&self, explicit: Option<&OrgSlug>) -> Result<Option<OrgSlug>, SettingsError> {
        if let Some(org) = explicit {
            return Ok(Some(org.clone()));
        }
        if let Some(org) = self.environment.parsed(env::ORG)? {
            return Ok(Some(org));
        }
        if let Some(org) = self.project()?.and_then(|project| project.org.clone()) {
            return Ok(Some(org));
        }
        // A profile that cannot be used is reported by `server`, which knows whether one is needed at all.
        let profile = match (self.named_url()?, self.named_profile()?) {
            (Some((url, _)), None) => server::origin_of(url).and_then(|origin| self.profile_of(&origin)),
            _ => self.chosen_profile().ok().flatten(),
        };
        Ok(profile.and_then(|(_, profile)| profile.org.clone()))
    }

    /// From now on the profile that `zerodeploy.json` chooses may be used: the person has just agreed.
    pub fn agree_to_project_profile(&self) {
        self.agreed.store(true, Ordering::Relaxed);
    }

    /// The file of further certificate authorities.
    pub fn ca_file(&self) -> Option<PathBuf> {
        self.environment.path(env::CA_FILE)
    }

    /// Whether the operating system's keyring may be used.
    pub fn keyring_allowed(&self) -> bool {
        cfg!(feature = "keyring") && self.environment.text(env::KEYRING) != Ok(Some("off"))
    }

    /// Whether `--insecure-http` was given.
    pub fn insecure_http(&self) -> bool {
        self.overrides.insecure_http
    }

    /// The profile's name as `--profile` or the environment gives it, whether it exists or not.
    ///
    /// # Errors
    ///
    /// When the environment cannot be read.
    pub fn named_profile(&self) -> Result<Option<&str>, SettingsError> {
        match &self.overrides.profile {
            Some(name) => Ok(Some(name)),
            None => self.environment.text(env::PROFILE),
        }
    }

    /// The address that `--api-url` or the environment gives.
    ///
    /// # Errors
    ///
    /// When the environment cannot be read.
    pub fn named_url(&self) -> Result<Option<(&str, UrlSource)>, SettingsError> {
        match &self.overrides.api_url {
            Some(url) => Ok(Some((url, UrlSource::Flag))),
            None => Ok(self.environment.text(env::API_URL)?.map(|url| (url, UrlSource::Environment))),
        }
    }

    /// The server to speak to.
    ///
    /// # Errors
    ///
    /// When none is chosen, the choice cannot be used, or the server on this machine does not run.
    pub fn server(&self) -> Result<Server, SettingsError> {
        let Some((url, source)) = self.named_url()? else {
            let (name, profile) = self.chosen_profile()?.ok_or(SettingsError::NoServer)?;
            let (url, source) = self.profile_url(name, profile)?;
            return Server::new(&url, source, Some((name.to_owned(), profile.clone())), self.insecure_http());
        };
        let server = Server::new(url, source, None, self.insecure_http())?;
        let profile = match self.named_profile()? {
            Some(_) => self.chosen_profile()?,
            // The default profile comes last: its credential is bound to another origin, and says so. One that cannot
            // be used does not matter, because the address is known.
            None => self.profile_of(&server.origin).or_else(|| self.chosen_profile().ok().flatten()),
        };
        Ok(Server { profile: profile.map(|(name, profile)| (name.to_owned(), profile.clone())), ..server })
    }

    /// The data folder of a profile's server on this machine.
    ///
    /// # Errors
    ///
    /// When nothing names one.
    pub fn local_data_dir<'a>(&'a self, profile: &'a Profile) -> Result<&'a Path, SettingsError> {
        profile.data_dir.as_deref().map_or_else(|| self.paths.data_dir(), Ok)
    }

    /// A profile's server on this machine. Blocks on its files.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn local_server(&self, profile: &Profile) -> Result<local::LocalServer, SettingsError> {
        let data_dir = self.local_data_dir(profile)?;
        local::running(data_dir).ok_or_else(|| SettingsError::LocalNotRunning {
            data_dir: data_dir.to_owned(),
            is_usual: self.paths.data_dir() == Ok(data_dir),
        })
    }

    fn profile_url(&self, name: &str, profile: &Profile) -> Result<(String, UrlSource), SettingsError> {
        if let Some(url) = &profile.url {
            return Ok((url.clone(), UrlSource::Profile));
        }
        if profile.store != config::Store::Local {
            return Err(SettingsError::NoUrl { name: name.to_owned() });
        }
        Ok((self.local_server(profile)?.url, UrlSource::LocalServer))
    }

    /// A profile by its name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn profile(&self, name: &str) -> Result<&Profile, SettingsError> {
        let profiles = &self.config()?.profiles;
        profiles.get(name).ok_or_else(|| SettingsError::UnknownProfile {
            name: name.to_owned(),
            suggestion: did_you_mean(name, profiles.keys().map(String::as_str)).map(str::to_owned),
        })
    }

    /// The profile that is named, else the one of the server that is named, else the default. What a project chooses
    /// does not count: nobody is signed out by entering a folder.
    ///
    /// # Errors
    ///
    /// When there is no such profile.
    pub fn profile_to_sign_out_of(&self) -> Result<(&str, &Profile), SettingsError> {
        let default = self.config()?.default_profile.as_deref();
        let name = match (self.named_profile()?, self.named_url()?) {
            (Some(name), _) => name,
            (None, None) => default.ok_or(SettingsError::NoServer)?,
            (None, Some((url, source))) => {
                let server = Server::new(url, source, None, true)?;
                return self.profile_of(&server.origin).ok_or(SettingsError::NoProfileOf { url: server.url });
            }
        };
        Ok((name, self.profile(name)?))
    }

    /// The profile that a flag, the environment, the project or the user configuration chooses.
    fn chosen_profile(&self) -> Result<Option<(&str, &Profile)>, SettingsError> {
        let config = self.config()?;
        let default = config.default_profile.as_deref();
        let name = match self.named_profile()? {
            Some(name) => Some(name),
            None => match self.project()?.and_then(|project| Some((project, project.profile.as_deref()?))) {
                Some((project, name)) => {
                    let agreed = self.agreed.load(Ordering::Relaxed)
                        || Some(name) == default
                        || config.trusts(project.folder(), name);
                    // A profile that is not there is reported as such below: there is nothing to agree to.
                    if !agreed && config.profiles.contains_key(name) {
                        return Err(SettingsError::UnconfirmedProfile {
                            file: project.file.clone(),
                            profile: name.to_owned(),
                        });
                    }
                    Some(name)
                }
                None => default,
            },
        };
        let Some(name) = name else { return Ok(None) };
        let profile = self.profile(name)?;
        if profile.platform != Platform::Zerodeploy {
            return Err(SettingsError::OtherPlatform { name: name.to_owned(), platform: profile.platform.as_str() });
        }
        Ok(Some((name, profile)))
    }

    /// The first profile whose server has this origin.
    fn profile_of(&self, origin: &str) -> Option<(&str, &Profile)> {
        let has_origin = |name: &str, profile: &Profile| {
            let url = self.profile_url(name, profile).ok().map(|(url, _)| url);
            url.and_then(|url| server::origin_of(&url)).is_some_and(|found| found == origin)
        };
        let mut profiles = self.config.as_ref().ok()?.profiles.iter();
        profiles
            .find(|(name, profile)| profile.platform == Platform::Zerodeploy && has_origin(name, profile))
            .map(|(name, profile)| (name.as_str(), profile))
    }
}

#[cfg(test)]
mod tests;
