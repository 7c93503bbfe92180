//! The conformance table: each case names the section of the published document that it is from.
//!
//! Columns: the file, the request, the answer. A request is `[//host]path[?query]`, then `| field: value` for `language`,
//! `cookie` and `country`. An answer is `301 Location`, `200 path` for a file of the site, or `-` when no rule applies.

mod cloudflare;
mod findings;
mod netlify;
mod ours;
mod properties;

use super::*;
use crate::domain::rules::encode::decoded_path;

/// One case: file, request, answer.
type Case = (&'static str, &'static str, &'static str);

/// Every table, by the section it is from.
const TABLES: &[&[(&str, &[Case])]] = &[netlify::TABLE, cloudflare::TABLE, ours::TABLE];

fn redirects(text: &str) -> Redirects {
    let parsed = parse(text.as_bytes());
    assert!(!parsed.has_errors(), "{text:?}: {:?}", parsed.findings);
    Redirects::new(parsed.rules, text.len())
}

/// What rules do with a request for which the site has no file.
fn ask(redirects: &Redirects, request: &Request<'_>) -> Found {
    let mut found = redirects.find_forced(request);
    let before = found.hit.as_ref().map(|hit| hit.number);
    let other = redirects.find_other(request, before);
    found.depends_on.add(other.depends_on);
    found.hit = other.hit.or(found.hit);
    found
}

fn answer(redirects: &Redirects, request: &str) -> String {
    let mut parts = request.split(" | ");
    let target = parts.next().unwrap_or_default();
    let (host, target) = match target.strip_prefix("//") {
        Some(behind) => behind.split_at(behind.find('/').expect("a path")),
        None => ("site.example", target),
    };
    let (raw, query) = match target.split_once('?') {
        Some((raw, query)) => (raw, Some(query)),
        None => (target, None),
    };
    let path = decoded_path(raw).expect("UTF-8");
    let mut asked =
        Request { host, path: path.trim_matches('/'), is_folder: path.ends_with('/'), query, ..Request::default() };
    for field in parts {
        let (name, value) = field.split_once(": ").expect("a field");
        *match name {
            "language" => &mut asked.accept_language,
            "cookie" => &mut asked.cookie,
            "country" => &mut asked.country,
            _ => panic!("{name}"),
        } = Some(value);
    }
    match ask(redirects, &asked).hit.map(|hit| hit.outcome) {
        None => "-".to_owned(),
        Some(Outcome::Redirect { status, location }) => format!("{status} {location}"),
        Some(Outcome::Serve { status, path }) => format!("{status} {}", path.unwrap_or_default()).trim_end().to_owned(),
    }
}

#[test]
fn the_published_rules_do_what_they_say() {
    let mut cases = 0;
    for (section, table) in TABLES.iter().copied().flatten() {
        for (text, request, expected) in *table {
            cases += 1;
            assert_eq!(answer(&redirects(text), request), *expected, "{section}: {text:?} for {request}");
        }
    }
    assert!(cases >= 200, "{cases} cases");
}

#[test]
fn an_answer_tells_what_it_depends_on() {
    let text = "/l /en 302 Language=en\n/c /old 302 Cookie=old\n/z /us 302 Country=us\n/p /q 302\n/l /de 302";
    let redirects = redirects(text);
    let depends_on = |path| ask(&redirects, &Request { path, ..Request::default() }).depends_on;
    assert_eq!(depends_on("p"), DependsOn::default());
    assert_eq!(depends_on("l"), DependsOn { language: true, cookie: true, country: false });
    assert_eq!(depends_on("c"), DependsOn { cookie: true, ..DependsOn::default() });
    assert_eq!(depends_on("z"), DependsOn { country: true, ..DependsOn::default() });
}

#[test]
fn what_is_served_is_known_beforehand() {
    let redirects = redirects("/a /b 200\n/c/* /d/:splat 200\n/e /f 301\n/g /h 404\n/i https://j.example 200");
    let served: Vec<_> = redirects.rules().iter().map(Rule::served_path).collect();
    assert_eq!(served, [Some("/b".to_owned()), None, None, Some("/h".to_owned()), None]);
}
