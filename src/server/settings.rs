//! What a server is started with, and the limits it works within.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use crate::content::manifest::ManifestLimits;

use super::clock::Clock;

/// The domain of a server that serves its own machine.
const LOCALHOST: &str = "localhost";

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The folder that holds everything.
    pub data_dir: PathBuf,
    /// The domain that sites live under.
    pub domain: String,
    /// The API's address as clients see it; without it, the address that is listened on.
    pub public_url: Option<String>,
    /// The shape of a site's address, with `{site}` where the name goes; without it, made of domain and port.
    pub site_url_base: Option<String>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The field in which a trusted proxy names the visitor's country, as two letters.
    pub country_header: Option<String>,
    /// Whether requests to sites are logged too.
    pub access_log: bool,
    /// Requests of the API that one credential and one address may make.
    pub requests: Rate,
    /// Deploys that one credential and one address may begin.
    pub deploys: Rate,
    /// The time.
    pub clock: Clock,
}

impl Settings {
    /// What `zerodeploy serve` uses when nothing else is said.
    pub fn new(data_dir: PathBuf) -> Self {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            data_dir,
            domain: LOCALHOST.to_owned(),
            public_url: None,
            site_url_base: None,
            trusted_proxies: Vec::new(),
            country_header: None,
            access_log: false,
            requests: Rate::Usual,
            deploys: Rate::Usual,
            clock: Clock::default(),
        }
    }
}

/// How often somebody may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// As often as the documented service allows; without a limit when nobody but this machine is served
    Usual,
    /// So many times a minute
    PerMinute(NonZeroU32),
    /// As often as anybody likes
    Off,
}

impl Rate {
    /// The limit for a server of a domain, `usual` being the documented one.
    pub(crate) fn for_domain(self, domain: &str, usual: NonZeroU32) -> Option<NonZeroU32> {
        match self {
            Rate::Usual => Some(usual).filter(|_| domain != LOCALHOST),
            Rate::PerMinute(count) => Some(count),
            Rate::Off => None,
        }
    }
}

/// Bounds of a server; our own choice where the documented service tells none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Of a manifest.
    pub(crate) manifest: ManifestLimits,
    /// Bytes of frames in one request.
    pub(crate) request_bytes: u64,
    /// Requests at once for one deployment.
    pub(crate) parallel_requests: u32,
    /// How long a request may take, other than one whose body is streamed; also how long a site's answer may take to
    /// begin.
    pub(crate) request_time: Duration,
    /// How long a body may not move.
    pub(crate) idle_time: Duration,
    /// How long the body of an upload may take in all, however steadily it moves.
    pub(crate) body_time: Duration,
    /// How long a begun deployment may take.
    pub(crate) upload_time: Duration,
    /// How long assets of replaced deployments are still served.
    pub(crate) kept_time: Duration,
    /// Of how many replaced deployments.
    pub(crate) kept_deployments: i64,
    /// Bytes of manifests in memory.
    pub(crate) manifest_cache: usize,
    /// Lifetime of the owner's session.
    pub(crate) owner_session: Duration,
    /// Lifetime of a session that a person opens.
    pub(crate) login_session: Duration,
    /// Lifetime of a session of the server's own pages.
    pub(crate) page_session: Duration,
    /// How long stopping waits for requests under way.
    pub(crate) shutdown_time: Duration,
    /// Requests a minute, where nothing else is said.
    pub(crate) usual_requests: NonZeroU32,
    /// Deploys a minute, where nothing else is said.
    pub(crate) usual_deploys: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            manifest: ManifestLimits { files: 500_000, bytes: 128 << 20 },
            request_bytes: 32 << 20,
            parallel_requests: 4,
            request_time: Duration::from_secs(120),
            idle_time: Duration::from_secs(30),
            body_time: Duration::from_secs(60 * 60),
            upload_time: Duration::from_secs(24 * 60 * 60),
            kept_time: Duration::from_secs(24 * 60 * 60),
            kept_deployments: 5,
            manifest_cache: 64 << 20,
            owner_session: Duration::from_secs(30 * 24 * 60 * 60),
            login_session: Duration::from_secs(30 * 24 * 60 * 60),
            page_session: Duration::from_secs(60 * 60),
            shutdown_time: Duration::from_secs(10),
            usual_requests: const { NonZeroU32::new(120).expect("is not zero") },
            usual_deploys: const { NonZeroU32::new(30).expect("is not zero") },
        }
    }
}

/// A duration in the unit of our times.
pub(crate) fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
