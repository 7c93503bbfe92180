//! Starting with a full store.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::client::{Client, SITE};
use crate::corpora::Corpus;
use crate::http::Connection;
use crate::measure::{Plan, Reason, Samples, fresh_folder, quiet_disk, target_folder};
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

const SITES: usize = 1_000;
const DEPLOYMENTS_OF_A_SITE: usize = 20;
/// Connections that fill the store at once.
const CONNECTIONS: usize = 8;

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    let data_dir = full_store()?;
    let mut samples = Samples::default();
    for run in 0..=plan.runs {
        quiet_disk()?;
        let server = Server::start(&data_dir, &[])?;
        if run > 0 {
            samples.push(server.seconds_to_ready);
        }
        server.wait_until_idle();
        server.stop()?;
    }
    let mut table = Table::new("Start of the server");
    let what = format!("{SITES} sites, {} deployments", SITES * DEPLOYMENTS_OF_A_SITE);
    table.value(what, Unit::Seconds, &samples, Goal::AtMost(0.2));
    Ok(table)
}

/// A data folder filled through the API, kept from run to run. Remove it after a change of the database's schema.
fn full_store() -> Result<PathBuf, Reason> {
    let folder = target_folder().join("bench-corpora").join(format!("store-{SITES}-{DEPLOYMENTS_OF_A_SITE}"));
    let complete = folder.with_extension("complete");
    if complete.exists() {
        return Ok(folder);
    }
    eprintln!("    filling a store in {}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let server = Server::start(&folder, &[])?;
    let manifest = first_manifest(&server)?;
    let (address, session) = (server.address(), server.session()?);
    std::thread::scope(|scope| {
        let fillers: Vec<_> = (0..CONNECTIONS)
            .map(|first| {
                let (manifest, session) = (&manifest, &session);
                scope.spawn(move || fill(address, session, manifest, first))
            })
            .collect();
        fillers.into_iter().try_for_each(|filler| filler.join().map_err(|_| "a filler panicked".to_owned())?)
    })?;
    server.wait_until_idle();
    server.stop()?;
    fs::write(&complete, b"").map_err(|error| error.to_string())?;
    Ok(folder)
}

/// Deploys one small site by the real client; its manifest serves all the others.
fn first_manifest(server: &Server) -> Result<String, Reason> {
    let folder = fresh_folder("small-site")?;
    write_page(&folder)?;
    let client = Client::new(server)?;
    let deployed = client.deploy_untimed(&Corpus { folder, name: SITE.to_owned() })?;
    let id = deployed["deployment_id"].as_str().ok_or("the deploy has no id")?.to_owned();
    let shown = crate::measure::output(&mut client.command(&["deployments", "show", &id, "--json"]))?;
    let shown: serde_json::Value = serde_json::from_str(&shown).map_err(|error| error.to_string())?;
    shown["manifest_id"].as_str().map(str::to_owned).ok_or_else(|| format!("no manifest_id in {shown}"))
}

fn write_page(folder: &Path) -> Result<(), Reason> {
    fs::write(folder.join("index.html"), "<!doctype html><title>One of many</title>").map_err(|error| error.to_string())
}

/// Makes every eighth site, beginning with the `first`th, and its deployments.
fn fill(address: &str, session: &str, manifest: &str, first: usize) -> Result<(), Reason> {
    let mut connection = Connection::open(address, session)?;
    for number in (first..SITES - 1).step_by(CONNECTIONS) {
        let slug = format!("site-{number}");
        connection.post("/sites", &json!({ "org": "personal", "slug": slug }))?;
        for _ in 0..DEPLOYMENTS_OF_A_SITE {
            let begun = connection.post(&format!("/sites/{slug}/deployments"), &json!({ "manifest_id": manifest }))?;
            let id = begun["deployment_id"].as_str().ok_or_else(|| format!("no id in {begun}"))?;
            connection.post(&format!("/deployments/{id}/finish"), &json!({}))?;
        }
    }
    Ok(())
}
