//! `--dry-run`: what a deploy would change, without beginning one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plan::Plan;
use super::target::Target;
use super::{engine, order, prepare};
use crate::api::ErrorCode;
use crate::api::deployments::DeployedFile;
use crate::cli::deploy::DeployArgs;
use crate::commands::hints;
use crate::content::blob::BlobId;
use crate::content::manifest::Manifest;
use crate::context::Context;
use crate::domain::deployment_id::DeploymentId;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};
use crate::ui::{Ui, format};

/// A file on one side only.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct File {
    path: String,
    size_bytes: u64,
}

/// A file with another content.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Changed {
    path: String,
    size_bytes: u64,
    previous_size_bytes: u64,
}

/// What would change, by path.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Difference {
    added: Vec<File>,
    changed: Vec<Changed>,
    removed: Vec<File>,
    unchanged_files: u64,
    /// Contents that the current deployment lacks; the server may have them of another one.
    upload_bytes_at_most: u64,
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    success: bool,
    dry_run: bool,
    site: &'a str,
    site_exists: bool,
    is_preview: bool,
    append: bool,
    compared_with: Option<DeploymentId>,
    file_count: u64,
    total_size_bytes: u64,
    #[serde(flatten)]
    difference: &'a Difference,
}

/// Compares the folder with what the site serves now, and prints that.
pub(super) async fn run(ctx: &Context, args: &DeployArgs, plan: &Plan) -> Result<(), CliError> {
    let (client, target, folder) = prepare(ctx, args, plan).await?;
    let order = order(ctx, args, folder, target.site().clone())?;
    let site_exists = matches!(target, Target::There(_));
    let current = match site_exists {
        true => {
            client.site(order.site.as_str()).await.or_hint(ErrorCode::NotFound, hints::SITES)?.current_deployment_id
        }
        false => None,
    };
    let files = match &current {
        Some(id) => client.deployment_files(id).await?,
        None => Vec::new(),
    };
    let scan = engine::scan(&ctx.ui, &order).await?;
    let difference = compare(&scan.manifest, &files, args.append);
    let report = Report {
        success: true,
        dry_run: true,
        site: order.site.as_str(),
        site_exists,
        is_preview: order.finish.preview,
        append: args.append,
        compared_with: current,
        file_count: scan.manifest.len() as u64,
        total_size_bytes: scan.manifest.total_size(),
        difference: &difference,
    };
    print(&ctx.ui, &report)
}

fn compare(manifest: &Manifest, current: &[DeployedFile], append: bool) -> Difference {
    let mut difference = Difference::default();
    let mut before: BTreeMap<&str, &DeployedFile> = current.iter().map(|file| (file.path.as_str(), file)).collect();
    let mut missing: BTreeMap<BlobId, u64> = BTreeMap::new();
    for entry in manifest.iter() {
        let (path, size_bytes) = (entry.path.to_owned(), entry.size);
        match before.remove(entry.path) {
            Some(file) if file.blob == entry.blob => {
                difference.unchanged_files += 1;
                continue;
            }
            Some(file) => difference.changed.push(Changed { path, size_bytes, previous_size_bytes: file.size_bytes }),
            None => difference.added.push(File { path, size_bytes }),
        }
        missing.insert(entry.blob, entry.size);
    }
    current.iter().for_each(|file| {
        missing.remove(&file.blob);
    });
    difference.upload_bytes_at_most = missing.values().sum();
    if !append {
        let removed = before.into_values();
        difference.removed =
            removed.map(|file| File { path: file.path.clone(), size_bytes: file.size_bytes }).collect();
    }
    difference
}

fn print(ui: &Ui, report: &Report<'_>) -> Result<(), CliError> {
    if ui.is_json() {
        return Ok(ui.json(report)?);
    }
    let Difference { added, changed, removed, unchanged_files, upload_bytes_at_most } = report.difference;
    let mut table = Table::new(&["change", "path", "size", "before"]);
    let mut row = |change: &str, path: &str, size: Cell, before: Cell| {
        table.row(vec![change.into(), path.into(), size, before]);
    };
    added.iter().for_each(|file| row("added", &file.path, Cell::Bytes(file.size_bytes), Cell::Missing));
    changed.iter().for_each(|file| {
        row("changed", &file.path, Cell::Bytes(file.size_bytes), Cell::Bytes(file.previous_size_bytes));
    });
    removed.iter().for_each(|file| row("removed", &file.path, Cell::Missing, Cell::Bytes(file.size_bytes)));
    ui.table(&table)?;
    let against = match (&report.compared_with, report.site_exists) {
        (Some(id), _) => format!("compared with {id}, which {} serves now", report.site),
        (None, true) => format!("{} has no deployment yet", report.site),
        (None, false) => format!("the site {} would be made", report.site),
    };
    ui.status(&format!(
        "Nothing was deployed: {} added, {} changed, {} removed, {} unchanged; at most {} to send; {against}",
        format::thousands(added.len() as u64),
        format::thousands(changed.len() as u64),
        format::thousands(removed.len() as u64),
        format::thousands(*unchanged_files),
        format::bytes(*upload_bytes_at_most),
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::path::SitePath;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let entry = |(path, text): &(&str, &str)| {
            let path = SitePath::new(path).expect("a path");
            (path, BlobId::of(text.as_bytes()), text.len() as u64)
        };
        Manifest::build(files.iter().map(entry).collect()).expect("a manifest")
    }

    fn deployed(files: &[(&str, &str)]) -> Vec<DeployedFile> {
        let file = |(path, text): &(&str, &str)| DeployedFile {
            path: (*path).to_owned(),
            blob: BlobId::of(text.as_bytes()),
            size_bytes: text.len() as u64,
            content_type: "text/html".to_owned(),
        };
        files.iter().map(file).collect()
    }

    #[test]
    fn files_are_compared_by_content_and_contents_are_counted_once() {
        let before = deployed(&[("a.html", "same"), ("b.html", "old"), ("c.html", "gone")]);
        let after = manifest(&[
            ("a.html", "same"),
            ("b.html", "newer"),
            ("d.html", "twin"),
            ("e.html", "twin"),
            ("f.html", "gone"),
        ]);
        let difference = compare(&after, &before, false);
        let paths = |files: &[File]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&difference.added), ["d.html", "e.html", "f.html"]);
        assert_eq!(paths(&difference.removed), ["c.html"]);
        let changed = Changed { path: "b.html".to_owned(), size_bytes: 5, previous_size_bytes: 3 };
        assert_eq!((difference.changed.as_slice(), difference.unchanged_files), (&[changed][..], 1));
        assert_eq!(difference.upload_bytes_at_most, 5 + 4, "`gone` is there, `twin` is sent once");
        assert!(compare(&after, &before, true).removed.is_empty(), "--append keeps what is there");
    }
}
