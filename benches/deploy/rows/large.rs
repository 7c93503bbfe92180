//! A site of a gigabyte: time, and the memory of both our processes.

use crate::client::Client;
use crate::corpora;
use crate::measure::{Plan, Reason, Samples};
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

const MEMORY: Goal = Goal::AtMost(150e6);

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    let corpus = corpora::LARGE.corpus()?;
    let samples = super::first::against_rsync(&corpus, plan.runs)?;

    // Memory is read in a run of its own: reading it costs time.
    let server = Server::fresh()?;
    let client = Client::new(&server)?;
    let (mut client_memory, mut server_memory) = (Samples::default(), Samples::default());
    client_memory.push(client.peak_memory_of_deploy(&corpus)? as f64);
    server.wait_until_idle();
    server_memory.push(server.peak_memory().ok_or("the server ended")? as f64);

    let mut table = Table::new("A large site, against `rsync -a` into an empty folder and `sync -f`");
    table.ratio(corpus.name, Unit::Seconds, &samples, Goal::AtMost(1.5));
    table.value("client, peak memory", Unit::Bytes, &client_memory, MEMORY);
    table.value("server, peak memory until idle, variants made", Unit::Bytes, &server_memory, MEMORY);
    Ok(table)
}
