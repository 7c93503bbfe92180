//! The checks of a deploy, before anything is sent.

use std::path::Path;
use std::sync::Arc;

use super::check;
use super::folder::Folder;
use super::found::Found;
use crate::api::ErrorCode;
use crate::content::scan::Scan;
use crate::domain::rules::finding::Severity;
use crate::error::CliError;
use crate::ui::{Ui, format};

/// Most findings that an error or warning names.
const MOST_NAMED: usize = 10;

/// Checks a scanned folder. `is_partial`: its files are laid over those of the current deployment.
///
/// # Errors
///
/// `configuration_invalid`, with each line and what to do about it, when a file of rules cannot be used as it is.
pub(in crate::commands) async fn before_deploy(
    ui: &Arc<Ui>,
    folder: &Path,
    scan: Scan,
    is_partial: bool,
) -> Result<Scan, CliError> {
    let root = folder.to_owned();
    let checking = move || {
        let paths = scan.manifest.iter().map(|entry| entry.path).collect();
        let found = check(&Folder::new(&root, paths, is_partial));
        (scan, found)
    };
    let (scan, found) = tokio::task::spawn_blocking(checking).await?;
    let (errors, warnings): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|one| one.severity() == Severity::Error);
    if !errors.is_empty() {
        return Err(refusal(folder, &errors));
    }
    let (elsewhere, own): (Vec<Found>, Vec<Found>) = warnings.into_iter().partition(|one| one.is_elsewhere);
    own.iter().take(MOST_NAMED).for_each(|one| ui.warn(&one.sentence()));
    let command = command(folder);
    if own.len() > MOST_NAMED {
        ui.warn(&format!("{} more: {command}", format::count((own.len() - MOST_NAMED) as u64, "warning")));
    }
    if !elsewhere.is_empty() {
        let count = format::count(elsewhere.len() as u64, "rule");
        ui.notice(&format!("the rules of this site mean something else on other services ({count}): {command}"));
    }
    Ok(scan)
}

fn refusal(folder: &Path, errors: &[Found]) -> CliError {
    let mut lines: Vec<String> = errors.iter().take(MOST_NAMED).map(Found::sentence).collect();
    if errors.len() > MOST_NAMED {
        lines.push(format!("and {} more", errors.len() - MOST_NAMED));
    }
    let message = format!("the site's own rules cannot be used:\n{}", lines.join("\n"));
    let findings = serde_json::to_value(errors).unwrap_or_default();
    CliError::new(ErrorCode::ConfigurationInvalid, message)
        .hint(format!("put them right; all that is to be said: {}", command(folder)))
        .detail("findings", findings)
}

fn command(folder: &Path) -> String {
    format!("zerodeploy check --dir {}", folder.display())
}
