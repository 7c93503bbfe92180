//! What the client does when the server limits its requests.

use crate::fake_server::FakeServer;
use crate::support::{TestEnv, TestServer, TestServerOptions};

fn limited(options: &[&str]) -> TestServer {
    let arguments = options.iter().map(|option| (*option).to_owned()).collect();
    TestServer::start_with(TestServerOptions { arguments, ..TestServerOptions::default() })
}

#[test]
fn a_short_wait_is_waited_for_and_told_once() {
    let server = limited(&["--requests-per-minute", "120"]);
    let user = TestEnv::signed_in(&server);
    let host = format!("127.0.0.1:{}", server.port());
    let allowed = (0..200).take_while(|_| server.get(&host, "/healthz").status == 200).count();
    assert!(allowed >= 120, "{allowed}");
    let who = user.zerodeploy(&["whoami", "--json"]).success();
    assert_eq!(who.stderr, "note: rate limited; waiting 1 s\n");
    assert_eq!(who.json()["username"], "tester");
}

#[test]
fn a_long_wait_ends_with_its_own_exit_code() {
    let server = FakeServer::answering(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 75\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let mut user = TestEnv::new();
    user.set("ZERODEPLOY_API_URL", &server.url);
    user.set("ZERODEPLOY_TOKEN", &zerodeploy::domain::token::secret_from_random("zd_", &[7; 64]).expect("enough"));
    let refused = user.zerodeploy(&["whoami", "--json"]).expect_error(4, "rate_limited");
    assert!(refused.text("message").ends_with("the server takes the next request in 75 s"), "{}", refused.stdout);
    assert_eq!(refused.text("hint"), "try again in 75 s");
    assert_eq!(server.requests().len(), 1, "nothing was tried again");
}

#[test]
fn limits_are_numbers_or_off() {
    let user = TestEnv::new();
    for wrong in ["0", "-1", "many", ""] {
        let option = format!("--deploys-per-minute={wrong}");
        let refused = user.zerodeploy(&["serve", &option, "--json"]).expect_error(3, "usage_error");
        assert!(refused.stdout.contains("or `off`"), "{}", refused.stdout);
    }
}
