//! How often somebody may ask: counters in memory, one for each key.
//!
//! They follow the generic cell rate algorithm: a key may use its whole allowance at once, and gets it back evenly. All
//! that is kept of a key is when its allowance is whole again.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use uuid::Uuid;

use crate::api::ErrorCode;

use super::error::ServiceError;

/// Keys that are remembered; those that asked least of late are forgotten first.
const KEYS: usize = 100_000;
const MINUTE: Duration = Duration::from_secs(60);
/// Failed authentications a minute of one address, after which its credentials are not even looked up.
const FAILURES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(20).expect("is not zero");

/// What a limit says to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    /// Whether the request may go on.
    pub(crate) is_allowed: bool,
    /// How many requests the limit allows in its time.
    pub(crate) limit: u32,
    /// How many may follow at once.
    pub(crate) remaining: u32,
    /// Until one more may follow (when refused) or until the whole allowance is back (when allowed).
    pub(crate) wait: Duration,
}

impl Decision {
    /// The wait in whole seconds, never too short.
    pub(crate) fn wait_seconds(&self) -> u64 {
        self.wait.as_secs() + u64::from(self.wait.subsec_nanos() > 0)
    }

    /// The error that tells of a refusal. `what` completes "too many …".
    pub(crate) fn refusal(&self, what: &str) -> ServiceError {
        let wait = self.wait_seconds();
        let unit = if wait == 1 { "second" } else { "seconds" };
        ServiceError::new(ErrorCode::RateLimited, format!("too many {what}; the next one may come in {wait} {unit}"))
            .retry_after(wait)
            .limit("limit", self.limit)
            .limit("remaining", self.remaining)
            .limit("retry_after_seconds", wait)
    }
}

/// A limit for many keys.
pub(crate) struct RateLimit<K> {
    count: u32,
    /// Microseconds, in which all is reckoned here so that odd rates are exact enough.
    window: i64,
    /// When each key's allowance is whole again, in microseconds since 1970.
    whole_again: Mutex<HashMap<K, i64>>,
}

impl<K: Hash + Eq> RateLimit<K> {
    /// A limit of so many requests of each key in a time.
    pub(crate) fn new(count: NonZeroU32, time: Duration) -> Self {
        let window = i64::try_from(time.as_micros()).unwrap_or(i64::MAX / 4);
        RateLimit { count: count.get(), window, whole_again: Mutex::default() }
    }

    /// Counts a request of a key; one that is refused is not counted. `now` is in milliseconds since 1970.
    pub(crate) fn take(&self, key: K, now: i64) -> Decision {
        let now = now.saturating_mul(1_000);
        let mut keys = self.lock();
        if keys.len() >= KEYS && !keys.contains_key(&key) {
            make_room(&mut keys, now);
        }
        let entry = keys.entry(key).or_insert(now);
        let whole_again = self.current(*entry, now);
        let decision = self.decide(whole_again, now);
        *entry = if decision.is_allowed { whole_again + self.cost() } else { whole_again };
        decision
    }

    /// Tells whether a key may go on, without counting.
    pub(crate) fn look(&self, key: &K, now: i64) -> Decision {
        let now = now.saturating_mul(1_000);
        let whole_again = self.lock().get(key).map_or(now, |whole_again| self.current(*whole_again, now));
        self.decide(whole_again, now)
    }

    /// A clock that was set back must not lock anybody out for longer than the limit's time.
    fn current(&self, whole_again: i64, now: i64) -> i64 {
        whole_again.clamp(now, now.saturating_add(self.window))
    }

    fn decide(&self, whole_again: i64, now: i64) -> Decision {
        let (cost, whole) = (self.cost(), self.cost() * i64::from(self.count));
        let after = whole_again - now + cost;
        let is_allowed = after <= whole;
        let wait = if is_allowed { after } else { after - whole };
        let remaining = u32::try_from((whole - after).max(0) / cost).unwrap_or(u32::MAX);
        Decision { is_allowed, limit: self.count, remaining, wait: Duration::from_micros(wait.unsigned_abs()) }
    }

    /// How long one request takes to come back.
    fn cost(&self) -> i64 {
        (self.window / i64::from(self.count)).max(1)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, i64>> {
        self.whole_again.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets keys whose allowance is whole again, and at least half of all, so that this is seldom needed: whoever used
/// most is kept.
fn make_room<K: Hash + Eq>(keys: &mut HashMap<K, i64>, now: i64) {
    keys.retain(|_, whole_again| *whole_again > now);
    let most = KEYS / 2;
    if keys.len() > most {
        let mut times: Vec<i64> = keys.values().copied().collect();
        let at = times.len() - most;
        let (_, limit, _) = times.select_nth_unstable(at);
        let limit = *limit;
        let mut equals = most - keys.values().filter(|time| **time > limit).count();
        keys.retain(|_, time| {
            let is_kept_equal = *time == limit && equals > 0;
            equals -= usize::from(is_kept_equal);
            *time > limit || is_kept_equal
        });
    }
}

/// What stands for an address: who has one of an IPv6 network's addresses has all 2^64 of them.
pub(crate) fn address_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

/// What a request counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// One request
    Request,
    /// One request, and one deploy
    Deploy,
    /// Nothing: a deploy may have to send very many of them, and was counted when it began
    Upload,
}

/// A limit that is kept for each credential and for each address.
struct Limit {
    credentials: RateLimit<Uuid>,
    addresses: RateLimit<IpAddr>,
}

impl Limit {
    fn per_minute(count: NonZeroU32) -> Self {
        Limit { credentials: RateLimit::new(count, MINUTE), addresses: RateLimit::new(count, MINUTE) }
    }
}

/// The limits of the API.
pub(crate) struct RateLimits {
    requests: Option<Limit>,
    deploys: Option<Limit>,
    failures: Option<RateLimit<IpAddr>>,
}

impl RateLimits {
    /// Limits of so many requests and deploys a minute; failed authentication is limited where requests are.
    pub(crate) fn new(requests: Option<NonZeroU32>, deploys: Option<NonZeroU32>) -> Self {
        RateLimits {
            requests: requests.map(Limit::per_minute),
            deploys: deploys.map(Limit::per_minute),
            failures: requests.map(|_| RateLimit::new(FAILURES_PER_MINUTE, MINUTE)),
        }
    }

    /// Counts a request of an address, before its credential is looked at. `tightest` becomes the limit that will be
    /// reached first, or that is reached.
    pub(crate) fn address(
        &self,
        address: Option<IpAddr>,
        counted: Counted,
        now: i64,
        tightest: &mut Option<Decision>,
    ) -> Result<(), ServiceError> {
        let Some(address) = address.map(address_key) else { return Ok(()) };
        self.take(counted, |limit| limit.addresses.take(address, now), "from this address", tightest)
    }

    /// Refuses an address whose credentials were wrong too often, before a credential of it is looked up.
    pub(crate) fn may_authenticate(
        &self,
        address: Option<IpAddr>,
        now: i64,
        tightest: &mut Option<Decision>,
    ) -> Result<(), ServiceError> {
        let (Some(address), Some(failures)) = (address.map(address_key), &self.failures) else { return Ok(()) };
        let decision = failures.look(&address, now);
        if decision.is_allowed {
            return Ok(());
        }
        *tightest = Some(decision);
        Err(decision.refusal("wrong credentials from this address"))
    }

    /// Counts a wrong credential.
    pub(crate) fn note_failure(&self, address: Option<IpAddr>, now: i64) {
        if let (Some(address), Some(failures)) = (address.map(address_key), &self.failures) {
            failures.take(address, now);
        }
    }

    /// Counts a request of a credential, a token or a session; `tightest` as in [`Self::address`].
    pub(crate) fn credential(
        &self,
        credential: Uuid,
        counted: Counted,
        now: i64,
        tightest: &mut Option<Decision>,
    ) -> Result<(), ServiceError> {
        self.take(counted, |limit| limit.credentials.take(credential, now), "with this credential", tightest)
    }

    fn take(
        &self,
        counted: Counted,
        take: impl Fn(&Limit) -> Decision,
        whose: &str,
        tightest: &mut Option<Decision>,
    ) -> Result<(), ServiceError> {
        for (limit, what) in [
            (self.requests.as_ref().filter(|_| counted != Counted::Upload), "requests"),
            (self.deploys.as_ref().filter(|_| counted == Counted::Deploy), "deploys"),
        ] {
            let Some(decision) = limit.map(&take) else { continue };
            if tightest.is_none_or(|other| !decision.is_allowed || decision.remaining < other.remaining) {
                *tightest = Some(decision);
            }
            if !decision.is_allowed {
                return Err(decision.refusal(&format!("{what} {whose} ({} a minute)", decision.limit)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit<K: Hash + Eq>(count: u32) -> RateLimit<K> {
        RateLimit::new(NonZeroU32::new(count).expect("not zero"), MINUTE)
    }

    #[test]
    fn a_minute_may_be_used_at_once_and_comes_back_evenly() {
        let limit = limit(120);
        for left in (0..120).rev() {
            assert_eq!(limit.take("a", 1_000).remaining, left);
        }
        let refused = limit.take("a", 1_000);
        assert_eq!((refused.is_allowed, refused.remaining, refused.wait), (false, 0, Duration::from_millis(500)));
        assert_eq!(refused.wait_seconds(), 1);
        assert!(limit.take("b", 1_000).is_allowed, "another key has its own minute");
        assert!(!limit.look(&"a", 1_499).is_allowed);
        assert!(limit.take("a", 1_500).is_allowed);
        assert!(!limit.take("a", 1_500).is_allowed);
        let fresh = limit.take("a", 1_500 + 60_000);
        assert_eq!((fresh.remaining, fresh.wait), (119, Duration::from_millis(500)));
    }

    #[test]
    fn odd_rates_never_lose_a_request_and_are_kept_to() {
        for rate in [1, 7, 31, 119, 1_000, 45_000, 100_000] {
            let limit = limit(rate);
            let allowed = |now| (0..rate + 5).filter(|_| limit.take((), now).is_allowed).count();
            assert_eq!(allowed(0), rate as usize, "{rate}");
            let half = allowed(30_000) - rate as usize / 2;
            assert!(half <= rate as usize / 1_000, "{rate}: half a minute gives half of it back");
        }
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out() {
        let limit = limit(2);
        assert_eq!([(); 3].map(|()| limit.take((), 3_600_000).is_allowed), [true, true, false]);
        assert_eq!(limit.take((), 0).wait, Duration::from_secs(30));
        assert!(limit.take((), 30_000).is_allowed);
    }

    #[test]
    fn memory_is_bounded_and_those_who_ask_most_are_remembered() {
        let limit = limit(2);
        limit.take(usize::MAX, 0);
        limit.take(usize::MAX, 0);
        for key in 0..2 * KEYS {
            limit.take(key, 0);
        }
        assert!(limit.lock().len() <= KEYS);
        assert!(!limit.take(usize::MAX, 0).is_allowed);
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let key = |address: &str| address_key(address.parse().expect("an address"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }

    #[test]
    fn an_upload_is_neither_request_nor_deploy_and_the_tightest_limit_is_told() {
        let limits = RateLimits::new(NonZeroU32::new(5), NonZeroU32::new(2));
        let address = Some(IpAddr::from([192, 0, 2, 1]));
        let remaining = |counted| {
            let mut tightest = None;
            let allowed = limits.address(address, counted, 0, &mut tightest);
            allowed.map(|()| tightest.map(|decision| decision.remaining)).map_err(|error| error.message)
        };
        assert_eq!(remaining(Counted::Deploy), Ok(Some(1)));
        assert_eq!(remaining(Counted::Deploy), Ok(Some(0)));
        let refused = "too many deploys from this address (2 a minute); the next one may come in 30 seconds";
        assert_eq!(remaining(Counted::Deploy), Err(refused.to_owned()));
        assert_eq!(remaining(Counted::Upload), Ok(None));
        assert_eq!(remaining(Counted::Request), Ok(Some(1)), "the refused deploy was a request too");
        let (off, mut tightest) = (RateLimits::new(None, None), None);
        off.credential(Uuid::nil(), Counted::Deploy, 0, &mut tightest).expect("no limit");
        assert_eq!(tightest, None);
    }
}
