//! The figures that must hold, measured against rsync and nginx with the release binary, as Markdown tables of ratios.
//!
//! `cargo bench --bench deploy` measures every row, `cargo bench --bench deploy -- first-deploy serve` some of them.
//! What each row does and how to read it is in `benches/README.md`.
#![expect(clippy::print_stdout, reason = "the tables are this program's output")]
#![expect(clippy::print_stderr, reason = "and this is its progress")]

mod client;
mod corpora;
mod counting_proxy;
mod http;
mod measure;
mod peers;
mod report;
mod rows;
mod server;

use std::process::ExitCode;
use std::time::Instant;

use measure::Plan;

fn main() -> ExitCode {
    let plan = match Plan::from_arguments(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(3);
        }
    };
    println!("{}", report::machine(&plan));
    let mut missed = 0;
    for row in rows::ALL.iter().filter(|row| plan.wants(row.name)) {
        let started = Instant::now();
        eprintln!("==> {}: {}", row.name, row.about);
        match (row.measure)(&plan) {
            Ok(table) => {
                missed += table.missed();
                println!("{table}");
            }
            Err(reason) => println!("{}: not measured: {reason}\n", row.name),
        }
        eprintln!("    took {:.0} s", started.elapsed().as_secs_f64());
    }
    println!("{missed} figures missed.");
    ExitCode::SUCCESS
}
