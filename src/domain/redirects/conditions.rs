//! Conditions of a rule: `Language=`, `Country=`, `Cookie=`, `Role=`.

use super::find::{DependsOn, Request};
use crate::domain::did_you_mean;

/// The names that are known, here or as something this server does not have.
const NAMES: [&str; 6] = ["Language", "Country", "Cookie", "Role", "Sign", "Signed"];
/// The cookie with which a visitor chooses a language.
const LANGUAGE_COOKIE: &str = "nf_lang";

/// What a request must be for a rule to apply; each one that is not empty has to be met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Conditions {
    languages: Vec<Box<str>>,
    countries: Vec<Box<str>>,
    cookies: Vec<Box<str>>,
}

/// What came of reading a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// This server judges it.
    Here,
    /// Judged only where the operator names a header with the country.
    Country,
    /// This server has nothing to judge it by.
    NotHere,
}

impl Conditions {
    /// Adds a condition.
    ///
    /// # Errors
    /// Stable name, what is wrong, and what to do.
    pub(super) fn add(&mut self, word: &str) -> Result<Known, (&'static str, String, String)> {
        let Some((name, values)) = word.split_once('=') else {
            let message = format!("`{word}` is no condition");
            return Err(("bad_condition", message, "write Name=value, or take it out".to_owned()));
        };
        let Some(known) = NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(name)) else {
            let fix = match did_you_mean(name, NAMES) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "conditions are Language, Country and Cookie".to_owned(),
            };
            return Err(("unknown_condition", format!("the condition `{name}` is not known"), fix));
        };
        let values: Vec<&str> = values.split(',').collect();
        let bad = values.iter().find(|value| !is_value(known, value));
        if let Some(value) = bad {
            let expected = match known {
                "Country" => "two letters of ISO 3166-1, such as us or de",
                "Language" => "a language tag such as en or pt-br",
                "Cookie" => "a cookie's name",
                _ => "a value",
            };
            let message = format!("`{value}` is not {expected}");
            return Err(("bad_condition", message, format!("write {known}=value,value")));
        }
        let lower = values.iter().map(|value| value.to_ascii_lowercase().into());
        let list = match known {
            "Language" => &mut self.languages,
            "Country" => &mut self.countries,
            "Cookie" => &mut self.cookies,
            _ => return Ok(Known::NotHere),
        };
        if !list.is_empty() {
            let message = format!("the condition `{known}` stands here twice");
            return Err(("condition_twice", message, format!("write {known}=one,other")));
        }
        if known == "Cookie" {
            list.extend(values.iter().map(|value| Box::from(*value)));
        } else {
            list.extend(lower);
        }
        Ok(if known == "Country" { Known::Country } else { Known::Here })
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.languages.is_empty() && self.countries.is_empty() && self.cookies.is_empty()
    }

    /// Whether a request meets them all; notes what was looked at.
    pub(super) fn are_met(&self, request: &Request<'_>, depends_on: &mut DependsOn) -> bool {
        if !self.languages.is_empty() {
            depends_on.language = true;
            depends_on.cookie = true;
            let wanted =
                cookie(request.cookie, LANGUAGE_COOKIE).or_else(|| preferred_language(request.accept_language));
            let fits = |wanted: &str| self.languages.iter().any(|language| is_language(wanted, language));
            if !wanted.is_some_and(fits) {
                return false;
            }
        }
        if !self.countries.is_empty() {
            depends_on.country = true;
            let fits = |country: &str| self.countries.iter().any(|one| one.eq_ignore_ascii_case(country));
            if !request.country.is_some_and(fits) {
                return false;
            }
        }
        if !self.cookies.is_empty() {
            depends_on.cookie = true;
            return self.cookies.iter().any(|name| cookie(request.cookie, name).is_some());
        }
        true
    }
}

fn is_value(condition: &str, value: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match condition {
        "Country" => value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()),
        "Language" => {
            let is_subtag =
                |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
            value.split('-').all(is_subtag)
        }
        "Cookie" => !value.is_empty() && value.bytes().all(is_token),
        _ => !value.is_empty(),
    }
}

/// The value of a cookie (RFC 6265 §5.4), from the joined `Cookie` fields.
fn cookie<'a>(cookies: Option<&'a str>, name: &str) -> Option<&'a str> {
    let pairs = cookies?.split(';').map(|pair| pair.trim().split_once('=').unwrap_or((pair.trim(), "")));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The language that a visitor likes best (RFC 9110 §12.5.4): the first of those with the highest weight.
fn preferred_language(accepted: Option<&str>) -> Option<&str> {
    let mut best: Option<(&str, u16)> = None;
    for range in accepted?.split(',').take(100) {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight = weight.map_or(Some(1000), thousandths).unwrap_or(0);
        let is_better = best.is_none_or(|(_, known)| weight > known);
        if !tag.is_empty() && tag != "*" && weight > 0 && is_better {
            best = Some((tag, weight));
        }
    }
    best.map(|(tag, _)| tag)
}

fn thousandths(weight: &str) -> Option<u16> {
    let weight: f32 = weight.trim().parse().ok()?;
    (0.0..=1.0).contains(&weight).then_some((weight * 1000.0) as u16)
}

/// Whether a visitor's language is this one or a kind of it: `en-GB` is `en`.
fn is_language(wanted: &str, language: &str) -> bool {
    let start = wanted.get(..language.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(language))
        && matches!(wanted.as_bytes().get(language.len()), None | Some(b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_counts() {
        for (accepted, expected) in [
            ("en", Some("en")),
            ("de;q=0.5, fr;q=0.9, en;q=0.1", Some("fr")),
            ("de, fr", Some("de")),
            ("*, zh;q=0.2", Some("zh")),
            ("de;q=0", None),
            ("de;q=x, fr;q=0.1", Some("fr")),
            ("", None),
        ] {
            assert_eq!(preferred_language(Some(accepted)), expected, "{accepted}");
        }
        assert!(is_language("en-GB", "en") && is_language("EN", "en") && is_language("zh-Hant-TW", "zh-hant"));
        assert!(!is_language("eng", "en") && !is_language("en", "en-gb"));
    }

    #[test]
    fn cookies_are_found_by_name() {
        let cookies = Some("a=1; is_legacy; b=x=y;c=");
        assert_eq!(cookie(cookies, "b"), Some("x=y"));
        assert_eq!(cookie(cookies, "is_legacy"), Some(""));
        assert_eq!(cookie(cookies, "is"), None);
        assert_eq!(cookie(None, "a"), None);
    }

    #[test]
    fn wrong_conditions_are_named() {
        for (word, rule) in [
            ("Languge=en", "unknown_condition"),
            ("Weather=rain", "unknown_condition"),
            ("Country", "bad_condition"),
            ("Country=usa", "bad_condition"),
            ("Country=", "bad_condition"),
            ("Language=en_US", "bad_condition"),
            ("Cookie=a b", "bad_condition"),
            ("Cookie=a,,b", "bad_condition"),
            ("Role=", "bad_condition"),
        ] {
            assert_eq!(Conditions::default().add(word).map_err(|error| error.0), Err(rule), "{word}");
        }
        let mut conditions = Conditions::default();
        assert_eq!(conditions.add("language=en,de"), Ok(Known::Here));
        assert_eq!(conditions.add("Language=fr").map_err(|error| error.0), Err("condition_twice"));
        assert_eq!(conditions.add("Country=US"), Ok(Known::Country));
        assert_eq!(conditions.add("Role=admin"), Ok(Known::NotHere));
    }
}
