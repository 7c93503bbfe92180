//! The file's syntax and what its rules do.

use super::*;
use crate::domain::rules::finding::Severity;

const NETLIFY: &str = "Netlify, Custom headers";
const CLOUDFLARE: &str = "Cloudflare Pages, Headers";
const OURS: &str = "ours";

fn rules(text: &str) -> HeaderRules {
    let parsed = parse(text.as_bytes());
    assert!(!parsed.has_errors(), "{text}: {:?}", parsed.findings);
    HeaderRules::new(parsed.rules, text.len())
}

/// The fields that come of a request, as `name: value`, starting from the server's own `cache-control: own`.
fn fields(text: &str, request: &str) -> String {
    let (host, path) = request.split_once('/').expect("host/path");
    let rules = rules(text);
    let is_folder = path.is_empty() || path.ends_with('/');
    let mut fields: Vec<(String, String, bool)> = vec![("cache-control".into(), "own".into(), false)];
    for change in rules.changes(host, path.trim_end_matches('/'), is_folder) {
        match change {
            Change::Remove(name) => fields.retain(|field| field.0 != name),
            Change::Set(name, value) => {
                fields.retain(|field| field.2 || field.0 != name);
                match fields.iter_mut().find(|field| field.0 == name) {
                    Some(field) => field.1 = format!("{}, {value}", field.1),
                    None => fields.push((name.into(), value, true)),
                }
            }
        }
    }
    fields.iter().map(|(name, value, _)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ")
}

#[test]
fn documented_rules_do_what_they_say() {
    let own = "cache-control: own";
    for (source, text, request, expected) in [
        (NETLIFY, "/templates/index.html\n  X-Frame-Options: DENY", "h/templates/index.html", "x-frame-options: DENY"),
        (NETLIFY, "/templates/index.html\n  X-Frame-Options: DENY", "h/templates/index2.html", ""),
        (NETLIFY, "# comment\n/a\n  # for that path\n  X-A: 1\n  X-B: 2", "h/a", "x-a: 1; x-b: 2"),
        (NETLIFY, "/*\n  X-A: no-store\n  X-A: no-cache", "h/any/where", "x-a: no-store, no-cache"),
        (NETLIFY, "/*\n  X-A: 1", "h/", "x-a: 1"),
        (NETLIFY, "/a/*\n  X-A: 1", "h/a/b/c", "x-a: 1"),
        (NETLIFY, "/a/*\n  X-A: 1", "h/ab", ""),
        (NETLIFY, "/a/:b\n  X-A: 1", "h/a/b", "x-a: 1"),
        (NETLIFY, "/a/:b\n  X-A: 1", "h/a/b/c", ""),
        (NETLIFY, "/a\nX-A: 1", "h/a", "x-a: 1"),
        (NETLIFY, "/a\n\tX-A:1", "h/a", "x-a: 1"),
        (NETLIFY, "/a\n\n  X-A: a:b # c", "h/a", "x-a: a:b # c"),
        (CLOUDFLARE, "/s/p\n  X-A: 1\n/s/*\n  X-B: 2", "h/s/p", "x-a: 1; x-b: 2"),
        (
            CLOUDFLARE,
            "/s/*\n  X-A: nosnippet\nhttps://h.example/*\n  X-A: noindex",
            "h.example/s/i",
            "x-a: nosnippet, noindex",
        ),
        (CLOUDFLARE, "/s/*\n  X-A: nosnippet\nhttps://h.example/*\n  X-A: noindex", "other/s/i", "x-a: nosnippet"),
        (CLOUDFLARE, "https://h.example/p\n  X-A: 1", "h.example/p", "x-a: 1"),
        (CLOUDFLARE, "https://h.example/p\n  X-A: 1", "h.example/q", ""),
        (CLOUDFLARE, "/*\n  X-A: 1\n/*.jpg\n  ! X-A", "h/a.jpg", ""),
        (CLOUDFLARE, "/*\n  X-A: 1\n/*.jpg\n  ! X-A", "h/a.png", "x-a: 1"),
        (CLOUDFLARE, "/*\n  X-A: 1\n/b\n  ! X-A\n  X-A: 2", "h/b", "x-a: 2"),
        (CLOUDFLARE, "/movies/:title\n  X-N: You watch \":title\"", "h/movies/a b", "x-n: You watch \"a%20b\""),
        (CLOUDFLARE, "/a/*\n  X-N: :splat", "h/a/b/c", "x-n: b/c"),
        (
            CLOUDFLARE,
            "https://:project.pages.dev/*\n  X-O: https://staging.:project.pages.dev/",
            "mine.pages.dev/x",
            "x-o: https://staging.mine.pages.dev/",
        ),
        (CLOUDFLARE, "https://:project.pages.dev/*\n  X-R: noindex", "a.b.pages.dev/x", ""),
        (
            CLOUDFLARE,
            "/a\n  Content-Security-Policy: script-src 'self'; x y:z",
            "h/a",
            "content-security-policy: script-src 'self'; x y:z",
        ),
        (OURS, "/a/\n  X-A: 1", "h/a", "x-a: 1"),
        (OURS, "/a\n  X-A: 1", "h/a/", "x-a: 1"),
        (OURS, "/caf%C3%A9\n  X-A: 1", "h/café", "x-a: 1"),
        (OURS, "/a # why\n  X-A: 1", "h/a", "x-a: 1"),
        (OURS, "/A\n  X-A: 1", "h/a", ""),
        (OURS, "/:x\n  X-A: :y :x", "h/1", "x-a: :y 1"),
    ] {
        let expected = if expected.is_empty() { own.to_owned() } else { format!("{own}; {expected}") };
        assert_eq!(fields(text, request), expected, "{source}: {text:?} {request}");
    }
    assert_eq!(fields("/*\n  Cache-Control: no-store", "h/a"), "cache-control: no-store", "{CLOUDFLARE}");
    assert_eq!(fields("/*\n  ! Cache-Control", "h/a"), "", "{CLOUDFLARE}");
    assert_eq!(fields("/*\n  Cache-Control: a\n/b\n  Cache-Control: b", "h/b"), "cache-control: a, b", "{CLOUDFLARE}");
}

#[test]
fn no_line_is_lost_without_a_word() {
    for (text, line, column, rule) in [
        ("X-A: 1\n/a\n  X-B: 1", 1, 1, "no_path"),
        ("/a\n  nonsense", 2, 3, "bad_field"),
        ("/a\n  X-A:", 2, 3, "bad_field"),
        ("/a\n  : 1", 2, 3, "bad_name"),
        ("/a\n  X A: 1", 2, 3, "bad_name"),
        ("/a\n  ! X A", 2, 3, "bad_name"),
        ("/a\n  !", 2, 3, "bad_name"),
        ("/a\n  X-A: caf\u{e9}", 2, 11, "bad_value"),
        ("/a X-A: 1", 1, 1, "path_not_alone"),
        ("  /a?b\n X: 1", 1, 5, "query_in_source"),
        ("/a//b\n  X-A: 1", 1, 4, "empty_segment"),
        ("https://h:80/a\n  X-A: 1", 1, 9, "bad_host"),
        ("/a\n  ! Vary", 2, 3, "protected_field"),
        ("/a\n  X-A: \u{1}", 2, 8, "control_character"),
    ] {
        let parsed = parse(text.as_bytes());
        let errors: Vec<_> = parsed.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{text:?} {:?}", parsed.findings);
        assert_eq!((errors[0].line, errors[0].column, errors[0].rule), (line, column, rule), "{text:?}");
        assert!(!errors[0].fix.is_empty());
    }
    let parsed = parse(b"/a\n/b\n  X-A: 1");
    assert_eq!((parsed.rules.len(), parsed.findings[0].rule, parsed.findings[0].line), (1, "no_fields", 1));
}

#[test]
fn what_is_the_servers_stays_the_servers() {
    for name in [
        "Set-Cookie",
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Content-Length",
        "Content-Encoding",
        "Content-Range",
        "Trailer",
        "TE",
        "Upgrade",
        "Date",
        "Server",
        "ETag",
        "Age",
        "Allow",
        "Basic-Auth",
        "X-ZeroDeploy-Deployment",
        "Proxy-Authenticate",
    ] {
        for line in [format!("{name}: x"), format!("! {name}")] {
            let parsed = parse(format!("/*\n  {line}").as_bytes());
            assert!(parsed.has_errors() && parsed.findings[0].rule == "protected_field", "{line}");
            assert_eq!(parsed.findings[0].line, 2);
        }
    }
}

#[test]
fn other_services_are_told_of_once_a_file() {
    let text = "/*.jpg\n  ! X-A\n/*.png\n  ! X-A\nhttps://h.example/*\n  X-A: 1";
    let parsed = parse(text.as_bytes());
    let mut rules: Vec<&str> = parsed.findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["elsewhere_host", "elsewhere_removal", "elsewhere_splat"]);
    assert!(parsed.findings.iter().all(|finding| finding.is_elsewhere));
    let many: String = (0..=100).map(|number| format!("/{number}\n  X-A: 1\n")).collect();
    assert_eq!(parse(many.as_bytes()).findings[0].rule, "elsewhere_many_rules");
    let too_many: String = (0..=MOST_RULES).map(|number| format!("/{number}\n  X-A: 1\n")).collect();
    assert!(parse(too_many.as_bytes()).findings.iter().any(|finding| finding.rule == "too_many_rules"));
}

#[test]
fn nothing_that_is_read_breaks_out_of_its_field() {
    use proptest::prelude::*;
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(text in "(/[a:*/]{0,8}\n|[ !A-Za-z:\\PC]{0,12}\n|\\PC{0,9}\r?\n){0,9}", path in "\\PC{0,12}")| {
        let parsed = parse(text.as_bytes());
        let rules = HeaderRules::new(parsed.rules, text.len());
        for change in rules.changes("h.example", &path, false) {
            if let Change::Set(name, value) = change {
                prop_assert!(value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')), "{name} {value:?}");
            }
        }
    });
}
