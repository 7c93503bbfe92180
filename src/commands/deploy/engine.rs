//! One deployment from the first look at the folder to the published site: scan, begin, upload, finish.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::api::ErrorCode;
use crate::api::deployments::{BeginDeployment, BegunDeployment, FinishDeployment, FinishedDeployment, MissingBlobs};
use crate::client::error::ClientError;
use crate::client::upload::{self, UploadError, UploadProgress, UploadSummary};
use crate::client::zerodeploy::ZeroDeploy;
use crate::commands::check;
use crate::content::blob::BlobId;
use crate::content::ignore_rules::{LeftOut, Reason};
use crate::content::manifest::Entry;
use crate::content::scan::{Scan, ScanOptions, ScanProgress};
use crate::content::scan_error::{Problem, ProblemKind, Problems, ScanError};
use crate::domain::slug::SiteSlug;
use crate::error::CliError;
use crate::ui::Ui;
use crate::ui::progress::{Phase, Progress};

/// How often contents that went missing on the server are sent again before giving up.
const FINISH_ROUNDS: usize = 3;
/// How often a phase without bytes looks whether to show itself.
const TICK: Duration = Duration::from_millis(200);
/// How many of the files that are left out are named.
const LEFT_OUT_NAMED: usize = 5;

/// What to deploy, and where to.
#[derive(Debug)]
pub(super) struct Order {
    /// The site.
    pub(super) site: SiteSlug,
    /// The folder.
    pub(super) folder: PathBuf,
    /// The project's ignore patterns.
    pub(super) ignore: Vec<String>,
    /// Where hashes are remembered; `None`: nowhere.
    pub(super) cache_dir: Option<PathBuf>,
    /// How it is published.
    pub(super) finish: FinishDeployment,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Deployed {
    /// The new deployment.
    pub(super) finished: FinishedDeployment,
    /// What was sent.
    pub(super) uploaded: UploadSummary,
    /// Whether the site got exactly these files from here before.
    pub(super) unchanged: bool,
}

/// Why a try to publish a scan ended.
enum Interruption {
    /// These contents must be scanned again.
    Changed(Vec<BlobId>),
    /// Nothing can be done here.
    Final(CliError),
}

impl<E: Into<CliError>> From<E> for Interruption {
    fn from(error: E) -> Self {
        Interruption::Final(error.into())
    }
}

/// Scans the folder without sending anything.
pub(super) async fn scan(ui: &Arc<Ui>, order: &Order) -> Result<Scan, CliError> {
    let scan = scan_folder(ui, order).await?;
    scan.warnings.iter().for_each(|warning| ui.warn(warning));
    if let Some(left_out) = left_out(&scan.left_out, ui.verbosity() > 0) {
        ui.notice(&left_out);
    }
    check::before_deploy(ui, &order.folder, scan, order.finish.append).await
}

/// Deploys a scanned folder. When files turn out to have changed since, it is scanned once more.
pub(super) async fn deploy(
    ui: &Arc<Ui>,
    client: &ZeroDeploy,
    order: &Order,
    mut scan: Scan,
) -> Result<Deployed, CliError> {
    let mut result = publish(ui, client, order, &scan).await;
    if let Err(Interruption::Changed(blobs)) = &result {
        ui.status("Files changed while they were sent; reading them again");
        blobs.iter().for_each(|blob| scan.forget(blob));
        save(ui, scan).await?;
        scan = scan_folder(ui, order).await?;
        result = publish(ui, client, order, &scan).await;
    }
    if result.is_ok() {
        scan.set_last_manifest(client.origin(), order.site.as_str());
    }
    let result = result.map_err(|interruption| match interruption {
        Interruption::Final(error) => error,
        Interruption::Changed(blobs) => keeps_changing(&scan, &blobs),
    });
    save(ui, scan).await?;
    result
}

/// Names the files that were not twice the same.
fn keeps_changing(scan: &Scan, blobs: &[BlobId]) -> CliError {
    let changing = scan.manifest.iter().filter(|entry| blobs.contains(&entry.blob));
    let problem = |entry: Entry<'_>| Problem { path: entry.path.to_owned(), kind: ProblemKind::Changing };
    CliError::new(ErrorCode::FileUnusable, Problems::of(changing.map(problem).collect()).to_string())
}

async fn publish(ui: &Arc<Ui>, client: &ZeroDeploy, order: &Order, scan: &Scan) -> Result<Deployed, Interruption> {
    let (mut begun, unchanged) = while_showing(ui, Phase::Comparing, begin(client, order, scan)).await?;
    let mut uploaded = send(ui, client, &begun, scan).await?;
    let mut rounds = 0;
    let finished = loop {
        let finish = client.finish_deployment(&begun.deployment_id, &order.finish);
        let error = match while_showing(ui, Phase::Publishing, finish).await {
            Ok(finished) => break finished,
            Err(error) => error,
        };
        rounds += 1;
        let Some(missing) = missing_blobs(&error).filter(|_| rounds < FINISH_ROUNDS) else {
            return Err(error.into());
        };
        // The server lost contents since it was asked what it lacks: its garbage collection ran, or a disk failed.
        begun.missing = missing.missing;
        begun.partial.clear();
        uploaded.add(send(ui, client, &begun, scan).await?);
    };
    Ok(Deployed { finished, uploaded, unchanged })
}

/// Begins with the manifest's id alone where the site got the same manifest before, and tells whether it did.
async fn begin(client: &ZeroDeploy, order: &Order, scan: &Scan) -> Result<(BegunDeployment, bool), ClientError> {
    let site = order.site.as_str();
    let manifest_id = scan.manifest.id();
    if scan.last_manifest(client.origin(), site) == Some(manifest_id) {
        match client.begin_known_deployment(site, &BeginDeployment { manifest_id }).await {
            Err(error) if error.code == ErrorCode::ManifestUnknown => {}
            result => return result.map(|begun| (begun, true)),
        }
    }
    client.begin_deployment(site, &scan.manifest).await.map(|begun| (begun, false))
}

async fn send(
    ui: &Arc<Ui>,
    client: &ZeroDeploy,
    begun: &BegunDeployment,
    scan: &Scan,
) -> Result<UploadSummary, Interruption> {
    if begun.missing.count() == 0 {
        return Ok(UploadSummary::default());
    }
    let bar = Bar::new(ui, Phase::Uploading);
    let report = |progress: UploadProgress| {
        bar.progress.set_total(progress.total);
        bar.reach(progress.sent);
    };
    match upload::upload(client, begun, &scan.sources, &report).await {
        Ok(summary) => Ok(summary),
        Err(UploadError::Changed(blobs)) => Err(Interruption::Changed(blobs)),
        Err(UploadError::Unreadable(error)) => Err(CliError::new(ErrorCode::FileUnusable, error.to_string()).into()),
        Err(UploadError::Client(error)) => Err(error.into()),
    }
}

fn missing_blobs(error: &ClientError) -> Option<MissingBlobs> {
    let limits = error.limits.clone().filter(|_| error.code == ErrorCode::BlobsMissing)?;
    serde_json::from_value(Value::Object(limits)).ok()
}

async fn scan_folder(ui: &Arc<Ui>, order: &Order) -> Result<Scan, CliError> {
    let options = ScanOptions {
        root: order.folder.clone(),
        ignore: order.ignore.clone(),
        cache_dir: order.cache_dir.clone(),
        use_cache: true,
    };
    let bar = Bar::new(ui, Phase::Hashing);
    let scan = tokio::task::spawn_blocking(move || crate::content::scan::scan(&options, &bar)).await?;
    scan.map_err(|error| scan_error(&error))
}

/// Why a folder cannot be deployed.
pub(in crate::commands) fn scan_error(error: &ScanError) -> CliError {
    let code = match error {
        ScanError::NotFound(_) | ScanError::NotAFolder(_) => ErrorCode::PathNotFound,
        ScanError::Empty(..) => ErrorCode::EmptyDirectory,
        ScanError::TooManyFiles(..) => ErrorCode::PayloadTooLarge,
        ScanError::Rules(_) => ErrorCode::ConfigurationInvalid,
        ScanError::Unreadable(..) | ScanError::Unusable(_) | ScanError::Manifest(_) => ErrorCode::FileUnusable,
    };
    CliError::new(code, error.to_string())
}

/// Writes the hash cache back. That it cannot be written only costs time at the next deploy.
async fn save(ui: &Arc<Ui>, mut scan: Scan) -> Result<(), CliError> {
    let result = tokio::task::spawn_blocking(move || scan.save_cache()).await?;
    if let Err(error) = result {
        ui.warn(&format!("the hash cache cannot be written ({error}); the next deploy reads every file again"));
    }
    Ok(())
}

/// What is left out, the most surprising first: a few names, or all with the reason. That our own settings are left out
/// surprises nobody.
fn left_out(left_out: &[LeftOut], all: bool) -> Option<String> {
    let rank = |reason: &Reason| match reason {
        Reason::Secret => 0,
        Reason::Packages => 1,
        Reason::Pattern(..) => 2,
        Reason::DotName => 3,
        Reason::SystemFile => 4,
        Reason::Settings => 5,
    };
    let mut told: Vec<&LeftOut> = left_out.iter().filter(|entry| all || entry.reason != Reason::Settings).collect();
    told.sort_by_key(|entry| rank(&entry.reason));
    if told.is_empty() {
        return None;
    }
    if all {
        let lines = told.iter().map(|entry| format!("\n{} ({})", entry.path, entry.reason));
        return Some(format!("left out:{}", lines.collect::<String>()));
    }
    let names: Vec<&str> = told.iter().take(LEFT_OUT_NAMED).map(|entry| entry.path.as_str()).collect();
    let more = match told.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more; -v names all"),
    };
    Some(format!("left out {}{more}", names.join(", ")))
}

/// Shows that the server is at work, should it take over a second.
async fn while_showing<T>(ui: &Arc<Ui>, phase: Phase, work: impl Future<Output = T>) -> T {
    let progress = ui.progress(phase, None);
    let mut work = std::pin::pin!(work);
    let mut ticks = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            result = &mut work => return result,
            _ = ticks.tick() => progress.tick(),
        }
    }
}

/// A progress bar that takes totals, which may arrive out of order and, after a retry, fall back.
struct Bar {
    progress: Progress,
    reached: AtomicU64,
}

impl Bar {
    fn new(ui: &Arc<Ui>, phase: Phase) -> Self {
        Bar { progress: ui.progress(phase, None), reached: AtomicU64::new(0) }
    }

    fn reach(&self, bytes: u64) {
        let before = self.reached.fetch_max(bytes, Ordering::Relaxed);
        self.progress.advance(bytes.saturating_sub(before));
    }
}

impl ScanProgress for Bar {
    fn found(&self, _files: u64, bytes: u64) {
        self.progress.set_total(bytes);
    }

    fn hashed(&self, _files: u64, bytes: u64) {
        self.reach(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_packages_are_named_before_the_rest() {
        let entry = |path: &str, reason: Reason| LeftOut { path: path.to_owned(), reason };
        let entries = [".a", ".b", ".c", ".d"].map(|path| entry(path, Reason::DotName)).into_iter();
        let others =
            [(".env", Reason::Secret), ("node_modules/", Reason::Packages), ("zerodeploy.json", Reason::Settings)];
        let entries: Vec<LeftOut> = entries.chain(others.map(|(path, reason)| entry(path, reason))).collect();
        let short = left_out(&entries, false).expect("something");
        assert_eq!(short, "left out .env, node_modules/, .a, .b, .c and 1 more; -v names all");
        let all = left_out(&entries, true).expect("something");
        assert!(all.starts_with("left out:\n.env (never deployed)\nnode_modules/ (a folder of packages)\n.a"), "{all}");
        assert!(all.ends_with("zerodeploy.json (settings of this tool)"), "{all}");
        assert_eq!(left_out(&entries[6..], false), None, "nobody expects the settings on the site");
    }
}
