//! Slugs of organizations and sites, and alias names: all of them become labels of host names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Site slugs that would shadow a host name or a word of the command line.
pub const RESERVED_SITE_SLUGS: [&str; 9] =
    ["admin", "api", "dashboard", "list", "localhost", "login", "mail", "promote", "www"];

/// Why a text is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    #[error("a slug has {2} to {3} characters, `{0}` has {1}")]
    Length(String, usize, usize, usize),
    #[error("`{0}` must start with a lower-case letter")]
    Start(String),
    #[error("`{0}` must not end with a hyphen")]
    End(String),
    #[error("`{0}` has two hyphens in a row")]
    DoubleHyphen(String),
    #[error("`{0}` may hold only lower-case letters, digits and hyphens")]
    Character(String),
    #[error("`{0}` is a reserved name")]
    Reserved(String),
}

fn check(text: &str, shortest: usize, longest: usize) -> Result<(), SlugError> {
    let owned = || text.to_owned();
    let length = text.chars().count();
    if length < shortest || length > longest {
        return Err(SlugError::Length(owned(), length, shortest, longest));
    }
    if !text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Err(SlugError::Character(owned()));
    }
    if !text.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Err(SlugError::Start(owned()));
    }
    if text.ends_with('-') {
        return Err(SlugError::End(owned()));
    }
    if text.contains("--") {
        return Err(SlugError::DoubleHyphen(owned()));
    }
    Ok(())
}

macro_rules! slug_type {
    ($(#[$documentation:meta])* $name:ident, $shortest:literal, $longest:literal, $reserved:expr) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The slug as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = SlugError;

            fn from_str(text: &str) -> Result<Self, SlugError> {
                check(text, $shortest, $longest)?;
                if $reserved.contains(&text) {
                    return Err(SlugError::Reserved(text.to_owned()));
                }
                Ok(Self(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

slug_type!(
    /// An organization's slug: 2 to 39 characters.
    OrgSlug, 2, 39, [""; 0]
);
slug_type!(
    /// A site's slug: 2 to 40 characters, unique on the server, so that `<deployment>-<site>` fits a 63-character label.
    SiteSlug, 2, 40, RESERVED_SITE_SLUGS
);
slug_type!(
    /// An alias of a site: 3 to 21 characters, so that `<alias>--<site>` fits a 63-character label.
    Alias, 3, 21, [""; 0]
);

impl SiteSlug {
    /// Makes a legal slug of any name (a folder, a package), or `None` when nothing usable is left.
    pub fn from_name(name: &str) -> Option<SiteSlug> {
        // A scoped package `@scope/name` is named by what follows the slash.
        let name = name.rsplit('/').next().unwrap_or(name);
        let mut slug = String::new();
        for character in name.chars().flat_map(char::to_lowercase) {
            if character.is_ascii_lowercase() || character.is_ascii_digit() {
                slug.push(character);
            } else if !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_start_matches(|first: char| !first.is_ascii_lowercase());
        let slug: String = slug.chars().take(40).collect();
        let slug = slug.trim_end_matches('-');
        slug.parse().or_else(|_| format!("{slug}-site").parse()).ok()
    }

    /// The `number`th proposal for when this slug is taken: `blog-2`, `blog-3`, …
    pub fn proposal(&self, number: usize) -> Option<SiteSlug> {
        let ending = format!("-{number}");
        let kept: String = self.0.chars().take(40 - ending.len()).collect();
        format!("{}{ending}", kept.trim_end_matches('-')).parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_a_site_slug() {
        for good in ["ab", "blog", "my-site-2", &"a".repeat(40)] {
            assert!(good.parse::<SiteSlug>().is_ok(), "{good}");
        }
        for bad in ["", "a", "2blog", "-a", "a-", "a--b", "Blog", "a_b", "a.b", "blög", "api", "www", &"a".repeat(41)]
        {
            assert!(bad.parse::<SiteSlug>().is_err(), "{bad}");
        }
        assert!("api".parse::<OrgSlug>().is_ok(), "organizations are no host names");
    }

    #[test]
    fn any_name_becomes_a_legal_slug_or_none() {
        let made = |name: &str| SiteSlug::from_name(name).map(|slug| slug.to_string());
        assert_eq!(made("My Site!").as_deref(), Some("my-site"));
        assert_eq!(made("@acme/web__app").as_deref(), Some("web-app"));
        assert_eq!(made("2024-blog").as_deref(), Some("blog"));
        assert_eq!(made("www").as_deref(), Some("www-site"));
        assert_eq!(made("x").as_deref(), Some("x-site"));
        assert_eq!(made(&"long-name-".repeat(9)).as_deref(), Some("long-name-long-name-long-name-long-name"));
        assert_eq!(made("日本"), None);
    }

    #[test]
    fn proposals_are_legal_at_any_length() {
        let slug: SiteSlug = "a".repeat(40).parse().expect("legal");
        assert_eq!(slug.proposal(12).expect("legal").as_str().len(), 40);
    }
}
