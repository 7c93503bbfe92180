//! `zerodeploy.json` after the first deploy of a project: the next one needs no arguments.

use std::path::{Path, PathBuf};

use crate::domain::slug::SiteSlug;
use crate::settings::project::FILE_NAME;
use crate::settings::project_draft::{ProjectDraft, with_site};
use crate::settings::{SettingsError, file};
use crate::ui::Ui;

/// Writes the file, or adds the site to one that names none. That it cannot be written is no failure: the site is there.
pub(in crate::commands) async fn site(ui: &Ui, base: &Path, folder: &Path, site: &SiteSlug, build: Option<&str>) {
    let path = base.join(FILE_NAME);
    let draft =
        ProjectDraft { site: site.clone(), org: None, dir: None, build: build.map(str::to_owned), ignore: Vec::new() };
    let (base, folder, target) = (base.to_owned(), folder.to_owned(), path.clone());
    let written = tokio::task::spawn_blocking(move || write(&target, draft, &base, &folder)).await;
    let advice = || format!("name the site in later deploys: zerodeploy deploy {site}");
    match written {
        Ok(Ok(Written::New)) => ui.notice(&format!("wrote {}, so that the next deploy finds the site", path.display())),
        Ok(Ok(Written::Added)) => ui.notice(&format!("added the site to {}", path.display())),
        Ok(Ok(Written::Outside)) => ui.notice(&format!(
            "no {FILE_NAME} was written, because the folder lies outside of the working one; {}",
            advice()
        )),
        Ok(Err(error)) => ui.warn(&format!("{error}; {}", advice())),
        Err(error) => ui.warn(&format!("{FILE_NAME} was not written: {error}; {}", advice())),
    }
}

enum Written {
    New,
    Added,
    Outside,
}

fn write(path: &Path, draft: ProjectDraft, base: &Path, folder: &Path) -> Result<Written, SettingsError> {
    if let Some(text) = file::read(path)? {
        let invalid = || SettingsError::Invalid { path: path.to_owned(), reason: "it is no object".to_owned() };
        let text = with_site(&text, &draft.site).ok_or_else(invalid)?;
        return file::write_shared(path, &text).map(|()| Written::Added);
    }
    let Some(dir) = relative(base, folder) else { return Ok(Written::Outside) };
    ProjectDraft { dir: Some(dir), ..draft }.write(path, false).map(|_| Written::New)
}

/// A folder as the file names it: relative to the project, with `/`; `None` outside of it.
pub(in crate::commands) fn relative(base: &Path, folder: &Path) -> Option<String> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| base.join(path));
    let inside: PathBuf = real(folder).strip_prefix(real(base)).ok()?.to_owned();
    let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_from_the_project() {
        let top = tempfile::tempdir().expect("a folder");
        let base = top.path().join("site");
        std::fs::create_dir_all(base.join("docs/dist")).expect("made");
        assert_eq!(relative(&base, &base).as_deref(), Some("."));
        assert_eq!(relative(&base, &base.join("docs/../docs/dist/")).as_deref(), Some("docs/dist"));
        assert_eq!(relative(&base, &base.join("not-built-yet")).as_deref(), Some("not-built-yet"));
        assert_eq!(relative(&base, top.path()), None);
    }
}
