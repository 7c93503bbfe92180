//! How long one command waits in all because the server limits its requests.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Longest time that a command spends waiting; beyond it the command gives up and says so.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Is told how long requests are going to wait, once for a client.
#[derive(Clone, Default)]
pub struct OnWait(Option<Arc<dyn Fn(Duration) + Send + Sync>>);

impl OnWait {
    /// Calls this.
    pub fn call(tell: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        OnWait(Some(Arc::new(tell)))
    }
}

impl fmt::Debug for OnWait {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OnWait")
    }
}

/// The time that is left for waiting, shared by all requests of a client.
#[derive(Debug)]
pub(super) struct Patience {
    on_wait: OnWait,
    spent: Mutex<Spent>,
}

#[derive(Debug, Default)]
struct Spent {
    total: Duration,
    /// Until when somebody waits.
    until: Option<Instant>,
    is_told: bool,
}

impl Patience {
    pub(super) fn new(on_wait: OnWait) -> Self {
        Patience { on_wait, spent: Mutex::default() }
    }

    /// Whether a request may wait so long from now on. Requests that wait at the same time spend it only once.
    pub(super) fn allows(&self, wait: Duration, now: Instant) -> bool {
        // Before any reckoning: a server may name any number.
        if wait > LONGEST_WAIT {
            return false;
        }
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let end = now + wait;
        let from = spent.until.map_or(now, |until| until.max(now));
        let total = spent.total + end.saturating_duration_since(from);
        if total > LONGEST_WAIT {
            return false;
        }
        spent.total = total;
        spent.until = Some(end.max(from));
        let is_told = std::mem::replace(&mut spent.is_told, true);
        drop(spent);
        if let (false, OnWait(Some(tell))) = (is_told, &self.on_wait) {
            tell(wait);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn a_minute_in_all_and_parallel_waits_count_once() {
        let told = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&told);
        let patience = Patience::new(OnWait::call(move |wait| {
            counter.fetch_add(wait.as_secs(), Ordering::Relaxed);
        }));
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        assert!(!patience.allows(61 * second, start), "too long for anybody");
        assert!(!patience.allows(Duration::MAX, start));
        assert!(patience.allows(40 * second, start));
        assert!(patience.allows(40 * second, start), "at the same time");
        assert!(patience.allows(30 * second, start + 20 * second), "ten seconds more");
        assert!(!patience.allows(11 * second, start + 50 * second));
        assert!(patience.allows(10 * second, start + 50 * second));
        assert_eq!(told.load(Ordering::Relaxed), 40, "told once");
    }
}
