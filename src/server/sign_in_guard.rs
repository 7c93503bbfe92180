//! Against guessing: five wrong passwords, codes of a second factor or user codes lock the account and the address for
//! ten minutes. In memory and bounded; a restart forgets it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::api::ErrorCode;
use crate::domain::account::LONGEST_NAME;

use super::error::ServiceError;
use super::rate_limit::address_key;

/// Wrong attempts until the lock.
const ATTEMPTS: u32 = 5;
/// How long a lock lasts, and after how long without an attempt earlier ones are forgotten, in milliseconds.
const LOCK_TIME: i64 = 10 * 60 * 1000;
/// Most accounts and addresses that are remembered at once.
const MOST_ENTRIES: usize = 20_000;

/// What attempts are counted for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A name that was tried, whether or not there is such an account
    Account(String),
    /// An address, or the network of an IPv6 one
    Network(IpAddr),
}

#[derive(Clone, Copy)]
struct Entry {
    attempts: u32,
    until: i64,
}

/// The attempts of late.
#[derive(Default)]
pub(crate) struct SignInGuard(Mutex<HashMap<Key, Entry>>);

impl SignInGuard {
    /// Counts an attempt before it is made, so that many at once are no more than five. To be forgiven when it was right.
    ///
    /// # Errors
    /// `rate_limited` while the account or the address is locked; says for how long.
    pub(crate) fn attempt(&self, name: &str, address: Option<IpAddr>, now: i64) -> Result<(), ServiceError> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(name, address);
        let is_locked = |entry: &&Entry| entry.attempts >= ATTEMPTS && entry.until > now;
        if let Some(locked) = keys.iter().filter_map(|key| entries.get(key)).filter(is_locked).max_by_key(|e| e.until) {
            return Err(refusal(locked.until - now));
        }
        if entries.len() + keys.len() > MOST_ENTRIES {
            make_room(&mut entries, now);
        }
        for key in keys {
            let entry = entries.entry(key).or_insert(Entry { attempts: 0, until: now });
            let earlier = if entry.until > now { entry.attempts } else { 0 };
            *entry = Entry { attempts: earlier + 1, until: now + LOCK_TIME };
        }
        Ok(())
    }

    /// Takes an attempt back that proved nothing of who made it, such as a right user code: wrong ones of before stay.
    pub(crate) fn take_back(&self, name: &str, address: Option<IpAddr>) {
        self.settle(name, address, |attempts, _| attempts.saturating_sub(1));
    }

    /// Takes an attempt back that was right: the account starts anew, the address keeps its wrong ones, so that nobody
    /// hides guesses between sign-ins to an account of their own.
    pub(crate) fn forgive(&self, name: &str, address: Option<IpAddr>) {
        self.settle(name, address, |attempts, is_account| if is_account { 0 } else { attempts.saturating_sub(1) });
    }

    fn settle(&self, name: &str, address: Option<IpAddr>, left: impl Fn(u32, bool) -> u32) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(name, address) {
            let is_account = matches!(key, Key::Account(_));
            if let Some(entry) = entries.get_mut(&key) {
                entry.attempts = left(entry.attempts, is_account);
                if entry.attempts == 0 {
                    entries.remove(&key);
                }
            }
        }
    }
}

fn keys(name: &str, address: Option<IpAddr>) -> Vec<Key> {
    // No account has a longer name; what is tried may be anything.
    let account = Key::Account(name.chars().take(LONGEST_NAME).collect::<String>().to_ascii_lowercase());
    [Some(account), address.map(address_key).map(Key::Network)].into_iter().flatten().collect()
}

/// Forgets what has ended; if that is not enough, what was tried least, and never what is locked unless all is.
fn make_room(entries: &mut HashMap<Key, Entry>, now: i64) {
    entries.retain(|_, entry| entry.until > now);
    if entries.len() + 2 > MOST_ENTRIES {
        let few = entries.values().map(|entry| entry.attempts).min().unwrap_or_default();
        let mut surplus = MOST_ENTRIES / 4;
        entries.retain(|_, entry| {
            let stays = entry.attempts > few || surplus == 0;
            surplus -= usize::from(!stays);
            stays
        });
    }
}

fn refusal(milliseconds: i64) -> ServiceError {
    let seconds = u64::try_from(milliseconds).unwrap_or_default().div_ceil(1000);
    let minutes = seconds.div_ceil(60);
    let message = format!("too many wrong attempts; signing in is locked for {minutes} more minutes");
    ServiceError::new(ErrorCode::RateLimited, message)
        .hint("wait, then try again; the server's owner can make a link to a new password with `zerodeploy user reset`")
        .retry_after(seconds)
        .limit("retry_after_seconds", seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn five_wrong_attempts_lock_account_and_address() {
        let guard = SignInGuard::default();
        for _ in 0..5 {
            guard.attempt("ada", address("2001:db8::1"), 0).expect("not locked yet");
        }
        for (name, from) in [("ADA", "192.0.2.1"), ("bob", "2001:db8::ffff"), ("ada", "2001:db8::1")] {
            let refused = guard.attempt(name, address(from), 1).expect_err("locked");
            assert_eq!(refused.code, ErrorCode::RateLimited, "{name} {from}");
        }
        guard.attempt("bob", address("2001:db8:0:1::1"), 1).expect("another network");
        guard.attempt("ada", address("2001:db8::1"), LOCK_TIME).expect("free again");
    }

    #[test]
    fn a_right_attempt_frees_the_account_and_no_wrong_ones_of_the_address() {
        let guard = SignInGuard::default();
        for _ in 0..4 {
            guard.attempt("ada", address("192.0.2.1"), 0).expect("not locked yet");
        }
        for _ in 0..9 {
            guard.attempt("mallory", address("192.0.2.1"), 0).expect("not locked yet");
            guard.forgive("mallory", address("192.0.2.1"));
        }
        guard.attempt("eve", address("192.0.2.1"), 0).expect("the fifth");
        assert!(guard.attempt("mallory", address("192.0.2.1"), 0).is_err(), "the wrong ones still count");
        guard.attempt("mallory", None, 0).expect("free from elsewhere");
    }

    #[test]
    fn a_right_user_code_hides_no_wrong_passwords() {
        let guard = SignInGuard::default();
        for network in 0..4 {
            guard.attempt("ada", address(&format!("192.0.2.{network}")), 0).expect("not locked yet");
        }
        for _ in 0..3 {
            guard.attempt("ada", address("192.0.2.9"), 0).expect("not locked yet");
            guard.take_back("ada", address("192.0.2.9"));
        }
        guard.attempt("ada", address("192.0.2.9"), 0).expect("the fifth");
        assert!(guard.attempt("ada", address("192.0.2.10"), 0).is_err(), "the wrong ones still count");
    }

    #[test]
    fn the_memory_is_bounded_and_locks_outlive_a_flood() {
        let guard = SignInGuard::default();
        for _ in 0..5 {
            guard.attempt("ada", None, 0).expect("not locked yet");
        }
        for number in 0..2 * MOST_ENTRIES {
            guard.attempt(&number.to_string(), None, 0).expect("each name once");
        }
        assert!(guard.0.lock().expect("a lock").len() <= MOST_ENTRIES);
        assert!(guard.attempt("ada", None, 0).is_err());
    }
}
