//! `check`: mistakes that are better known before a site is public. A deploy runs the same checks.

mod deploy;
mod folder;
mod found;
mod rule_files;
#[cfg(test)]
mod tests;

use std::path::Path;

use self::folder::Folder;
use self::found::Found;
use super::deploy::scan_error;
use super::project::{self, place::Place};
use crate::api::ErrorCode;
use crate::cli::check::CheckArgs;
use crate::content::scan;
use crate::context::Context;
use crate::domain::rules::finding::Severity;
use crate::error::CliError;
use crate::ui::format;

pub(super) use self::deploy::before_deploy;

/// One kind of mistake.
type Check = fn(&Folder<'_>) -> Vec<Found>;

/// Every check, in the order in which they are told.
const CHECKS: [Check; 1] = [rule_files::check];

/// Runs the command.
///
/// # Errors
///
/// `configuration_invalid` when a deploy would be refused, `findings` when warnings count as errors, and what a deploy says
/// about a folder that cannot be read.
pub async fn run(context: &Context, args: CheckArgs) -> Result<(), CliError> {
    let place = Place::new(context, args.dir.as_deref())?;
    let folder = place.folder(context, &project::base(context)?, false, "checking").await?;
    let project = context.settings.project()?;
    let ignore = project.map(|project| project.ignore.clone()).unwrap_or_default();
    let found = tokio::task::spawn_blocking(move || check_folder(&folder, &ignore)).await??;
    if context.ui.is_json() {
        context.ui.json(&found)?;
    } else {
        context.ui.table(&found::table(&found))?;
    }
    let count = |severity| found.iter().filter(|one| one.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let told = format!("{}, {}", format::count(errors as u64, "error"), format::count(warnings as u64, "warning"));
    if errors > 0 {
        let hint = "put the lines right; a deploy is refused until then";
        return Err(CliError::new(ErrorCode::ConfigurationInvalid, told).hint(hint).beside_data());
    }
    if args.strict && warnings > 0 {
        let hint = "put the lines right, or leave --strict out";
        return Err(CliError::new(ErrorCode::Findings, told).hint(hint).beside_data());
    }
    context.ui.status(if warnings > 0 { &told } else { "Nothing to say" });
    Ok(())
}

fn check_folder(folder: &Path, ignore: &[String]) -> Result<Vec<Found>, CliError> {
    let (root, walk) = scan::list(folder, ignore).map_err(|error| scan_error(&error))?;
    let paths = walk.files.iter().map(|file| file.path.as_str()).collect();
    Ok(check(&Folder::new(&root, paths, false)))
}

fn check(folder: &Folder<'_>) -> Vec<Found> {
    CHECKS.iter().flat_map(|check| check(folder)).collect()
}
