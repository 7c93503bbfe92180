//! How things are timed: both sides in turn, the disk quiet before each, the median of many.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::rows;

/// Fewest runs that a median is taken of.
const FEWEST_RUNS: usize = 9;

/// What was asked for on the command line.
pub(crate) struct Plan {
    /// Timed runs of each side.
    pub(crate) runs: usize,
    rows: Vec<String>,
}

/// Why something was not measured, for people.
pub(crate) type Reason = String;

impl Plan {
    /// Reads `[--runs N] [row]…`; with no row, all that are measured by default.
    pub(crate) fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, Reason> {
        let mut plan = Plan { runs: FEWEST_RUNS, rows: Vec::new() };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                // Cargo itself adds this one.
                "--bench" => {}
                "--runs" => {
                    let number = arguments.next().and_then(|number| number.parse().ok());
                    plan.runs = number.filter(|number| *number > 0).ok_or("--runs needs a number above 0")?;
                }
                name if rows::ALL.iter().any(|row| row.name == name) => plan.rows.push(argument),
                unknown => {
                    let names: Vec<&str> = rows::ALL.iter().map(|row| row.name).collect();
                    return Err(format!("`{unknown}` is no row; the rows are {}", names.join(", ")));
                }
            }
        }
        Ok(plan)
    }

    /// Whether a row is to be measured.
    pub(crate) fn wants(&self, row: &str) -> bool {
        let is_named = self.rows.iter().any(|name| name == row);
        is_named || (self.rows.is_empty() && rows::ALL.iter().any(|known| known.name == row && known.by_default))
    }
}

/// Measured values of one side, such as seconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn push(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    pub(crate) fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        match self.0.len() {
            0 => f64::NAN,
            odd if odd % 2 == 1 => self.0[middle],
            _ => (self.0[middle - 1] + self.0[middle]) / 2.0,
        }
    }

    pub(crate) fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

/// One side's run: whatever it prepares is not timed, what it returns is the value.
pub(crate) type Side<'a> = &'a mut dyn FnMut(usize) -> Result<f64, Reason>;

/// Runs both sides in turn, each once to warm up and then `runs` times; every second pair begins with the other side.
pub(crate) fn alternate(runs: usize, ours: Side<'_>, theirs: Side<'_>) -> Result<(Samples, Samples), Reason> {
    let (mut our_samples, mut their_samples) = (Samples::default(), Samples::default());
    for run in 0..=runs {
        let (our_value, their_value) = if run % 2 == 0 {
            let our_value = ours(run)?;
            (our_value, theirs(run)?)
        } else {
            let their_value = theirs(run)?;
            (ours(run)?, their_value)
        };
        if run > 0 {
            our_samples.push(our_value);
            their_samples.push(their_value);
        }
    }
    Ok((our_samples, their_samples))
}

/// Waits until nothing is left to be written to any disk, so that a run does not pay for what came before it.
pub(crate) fn quiet_disk() -> Result<(), Reason> {
    run(&mut Command::new("sync"))
}

/// Wall time of commands one after the other, in seconds, from before the first starts until the last has ended.
pub(crate) fn time(commands: &mut [&mut Command]) -> Result<f64, Reason> {
    let started = Instant::now();
    for command in commands {
        run(command)?;
    }
    Ok(started.elapsed().as_secs_f64())
}

/// Runs a command whose output does not matter.
pub(crate) fn run(command: &mut Command) -> Result<(), Reason> {
    output(command).map(drop)
}

/// Runs a command and takes its stdout; an exit code other than 0 is a reason.
pub(crate) fn output(command: &mut Command) -> Result<String, Reason> {
    let name = format!("{command:?}");
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{name}: {error}"))?;
    if !output.status.success() {
        let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        return Err(format!("{name}: {}: {}", output.status, String::from_utf8_lossy(&said)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A process's highest memory use so far, in bytes (`VmHWM`); `None` once it has ended.
pub(crate) fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Processor time that a process has used, in the kernel's ticks.
fn processor_ticks(process: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything, so the fields are counted from its end.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// Waits until a process has done nothing for a second: variants are made, caches are flushed.
pub(crate) fn wait_until_idle(process: u32) {
    const STEP: Duration = Duration::from_millis(250);
    let (mut before, mut idle_steps) = (processor_ticks(process), 0);
    while idle_steps < 4 && before.is_some() {
        std::thread::sleep(STEP);
        let now = processor_ticks(process);
        // One tick of ten milliseconds in a quarter of a second is a timer, not work.
        let worked = now.unwrap_or(0).saturating_sub(before.unwrap_or(0)) > 1;
        idle_steps = if worked { 0 } else { idle_steps + 1 };
        before = now;
    }
}

/// A fresh folder for one run's files, on the disk that the repository is on.
pub(crate) fn fresh_folder(name: &str) -> Result<PathBuf, Reason> {
    let folder = target_folder().join("bench-work").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Where Cargo puts what it builds.
pub(crate) fn target_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).parent().map_or_else(PathBuf::new, PathBuf::from)
}
