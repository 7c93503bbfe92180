//! How fast terminals that wait for a person may ask (RFC 8628 §3.5), in memory: asking writes nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

/// Milliseconds between two questions, unless a terminal was told to slow down.
pub(crate) const INTERVAL: i64 = 5_000;
/// By how much each question that comes too soon lengthens the interval.
const SLOWER: i64 = 5_000;
/// The longest interval; a terminal that is told more than that would miss the end of its code.
const LONGEST_INTERVAL: i64 = 60_000;
/// From how many entries on ended ones are looked for. There are no more live ones than pending authorizations.
const SWEEP_AT: usize = 1_024;

struct Poll {
    last: i64,
    interval: i64,
    expires_at: i64,
}

/// When each waiting terminal asked last.
#[derive(Default)]
pub(crate) struct DevicePolls(Mutex<HashMap<Uuid, Poll>>);

impl DevicePolls {
    /// Notes a question; true when it came too soon, after which the terminal has to wait longer.
    pub(crate) fn is_too_soon(&self, device: Uuid, expires_at: i64, now: i64) -> bool {
        let mut polls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if polls.len() >= SWEEP_AT {
            polls.retain(|_, poll| poll.expires_at > now);
        }
        let first = Poll { last: i64::MIN, interval: INTERVAL, expires_at };
        let poll = polls.entry(device).or_insert(first);
        let is_too_soon = now.saturating_sub(poll.last) < poll.interval;
        if is_too_soon {
            poll.interval = (poll.interval + SLOWER).min(LONGEST_INTERVAL);
        }
        poll.last = now;
        is_too_soon
    }

    /// Forgets a terminal that need not ask any more.
    pub(crate) fn forget(&self, device: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&device);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hasty_question_lengthens_the_wait() {
        let (polls, device) = (DevicePolls::default(), Uuid::nil());
        let ask = |now| polls.is_too_soon(device, 600_000, now);
        assert!(!ask(1_000), "the first question is never too soon");
        assert!(!ask(6_000));
        assert!(ask(10_999));
        assert!(ask(20_998), "ten seconds now");
        assert!(!ask(35_998), "fifteen");
        polls.forget(device);
        assert!(!polls.is_too_soon(device, 600_000, 36_000));
    }

    #[test]
    fn the_memory_is_bounded_by_what_still_waits() {
        let polls = DevicePolls::default();
        for number in 0..3 * SWEEP_AT {
            polls.is_too_soon(Uuid::from_u128(number as u128), number as i64, number as i64);
        }
        assert!(polls.0.lock().expect("a lock").len() <= SWEEP_AT);
    }
}
