//! `_redirects` and `_headers`: their lines, and what they mean for the files of the folder.

use super::folder::Folder;
use super::found::Found;
use crate::domain::redirects::{Outcome, Redirects, Request, Rule};
use crate::domain::rules::encode::decoded_path;
use crate::domain::rules::finding::Finding;
use crate::domain::{header_rules, redirects};

/// Most files for which rules are looked up.
const MOST_FILES: usize = 20_000;
/// Names that are taken for the files' ones.
const MISTAKEN: [(&str, &str); 6] = [
    ("_redirect", redirects::FILE),
    ("_redirects.txt", redirects::FILE),
    ("redirects", redirects::FILE),
    ("_header", header_rules::FILE),
    ("_headers.txt", header_rules::FILE),
    ("headers", header_rules::FILE),
];

/// Checks both files, and looks for ones that are not where they count.
pub(super) fn check(folder: &Folder<'_>) -> Vec<Found> {
    let mut found = redirects(folder);
    found.extend(headers(folder));
    found.extend(misplaced(folder));
    found
}

fn redirects(folder: &Folder<'_>) -> Vec<Found> {
    let name = redirects::FILE;
    let bytes = match read(folder, name, redirects::MOST_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Vec::new(),
        Err(unreadable) => return vec![unreadable],
    };
    let parsed = redirects::parse(&bytes);
    let mut findings = parsed.findings;
    let rules = Redirects::new(parsed.rules, bytes.len());
    if !folder.is_partial {
        findings.extend(rules.rules().iter().filter_map(|rule| missing_file(folder, rule)));
    }
    findings.extend(hidden_by_files(folder, &rules));
    findings.sort_by_key(|finding| (finding.line, finding.column));
    findings.into_iter().map(|finding| Found::in_line(name, finding)).collect()
}

fn headers(folder: &Folder<'_>) -> Vec<Found> {
    let name = header_rules::FILE;
    match read(folder, name, header_rules::MOST_BYTES) {
        Ok(Some(bytes)) => {
            let findings = header_rules::parse(&bytes).findings;
            findings.into_iter().map(|finding| Found::in_line(name, finding)).collect()
        }
        Ok(None) => Vec::new(),
        Err(unreadable) => vec![unreadable],
    }
}

fn read(folder: &Folder<'_>, name: &str, most_bytes: usize) -> Result<Option<Vec<u8>>, Found> {
    if !folder.has(name) {
        return Ok(None);
    }
    folder.read(name, most_bytes).map(Some).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        Found::in_line(name, Finding::error("unreadable", 1, 1, message, "make it readable"))
    })
}

/// A rule that serves a file which is not there answers that nothing is there.
fn missing_file(folder: &Folder<'_>, rule: &Rule) -> Option<Finding> {
    let served = rule.served_path()?;
    let path = decoded_path(&served)?;
    if folder.answering(path.trim_matches('/')).is_some() {
        return None;
    }
    let message = format!("the folder has no file for `{path}`, which this rule answers with");
    Some(Finding::warning("missing_file", rule.line, 1, message, "put the file into the folder, or take the rule out"))
}

/// Rules without `!` for paths that the site has files for. One path: the rule never applies. A pattern: usually meant so
/// here, but Cloudflare Pages follows the rule; told once.
fn hidden_by_files(folder: &Folder<'_>, rules: &Redirects) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut of_patterns = None;
    for file in folder.paths().iter().take(MOST_FILES) {
        for path in shown_at(file) {
            let request = Request { path, is_folder: path.is_empty(), ..Request::default() };
            let Some(hit) = rules.find_other(&request, None).hit else { continue };
            let Some(rule) = rules.rules().get(hit.number as usize) else { continue };
            let served = match &hit.outcome {
                Outcome::Serve { path: Some(target), .. } => decoded_path(target),
                Outcome::Serve { path: None, .. } => continue,
                Outcome::Redirect { .. } => None,
            };
            let answers_the_same =
                served.is_some_and(|served| folder.answering(served.trim_matches('/')) == Some(*file));
            if answers_the_same {
                continue;
            }
            if hit.is_dynamic {
                of_patterns.get_or_insert((rule.line, *file));
            } else if findings.iter().all(|known| known.line != rule.line) {
                let message = format!("the folder has `{file}` for this path; a rule without `!` never applies then");
                let fix = "write `!` behind the status, or take the rule or the file out";
                findings.push(Finding::warning("hidden_by_file", rule.line, 1, message, fix));
            }
        }
    }
    if let Some((line, file)) = of_patterns {
        let message = format!(
            "files win over rules without `!` here and on Netlify (`{file}` does over this one), not on Cloudflare Pages"
        );
        let fix = "for Cloudflare Pages let the pattern leave files alone";
        let finding = Finding::warning("elsewhere_files_win", line, 1, message, fix);
        findings.push(Finding { is_elsewhere: true, ..finding });
    }
    findings
}

/// The paths, without slashes at their ends, that show a file.
fn shown_at(file: &str) -> impl Iterator<Item = &str> {
    let page = file.strip_suffix(".html");
    let folder =
        page.and_then(|page| page.strip_suffix("index")).filter(|folder| folder.is_empty() || folder.ends_with('/'));
    [Some(file), page, folder.map(|folder| folder.trim_end_matches('/'))].into_iter().flatten()
}

/// Files that look as if they should be rules but are none.
fn misplaced(folder: &Folder<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for path in folder.paths() {
        let (parent, name) = path.rsplit_once('/').map_or(("", *path), |(parent, name)| (parent, name));
        let is_name = name == redirects::FILE || name == header_rules::FILE;
        if is_name && !parent.is_empty() {
            let message = format!("only a `{name}` at the top of the folder counts; this one is served as a file");
            found.push(Found::warning(path, "misplaced", message, format!("move its lines to {name} at the top")));
        }
        let meant = MISTAKEN.iter().find(|(mistaken, _)| parent.is_empty() && *mistaken == name);
        if let Some((_, meant)) = meant.filter(|(_, meant)| !folder.has(meant)) {
            let message = format!("the file's name is not `{meant}`: it is served as a file, and sets no rules");
            found.push(Found::warning(path, "misplaced", message, format!("name it {meant}, if it has rules")));
        }
    }
    found
}
