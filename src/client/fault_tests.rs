//! Servers that fail in every way a network can: what the client does about each.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{any, header, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::error::ClientError;
use super::zerodeploy::ZeroDeploy;
use super::{ClientSettings, Proof};
use crate::api::ErrorCode;

const HEALTH: &str = r#"{"status": "ok", "service": "zerodeploy", "version": "1.0.0"}"#;

pub(super) fn client(base_url: &str) -> ZeroDeploy {
    client_with(base_url, None)
}

fn client_with(base_url: &str, request_timeout: Option<Duration>) -> ZeroDeploy {
    client_that_knows(base_url, request_timeout, Proof::Given)
}

fn client_that_knows(base_url: &str, request_timeout: Option<Duration>, proof: Proof) -> ZeroDeploy {
    let (base_url, credential) = (base_url.to_owned(), Some("zd_credential".into()));
    ZeroDeploy::new(ClientSettings { base_url, credential, proof, request_timeout, ..Default::default() })
        .expect("a client")
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json")
}

/// A server that gives the first answers in order, and then the last one.
async fn answering(first: Vec<ResponseTemplate>, last: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    for answer in first {
        Mock::given(any()).respond_with(answer).up_to_n_times(1).mount(&server).await;
    }
    Mock::given(any()).respond_with(last).mount(&server).await;
    server
}

async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.expect("recorded").len()
}

/// A server that writes the given bytes to one connection after the other, whatever it is asked, and closes it.
/// `None` keeps the connection open in silence.
async fn raw_server(answers: Vec<Option<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let mut silent = Vec::new();
        for answer in answers {
            let (mut connection, _) = listener.accept().await.expect("a connection");
            let Some(answer) = answer else {
                silent.push(connection);
                continue;
            };
            let _request = connection.read(&mut [0; 4096]).await;
            connection.write_all(answer.as_bytes()).await.expect("written");
        }
        std::future::pending::<()>().await;
    });
    format!("http://{address}")
}

/// A server that answers one connection only, and closes it.
async fn raw_server_that_closes(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.expect("a connection");
        let _request = connection.read(&mut [0; 4096]).await;
        connection.write_all(answer.as_bytes()).await.expect("written");
    });
    format!("http://{address}")
}

fn raw_answer(length: usize, body: &str) -> Option<String> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    Some(head + body)
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_says() {
    let busy = |status| ResponseTemplate::new(status).insert_header("retry-after", "0");
    let server = answering(vec![busy(429), busy(503)], json(200, HEALTH)).await;
    assert_eq!(client(&server.uri()).health().await.expect("healthy").version, "1.0.0");
    assert_eq!(requests(&server).await, 3);
}

#[tokio::test]
async fn a_server_that_wants_a_long_rest_is_left_alone() {
    let server = answering(vec![], ResponseTemplate::new(429).insert_header("retry-after", "3600")).await;
    let error = client(&server.uri()).health().await.expect_err("rate limited");
    assert_eq!((error.code, error.retry_after), (ErrorCode::RateLimited, Some(Duration::from_secs(3600))));
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn what_makes_something_is_not_repeated_after_a_fault_inside_the_server() {
    let fault = || ResponseTemplate::new(502).insert_header("retry-after", "0");
    let server = answering(vec![fault()], json(200, HEALTH)).await;
    let slug = "acme".parse().expect("a slug");
    let error = client(&server.uri()).create_organization(&slug).await.expect_err("no second try");
    assert_eq!((error.code, error.status), (ErrorCode::InternalError, Some(502)));
    assert_eq!(requests(&server).await, 1);
    let server = answering(vec![fault()], json(200, HEALTH)).await;
    client(&server.uri()).health().await.expect("reading is repeated");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let url = raw_server(vec![raw_answer(HEALTH.len(), &HEALTH[..20]), raw_answer(HEALTH.len(), HEALTH)]).await;
    assert_eq!(client(&url).health().await.expect("healthy").status, "ok");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_in_time() {
    let url = raw_server(vec![None]).await;
    let slug = "acme".parse().expect("a slug");
    let begin = Instant::now();
    let client = client_with(&url, Some(Duration::from_millis(40)));
    let error = client.create_organization(&slug).await.expect_err("silence");
    assert_eq!(error.code, ErrorCode::NetworkError);
    assert!(error.message.contains("40 ms"), "{}", error.message);
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_refused_connection_says_where_and_what_to_do() {
    let address = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let begin = Instant::now();
    let error = client(&format!("http://{address}")).health().await.expect_err("nobody there");
    assert!(begin.elapsed() < Duration::from_millis(150), "nobody was there yet, so nobody is waited for");
    assert_eq!(error.code, ErrorCode::NetworkError);
    assert!(error.message.contains(&address.to_string()), "{}", error.message);
    assert!(error.hint.is_some());
}

#[tokio::test]
async fn the_credential_follows_no_redirect() {
    let elsewhere = answering(vec![], json(200, HEALTH)).await;
    for status in [301, 302, 303, 307, 308] {
        let redirect = ResponseTemplate::new(status).insert_header("location", format!("{}/x", elsewhere.uri()));
        let server = answering(vec![], redirect).await;
        let error = client(&server.uri()).whoami().await.expect_err("a redirect");
        assert_eq!(error.code, ErrorCode::NotZeroDeploy);
        assert!(error.message.contains(&elsewhere.uri()), "{}", error.message);
    }
    assert_eq!(requests(&elsewhere).await, 0);
}

#[tokio::test]
async fn what_is_no_zerodeploy_server_gets_no_credential() {
    let page = || ResponseTemplate::new(200).set_body_raw("<html>", "text/html");
    let refusal = || json(401, r#"{"error": {"code": "unauthorized", "message": "Bearer expected"}}"#);
    let away = || ResponseTemplate::new(307).insert_header("location", "https://other.example/");
    for answer in [page(), refusal(), away(), json(200, r#"{"status": "ok"}"#), json(404, "{}")] {
        let server = answering(vec![], answer).await;
        let client = client_that_knows(&server.uri(), None, Proof::default());
        for _ in 0..2 {
            let error = client.whoami().await.expect_err("no ZeroDeploy server");
            assert_eq!(error.code, ErrorCode::NotZeroDeploy);
            assert!(error.message.contains("no credential was sent"), "{}", error.message);
        }
        let requests = server.received_requests().await.expect("recorded");
        for request in requests {
            assert_eq!(request.url.path(), "/healthz");
            assert!(!request.headers.contains_key("authorization"));
        }
    }
}

#[tokio::test]
async fn a_server_proves_itself_once_until_something_else_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = MockServer::start().await;
    Mock::given(path("/healthz")).respond_with(json(200, HEALTH)).mount(&server).await;
    let orgs = Mock::given(path("/orgs")).respond_with(json(200, r#"{"data": [], "next_cursor": null}"#));
    orgs.mount(&server).await;
    let paths = async || {
        let requests = server.received_requests().await.expect("recorded");
        requests.iter().map(|request| request.url.path().to_owned()).collect::<Vec<_>>().join(" ")
    };
    let proof = || Proof::Needed { memory: Some(folder.path().join("servers")) };
    let client = || client_that_knows(&server.uri(), None, proof());
    let first = client();
    first.organizations().await.expect("listed");
    first.organizations().await.expect("listed");
    client().organizations().await.expect("listed by another command");
    assert_eq!(paths().await, "/healthz /orgs /orgs /orgs");

    server.reset().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_raw("<html>", "text/html"))
        .mount(&server)
        .await;
    assert_eq!(client().organizations().await.expect_err("a web page").code, ErrorCode::NotZeroDeploy);
    assert_eq!(client().organizations().await.expect_err("a web page").code, ErrorCode::NotZeroDeploy);
    assert_eq!(paths().await, "/orgs /healthz", "the second command asks first");
}

#[tokio::test]
async fn a_web_page_or_other_json_is_no_api() {
    let page = ResponseTemplate::new(200).set_body_raw("<html>", "text/html");
    for answer in [page, json(200, "{}"), json(200, "[1]"), json(404, r#"{"detail": "Not Found"}"#)] {
        let server = answering(vec![], answer).await;
        let error = client(&server.uri()).whoami().await.expect_err("foreign");
        assert_eq!(error.code, ErrorCode::NotZeroDeploy);
        assert!(error.message.contains(&format!("{}/whoami", server.uri())), "{}", error.message);
    }
}

#[tokio::test]
async fn tls_to_a_server_without_it_is_named_and_not_repeated() {
    for (answer, told) in [("HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS"), ("", "ended the TLS handshake")]
    {
        tls_to(raw_server_that_closes(answer).await, told).await;
    }
}

async fn tls_to(plain: String, told: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, CERTIFICATE).expect("written");
    let settings = ClientSettings {
        base_url: plain.replace("http:", "https:"),
        ca_file: Some(ca_file),
        ..ClientSettings::default()
    };
    let error: ClientError = ZeroDeploy::new(settings).expect("a client").health().await.expect_err("no TLS");
    assert_eq!(error.code, ErrorCode::NetworkError);
    assert!(error.message.contains(told), "{}", error.message);
}

#[tokio::test]
async fn the_credential_is_sent_and_an_expired_one_is_told_apart() {
    let server = MockServer::start().await;
    let expired = r#"{"error": {"code": "token_expired", "message": "ended on 2026-01-01", "request_id": "7"}}"#;
    let sent = Mock::given(header("authorization", "Bearer zd_credential")).and(path("/whoami"));
    sent.respond_with(json(401, expired)).mount(&server).await;
    let error = client(&server.uri()).whoami().await.expect_err("expired");
    assert_eq!((error.code, error.request_id.as_deref()), (ErrorCode::TokenExpired, Some("7")));
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn paths_are_encoded_and_bases_are_kept() {
    let server = MockServer::start().await;
    let id = "00000000-0000-7000-8000-000000000000";
    let deleted = json(200, &format!(r#"{{"data": {{"id": "{id}"}}}}"#));
    Mock::given(method("DELETE")).and(path("/base/tokens/a%2Fb%20c")).respond_with(deleted).mount(&server).await;
    let client = client(&format!("{}/base/", server.uri()));
    assert_eq!(client.delete_token("a/b c").await.expect("deleted").id.to_string(), id);
    for bad in ["", ".", ".."] {
        assert_eq!(client.site(bad).await.expect_err("no name").code, ErrorCode::ValidationFailed);
    }
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn lists_are_read_to_their_end() {
    let server = MockServer::start().await;
    let page = |slug: &str, cursor: &str| {
        let org = format!(r#"{{"id": "00000000-0000-7000-8000-000000000000", "slug": "{slug}"}}"#);
        json(200, &format!(r#"{{"data": [{org}], "next_cursor": {cursor}}}"#))
    };
    let first = Mock::given(query_param_is_missing("cursor"));
    first.respond_with(page("a1", "\"a&b\"")).mount(&server).await;
    Mock::given(query_param("cursor", "a&b")).respond_with(page("b2", "null")).mount(&server).await;
    let slugs = client(&server.uri()).organizations().await.expect("listed").into_iter().map(|org| org.slug);
    assert_eq!(slugs.collect::<Vec<_>>(), ["a1", "b2"]);

    let empty = json(200, r#"{"data": [], "next_cursor": "y"}"#);
    for endless in [page("a1", "\"x\""), empty] {
        let server = answering(vec![], endless).await;
        let error = client(&server.uri()).organizations().await.expect_err("no end");
        assert_eq!(error.code, ErrorCode::NotZeroDeploy);
        assert!(requests(&server).await <= 2);
    }
}

/// Any certificate: only that it can be read matters.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUcrGv+fF+gvMRejHYg1fNWu9MfZYwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjEyMjI2MDhaGA8yMTI2MTAyODIyMjYw
OFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJgv
bPyeiUfZ6Whr6O6EEbRgjm0TGEagieEzgimWellXMbTRDvpXqWg8tBHqlO8lDtnf
D4VSQFp2AydkRhq3QpGjUzBRMB0GA1UdDgQWBBQ8kH/rhGlLK+3BwOf9BTyScK+u
AjAfBgNVHSMEGDAWgBQ8kH/rhGlLK+3BwOf9BTyScK+uAjAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIGWdXuRAw/VuYBXiZCSObRH7cIavobU35DcQ
pfPR0WTLAiEAz/CkjzszAv+Upz61fF4PxNtLZeIPC6XF5wj3NFYWA8g=
-----END CERTIFICATE-----
";
