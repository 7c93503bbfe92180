//! Proxies are for other machines, never for this one.

use crate::fake_server::FakeServer;
use crate::support::{TestEnv, TestServer};

/// What a proxy says to everything: nothing that is worth another try.
const REFUSAL: &str =
    "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const VARIABLES: [&str; 6] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

/// Somebody with a token and a proxy for everything.
fn behind(proxy: &FakeServer) -> TestEnv {
    let mut user = TestEnv::new();
    VARIABLES.iter().for_each(|variable| {
        user.set(variable, &proxy.url);
    });
    user.set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    user
}

#[test]
fn this_machine_is_reached_without_a_proxy() {
    let server = TestServer::start();
    let proxy = FakeServer::answering(REFUSAL);
    let mut user = behind(&proxy);
    user.set("ZERODEPLOY_TOKEN", &server.session());
    for host in ["127.0.0.1", "localhost", "api.localhost"] {
        let url = format!("http://{host}:{}", server.port());
        let output = user.zerodeploy(&["whoami", "--json", "--api-url", &url]);
        // The server has no site of that name; that it was asked is what counts.
        let expected = if host == "api.localhost" { "not_zerodeploy" } else { "session" };
        assert!(output.stdout.contains(expected), "{host}: {output:?}");
    }
    assert_eq!(proxy.requests(), Vec::<String>::new());
}

#[test]
fn another_machine_is_reached_through_the_proxy_and_proves_itself_first() {
    let proxy = FakeServer::answering(REFUSAL);
    let mut user = behind(&proxy);
    let arguments = ["whoami", "--json", "--insecure-http", "--api-url", "http://deploy.example.invalid"];
    user.zerodeploy(&arguments).expect_error(5, "not_zerodeploy");
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    assert!(requests[0].starts_with("GET http://deploy.example.invalid/healthz HTTP/1.1\n"), "{}", requests[0]);
    assert!(!requests[0].contains("a-token-of-another-service"), "{}", requests[0]);

    user.set("NO_PROXY", "deploy.example.invalid");
    user.zerodeploy(&arguments).expect_error(6, "network_error");
    assert_eq!(proxy.requests(), Vec::<String>::new());
}

#[test]
fn https_goes_through_a_tunnel() {
    let proxy = FakeServer::answering(REFUSAL);
    let mut user = behind(&proxy);
    user.set("ZERODEPLOY_CA_FILE", &ca_file(&user, CERTIFICATE));
    let output = user.zerodeploy(&["whoami", "--json", "--api-url", "https://deploy.example.invalid"]);
    output.expect_error(6, "network_error");
    let requests = proxy.requests();
    assert!(!requests.is_empty());
    for head in requests {
        assert!(head.starts_with("CONNECT deploy.example.invalid:443 HTTP/1.1\n"), "{head}");
        assert!(!head.contains("a-token-of-another-service"), "{head}");
    }
}

#[test]
fn authorities_that_cannot_be_used_are_named_with_their_setting() {
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_TOKEN", "a-token-of-another-service");
    let missing = user.path("missing.pem").display().to_string();
    for file in [missing, ca_file(&user, "no certificate"), ca_file(&user, "")] {
        user.set("ZERODEPLOY_CA_FILE", &file);
        let output = user.zerodeploy(&["whoami", "--json", "--api-url", "https://deploy.example.invalid"]);
        let output = output.expect_error(3, "configuration_invalid");
        assert!(output.text("message").contains(&file), "{}", output.stdout);
        assert!(output.text("hint").contains("ZERODEPLOY_CA_FILE"), "{}", output.stdout);
    }
}

fn ca_file(user: &TestEnv, content: &str) -> String {
    let path = user.path("authorities.pem");
    std::fs::write(&path, content).expect("a writable folder");
    path.display().to_string()
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
