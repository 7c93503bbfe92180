//! A site's own rules, over real connections: which answers they make, and in which order with the site's files.

use zerodeploy::domain::redirects::MOST_OF_ONE_SOURCE;
use zerodeploy::server::Settings;

use crate::content::File;
use crate::harness::Server;
use crate::support::Response;

/// A site of a few files and these rules.
async fn site(rules: &str) -> Server {
    site_with(rules, "", &[]).await
}

async fn site_with(redirects: &str, headers: &str, more: &[File<'_>]) -> Server {
    let server = Server::with_sites(&["blog"]).await;
    let mut files: Vec<File<'_>> = vec![
        ("index.html", b"home"),
        ("about.html", b"about"),
        ("docs/index.html", b"docs"),
        ("docs/404.html", b"nothing in docs"),
        ("404.html", b"nothing"),
        ("gone.html", b"gone"),
        ("data.json", b"{}"),
    ];
    files.extend_from_slice(more);
    for (name, text) in [("_redirects", redirects), ("_headers", headers)] {
        if !text.is_empty() {
            files.push((name, text.as_bytes()));
        }
    }
    server.owner().deploy("blog", &files).await;
    server
}

/// Status, then `Location` or the body.
fn short(answer: &Response) -> String {
    match answer.header("location") {
        Some(location) => format!("{} {location}", answer.status),
        None => format!("{} {}", answer.status, answer.text()),
    }
}

#[tokio::test]
async fn rules_and_files_take_their_turns() {
    for (rules, cases) in [
        // Netlify, Redirect options: HTTP status codes, splats, placeholders.
        (
            "/old /new\n/temp /about 302\n/see /about 303\n/keep /about 307\n/moved /about 308\n/news/* /blog/:splat\n\
             /u/:id /users/:id 301\n/x https://other.example/y 301",
            &[
                ("/old", "301 /new"),
                ("/old/", "301 /new"),
                ("/old?a=1", "301 /new?a=1"),
                ("/temp", "302 /about"),
                ("/see", "303 /about"),
                ("/keep", "307 /about"),
                ("/moved", "308 /about"),
                ("/news/2024/a%20b", "301 /blog/2024/a%20b"),
                ("/u/7", "301 /users/7"),
                ("/x?q=1", "301 https://other.example/y?q=1"),
                ("/nothing", "404 nothing"),
            ][..],
        ),
        // Netlify, Rewrites and proxies: a file wins over the fallback, which has the status 200.
        (
            "/* /index.html 200",
            &[
                ("/", "200 home"),
                ("/any/where", "200 home"),
                ("/about", "200 about"),
                ("/docs", "301 /docs/"),
                ("/docs/", "200 docs"),
                ("/data.json", "200 {}"),
                ("/_redirects", "404 nothing"),
            ],
        ),
        // Netlify, Redirect options: force redirects.
        (
            "/about /x 302!\n/data.json /index.html 200!\n/docs/* /gone 410!",
            &[("/about", "302 /x"), ("/about.html", "200 about"), ("/data.json", "200 home"), ("/docs/", "410 gone")],
        ),
        // Netlify, Redirect options: rule processing order; ours: an earlier rule without `!` wins where there is no file.
        (
            "/a /first 302\n/a /second 302!\n/about /first 302\n/about /second 302!",
            &[("/a", "302 /first"), ("/about", "302 /second")],
        ),
        // Netlify, Redirect options: custom 404 page handling; ours: 410, and pages that are not there.
        (
            "/en/* /docs/404.html 404\n/away/* /gone 410\n/lost /nowhere.html 404\n/lost2 /nowhere.html 200\n\
             /over /nowhere.html 410\n/config /_headers 200",
            &[
                ("/en/x", "404 nothing in docs"),
                ("/away/x", "410 gone"),
                ("/lost", "404 nothing"),
                ("/lost2", "404 nothing"),
                ("/config", "404 nothing"),
            ],
        ),
        // Netlify, Redirect options: query parameters, trailing slash; ours: never in a circle.
        (
            "/store id=:id /blog/:id 301\n/p id=1 /one 301\n/p id=2 /two 301\n/slash /slash/ 301\n/about /about/ 301!",
            &[
                ("/store?id=x", "301 /blog/x"),
                ("/store?id=%2F%2Fevil.example", "301 /blog/%2F%2Fevil.example"),
                ("/store", "404 nothing"),
                ("/p?id=2", "301 /two"),
                ("/slash", "301 /slash/"),
                ("/slash/", "404 nothing"),
                ("/about", "301 /about/"),
                ("/about/", "200 about"),
            ],
        ),
        // Cloudflare Pages, Redirects: proxying within the site does not follow further rules; elsewhere it is not available.
        (
            "/a /about 200\n/about2 /a 200\n/api/* https://api.example/:splat 200",
            &[("/a", "200 about"), ("/about2", "404 nothing"), ("/api/x", "404 nothing")],
        ),
    ] {
        let server = site(rules).await;
        let mut visitor = server.visitor("blog");
        for (target, expected) in cases {
            // The second answer may come from memory.
            for _ in 0..2 {
                let answer = visitor.get(target).await;
                assert_eq!(short(&answer), *expected, "{rules:?} for {target}");
                assert!(answer.header("x-zerodeploy-deployment").is_some(), "{target}");
            }
        }
    }
}

#[tokio::test]
async fn no_visitor_chooses_the_host() {
    let server = site("/go/* /:splat 302\n/q to=:to /:to 302\n/out/* https://shop.example/:splat 302").await;
    let mut visitor = server.visitor("blog");
    for (target, expected) in [
        ("/go//evil.example", "400"),
        ("/go/%2Fevil.example", "400"),
        ("/go/evil.example", "302 /evil.example"),
        ("/q?to=//evil.example", "302 /%2F%2Fevil.example"),
        ("/q?to=%5C%5Cevil.example", "302 /%5C%5Cevil.example"),
        ("/q?to=%0d%0aSet-Cookie:%20a=b", "302 /%0D%0ASet-Cookie%3A%20a%3Db"),
        ("/out/@evil.example", "302 https://shop.example/@evil.example"),
    ] {
        let answer = visitor.get(target).await;
        assert!(short(&answer).starts_with(expected), "{target}: {}", short(&answer));
        assert!(answer.header("set-cookie").is_none());
    }
}

#[tokio::test]
async fn redirects_are_for_every_method_and_the_rest_for_reading() {
    let server = site("/form https://forms.example/x 307\n/* /index.html 200").await;
    let mut visitor = server.visitor("blog");
    let posted = visitor.send("POST", "/form", &[], b"a=b").await;
    assert_eq!(short(&posted), "307 https://forms.example/x");
    assert_eq!(visitor.send("POST", "/other", &[], b"a=b").await.status, 405);
    let head = visitor.send("HEAD", "/other", &[], b"").await;
    assert_eq!((head.status, head.text().as_str(), head.header("content-length")), (200, "", Some("4")));
}

#[tokio::test]
async fn what_depends_on_the_visitor_says_so_and_is_never_kept() {
    let rules = "/l /de 302 Language=de\n/l /about 200\n/c /gone 200! Cookie=old\n/c /about 200\n/plain /about 302";
    let server = site(rules).await;
    let mut visitor = server.visitor("blog");
    for _ in 0..2 {
        let german = visitor.send("GET", "/l", &[("Accept-Language", "de-AT, en;q=0.5")], b"").await;
        assert_eq!(short(&german), "302 /de");
        assert_eq!(german.header("vary"), Some("accept-language, cookie"));
        let english = visitor.send("GET", "/l", &[("Accept-Language", "en")], b"").await;
        assert_eq!(short(&english), "200 about");
        assert_eq!(english.header("vary"), Some("accept-language, cookie"));
        let old = visitor.send("GET", "/c", &[("Cookie", "a=b; old=1")], b"").await;
        assert_eq!((short(&old).as_str(), old.header("vary")), ("200 gone", Some("cookie")));
        let new = visitor.get("/c").await;
        assert_eq!((short(&new).as_str(), new.header("vary")), ("200 about", Some("cookie")));
        assert_eq!(visitor.get("/plain").await.header("vary"), None);
        assert_eq!(visitor.get("/about").await.header("vary"), None);
    }
    let tag = visitor.get("/c").await.header("etag").expect("a tag").to_owned();
    let unchanged = visitor.send("GET", "/c", &[("If-None-Match", &tag)], b"").await;
    assert_eq!((unchanged.status, unchanged.header("vary")), (304, Some("cookie")));
}

#[tokio::test]
async fn the_country_comes_from_a_trusted_proxy_or_not_at_all() {
    for (trusted, expected) in [("127.0.0.1/32", "302 /us"), ("10.0.0.0/8", "404 ")] {
        let server = Server::start_with(|settings| Settings {
            trusted_proxies: vec![trusted.parse().expect("a network")],
            country_header: Some("x-country".to_owned()),
            ..settings
        })
        .await;
        server.owner().create_site("personal", "blog").await;
        server.owner().deploy("blog", &[("index.html", b"home"), ("_redirects", b"/here /us 302 Country=us")]).await;
        let mut visitor = server.visitor("blog");
        let answer = visitor.send("GET", "/here", &[("X-Country", "US")], b"").await;
        assert!(short(&answer).starts_with(expected), "{trusted}: {}", short(&answer));
        assert_eq!(visitor.send("GET", "/here", &[("X-Country", "DE")], b"").await.status, 404);
        assert_eq!(visitor.get("/here").await.status, 404);
    }
}

#[tokio::test]
async fn rules_of_a_host_are_for_that_host() {
    let server = site("https://blog.localhost/a /about 302\nhttps://:id.localhost/b /x-:id 302").await;
    let mut visitor = server.visitor("blog");
    assert_eq!(short(&visitor.get("/a").await), "302 /about");
    assert_eq!(short(&visitor.get("/b").await), "302 /x-blog");
    let id = visitor.get("/about").await.header("x-zerodeploy-deployment").expect("an id").to_owned();
    let mut alone = server.visitor(&format!("{id}-blog"));
    assert_eq!(alone.get("/a").await.status, 404);
    assert_eq!(short(&alone.get("/b").await), format!("302 /x-{id}-blog"));
}

#[tokio::test]
async fn a_new_deployment_has_new_rules() {
    let server = site("/a /first 302").await;
    let mut visitor = server.visitor("blog");
    assert_eq!(short(&visitor.get("/a").await), "302 /first");
    server.owner().deploy("blog", &[("index.html", b"home"), ("_redirects", b"/a /second 302")]).await;
    assert_eq!(short(&visitor.get("/a").await), "302 /second");
    server.owner().deploy("blog", &[("index.html", b"home")]).await;
    assert_eq!(visitor.get("/a").await.status, 404);
}

#[tokio::test]
async fn a_fallback_leaves_assets_of_earlier_deployments_alone() {
    let old: &[File<'_>] = &[("assets/app-B7kQ2xYz.js", b"old script")];
    let server = site_with("/* /index.html 200", "", old).await;
    server.owner().deploy("blog", &[("index.html", b"new"), ("_redirects", b"/* /index.html 200")]).await;
    let mut visitor = server.visitor("blog");
    assert_eq!(short(&visitor.get("/assets/app-B7kQ2xYz.js").await), "200 old script");
    assert_eq!(short(&visitor.get("/assets/other-B7kQ2xYz.js").await), "200 new");
}

#[tokio::test]
async fn a_file_that_answers_elsewhere_is_never_immutable() {
    let more: &[File<'_>] = &[("assets/app-B7kQ2xYz.js", b"script")];
    let server = site_with("/app.js /assets/app-B7kQ2xYz.js 200", "", more).await;
    let mut visitor = server.visitor("blog");
    let cached = |answer: &Response| answer.header("cache-control").unwrap_or_default().to_owned();
    assert!(cached(&visitor.get("/assets/app-B7kQ2xYz.js").await).contains("immutable"));
    let elsewhere = visitor.get("/app.js").await;
    assert!(cached(&elsewhere).contains("max-age=0"), "{}", cached(&elsewhere));
    assert_eq!(elsewhere.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(visitor.send("GET", "/app.js", &[("Range", "bytes=0-2")], b"").await.text(), "scr");
}

#[tokio::test]
async fn header_rules_change_what_files_are_sent_with() {
    let headers = "/*\n  X-Frame-Options: DENY\n  X-Many: one\n  X-Many: two\n  Vary: Origin\n  Cache-Control: max-age=60\n\
                   /docs/*\n  ! X-Frame-Options\n  X-Where: :splat\n  X-Many: three\n\
                   /data.json\n  Content-Type: application/x-mine\n  ! X-Content-Type-Options\n\
                   https://other.localhost/*\n  X-Other: 1\n";
    let server = site_with("/old /about 301\n/app/* /about 200", headers, &[]).await;
    let mut visitor = server.visitor("blog");
    for _ in 0..2 {
        let about = visitor.get("/about").await;
        assert_eq!(about.header("x-frame-options"), Some("DENY"));
        assert_eq!(about.header("x-many"), Some("one, two"));
        assert_eq!(about.header("cache-control"), Some("max-age=60"));
        assert_eq!(about.header("x-other"), None);
        let docs = visitor.get("/docs/").await;
        assert_eq!((docs.header("x-frame-options"), docs.header("x-many")), (None, Some("one, two, three")));
        assert_eq!(docs.header("x-where"), Some(""));
        let data = visitor.get("/data.json").await;
        assert_eq!(data.header("content-type"), Some("application/x-mine"));
        assert_eq!(data.header("x-content-type-options"), None);
    }
    // Rewritten: the request's path counts. Redirected: no fields of the site. Not there: nothing may be kept.
    assert_eq!(visitor.get("/app/x").await.header("x-frame-options"), Some("DENY"));
    let old = visitor.get("/old").await;
    assert_eq!((old.status, old.header("x-frame-options")), (301, None));
    let lost = visitor.get("/lost").await;
    assert_eq!((lost.status, lost.header("x-frame-options")), (404, Some("DENY")));
    assert_eq!(lost.header("cache-control"), Some("no-store"));
    let tag = visitor.get("/about").await.header("etag").expect("a tag").to_owned();
    let unchanged = visitor.send("GET", "/about", &[("If-None-Match", &tag)], b"").await;
    assert_eq!((unchanged.status, unchanged.header("cache-control")), (304, Some("max-age=60")));
    let part = visitor.send("GET", "/about", &[("Range", "bytes=1-2")], b"").await;
    assert_eq!((part.status, part.text().as_str(), part.header("x-many")), (206, "bo", Some("one, two")));
    assert_eq!(visitor.get("/_headers").await.status, 404);
}

#[tokio::test]
async fn variants_still_vary_by_encoding() {
    let page = "<p>text</p>\n".repeat(500);
    let more: &[File<'_>] = &[("long.html", page.as_bytes())];
    let server = site_with("/x /long 200 Cookie=a\n/x /long 200", "/*\n  Vary: Origin, Accept-Encoding", more).await;
    let answer = server.visitor("blog").get("/x").await;
    assert_eq!(answer.header("vary"), Some("accept-encoding, Origin, cookie"));
}

#[tokio::test]
async fn lines_that_cannot_be_used_leave_the_others_alone() {
    let mut text = b"/a\n/b /about 302\n/c /about 999\n/\xff /x".to_vec();
    let server = Server::with_sites(&["blog"]).await;
    server.owner().deploy("blog", &[("about.html", b"about"), ("_redirects", &text)]).await;
    assert_eq!(server.visitor("blog").get("/b").await.status, 404, "it is no text");
    text.truncate(text.len() - 6);
    server.owner().deploy("blog", &[("about.html", b"about"), ("_redirects", &text)]).await;
    assert_eq!(short(&server.visitor("blog").get("/b").await), "302 /about");
    assert_eq!(server.visitor("blog").get("/c").await.status, 404);
    let many: String =
        (0..=MOST_OF_ONE_SOURCE).map(|number| format!("/a id=:i{number} /about/{number} 302\n")).collect();
    server.owner().deploy("blog", &[("about.html", b"about"), ("_redirects", many.as_bytes())]).await;
    assert_eq!(short(&server.visitor("blog").get("/a?id=1").await), "302 /about/0");
}
