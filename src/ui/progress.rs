//! Progress on standard error, for work over a second: a bar on a terminal, a line every five seconds elsewhere.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Ui, format};

/// Work shorter than this shows nothing.
const QUIET_START: Duration = Duration::from_secs(1);
/// Least time between two plain lines.
const LINE_INTERVAL: Duration = Duration::from_secs(5);
/// How often a bar is redrawn.
const TICK: Duration = Duration::from_millis(100);

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Files are read and hashed
    Hashing,
    /// The server looks what it lacks
    Comparing,
    /// Contents are sent
    Uploading,
    /// The server switches the site
    Publishing,
}

impl Phase {
    const fn label(self) -> &'static str {
        match self {
            Phase::Hashing => "Hashing",
            Phase::Comparing => "Comparing",
            Phase::Uploading => "Uploading",
            Phase::Publishing => "Publishing",
        }
    }

    /// Whether it is known how far the phase has come.
    const fn counts_bytes(self) -> bool {
        matches!(self, Phase::Hashing | Phase::Uploading)
    }
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// Not at all: `--json` or `--quiet`
    Nothing,
    /// A line from time to time
    Lines,
    /// A bar
    Bar,
}

/// The progress of one phase. Clones share it; it may be advanced from any thread. It ends when the last clone is
/// dropped.
#[derive(Clone)]
pub struct Progress {
    shared: Arc<Shared>,
}

struct Shared {
    ui: Arc<Ui>,
    phase: Phase,
    display: Display,
    bars: MultiProgress,
    bar: ProgressBar,
    bar_shown: AtomicBool,
    done_bytes: AtomicU64,
    total_bytes: AtomicU64,
    pace: Mutex<Pace>,
}

/// When the next line is due.
struct Pace {
    next: Instant,
}

impl Pace {
    fn is_due(&mut self, now: Instant) -> bool {
        let due = now >= self.next;
        if due {
            self.next = now + LINE_INTERVAL;
        }
        due
    }
}

impl Progress {
    pub(super) fn start(ui: Arc<Ui>, phase: Phase, total_bytes: Option<u64>) -> Progress {
        let total_bytes = total_bytes.unwrap_or(0);
        let bar = ProgressBar::with_draw_target(Some(total_bytes), ProgressDrawTarget::hidden());
        let shared = Shared {
            phase,
            display: ui.progress_display(),
            bars: ui.bars.clone(),
            bar,
            bar_shown: AtomicBool::new(false),
            done_bytes: AtomicU64::new(0),
            total_bytes: AtomicU64::new(total_bytes),
            pace: Mutex::new(Pace { next: Instant::now() + QUIET_START }),
            ui,
        };
        Progress { shared: Arc::new(shared) }
    }

    /// Sets how many bytes there are in all, once it is known; 0 means unknown.
    pub fn set_total(&self, bytes: u64) {
        self.shared.total_bytes.store(bytes, Ordering::Relaxed);
        self.shared.bar.set_length(bytes);
        self.shared.show(Instant::now());
    }

    /// Counts further bytes as done.
    pub fn advance(&self, bytes: u64) {
        self.shared.done_bytes.fetch_add(bytes, Ordering::Relaxed);
        self.shared.bar.inc(bytes);
        self.shared.show(Instant::now());
    }

    /// Time passed.
    pub fn tick(&self) {
        self.shared.show(Instant::now());
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Shared {
    fn show(&self, now: Instant) {
        match self.display {
            Display::Nothing => {}
            Display::Bar if self.bar_shown.load(Ordering::Relaxed) => {}
            Display::Bar | Display::Lines => {
                if !self.pace.lock().unwrap_or_else(PoisonError::into_inner).is_due(now) {
                    return;
                }
                if self.display == Display::Lines {
                    self.ui.status(&self.line());
                } else if !self.bar_shown.swap(true, Ordering::Relaxed) {
                    self.bars.add(self.bar.clone());
                    self.bar.set_style(bar_style(self.phase, self.total_bytes.load(Ordering::Relaxed) > 0));
                    self.bar.set_message(self.phase.label());
                    self.bar.enable_steady_tick(TICK);
                }
            }
        }
    }

    fn line(&self) -> String {
        let done = self.done_bytes.load(Ordering::Relaxed);
        let total = self.total_bytes.load(Ordering::Relaxed);
        let label = self.phase.label();
        match done.saturating_mul(100).checked_div(total) {
            Some(percent) => format!("{label}: {} of {} ({percent} %)", format::bytes(done), format::bytes(total)),
            None if !self.phase.counts_bytes() => label.to_owned(),
            None => format!("{label}: {}", format::bytes(done)),
        }
    }
}

fn bar_style(phase: Phase, total_is_known: bool) -> ProgressStyle {
    let template = match (phase.counts_bytes(), total_is_known) {
        (true, true) => {
            "{msg:10} [{bar:30}] {percent:>3} % of {decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left"
        }
        (true, false) => "{msg:10} {spinner} {decimal_bytes}, {decimal_bytes_per_sec}",
        (false, _) => "{msg:10} {spinner}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;

    #[test]
    fn lines_come_after_a_second_and_then_every_five() {
        let start = Instant::now();
        let mut pace = Pace { next: start + QUIET_START };
        let due: Vec<u64> = (0..=12).filter(|second| pace.is_due(start + Duration::from_secs(*second))).collect();
        assert_eq!(due, [1, 6, 11]);
    }

    #[test]
    fn a_pipe_gets_lines_and_json_gets_nothing() {
        for (options, expected) in [
            (Options::default(), "Uploading: 50 B of 200 B (25 %)\n"),
            (Options { json: true, ..Options::default() }, ""),
            (Options { quiet: true, ..Options::default() }, ""),
        ] {
            let (ui, _, stderr) = Ui::captured(options);
            let progress = Progress::start(Arc::new(ui), Phase::Uploading, Some(200));
            progress.advance(50);
            progress.shared.show(Instant::now() + QUIET_START);
            assert_eq!(stderr.text(), expected);
        }
    }

    #[test]
    fn an_unknown_total_has_no_percentage() {
        let (ui, _, _) = Ui::captured(Options::default());
        let ui = Arc::new(ui);
        let progress = Progress::start(Arc::clone(&ui), Phase::Hashing, None);
        progress.advance(2000);
        assert_eq!(progress.shared.line(), "Hashing: 2.0 kB");
        assert_eq!(Progress::start(ui, Phase::Publishing, None).shared.line(), "Publishing");
    }

    #[test]
    fn the_bar_templates_are_valid() {
        for (phase, known) in [(Phase::Uploading, true), (Phase::Hashing, false), (Phase::Publishing, false)] {
            bar_style(phase, known);
        }
    }
}
