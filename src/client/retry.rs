//! When a failed request is tried again: the one place that decides it.

use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable};

use super::error::{Cause, ClientError, Failure};
use super::wait::Patience;

/// Tries after the first.
const RETRIES: usize = 4;
/// Wait before the second try, unless the server names one.
const FIRST_DELAY: Duration = Duration::from_millis(200);
/// Longest wait between two tries, unless the server names one.
const LONGEST_DELAY: Duration = Duration::from_secs(10);
/// Longest wait that a server may ask for; beyond it the command gives up and says so.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// Whether a request may reach the server twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It has the same effect once and twice (RFC 9110 §9.2.2).
    Harmless,
    /// It makes or moves something each time.
    Harmful,
}

/// Whether another try is allowed after a failure.
fn may_retry(repeat: Repeat, cause: Cause) -> bool {
    match cause {
        // The server has not begun to work on it.
        Cause::Connect | Cause::Refused | Cause::Status(429 | 503) => true,
        Cause::Broken | Cause::Status(408 | 500 | 502 | 504) => repeat == Repeat::Harmless,
        Cause::Status(_) | Cause::Final => false,
    }
}

/// Tries until there is an answer, a failure that must not be repeated, or no time left: `longest` bounds the time
/// between the first try and the begin of the last one. Waiting for a server that limits requests is bounded by
/// `patience` instead.
pub(super) async fn run<T, Try>(
    repeat: Repeat,
    longest: Duration,
    patience: &Patience,
    attempt: impl FnMut() -> Try,
) -> Result<T, ClientError>
where
    Try: Future<Output = Result<T, Failure>>,
{
    let begin = Instant::now();
    let delays = ExponentialBuilder::new()
        .with_min_delay(FIRST_DELAY)
        .with_max_delay(LONGEST_DELAY)
        .with_max_times(RETRIES)
        .with_jitter();
    attempt
        .retry(delays)
        .when(|failure: &Failure| may_retry(repeat, failure.cause))
        .adjust(|failure, delay| {
            let delay = failure.error.retry_after.or(delay).filter(|_| delay.is_some())?;
            let may_wait = match failure.cause {
                Cause::Status(429) => patience.allows(delay, Instant::now()),
                _ => delay <= LONGEST_RETRY_AFTER && begin.elapsed() + delay <= longest,
            };
            may_wait.then_some(delay)
        })
        .notify(|failure, delay| {
            tracing::debug!(error = %failure.error, wait_ms = delay.as_millis() as u64, "the request is tried again");
        })
        .await
        .map_err(told)
}

/// The error that ends the command; of a limit it tells when the command may be run again.
fn told(failure: Failure) -> ClientError {
    let Failure { mut error, cause } = failure;
    if let (Cause::Status(429), Some(wait)) = (cause, error.retry_after) {
        let wait = wait.as_secs();
        if !error.message.contains(&wait.to_string()) {
            error.message.push_str(&format!("; the server takes the next request in {wait} s"));
        }
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ErrorCode;
    use crate::client::wait::OnWait;
    use std::cell::Cell;

    #[test]
    fn which_failures_are_tried_again() {
        let always = [429, 503];
        let when_harmless = [408, 500, 502, 504];
        for status in 300..=599 {
            let expected = (always.contains(&status) || when_harmless.contains(&status), always.contains(&status));
            let cause = Cause::Status(status);
            assert_eq!((may_retry(Repeat::Harmless, cause), may_retry(Repeat::Harmful, cause)), expected, "{status}");
        }
        assert!(may_retry(Repeat::Harmful, Cause::Connect) && may_retry(Repeat::Harmful, Cause::Refused));
        assert!(may_retry(Repeat::Harmless, Cause::Broken) && !may_retry(Repeat::Harmful, Cause::Broken));
        assert!(!may_retry(Repeat::Harmless, Cause::Final));
    }

    async fn tries(repeat: Repeat, status: u16, wait: Duration, longest: Duration) -> usize {
        let (count, patience) = (Cell::new(0), Patience::new(OnWait::default()));
        let result: Result<(), _> = run(repeat, longest, &patience, || {
            count.set(count.get() + 1);
            let mut error = ClientError::new(ErrorCode::RateLimited, "busy");
            error.retry_after = Some(wait);
            std::future::ready(Err(Failure { error, cause: Cause::Status(status) }))
        })
        .await;
        assert!(result.is_err());
        count.get()
    }

    #[tokio::test]
    async fn tries_are_bounded_in_number_and_in_time() {
        let minute = Duration::from_secs(60);
        assert_eq!(tries(Repeat::Harmful, 503, Duration::ZERO, minute).await, 5);
        assert_eq!(tries(Repeat::Harmful, 500, Duration::ZERO, minute).await, 1);
        assert_eq!(tries(Repeat::Harmless, 429, Duration::from_secs(61), minute * 9).await, 1, "asks for too much");
        assert_eq!(tries(Repeat::Harmless, 503, Duration::from_secs(9), Duration::from_secs(5)).await, 1, "too late");
    }
}
