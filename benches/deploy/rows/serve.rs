//! Serving one file to many connections.

use std::fs;
use std::path::Path;

use crate::client::{Client, SITE};
use crate::corpora::{Corpus, Random};
use crate::measure::{Plan, Reason, Samples, alternate, fresh_folder};
use crate::peers::{self, Nginx, requests_per_second};
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

const FILE: &str = "page.html";
const SIZE: usize = 10_000;

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    peers::need("wrk", "wrk")?;
    let folder = fresh_folder("served")?;
    let mut random = Random(3);
    let content: Vec<u8> = (0..SIZE).map(|_| b'a' + random.below(26) as u8).collect();
    fs::write(folder.join(FILE), content).map_err(|error| error.to_string())?;
    let mut table = Table::new("Serving 10 kB over 64 keep-alive connections, against nginx, requests a second");
    for (what, with_log) in [("logs off", false), ("logs on", true)] {
        table.ratio(what, Unit::PerSecond, &compare(&folder, plan, with_log)?, Goal::AtLeast(0.7));
    }
    Ok(table)
}

fn compare(folder: &Path, plan: &Plan, with_log: bool) -> Result<(Samples, Samples), Reason> {
    let options: &[&str] = if with_log { &["--access-log"] } else { &[] };
    let server = Server::start(&fresh_folder("server")?, options)?;
    Client::new(&server)?.deploy_untimed(&Corpus { folder: folder.to_path_buf(), name: FILE.to_owned() })?;
    server.wait_until_idle();
    let nginx = Nginx::start(folder, &fresh_folder("nginx")?, with_log)?;
    let (host, target) = (format!("{SITE}.localhost"), format!("/{FILE}"));
    alternate(plan.runs, &mut |_| requests_per_second(server.address(), &host, &target), &mut |_| {
        requests_per_second(&nginx.address, &host, &target)
    })
}
