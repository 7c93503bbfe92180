//! A site's name for a folder that nobody has named.

use std::path::Path;

use serde::Deserialize;

use crate::domain::slug::SiteSlug;
use crate::project::OUTPUT_FOLDERS;
use crate::settings::file;

/// The name in `package.json` of the folder or its parents up to the project's root, else the folder's own, or its
/// parent's for an output folder; made a legal slug. `folder` is absolute and without links.
pub(super) fn derive(folder: &Path) -> Option<SiteSlug> {
    package_name(folder).and_then(|name| SiteSlug::from_name(&name)).or_else(|| {
        let named = folder.file_name()?.to_str()?;
        let named = if OUTPUT_FOLDERS.contains(&named) { folder.parent()?.file_name()?.to_str()? } else { named };
        SiteSlug::from_name(named)
    })
}

fn package_name(folder: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Package {
        name: Option<String>,
    }
    let is_root = |folder: &Path| folder.join(".git").exists() || folder.join("zerodeploy.json").exists();
    let root = folder.ancestors().find(|ancestor| is_root(ancestor));
    // Without a root only what made the folder belongs to the project, not whatever lies further up.
    let is_output =
        folder.file_name().and_then(|name| name.to_str()).is_some_and(|name| OUTPUT_FOLDERS.contains(&name));
    let last = root.or_else(|| folder.parent().filter(|_| is_output)).unwrap_or(folder);
    let inside = folder.ancestors().take_while(|ancestor| ancestor.starts_with(last));
    inside
        .filter_map(|ancestor| file::read(&ancestor.join("package.json")).ok()?)
        .find_map(|text| serde_json::from_str::<Package>(&text).ok()?.name)
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn derived(path: &Path) -> Option<String> {
        derive(path).map(|slug| slug.to_string())
    }

    #[test]
    fn packages_win_over_folders_and_output_folders_are_named_by_their_parent() {
        let top = tempfile::tempdir().expect("a folder");
        let folder = top.path().join("My Blog/dist");
        fs::create_dir_all(&folder).expect("made");
        assert_eq!(derived(&folder).as_deref(), Some("my-blog"));
        assert_eq!(derived(&top.path().join("My Blog")).as_deref(), Some("my-blog"));
        fs::write(top.path().join("package.json"), r#"{"name": "not-mine"}"#).expect("written");
        assert_eq!(derived(&folder).as_deref(), Some("my-blog"), "outside any project");
        fs::write(top.path().join("My Blog/package.json"), r#"{"name": "@acme/weblog"}"#).expect("written");
        assert_eq!(derived(&folder).as_deref(), Some("weblog"));
    }

    #[test]
    fn the_search_ends_at_the_project_root() {
        let top = tempfile::tempdir().expect("a folder");
        let folder = top.path().join("repository/examples/hello");
        fs::create_dir_all(&folder).expect("made");
        fs::create_dir(top.path().join("repository/.git")).expect("made");
        fs::write(top.path().join("package.json"), r#"{"name": "outer"}"#).expect("written");
        assert_eq!(derived(&folder).as_deref(), Some("hello"));
        fs::write(top.path().join("repository/package.json"), r#"{"name": "inner"}"#).expect("written");
        assert_eq!(derived(&folder).as_deref(), Some("inner"));
        fs::write(folder.join("package.json"), "{broken").expect("written");
        assert_eq!(derived(&folder).as_deref(), Some("inner"));
    }

    #[test]
    fn a_name_without_usable_characters_is_none() {
        assert_eq!(derive(Path::new("/日本")), None);
        assert_eq!(derive(Path::new("/")), None);
    }
}
