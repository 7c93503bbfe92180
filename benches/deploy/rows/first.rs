//! The first deploy of a folder: everything is hashed, sent and made durable.

use crate::client::Client;
use crate::corpora::{self, Corpus};
use crate::measure::{Plan, Reason, Samples, alternate, fresh_folder, quiet_disk, time};
use crate::peers::{self, rsync, sync_file_system};
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

pub(crate) fn generated(plan: &Plan) -> Result<Table, Reason> {
    let corpus = corpora::SITE.corpus()?;
    let mut table = Table::new("First deploy, against `rsync -a` into an empty folder and `sync -f`");
    table.ratio(corpus.name.clone(), Unit::Seconds, &against_rsync(&corpus, plan.runs)?, Goal::AtMost(1.0));
    Ok(table)
}

pub(crate) fn packages(plan: &Plan) -> Result<Table, Reason> {
    let mut table = Table::new("First deploy of npm packages, against `rsync -a` into an empty folder and `sync -f`");
    for (package, goal) in
        [(corpora::MATERIAL_ICONS, Goal::AtMost(0.7)), (corpora::SWAGGER_UI, Goal::None), (corpora::MONACO, Goal::None)]
    {
        let corpus = package.corpus()?;
        table.ratio(corpus.name.clone(), Unit::Seconds, &against_rsync(&corpus, plan.runs)?, goal);
    }
    Ok(table)
}

/// Both sides begin with nothing: an empty server and cache, an empty folder.
pub(crate) fn against_rsync(corpus: &Corpus, runs: usize) -> Result<(Samples, Samples), Reason> {
    peers::need("rsync", "rsync")?;
    alternate(
        runs,
        &mut |_| {
            let server = Server::fresh()?;
            let client = Client::new(&server)?;
            quiet_disk()?;
            let seconds = time(&mut [&mut client.deploy(&corpus.folder)])?;
            // Variants are made after the answer; they must not run into the other side's time.
            server.wait_until_idle();
            server.stop()?;
            Ok(seconds)
        },
        &mut |_| {
            let destination = fresh_folder("rsync")?;
            quiet_disk()?;
            time(&mut [&mut rsync(&corpus.folder, &destination, &[]), &mut sync_file_system(&destination)])
        },
    )
}
