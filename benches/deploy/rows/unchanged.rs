//! Deploying what is there already.

use crate::client::Client;
use crate::corpora;
use crate::counting_proxy::CountingProxy;
use crate::measure::{Plan, Reason, Samples, alternate, fresh_folder, quiet_disk, run, time};
use crate::peers::{self, rsync};
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    peers::need("rsync", "rsync")?;
    let corpus = corpora::SITE.corpus()?;
    let server = Server::fresh()?;
    let client = Client::new(&server)?;
    let destination = fresh_folder("rsync")?;
    client.deploy_untimed(&corpus)?;
    run(&mut rsync(&corpus.folder, &destination, &[]))?;
    server.wait_until_idle();

    let samples = alternate(
        plan.runs,
        &mut |_| {
            quiet_disk()?;
            let seconds = time(&mut [&mut client.deploy(&corpus.folder)])?;
            server.wait_until_idle();
            Ok(seconds)
        },
        &mut |_| {
            quiet_disk()?;
            time(&mut [&mut rsync(&corpus.folder, &destination, &["--delete"])])
        },
    )?;

    let proxy = CountingProxy::start(server.address())?;
    let counted = client.through(&proxy.url);
    // The first time at an address, the client makes sure that a ZeroDeploy server answers there.
    counted.deploy_untimed(&corpus)?;
    let before = proxy.requests();
    counted.deploy_untimed(&corpus)?;
    let mut requests = Samples::default();
    requests.push((proxy.requests() - before) as f64);

    let mut table = Table::new("Unchanged redeploy, against `rsync -a --delete` with nothing to do");
    table.ratio(corpus.name, Unit::Seconds, &samples, Goal::AtMost(1.0));
    table.value("requests", Unit::Count, &requests, Goal::AtMost(2.0));
    Ok(table)
}
