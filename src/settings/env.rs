//! Every environment variable that the command line reads: one documented constant each, in one table.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::SettingsError;
use crate::domain::user_agent::Ci;

/// A variable and its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: &'static str,
    /// What it does, for help and the documentation.
    pub help: &'static str,
}

macro_rules! variables {
    ($($constant:ident = $name:literal, $help:literal;)*) => {
        $(#[doc = $help] pub const $constant: Variable = Variable { name: $name, help: $help };)*

        /// Every variable, in the order of the documentation.
        pub const ALL: &[Variable] = &[$($constant,)*];
    };
}

variables! {
    TOKEN = "ZERODEPLOY_TOKEN", "Token or session; wins over every stored credential";
    ORG = "ZERODEPLOY_ORG", "Organization slug where no option names one";
    SITE = "ZERODEPLOY_SITE", "Site slug where no argument names one";
    API_URL = "ZERODEPLOY_API_URL", "Address of the server; --api-url wins";
    PROFILE = "ZERODEPLOY_PROFILE", "Profile of the user configuration; --profile wins";
    KEYRING = "ZERODEPLOY_KEYRING", "`off`: never use the operating system's keyring";
    CA_FILE = "ZERODEPLOY_CA_FILE", "PEM file of certificate authorities to trust besides the system's";
    CONFIG_DIR = "ZERODEPLOY_CONFIG_DIR", "Folder of config.json and credentials.json";
    DATA_DIR = "ZERODEPLOY_DATA_DIR", "Data folder of `serve` and `deploy --local`";
    CACHE_DIR = "ZERODEPLOY_CACHE_DIR", "Folder of what can be found out again: hashes of files, servers that are known";
    LOG = "ZERODEPLOY_LOG", "Log filter such as `zerodeploy=debug`; wins over -v";
    NO_INPUT = "ZERODEPLOY_NO_INPUT", "Never ask, as with --no-input";
    CI = "CI", "Set by continuous integration services: never ask";
    SSH_CONNECTION = "SSH_CONNECTION", "Set over SSH: `login` opens no browser";
    SSH_TTY = "SSH_TTY", "The same";
    NO_COLOR = "NO_COLOR", "Never colour";
    CLICOLOR_FORCE = "CLICOLOR_FORCE", "Colour even when piped, unless it is 0";
    TERM = "TERM", "`dumb`: neither colour nor progress bars";
    HTTPS_PROXY = "HTTPS_PROXY", "Proxy for https";
    HTTP_PROXY = "HTTP_PROXY", "Proxy for http";
    ALL_PROXY = "ALL_PROXY", "Proxy for both, where they name none";
    NO_PROXY = "NO_PROXY", "Hosts that are reached without a proxy";
}

const fn set_by(name: &'static str) -> Variable {
    Variable { name, help: "Set by a continuous integration service: the server is told its name" }
}

/// Continuous integration services by the variable that each of them sets. Only whether it is set is read.
pub const CI_SERVICES: &[(Variable, &str)] = &[
    (set_by("GITHUB_ACTIONS"), "github-actions"),
    (set_by("GITLAB_CI"), "gitlab-ci"),
    (set_by("CIRCLECI"), "circleci"),
    (set_by("BUILDKITE"), "buildkite"),
    (set_by("JENKINS_URL"), "jenkins"),
    (set_by("TF_BUILD"), "azure-pipelines"),
    (set_by("BITBUCKET_BUILD_NUMBER"), "bitbucket-pipelines"),
    (set_by("CODEBUILD_BUILD_ID"), "aws-codebuild"),
    (set_by("TEAMCITY_VERSION"), "teamcity"),
    (set_by("TRAVIS"), "travis-ci"),
    (set_by("DRONE"), "drone"),
    (set_by("CIRRUS_CI"), "cirrus-ci"),
    (set_by("SEMAPHORE"), "semaphore"),
    (set_by("WOODPECKER"), "woodpecker"),
];

/// The variables of a process, or of a test.
#[derive(Clone, Default)]
pub struct Environment {
    values: BTreeMap<&'static str, OsString>,
}

impl Environment {
    /// Reads the variables of [`ALL`] and [`CI_SERVICES`]; nothing else is kept.
    pub fn of_process() -> Environment {
        let read = |variable: &Variable| Some((variable.name, std::env::var_os(variable.name)?));
        let all = ALL.iter().chain(CI_SERVICES.iter().map(|(variable, _)| variable));
        Environment { values: all.filter_map(read).collect() }
    }

    /// An environment of exactly these variables.
    pub fn of(values: impl IntoIterator<Item = (Variable, impl Into<OsString>)>) -> Environment {
        Environment { values: values.into_iter().map(|(variable, value)| (variable.name, value.into())).collect() }
    }

    /// A variable's value; an empty one counts as not set.
    ///
    /// # Errors
    ///
    /// When the value is not UTF-8. The value is not told: it may be a secret.
    pub fn text(&self, variable: Variable) -> Result<Option<&str>, SettingsError> {
        let Some(value) = self.values.get(variable.name).filter(|value| !value.is_empty()) else { return Ok(None) };
        let text = value.to_str().ok_or_else(|| SettingsError::Environment {
            name: variable.name,
            reason: "its value is not UTF-8".to_owned(),
        })?;
        Ok(Some(text))
    }

    /// A variable's value read as `T`.
    ///
    /// # Errors
    ///
    /// When the value cannot be read.
    pub fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        variable: Variable,
    ) -> Result<Option<T>, SettingsError> {
        let parse = |text: &str| {
            text.parse()
                .map_err(|error: T::Err| SettingsError::Environment { name: variable.name, reason: error.to_string() })
        };
        self.text(variable)?.map(parse).transpose()
    }

    /// A variable's value as a path; an empty one counts as not set.
    pub fn path(&self, variable: Variable) -> Option<PathBuf> {
        self.values.get(variable.name).filter(|value| !value.is_empty()).map(PathBuf::from)
    }

    /// The continuous integration that this runs in, if any.
    pub fn ci(&self) -> Option<Ci> {
        let service = CI_SERVICES.iter().find(|(variable, _)| self.is_on(*variable));
        match service {
            Some((_, name)) => Some(Ci::Service(name)),
            None => self.is_on(CI).then_some(Ci::Unnamed),
        }
    }

    /// Whether a switch is on: set, and neither empty nor `0`, `false`, `no` or `off`.
    pub fn is_on(&self, variable: Variable) -> bool {
        self.values.get(variable.name).is_some_and(|value| {
            let value = value.to_string_lossy().to_ascii_lowercase();
            !matches!(value.as_str(), "" | "0" | "false" | "no" | "off")
        })
    }
}

/// Names only: a value may be a secret.
impl std::fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.values.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_counts_as_not_set_and_switches_can_be_switched_off() {
        let environment = Environment::of([(ORG, ""), (SITE, "blog"), (CI, "false"), (NO_INPUT, "1")]);
        assert_eq!(environment.text(ORG).expect("text"), None);
        assert_eq!(environment.text(SITE).expect("text"), Some("blog"));
        assert_eq!(environment.path(DATA_DIR), None);
        assert!(!environment.is_on(CI));
        assert!(environment.is_on(NO_INPUT));
        assert!(!environment.is_on(NO_COLOR));
    }

    #[test]
    fn continuous_integration_is_known_by_its_variable() {
        let ci = |values: &[(Variable, &str)]| Environment::of(values.iter().copied()).ci();
        assert_eq!(ci(&[]), None);
        assert_eq!(ci(&[(CI, "true")]), Some(Ci::Unnamed));
        for (variable, name) in CI_SERVICES {
            assert_eq!(ci(&[(CI, "true"), (*variable, "1")]), Some(Ci::Service(name)));
            assert_eq!(ci(&[(*variable, "false")]), None);
        }
    }

    #[test]
    fn values_are_never_shown() {
        let environment = Environment::of([(TOKEN, "zd_secret")]);
        assert_eq!(format!("{environment:?}"), r#"{"ZERODEPLOY_TOKEN"}"#);
    }

    #[test]
    fn a_value_that_cannot_be_read_names_its_variable() {
        let environment = Environment::of([(SITE, "My Site")]);
        let error = environment.parsed::<crate::domain::slug::SiteSlug>(SITE).expect_err("no slug");
        assert!(error.to_string().starts_with("ZERODEPLOY_SITE"), "{error}");
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = ALL.iter().map(|variable| variable.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }
}
