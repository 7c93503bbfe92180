//! Groups of arguments that several commands share, and value parsers.

use clap::Args;

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
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub limit: u32,
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
    /// This many days
    Days(u32),
    /// Until it is deleted
    Never,
}

impl Lifetime {
    /// Longest lifetime that can be asked for: a hundred years.
    const MOST_DAYS: u32 = 36_500;

    /// The lifetime in seconds, when it ends.
    pub fn seconds(self) -> Option<u64> {
        match self {
            Lifetime::Days(days) => Some(u64::from(days) * 24 * 60 * 60),
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
        let days = text.parse::<u32>().ok().filter(|days| (1..=Lifetime::MOST_DAYS).contains(days));
        days.map(Lifetime::Days).ok_or_else(|| format!("expected 1 to {} days, or `never`", Lifetime::MOST_DAYS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
