//! Building from nothing, as somebody does who has just cloned the repository.

use std::process::Command;

use crate::measure::{Plan, Reason, Samples, fresh_folder, quiet_disk, run, time};
use crate::report::{Goal, Table, Unit};

pub(crate) fn measure(_plan: &Plan) -> Result<Table, Reason> {
    let cargo = || {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    };
    run(cargo().args(["fetch", "--locked"]))?;
    let target = fresh_folder("cold-build")?;
    quiet_disk()?;
    let mut build = cargo();
    build.args(["build", "--locked", "--offline", "--timings"]).env("CARGO_TARGET_DIR", &target);
    let mut samples = Samples::default();
    samples.push(time(&mut [&mut build])?);
    eprintln!("    timings: {}", target.join("cargo-timings/cargo-timing.html").display());
    let mut table = Table::new("Cold build (dev, default features, after `cargo fetch`)");
    table.value("`cargo build`", Unit::Seconds, &samples, Goal::AtMost(240.0));
    Ok(table)
}
