//! Markdown tables of what was measured.

use std::fmt;

use crate::measure::{Plan, Samples};

/// A goal for a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
    /// Shown for orientation only
    None,
}

impl Goal {
    fn is_missed(self, figure: f64) -> bool {
        match self {
            Goal::AtMost(limit) => figure.is_nan() || figure > limit,
            Goal::AtLeast(limit) => figure.is_nan() || figure < limit,
            Goal::None => false,
        }
    }
}

/// One line of a table.
pub(crate) struct Line {
    what: String,
    ours: String,
    theirs: String,
    figure: String,
    goal: String,
    is_missed: bool,
}

/// The lines of one row of the goals.
pub(crate) struct Table {
    title: String,
    lines: Vec<Line>,
}

impl Table {
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Table { title: title.into(), lines: Vec::new() }
    }

    /// Adds the ratio of our median to theirs.
    pub(crate) fn ratio(
        &mut self,
        what: impl Into<String>,
        unit: Unit,
        samples: &(Samples, Samples),
        goal: Goal,
    ) -> &mut Self {
        let figure = samples.0.median() / samples.1.median();
        self.lines.push(Line {
            what: what.into(),
            ours: unit.spread(&samples.0),
            theirs: unit.spread(&samples.1),
            figure: format!("{figure:.2} ×"),
            goal: match goal {
                Goal::AtMost(limit) => format!("at most {limit} ×"),
                Goal::AtLeast(limit) => format!("at least {limit} ×"),
                Goal::None => String::new(),
            },
            is_missed: goal.is_missed(figure),
        });
        self
    }

    /// Adds a value that nothing is compared with.
    pub(crate) fn value(&mut self, what: impl Into<String>, unit: Unit, samples: &Samples, goal: Goal) -> &mut Self {
        self.lines.push(Line {
            what: what.into(),
            ours: unit.spread(samples),
            theirs: String::new(),
            figure: unit.format(samples.median()),
            goal: match goal {
                Goal::AtMost(limit) => format!("at most {}", unit.format(limit)),
                Goal::AtLeast(limit) => format!("at least {}", unit.format(limit)),
                Goal::None => String::new(),
            },
            is_missed: goal.is_missed(samples.median()),
        });
        self
    }

    /// How many goals were missed.
    pub(crate) fn missed(&self) -> usize {
        self.lines.iter().filter(|line| line.is_missed).count()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "### {}\n", self.title)?;
        writeln!(formatter, "| what | zerodeploy: median (min – max) | other: median (min – max) | figure | goal | |")?;
        writeln!(formatter, "| --- | --- | --- | --- | --- | --- |")?;
        for Line { what, ours, theirs, figure, goal, is_missed } in &self.lines {
            let verdict = match (goal.is_empty(), is_missed) {
                (true, _) => "",
                (false, true) => "missed",
                (false, false) => "reached",
            };
            writeln!(formatter, "| {what} | {ours} | {theirs} | {figure} | {goal} | {verdict} |")?;
        }
        Ok(())
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    PerSecond,
    Count,
}

impl Unit {
    fn format(self, value: f64) -> String {
        match self {
            Unit::Seconds if value < 1.0 => format!("{:.1} ms", value * 1e3),
            Unit::Seconds => format!("{value:.2} s"),
            Unit::Bytes => format!("{:.0} MB", value / 1e6),
            Unit::PerSecond => format!("{value:.0}/s"),
            Unit::Count => format!("{value:.0}"),
        }
    }

    fn spread(self, samples: &Samples) -> String {
        let [median, min, max] = [samples.median(), samples.min(), samples.max()].map(|value| self.format(value));
        if min == max { median } else { format!("{median} ({min} – {max})") }
    }
}

/// What the figures depend on.
pub(crate) fn machine(plan: &Plan) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{cores} cores, Linux {}, median of {} runs, both sides in turn\n", kernel.trim(), plan.runs)
}
