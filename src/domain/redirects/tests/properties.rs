//! Whatever is in the file: nothing panics, no line is lost, and the index finds what trying every rule finds.

use proptest::prelude::*;

use super::super::*;
use crate::domain::rules::encode::{bad_escape, decoded_path, query_pairs};
use crate::domain::rules::finding::Severity;

/// The first rule that applies, found by trying each in turn.
fn naive(redirects: &Redirects, request: &Request<'_>, forced: bool) -> Option<(u32, Outcome)> {
    let pairs = request.query.map(|query| query_pairs(query, MOST_PARAMETERS)).unwrap_or_default();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    (0..)
        .zip(redirects.rules())
        .filter(|(_, rule)| rule.forced == forced && !rule.never)
        .find_map(|(number, rule)| Some((number, rule.apply(request, &pairs, &mut DependsOn::default())?)))
}

fn segment() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ab]",
        2 => ":[xyz]",
        1 => Just("*".to_owned()),
        1 => "[ab]-:[xyz]",
        1 => "[ab]\\*",
    ]
}

fn line() -> impl Strategy<Value = String> {
    let source = prop::collection::vec(segment(), 0..4).prop_map(|segments| format!("/{}", segments.join("/")));
    let host = prop_oneof![6 => Just(""), 1 => Just("https://a.example"), 1 => Just("https://:h.example")];
    let query =
        prop_oneof![4 => Just(""), 1 => Just("p=1"), 1 => Just("p=2"), 1 => Just("q=:v"), 1 => Just("p=1 q=:v")];
    let end = prop_oneof![
        3 => Just("/to"), 1 => Just("/to 302"), 1 => Just("/to 200!"), 1 => Just("/a 301"), 1 => Just("/to 301! Cookie=c"),
        1 => Just("/to 404 Language=en"),
    ];
    (host, source, query, end).prop_map(|(host, source, query, end)| format!("{host}{source} {query} {end}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "(\\PC{0,30}|[/a:*!?#%=. \t0-9]{0,30}|/[a*:]{0,9} /[a:]{0,9} [0-9!]{0,4})(\n|\r\n|\r|\n\n){0,2}") {
        let parsed = parse(text.as_bytes());
        let redirects = Redirects::new(parsed.rules, text.len());
        let _ = redirects.find_other(&Request { path: "a", ..Request::default() }, None);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn no_line_is_lost(lines in prop::collection::vec("(#x|/a|/[ab]{1,2} /c|/[ab]{1,2} /c 30[0-9]| |a b)", 0..20)) {
        let parsed = parse(lines.join("\n").as_bytes());
        for (number, line) in (1..).zip(&lines) {
            let is_rule = parsed.rules.iter().any(|rule| rule.line == number);
            let has_error = parsed.findings.iter().any(|one| one.line == number && one.severity == Severity::Error);
            let is_nothing = line.trim().is_empty() || line.starts_with('#');
            prop_assert_eq!(usize::from(is_rule) + usize::from(has_error) + usize::from(is_nothing), 1, "{} {:?}", number, line);
        }
    }

    #[test]
    fn the_index_finds_what_trying_every_rule_finds(
        lines in prop::collection::vec(line(), 0..30),
        path in prop::collection::vec("[abc]|[ab]-[ab]|ab", 0..5),
        is_folder in any::<bool>(),
        query in prop::option::of("(p=[12]&?|q=[x/]?&?){0,3}"),
        host in prop_oneof![Just("a.example"), Just("b.example"), Just("other")],
        cookie in prop::option::of(Just("c=1")),
        accept_language in prop::option::of(Just("en")),
    ) {
        let text = lines.concat();
        let redirects = Redirects::new(parse(text.as_bytes()).rules, text.len());
        let path = path.join("/");
        let is_folder = is_folder || path.is_empty();
        let request =
            Request { host, path: &path, is_folder, query: query.as_deref(), cookie, accept_language, country: None };
        for forced in [false, true] {
            let found = if forced { redirects.find_forced(&request) } else { redirects.find_other(&request, None) };
            let hit = found.hit.map(|hit| (hit.number, hit.outcome));
            prop_assert_eq!(hit, naive(&redirects, &request, forced), "{}", text);
        }
    }

    #[test]
    fn no_location_leaves_its_field_or_names_a_host_of_the_visitors(
        destination in "(/[a:vs]{0,9}|/:splat|/:v/:splat|//:v|https://s\\.example/:splat|https://:v\\.s\\.example)(\\?[a:vs=]{0,5})?",
        value in "[/\\\\a.:@?#%\r\n é-]{0,12}",
        rest in "[a/.:@-]{0,9}",
    ) {
        let text = format!("/x/* v=:v {destination} 302");
        let redirects = Redirects::new(parse(text.as_bytes()).rules, text.len());
        let query = format!("v={}", crate::domain::rules::encode::part(&value));
        let path = format!("x/{}", rest.trim_matches('/'));
        let request = Request { host: "h.example", path: path.trim_end_matches('/'), query: Some(&query), ..Request::default() };
        if let Some(Outcome::Redirect { location, .. }) = redirects.find_other(&request, None).hit.map(|hit| hit.outcome) {
            prop_assert!(location.bytes().all(|byte| byte.is_ascii_graphic()), "{location:?}");
            prop_assert!(bad_escape(&location).is_none() && decoded_path(&location).is_some());
            let is_path = location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
            let after = location.strip_prefix("https://").unwrap_or_default();
            let host = after.split(['/', '?', '#']).next().unwrap_or_default();
            prop_assert!(is_path || host == "s.example" || host.ends_with(".s.example"), "{location}");
        }
    }
}
