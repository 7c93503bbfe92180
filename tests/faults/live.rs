//! A server with a site, and somebody who deploys to it.

use crate::site::Version;
use crate::support::{Output, TestEnv, TestServer, TestServerOptions};

/// A server with a site, and somebody with a token for it, who survives restarts as the owner's session does not.
pub(crate) struct Live {
    pub(crate) server: TestServer,
    pub(crate) user: TestEnv,
}

impl Live {
    /// A server with the site `blog`.
    pub(crate) fn new() -> Self {
        let server = TestServer::start();
        let mut user = TestEnv::signed_in(&server);
        user.zerodeploy(&["site", "create", "blog", "--json"]).success();
        let token = user.zerodeploy(&["token", "create", "ci", "--site", "blog", "--json"]).success().text("token");
        user.set("ZERODEPLOY_TOKEN", &token);
        Live { server, user }
    }

    /// Deploys a version from a folder of its own.
    pub(crate) fn deploy(&self, version: &Version) -> Output {
        let folder = version.folder();
        self.user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--json"])
    }

    /// Starts the server again, killing it first if it still runs; with a fault if one is named.
    pub(crate) fn restart(&mut self, fault: Option<&str>) {
        let variables = fault.map(|fault| ("ZERODEPLOY_FAULT".to_owned(), fault.to_owned()));
        let options = TestServerOptions { variables: variables.into_iter().collect(), ..TestServerOptions::default() };
        self.server.restart_with(options);
    }

    /// Uploads that the server says it answered.
    pub(crate) fn answered_uploads(&self) -> u64 {
        let is_answer = |line: &&str| line.contains("/blobs\"") && line.contains("\"http.status\":200");
        self.server.log().lines().filter(is_answer).count() as u64
    }
}
