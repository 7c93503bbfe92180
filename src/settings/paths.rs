//! The user's folders.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use super::SettingsError;
use super::env::{self, Environment};

/// Where the user's files are kept.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    cache: Option<PathBuf>,
    home: Option<PathBuf>,
}

impl Paths {
    /// The operating system's conventions, where the environment does not name folders.
    pub fn resolve(environment: &Environment) -> Paths {
        let project = ProjectDirs::from("", "", "zerodeploy");
        let convention = |folder: fn(&ProjectDirs) -> &Path| project.as_ref().map(|project| folder(project).to_owned());
        Paths {
            config: environment.path(env::CONFIG_DIR).or_else(|| convention(ProjectDirs::config_dir)),
            data: environment.path(env::DATA_DIR).or_else(|| convention(ProjectDirs::data_local_dir)),
            cache: environment.path(env::CACHE_DIR).or_else(|| convention(ProjectDirs::cache_dir)),
            home: BaseDirs::new().map(|base| base.home_dir().to_owned()),
        }
    }

    /// The folder of `config.json` and `credentials.json`.
    ///
    /// # Errors
    ///
    /// When neither the environment nor the operating system names one; the same for the other folders.
    pub fn config_dir(&self) -> Result<&Path, SettingsError> {
        self.config.as_deref().ok_or(SettingsError::NoFolder { variable: env::CONFIG_DIR.name })
    }

    /// The data folder of `serve` and `deploy --local` when no option names one.
    ///
    /// # Errors
    ///
    /// See [`Paths::config_dir`].
    pub fn data_dir(&self) -> Result<&Path, SettingsError> {
        self.data.as_deref().ok_or(SettingsError::NoFolder { variable: env::DATA_DIR.name })
    }

    /// The folder of the hash cache and of what else can be found out again.
    ///
    /// # Errors
    ///
    /// See [`Paths::config_dir`].
    pub fn cache_dir(&self) -> Result<&Path, SettingsError> {
        self.cache.as_deref().ok_or(SettingsError::NoFolder { variable: env::CACHE_DIR.name })
    }

    /// The user's home folder, when there is one.
    pub fn home_dir(&self) -> Option<&Path> {
        self.home.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_wins() {
        let environment = Environment::of([(env::CONFIG_DIR, "/a"), (env::DATA_DIR, "/b"), (env::CACHE_DIR, "/c")]);
        let paths = Paths::resolve(&environment);
        assert_eq!(paths.config_dir().expect("named"), Path::new("/a"));
        assert_eq!(paths.data_dir().expect("named"), Path::new("/b"));
        assert_eq!(paths.cache_dir().expect("named"), Path::new("/c"));
    }

    #[test]
    fn without_a_home_the_error_names_the_variable() {
        let error = Paths::default().config_dir().expect_err("no folder");
        assert!(error.to_string().contains("ZERODEPLOY_CONFIG_DIR"), "{error}");
    }
}
