//! How long it takes to say a version: what every command pays before it does anything.

use std::process::Command;

use crate::client::Client;
use crate::measure::{Plan, Reason, alternate, fresh_folder, time};
use crate::peers;
use crate::report::{Goal, Table, Unit};

/// A run of a millisecond or two says little: each value is the mean of so many.
const REPEATED: u32 = 50;

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    peers::need("rsync", "rsync")?;
    let client = Client::without_server(&fresh_folder("client")?)?;
    let repeated = |command: &mut Command| -> Result<f64, Reason> {
        let mut sum = 0.0;
        for _ in 0..REPEATED {
            sum += time(&mut [&mut *command])?;
        }
        Ok(sum / f64::from(REPEATED))
    };
    let samples = alternate(plan.runs, &mut |_| repeated(&mut client.command(&["--version"])), &mut |_| {
        repeated(Command::new("rsync").arg("--version"))
    })?;
    let mut table = Table::new("Start of a command");
    table.ratio("`--version`", Unit::Seconds, &samples, Goal::AtMost(1.5));
    Ok(table)
}
