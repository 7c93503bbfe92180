//! `zerodeploy.json`: what a project says about its own deployment.
//!
//! It holds no address of a server: a cloned repository must not choose where credentials go.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::Deserialize;
use serde_json::Value;

use super::{SettingsError, file};
use crate::domain::did_you_mean;
use crate::domain::slug::{OrgSlug, SiteSlug};

/// The file's name.
pub const FILE_NAME: &str = "zerodeploy.json";

const KNOWN_KEYS: [&str; 8] = ["$schema", "site", "dir", "org", "build", "install", "ignore", "profile"];

/// A project's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The file they came from.
    pub file: PathBuf,
    /// The site's slug.
    pub site: Option<SiteSlug>,
    /// The folder to deploy, relative to the file's folder.
    pub dir: Option<PathBuf>,
    /// The organization's slug.
    pub org: Option<OrgSlug>,
    /// The command that builds the site.
    pub build: Option<String>,
    /// The command that installs what the build needs.
    pub install: Option<String>,
    /// Patterns of files to leave out.
    pub ignore: Vec<String>,
    /// The profile to use, once the person has agreed.
    pub profile: Option<String>,
    /// What is odd about the file, one sentence each.
    pub warnings: Vec<String>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    site: Option<String>,
    dir: Option<PathBuf>,
    org: Option<String>,
    build: Option<String>,
    install: Option<String>,
    #[serde(default)]
    ignore: Vec<String>,
    profile: Option<String>,
    #[serde(flatten)]
    unknown: serde_json::Map<String, Value>,
}

impl Project {
    /// Looks for the file in `start` and upwards, up to a folder that holds `.git` or is the home.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or a value has the wrong type (with its line).
    pub fn find(start: &Path, home: Option<&Path>) -> Result<Option<Project>, SettingsError> {
        for folder in start.ancestors() {
            let path = folder.join(FILE_NAME);
            if let Some(text) = file::read(&path)? {
                let is_foreign = folder != start && is_of_another_user(&path);
                let mut project = Project::parse(path, &text)?;
                if is_foreign {
                    let path = project.file.display();
                    project.warnings.push(format!("{path} belongs to another user; check that its settings are yours"));
                }
                return Ok(Some(project));
            }
            if Some(folder) == home || folder.join(".git").exists() {
                break;
            }
        }
        Ok(None)
    }

    /// The folder that holds the file.
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }

    /// The folder to deploy, when the file names one.
    pub fn deployed_folder(&self) -> Option<PathBuf> {
        self.dir.as_ref().map(|dir| self.folder().join(dir))
    }

    fn parse(path: PathBuf, text: &str) -> Result<Project, SettingsError> {
        let content: Content = serde_json::from_str(text)
            .map_err(|error| SettingsError::Invalid { path: path.clone(), reason: error.to_string() })?;
        let slugs = (slug(&path, text, "site", content.site)?, slug(&path, text, "org", content.org)?);
        let warnings = content.unknown.keys().map(|key| warning(&path, key)).collect();
        Ok(Project {
            file: path,
            site: slugs.0,
            dir: content.dir,
            org: slugs.1,
            build: content.build,
            install: content.install,
            ignore: content.ignore,
            profile: content.profile,
            warnings,
        })
    }
}

/// Whether another user may have put a file there for us to find: in a folder such as `/tmp` anybody can.
#[cfg(unix)]
fn is_of_another_user(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let ours = [0, rustix::process::geteuid().as_raw()];
    std::fs::metadata(path).is_ok_and(|metadata| !ours.contains(&metadata.uid()))
}

#[cfg(not(unix))]
fn is_of_another_user(_: &Path) -> bool {
    false
}

/// Reads a slug. The JSON parser would tell the line where the object ends, so the key is looked for here.
fn slug<S: FromStr<Err: Display>>(
    path: &Path,
    text: &str,
    key: &str,
    value: Option<String>,
) -> Result<Option<S>, SettingsError> {
    let Some(value) = value else { return Ok(None) };
    value.parse().map(Some).map_err(|error: S::Err| {
        let line = text.lines().position(|line| line.contains(&format!("\"{key}\""))).unwrap_or(0) + 1;
        SettingsError::Invalid { path: path.to_owned(), reason: format!("`{key}`: {error} at line {line}") }
    })
}

fn warning(path: &Path, key: &str) -> String {
    let path = path.display();
    if matches!(key, "url" | "api_url" | "apiUrl" | "api" | "server") {
        return format!(
            "{path}: `{key}` is ignored: the file cannot choose the server; name a `profile`, or use --api-url"
        );
    }
    match did_you_mean(key, KNOWN_KEYS) {
        Some(known) => format!("{path}: unknown key `{key}` is ignored; did you mean `{known}`?"),
        None => format!("{path}: unknown key `{key}` is ignored"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Project, SettingsError> {
        Project::parse(PathBuf::from("/p/zerodeploy.json"), text)
    }

    #[test]
    fn the_documented_file_is_read() {
        let project = parse(
            r#"{"$schema": "x", "site": "blog", "dir": "docs/dist", "org": "acme", "build": "b", "install": "i",
                "ignore": ["*.map", "drafts/"], "profile": "work"}"#,
        )
        .expect("valid");
        assert_eq!(project.site.as_ref().map(|site| site.as_str()), Some("blog"));
        assert_eq!(project.deployed_folder(), Some(PathBuf::from("/p/docs/dist")));
        assert_eq!(project.ignore, ["*.map", "drafts/"]);
        assert_eq!(project.warnings, Vec::<String>::new());
    }

    #[test]
    fn a_wrong_type_names_its_line() {
        for (text, line) in [
            ("{\n  \"site\": 5\n}", "line 2"),
            ("{\n\n  \"ignore\": \"*.map\"\n}", "line 3"),
            ("{\n  \"site\": \"Not A Slug\"\n}", "line 2"),
            ("{\"site\": \"a-b\",}", "line 1"),
            ("[]", "line 1"),
        ] {
            let error = parse(text).expect_err("invalid").to_string();
            assert!(error.contains("/p/zerodeploy.json") && error.contains(line), "{error}");
        }
    }

    #[test]
    fn unknown_keys_are_warnings() {
        let project = parse(r#"{"site": "blog", "ignor": [], "api_url": "http://evil", "zzz": null}"#).expect("valid");
        assert_eq!(project.warnings.len(), 3);
        assert!(project.warnings.iter().any(|warning| warning.contains("did you mean `ignore`?")));
        assert!(project.warnings.iter().any(|warning| warning.contains("cannot choose the server")));
    }

    #[test]
    fn the_published_schema_has_the_keys_that_are_read() {
        let schema: Value =
            serde_json::from_str(include_str!("../../docs/zerodeploy.schema.json")).expect("a JSON document");
        assert_eq!(schema["additionalProperties"], false, "an editor marks what is ignored");
        let properties = schema["properties"].as_object().expect("an object");
        let mut known = KNOWN_KEYS;
        known.sort_unstable();
        assert_eq!(properties.keys().map(String::as_str).collect::<Vec<_>>(), known);
        for (key, property) in properties {
            let wrong = if property["type"] == "array" { r#""text""# } else { "[]" };
            assert!(parse(&format!("{{\"{key}\": {wrong}}}")).is_err(), "the type of `{key}`");
            assert!(property["description"].is_string(), "`{key}` is explained");
        }
    }

    #[test]
    fn the_search_goes_up_and_stops_at_a_repository_and_at_home() {
        let top = tempfile::tempdir().expect("a folder");
        let deep = top.path().join("repository/packages/web");
        std::fs::create_dir_all(&deep).expect("made");
        std::fs::write(top.path().join(FILE_NAME), r#"{"site": "outer"}"#).expect("written");
        let found = |home: Option<&Path>| {
            Project::find(&deep, home).expect("readable").and_then(|project| project.site).map(|site| site.to_string())
        };
        assert_eq!(found(None).as_deref(), Some("outer"));
        assert_eq!(found(Some(&top.path().join("repository"))), None);
        std::fs::create_dir(top.path().join("repository/.git")).expect("made");
        assert_eq!(found(None), None);
        std::fs::write(top.path().join("repository").join(FILE_NAME), r#"{"site": "inner"}"#).expect("written");
        assert_eq!(found(None).as_deref(), Some("inner"));
    }
}
