//! A new `zerodeploy.json`, and adding the site to one that names none.

use std::path::Path;

use serde::Serialize;

use super::{SettingsError, file};
use crate::domain::slug::{OrgSlug, SiteSlug};

/// What a new file says, in the order in which it says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectDraft {
    /// The site.
    pub site: SiteSlug,
    /// The organization, when one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgSlug>,
    /// The folder to deploy, relative to the file's, with `/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<String>,
    /// The command that builds the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// Patterns of files to leave out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

impl ProjectDraft {
    /// The file's text.
    pub fn text(&self) -> String {
        // Texts and lists of texts always have a JSON form.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// Writes the file. Without `replace` one that is there stays as it is, and the answer is `false`.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn write(&self, path: &Path, replace: bool) -> Result<bool, SettingsError> {
        if replace {
            file::write_shared(path, &self.text()).map(|()| true)
        } else {
            file::create_shared(path, &self.text())
        }
    }
}

/// Puts the site into the text of a file that names none; everything else stays as it stands. `None` when the text is no
/// object.
pub fn with_site(text: &str, site: &SiteSlug) -> Option<String> {
    let (before, after) = text.split_once('{')?;
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    let comma = if object.is_empty() { "\n" } else { "," };
    Some(format!("{before}{{\n  \"site\": \"{site}\"{comma}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::project::{FILE_NAME, Project};

    fn draft() -> ProjectDraft {
        ProjectDraft {
            site: "blog".parse().expect("a slug"),
            org: None,
            dir: Some("dist".to_owned()),
            build: Some("npm run build".to_owned()),
            ignore: vec!["*.map".to_owned()],
        }
    }

    #[test]
    fn what_is_written_is_read_back_without_a_warning() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE_NAME);
        assert_eq!(draft().write(&path, false), Ok(true));
        let read = Project::find(folder.path(), None).expect("valid").expect("there");
        assert_eq!(read.site, Some(draft().site));
        assert_eq!((read.build, read.ignore), (draft().build, draft().ignore));
        assert_eq!(read.warnings, Vec::<String>::new());
        insta::assert_snapshot!(draft().text(), @r#"
        {
          "site": "blog",
          "dir": "dist",
          "build": "npm run build",
          "ignore": [
            "*.map"
          ]
        }
        "#);
    }

    #[test]
    fn a_file_that_is_there_is_only_replaced_when_told_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, "mine").expect("written");
        assert_eq!(draft().write(&path, false), Ok(false));
        assert_eq!(std::fs::read_to_string(&path).expect("readable"), "mine");
        assert_eq!(draft().write(&path, true), Ok(true));
        assert_eq!(std::fs::read_to_string(&path).expect("readable"), draft().text());
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_site_is_added_where_none_is_named() {
        let site = draft().site;
        let added = |text: &str| with_site(text, &site);
        assert_eq!(added("{}").as_deref(), Some("{\n  \"site\": \"blog\"\n}"));
        assert_eq!(
            added("{\n  \"dir\": \"out\"\n}\n").as_deref(),
            Some("{\n  \"site\": \"blog\",\n  \"dir\": \"out\"\n}\n")
        );
        assert_eq!(added("[]"), None);
    }
}
