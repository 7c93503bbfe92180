//! What is said about lines that cannot be used, or do not do what they seem to.

use super::super::*;
use crate::domain::rules::finding::Severity;

#[test]
fn every_line_that_cannot_be_used_has_an_error_where_it_is_wrong() {
    for (text, line, column, rule) in [
        ("/home", 1, 1, "no_destination"),
        ("/home # /away", 1, 1, "no_destination"),
        ("X-Frame-Options:", 1, 1, "no_slash"),
        ("\n\nhome /", 3, 1, "no_slash"),
        ("/home away", 1, 7, "no_destination"),
        ("/home away 301", 1, 7, "no_destination"),
        ("/home 301", 1, 7, "no_destination"),
        ("/home 404!", 1, 7, "no_destination"),
        ("/home page=1", 1, 7, "no_destination"),
        ("/home page /news", 1, 7, "bad_parameter"),
        ("/home =1 /news", 1, 7, "bad_parameter"),
        ("/home a=1 a=2 /news", 1, 11, "parameter_twice"),
        ("/home a=%ff /news", 1, 7, "not_utf8"),
        ("/home/:a a=:a /news", 1, 10, "placeholder_twice"),
        ("/home a=:splat /news", 1, 7, "placeholder_twice"),
        ("/home / 300", 1, 9, "bad_status"),
        ("/home / 500", 1, 9, "bad_status"),
        ("/home / 301!!", 1, 9, "bad_status"),
        ("/home / permanent", 1, 9, "bad_status"),
        ("/home / Country=us", 1, 9, "bad_status"),
        ("/home / -301", 1, 9, "bad_status"),
        ("/home / 302 Contry=us", 1, 13, "unknown_condition"),
        ("/home / 302 Weather=rain", 1, 13, "unknown_condition"),
        ("/home / 302 us", 1, 13, "bad_condition"),
        ("/home / 302 Country=usa", 1, 13, "bad_condition"),
        ("/home / 302 Country=us Country=de", 1, 24, "condition_twice"),
        ("/home?page=1 /news", 1, 6, "query_in_source"),
        ("/a//b /c", 1, 4, "empty_segment"),
        ("/é//b /c", 1, 4, "empty_segment"),
        ("/a/../b /c", 1, 4, "dot_segment"),
        ("/100% /c", 1, 5, "bad_escape"),
        ("/a /100%", 1, 8, "bad_escape"),
        ("/*/a/* /c", 1, 6, "two_splats"),
        ("/:a/:a /c", 1, 1, "placeholder_twice"),
        ("/:splat /c", 1, 1, "splat_in_source"),
        ("/a //evil.example", 1, 4, "two_slashes"),
        ("/a https://", 1, 12, "bad_host"),
        ("/* https://:splat", 1, 12, "bad_host"),
        ("/* https://shop.example:splat", 1, 17, "bad_host"),
        ("/:h https://:h", 1, 13, "open_redirect"),
        ("/a /:splat", 1, 5, "unknown_placeholder"),
        ("/a /a", 1, 4, "circle"),
        ("/a/* /a/:splat", 1, 6, "circle"),
        ("https://*.example/a /b", 1, 9, "bad_host"),
        ("https://a.example:80/a /b", 1, 11, "bad_host"),
        ("/a\u{0} /b", 1, 3, "control_character"),
        ("/a /b\r/c /d", 1, 6, "control_character"),
    ] {
        let parsed = parse(text.as_bytes());
        let errors: Vec<_> = parsed.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{text:?}: {:?}", parsed.findings);
        assert_eq!(
            (errors[0].line, errors[0].column, errors[0].rule),
            (line, column, rule),
            "{text:?}: {:?}",
            errors[0]
        );
        assert!(parsed.rules.is_empty() && !errors[0].fix.is_empty(), "{text:?}");
    }
}

#[test]
fn what_surprises_is_told() {
    for (text, line, rule) in [
        ("/a#b /c 301", 1, "fragment_in_source"),
        ("/a /b/:name 301", 1, "unknown_placeholder"),
        ("/a/* /b/* 301", 1, "splat_in_destination"),
        ("/a https://other.example/ 200", 1, "proxy"),
        ("/a https://other.example/ 404", 1, "proxy"),
        ("/a/* /b 200 Role=admin", 1, "condition_not_available"),
        ("/a /b 302 Country=us", 1, "country"),
        ("/a /b 301\n/a/ /c 301", 2, "never_reached"),
        ("/a/:x /b 301\n/a/:y /c 301", 2, "never_reached"),
        ("/* /b 200\n/a /c 301", 2, "never_reached"),
        ("/a /b 301!\n/a /c 301!", 2, "never_reached"),
        ("/* /index.html 200!", 1, "hides_all_files"),
    ] {
        let parsed = parse(text.as_bytes());
        let own: Vec<_> = parsed.findings.iter().filter(|finding| !finding.is_elsewhere).collect();
        assert_eq!(own.len(), 1, "{text:?}: {:?}", parsed.findings);
        assert_eq!((own[0].severity, own[0].line, own[0].rule), (Severity::Warning, line, rule), "{text:?}");
    }
    for text in [
        "/a /b 301\n/a /c 301!",
        "/a /a/ 301\n/a /c 301",
        "/a x=1 /b 301\n/a /c 301",
        "/a /b 302 Language=en\n/a /c 302",
        "/a https://other.example 200\n/a /c 301",
        "/* https://new.example/:splat 301\n/a /c 301",
    ] {
        let findings = parse(text.as_bytes()).findings;
        let own: Vec<_> = findings.iter().filter(|one| !one.is_elsewhere && one.rule == "never_reached").collect();
        assert!(own.is_empty(), "{text:?}: {own:?}");
    }
}

#[test]
fn where_other_services_differ_is_told_once_a_file() {
    for (text, expected) in [
        ("/a /b 301", &[][..]),
        ("/a /b\n/c /d\n/e /f", &["elsewhere_default_status"]),
        ("/a /b 301!", &["elsewhere_forced"]),
        ("/a /b 404", &["elsewhere_error_page"]),
        ("/a /b 410", &["elsewhere_gone"]),
        ("/a /b 303", &["elsewhere_status"]),
        ("/a /b 307\n/c /d 308", &["elsewhere_status"]),
        ("/a x=1 /b 301", &["elsewhere_query"]),
        ("/a /b 302 Cookie=x", &["elsewhere_conditions"]),
        ("https://a.example/a /b 301", &["elsewhere_host"]),
        ("/*.php /b 301", &["elsewhere_splat"]),
        ("/p-:id /b 301", &["elsewhere_placeholder"]),
        ("/a/* 200", &["elsewhere_no_destination"]),
        ("/a /a/ 301", &["elsewhere_slash"]),
        ("/:a/ /:a 301", &["elsewhere_slash"]),
        ("/* /index.html 200", &["elsewhere_fallback"]),
    ] {
        let parsed = parse(text.as_bytes());
        assert!(parsed.findings.iter().all(|finding| finding.is_elsewhere), "{text:?}: {:?}", parsed.findings);
        let rules: Vec<&str> = parsed.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, expected, "{text:?}");
    }
    let parsed = parse(b"/a /b\n/c /d\n/e /f");
    assert!(parsed.findings[0].message.ends_with("(and 2 more lines)"), "{}", parsed.findings[0].message);
}

#[test]
fn a_file_is_bounded() {
    let errors = |text: &str| {
        let findings = parse(text.as_bytes()).findings;
        findings.into_iter().filter(|one| one.severity == Severity::Error).map(|one| one.rule).collect::<Vec<_>>()
    };
    let file = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    assert_eq!(errors(&file(MOST_RULES, &|n| format!("/{n} /b 301\n"))), [""; 0]);
    assert_eq!(errors(&file(MOST_RULES + 1, &|n| format!("/{n} /b 301\n"))), ["too_many_rules"]);
    assert_eq!(errors(&file(MOST_DYNAMIC + 2, &|n| format!("/{n}/* /b 301\n"))).len(), 2);
    assert_eq!(errors(&file(MOST_MIXED + 1, &|n| format!("/{n}-* /b 301\n"))), ["too_many_rules"]);
    assert_eq!(errors(&file(MOST_OF_ONE_SOURCE + 1, &|n| format!("/a /b 302 Cookie=c{n}\n"))), ["too_many_rules"]);
    assert_eq!(errors(&file(5_000, &|n| format!("/a id={n} /b/{n} 301\n"))), [""; 0]);
    assert_eq!(errors(&format!("/{} /b 301", "a".repeat(LONGEST_LINE))), ["line_too_long"]);
    assert_eq!(errors(&"#".repeat(MOST_BYTES + 1)), ["file_too_large"]);
    assert!(parse(b"/a /b\n/\xff /c").has_errors());
    let many = file(2_001, &|n| format!("/{n} /b 301\n"));
    assert_eq!(parse(many.as_bytes()).findings[0].rule, "elsewhere_many_static");
    let many = file(101, &|n| format!("/{n}/* /b 301\n"));
    assert_eq!(parse(many.as_bytes()).findings[0].rule, "elsewhere_many_dynamic");
}
