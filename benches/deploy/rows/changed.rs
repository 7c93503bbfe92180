//! Deploying after one file changed.

use std::fs;
use std::path::Path;

use crate::client::Client;
use crate::corpora::{self, Corpus};
use crate::measure::{Plan, Reason, alternate, fresh_folder, quiet_disk, run, time};
use crate::peers::{self, rsync, sync_file_system};
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

/// The file that changes: one of the pages.
const CHANGED: &str = "section-003/page-000345/index.html";

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    peers::need("rsync", "rsync")?;
    let original = corpora::SITE.corpus()?;
    // A copy of its own for each side, so that each sees exactly one change a run.
    let copy = |name: &str| -> Result<Corpus, Reason> {
        let folder = fresh_folder(name)?;
        run(&mut rsync(&original.folder, &folder, &[]))?;
        Ok(Corpus { folder, name: original.name.clone() })
    };
    let (our_corpus, their_corpus) = (copy("changed-ours")?, copy("changed-theirs")?);
    let server = Server::fresh()?;
    let client = Client::new(&server)?;
    let destination = fresh_folder("rsync")?;
    // The copies are seconds old: only the second deploy may trust its cache of hashes.
    std::thread::sleep(std::time::Duration::from_secs(3));
    client.deploy_untimed(&our_corpus)?;
    run(&mut rsync(&their_corpus.folder, &destination, &[]))?;
    server.wait_until_idle();

    let samples = alternate(
        plan.runs,
        &mut |number| {
            change(&our_corpus.folder, number)?;
            quiet_disk()?;
            let seconds = time(&mut [&mut client.deploy(&our_corpus.folder)])?;
            server.wait_until_idle();
            Ok(seconds)
        },
        &mut |number| {
            change(&their_corpus.folder, number)?;
            quiet_disk()?;
            let mut copy = rsync(&their_corpus.folder, &destination, &["--delete"]);
            time(&mut [&mut copy, &mut sync_file_system(&destination)])
        },
    )?;
    let mut table = Table::new("One changed file, against `rsync -a --delete` and `sync -f`");
    table.ratio(original.name.clone(), Unit::Seconds, &samples, Goal::AtMost(1.3));
    Ok(table)
}

/// Writes a content that was never there before.
fn change(folder: &Path, number: usize) -> Result<(), Reason> {
    let path = folder.join(CHANGED);
    let mut content = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    content.extend_from_slice(format!("<p>change {number}</p>\n").as_bytes());
    fs::write(&path, content).map_err(|error| format!("{}: {error}", path.display()))
}
