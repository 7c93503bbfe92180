//! Groups of arguments that several commands share, and value parsers.

use std::num::NonZeroU32;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

use crate::api::tokens::TokenKind;
use crate::domain::slug::{OrgSlug, SiteSlug};

/// Which site: positional or as an option.
#[derive(Debug, Clone, Default, Args)]
pub struct SiteArgs {
    /// Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]
    #[arg(value_name = "SITE", conflicts_with = "site_option")]
    site: Option<SiteSlug>,

    /// Site slug, the same as SITE
    #[arg(id = "site_option", long = "site", value_name = "SITE")]
    site_option: Option<SiteSlug>,
}

impl SiteArgs {
    /// The slug that was given.
    pub fn slug(&self) -> Option<&SiteSlug> {
        self.site.as_ref().or(self.site_option.as_ref())
    }
}

/// Which site, where the positional argument is something else.
#[derive(Debug, Clone, Default, Args)]
pub struct SiteOption {
    /// Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]
    #[arg(long, value_name = "SITE")]
    pub site: Option<SiteSlug>,
}

/// Which organization.
#[derive(Debug, Clone, Default, Args)]
pub struct OrgOption {
    /// Organization slug [default: ZERODEPLOY_ORG, zerodeploy.json, the profile, or the only one there is]
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,
}

/// How many entries of a history.
#[derive(Debug, Clone, Args)]
pub struct LimitOption {
    /// Most entries to show
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=MOST_ENTRIES))]
    pub limit: u32,
}

/// Most entries of a history at once.
const MOST_ENTRIES: i64 = 10_000;

impl LimitOption {
    /// The limit to propose to somebody who saw `shown` entries, when there may be more.
    pub fn larger(&self, shown: usize) -> Option<u32> {
        let is_full = u32::try_from(shown).is_ok_and(|shown| shown >= self.limit);
        let larger = self.limit.saturating_mul(10).min(u32::try_from(MOST_ENTRIES).unwrap_or(u32::MAX));
        (is_full && larger > self.limit).then_some(larger)
    }
}

/// Reads a token kind by its documented name.
///
/// # Errors
///
/// A sentence for people that lists the kinds.
pub(super) fn token_kind(text: &str) -> Result<TokenKind, String> {
    [TokenKind::User, TokenKind::Org, TokenKind::Site]
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| "expected `user`, `org` or `site`".to_owned())
}

/// How long a token lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// This many seconds
    Seconds(u64),
    /// Until it is deleted
    Never,
}

impl Lifetime {
    /// Longest lifetime that can be asked for: a hundred years.
    const MOST_DAYS: u64 = 36_500;
    const DAY: u64 = 24 * 60 * 60;

    /// The lifetime in seconds, when it ends.
    pub fn seconds(self) -> Option<u64> {
        match self {
            Lifetime::Seconds(seconds) => Some(seconds),
            Lifetime::Never => None,
        }
    }
}

impl std::str::FromStr for Lifetime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "never" {
            return Ok(Lifetime::Never);
        }
        let seconds = match text.parse::<u64>() {
            Ok(days) => days.checked_mul(Lifetime::DAY),
            Err(_) => duration(text).and_then(|time| u64::try_from(time.as_secs()).ok()),
        };
        let longest = Lifetime::MOST_DAYS * Lifetime::DAY;
        seconds.filter(|seconds| (60..=longest).contains(seconds)).map(Lifetime::Seconds).ok_or_else(|| {
            format!("expected 1 to {} days, a time such as `12h` or `90d`, or `never`", Lifetime::MOST_DAYS)
        })
    }
}

/// A time such as `24h` or `7d`, not below zero.
pub(super) fn duration(text: &str) -> Option<SignedDuration> {
    let time = text.parse::<Span>().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()));
    time.ok().filter(|time| !time.is_negative())
}

/// From when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// So long before now
    Ago(SignedDuration),
    /// From this moment on
    Moment(Timestamp),
}

impl Since {
    /// The moment; the beginning of time when it lies before that.
    pub fn moment(self, now: Timestamp) -> Timestamp {
        match self {
            Since::Ago(time) => now.checked_sub(time).unwrap_or(Timestamp::MIN),
            Since::Moment(moment) => moment,
        }
    }
}

impl std::str::FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(moment) = text.parse() {
            return Ok(Since::Moment(moment));
        }
        if let Ok(midnight) = text.parse::<Date>().and_then(|date| date.to_zoned(TimeZone::UTC)) {
            return Ok(Since::Moment(midnight.timestamp()));
        }
        duration(text)
            .filter(|time| time.is_positive())
            .map(Since::Ago)
            .ok_or_else(|| "expected a time such as `24h` or `7d`, or a date such as `2026-01-31` (UTC)".to_owned())
    }
}

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PerMinute {
    /// So many times
    Times(NonZeroU32),
    /// As often as anybody likes
    Off,
}

impl std::str::FromStr for PerMinute {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" {
            return Ok(PerMinute::Off);
        }
        text.parse().map(PerMinute::Times).map_err(|_| "expected a number from 1 on, or `off`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spans_dates_or_moments() {
        let now: Timestamp = "2026-05-08T12:00:00Z".parse().expect("a time");
        let moment = |text: &str| text.parse::<Since>().expect("a time").moment(now).to_string();
        assert_eq!(moment("7d"), "2026-05-01T12:00:00Z");
        assert_eq!(moment("1h30m"), "2026-05-08T10:30:00Z");
        assert_eq!(moment("2026-01-31"), "2026-01-31T00:00:00Z");
        assert_eq!(moment("2026-01-31T08:00:00+01:00"), "2026-01-31T07:00:00Z");
        for wrong in ["", "7", "-7d", "0s", "1month", "yesterday", "2026-02-30"] {
            assert!(wrong.parse::<Since>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_larger_limit_is_proposed_where_it_may_show_more() {
        let larger = |limit, shown| LimitOption { limit }.larger(shown);
        assert_eq!([larger(20, 19), larger(20, 20), larger(2_000, 2_000)], [None, Some(200), Some(10_000)]);
        assert_eq!(larger(10_000, 10_000), None);
    }

    #[test]
    fn rates_are_numbers_or_off() {
        assert_eq!("off".parse(), Ok(PerMinute::Off));
        assert!(matches!("30".parse(), Ok(PerMinute::Times(count)) if count.get() == 30));
        assert!(["0", "-1", "1.5", "never"].iter().all(|wrong| wrong.parse::<PerMinute>().is_err()));
    }

    #[test]
    fn lifetimes_are_days_or_never() {
        assert_eq!("90".parse::<Lifetime>().expect("days").seconds(), Some(7_776_000));
        assert_eq!("never".parse::<Lifetime>().expect("never").seconds(), None);
    }

    #[test]
    fn kinds_have_their_documented_names() {
        assert_eq!(token_kind("org"), Ok(TokenKind::Org));
        assert!(token_kind("pat").is_err());
    }
}
