//! Every environment variable that the command line reads: one documented constant each, in one table.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::{SettingsError, ci};

/// A variable and its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: &'static str,
    /// What it does, for help and the documentation.
    pub help: &'static str,
}

impl Variable {
    /// A variable that another program sets and documents.
    pub(super) const fn foreign(name: &'static str) -> Variable {
        Variable { name, help: "" }
    }
}

macro_rules! variables {
    ($($constant:ident = $name:literal, $help:literal;)*) => {
        $(#[doc = $help] pub const $constant: Variable = Variable { name: $name, help: $help };)*

        /// Every variable, in the order of the documentation. What CI services set stands in [`super::ci`].
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
    CI = "CI", "Set by continuous integration services: never ask, no progress bars";
    GITHUB_OUTPUT = "GITHUB_OUTPUT", "File that `deploy --github-output` adds its outputs to";
    GITHUB_STEP_SUMMARY = "GITHUB_STEP_SUMMARY", "File that `deploy --github-output` adds a summary to";
    SSH_CONNECTION = "SSH_CONNECTION", "Set over SSH: `login` and `deploy --open` open no browser";
    SSH_TTY = "SSH_TTY", "The same";
    NO_COLOR = "NO_COLOR", "Never colour";
    CLICOLOR_FORCE = "CLICOLOR_FORCE", "Colour even when piped, unless it is 0";
    TERM = "TERM", "`dumb`: neither colour nor progress bars";
    HTTPS_PROXY = "HTTPS_PROXY", "Proxy for https";
    HTTP_PROXY = "HTTP_PROXY", "Proxy for http";
    ALL_PROXY = "ALL_PROXY", "Proxy for both, where they name none";
    NO_PROXY = "NO_PROXY", "Hosts that are reached without a proxy";
}

/// The variables of a process, or of a test.
#[derive(Clone, Default)]
pub struct Environment {
    values: BTreeMap<&'static str, OsString>,
}

impl Environment {
    /// Reads the variables of [`ALL`] and those of CI services; nothing else is kept.
    pub fn of_process() -> Environment {
        let read = |variable: Variable| Some((variable.name, std::env::var_os(variable.name)?));
        Environment { values: ALL.iter().copied().chain(ci::variables()).filter_map(read).collect() }
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
