//! Limits of the API: for each credential and each address, told in each answer, and never of sites or uploads.

use std::num::NonZeroU32;
use std::time::Duration;

use serde_json::json;
use zerodeploy::server::{Rate, Settings};

use crate::content::File;
use crate::harness::{Api, Server, text};
use crate::support::Response;

const FILES: &[File<'static>] = &[("a.txt", b"first"), ("b.txt", b"second"), ("c.txt", b"third")];

fn times(count: u32) -> Rate {
    Rate::PerMinute(NonZeroU32::new(count).expect("not zero"))
}

/// A server that believes its tests about their addresses.
async fn limited(requests: Rate, deploys: Rate) -> Server {
    let trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    Server::start_with(|settings| Settings { requests, deploys, trusted_proxies, ..settings }).await
}

async fn from(api: &mut Api, address: &str, target: &str) -> Response {
    api.send("GET", target, &[("X-Forwarded-For", address)], b"").await
}

fn told(response: &Response) -> [Option<&str>; 3] {
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map(|name| response.header(name))
}

#[tokio::test]
async fn an_address_may_ask_so_often_and_is_told_when_again() {
    let server = limited(times(5), Rate::Off).await;
    let (mut owner, mut nobody) = (server.owner(), server.nobody());
    for (number, remaining) in ["4", "3", "2"].into_iter().enumerate() {
        let answer = owner.get("/whoami").await.expect(200);
        let reset = (12 * (number + 1)).to_string();
        assert_eq!(told(&answer), [Some("5"), Some(remaining), Some(reset.as_str())]);
    }
    // An address is the same without a credential, and a refusal counts like any other answer.
    assert_eq!(told(&nobody.get("/healthz").await.expect(200))[1], Some("1"));
    assert_eq!(told(&nobody.get("/whoami").await.expect(401))[1], Some("0"));
    let refused = owner.get("/whoami").await;
    let error = refused.refusal(429, "rate_limited");
    assert_eq!((told(&refused), refused.header("retry-after")), ([Some("5"), Some("0"), Some("12")], Some("12")));
    assert_eq!(error["limits"], json!({ "limit": 5, "remaining": 0, "retry_after_seconds": 12 }));
    assert!(text(&error, "message").contains("from this address (5 a minute)"), "{error}");
    nobody.get("/openapi.json").await.refusal(429, "rate_limited");
    // Sites have no limit.
    let mut visitor = server.visitor("blog");
    for _ in 0..20 {
        assert_eq!(told(&visitor.get("/").await.expect(404)), [None; 3]);
    }
    server.advance(Duration::from_secs(12));
    assert_eq!(told(&owner.get("/whoami").await.expect(200))[1], Some("0"));
    owner.get("/whoami").await.refusal(429, "rate_limited");
    from(&mut nobody, "192.0.2.1", "/healthz").await.expect(200);
}

#[tokio::test]
async fn a_credential_is_limited_wherever_it_comes_from() {
    let server = limited(times(3), Rate::Off).await;
    let mut owner = server.owner();
    for address in ["192.0.2.1", "192.0.2.2", "192.0.2.3"] {
        from(&mut owner, address, "/whoami").await.expect(200);
    }
    let error = from(&mut owner, "192.0.2.4", "/whoami").await.refusal(429, "rate_limited");
    assert!(text(&error, "message").contains("with this credential"), "{error}");
    let mut nobody = server.nobody();
    for host in 1..=3 {
        from(&mut nobody, &format!("2001:db8:1:2::{host}"), "/healthz").await.expect(200);
    }
    from(&mut nobody, "2001:db8:1:2:ffff::1", "/healthz").await.refusal(429, "rate_limited");
    from(&mut nobody, "2001:db8:1:3::1", "/healthz").await.expect(200);
}

#[tokio::test]
async fn deploys_are_counted_when_they_begin_and_uploads_are_not() {
    let server = limited(times(6), times(2)).await;
    let mut owner = server.owner();
    owner.create_site("personal", "blog").await;
    let begun = owner.begin("blog", FILES).await.expect(201);
    assert_eq!(told(&begun), [Some("2"), Some("1"), Some("30")], "the limit that is reached first");
    let begun = begun.data();
    let id = text(&begun, "deployment_id");
    for _ in 0..20 {
        assert_eq!(told(&owner.upload(id, b"").await.expect(200)), [None; 3]);
    }
    for (_, content) in FILES {
        owner.upload(id, &crate::content::frames(content)).await.expect(200);
    }
    owner.finish(id, &json!({})).await.expect(200);
    owner.begin("blog", FILES).await.expect(201);
    let refused = owner.begin("blog", FILES).await;
    assert_eq!(refused.header("retry-after"), Some("30"));
    let error = refused.refusal(429, "rate_limited");
    assert!(text(&error, "message").contains("too many deploys"), "{error}");
    owner.get("/whoami").await.expect(200);
}

#[tokio::test]
async fn who_guesses_is_not_even_looked_up() {
    let server = limited(times(1_000), Rate::Off).await;
    let session = server.session();
    let guess = zerodeploy::domain::token::secret_from_random("zd_", &[7; 64]).expect("enough bytes");
    let mut guesser = server.api(&guess);
    for _ in 0..20 {
        from(&mut guesser, "192.0.2.1", "/whoami").await.refusal(401, "token_invalid");
    }
    let error = from(&mut guesser, "192.0.2.1", "/whoami").await;
    assert_eq!((told(&error)[0], error.header("retry-after")), (Some("20"), Some("3")));
    let error = error.refusal(429, "rate_limited");
    assert!(text(&error, "message").contains("wrong credentials"), "{error}");
    // A right one would tell the guesser that it is right.
    from(&mut server.api(&session), "192.0.2.1", "/whoami").await.refusal(429, "rate_limited");
    from(&mut server.nobody(), "192.0.2.1", "/healthz").await.expect(200);
    from(&mut server.api(&session), "192.0.2.2", "/whoami").await.expect(200);
    server.advance(Duration::from_secs(3));
    from(&mut server.api(&session), "192.0.2.1", "/whoami").await.expect(200);
    // Who sends nothing guesses nothing.
    for _ in 0..30 {
        from(&mut server.nobody(), "192.0.2.3", "/whoami").await.refusal(401, "not_authenticated");
    }
}

#[tokio::test]
async fn what_has_ended_is_no_guess() {
    let server = limited(times(1_000), times(1_000)).await;
    let session = server.session();
    let token = server.owner().create_token(json!({})).await;
    let mut deleted = server.api(text(&token, "token"));
    server.owner().delete(&format!("/tokens/{}", text(&token, "id"))).await.expect(200);
    for _ in 0..25 {
        from(&mut deleted, "192.0.2.1", "/whoami").await.refusal(401, "token_revoked");
    }
    from(&mut server.api(&session), "192.0.2.1", "/whoami").await.expect(200);
}

#[tokio::test]
async fn a_server_for_itself_has_no_limits_and_one_for_others_has_the_documented_ones() {
    let server = Server::start().await;
    let mut owner = server.owner();
    for _ in 0..130 {
        assert_eq!(told(&owner.get("/whoami").await.expect(200)), [None; 3]);
    }
    let domain = "pages.example".to_owned();
    let server = Server::start_with(|settings| Settings { domain, ..settings }).await;
    let mut owner = server.owner();
    assert_eq!(told(&owner.get("/whoami").await.expect(200)), [Some("120"), Some("119"), Some("1")]);
    owner.create_site("personal", "blog").await;
    assert_eq!(told(&owner.begin("blog", FILES).await.expect(201)), [Some("30"), Some("29"), Some("2")]);
}
