//! Starting and stopping a server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use hyper::http::HeaderName;
use secrecy::ExposeSecret as _;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::api::ErrorCode;

use super::addresses::{AddressError, Addresses};
use super::data_dir::{DataDir, DataDirError};
use super::db::{Db, OpenError};
use super::error::ServiceError;
use super::hosting::{Hosting, HostingSettings};
use super::http::listen::{self, Front};
use super::http::observe::Observer;
use super::http::router::router;
use super::jobs;
use super::packs::PackStore;
use super::rate_limit::RateLimits;
use super::secrets;
use super::services::first_start;
use super::settings::{Limits, Settings, milliseconds};
use super::state::State;

/// Most characters of the first account's name.
const LONGEST_OWNER_NAME: usize = 64;

/// Why a server does not start. Nothing was changed but what a next start needs anyway.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StartError(#[from] Reason);

#[derive(Debug, thiserror::Error)]
enum Reason {
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    #[error(transparent)]
    Database(#[from] OpenError),
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error("the address {address} cannot be listened on")]
    Listen {
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    #[error("the header with the visitor's country has no legal name")]
    CountryHeader,
    #[error("the data folder cannot be written")]
    Write(#[from] std::io::Error),
    #[error("the first account cannot be made: {}", .0.message)]
    Owner(ServiceError),
}

impl StartError {
    /// Whether another process listens on the address.
    pub fn is_port_taken(&self) -> bool {
        matches!(&self.0, Reason::Listen { source, .. } if source.kind() == std::io::ErrorKind::AddrInUse)
    }

    /// The stable code, which decides the exit code.
    pub fn code(&self) -> ErrorCode {
        match &self.0 {
            Reason::DataDir(DataDirError::InUse(_)) => ErrorCode::InUse,
            Reason::Listen { .. } if self.is_port_taken() => ErrorCode::InUse,
            Reason::DataDir(_) | Reason::Write(_) => ErrorCode::PathNotFound,
            Reason::Address(_)
            | Reason::CountryHeader
            | Reason::Listen { .. }
            | Reason::Database(OpenError::NewerSchema(_)) => ErrorCode::ConfigurationInvalid,
            Reason::Database(_) | Reason::Owner(_) => ErrorCode::InternalError,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match &self.0 {
            Reason::DataDir(DataDirError::InUse(_)) => {
                Some("stop it, or give this one its own folder with --data-dir".to_owned())
            }
            Reason::Listen { source, .. } if source.kind() == std::io::ErrorKind::AddrInUse => Some(
                "something else listens there; choose another with --listen, or port 0 for any free one".to_owned(),
            ),
            Reason::DataDir(_) | Reason::Write(_) => {
                Some("choose a folder that you may write with --data-dir".to_owned())
            }
            _ => None,
        }
    }
}

/// A server that accepts connections. Dropped, it accepts no more, and its jobs end.
pub struct Running {
    /// The API's address.
    pub url: String,
    /// The data folder, as an absolute path.
    pub data_dir: PathBuf,
    /// The domain of the sites.
    pub domain: String,
    pub(super) state: Arc<State>,
    folder: DataDir,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    jobs: JoinSet<()>,
}

impl Running {
    /// Serves until `shutdown` completes, then ends what is under way and writes what is in memory.
    pub async fn stopped(self, shutdown: impl Future<Output = ()>) {
        shutdown.await;
        self.stop().await;
    }

    /// Collects garbage now, as a job does every 15 minutes: gives abandoned deployments up, forgets what no deployment
    /// needs, and rewrites packs. Deploys and visitors go on meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read or written; what was not collected stays for the next time.
    pub async fn collect_garbage(&self) -> std::io::Result<()> {
        let collected = jobs::garbage::collect(&self.state).await;
        collected.map(|_| ()).map_err(|error| match error.cause {
            Some(cause) => std::io::Error::other(cause),
            None => std::io::Error::other(error.message),
        })
    }

    /// Writes the last uses of tokens now, as a job does every 5 seconds.
    ///
    /// # Errors
    /// When the database cannot be written; what was not written is kept for the next time.
    pub async fn flush_token_uses(&self) -> std::io::Result<()> {
        self.state.token_uses.flush(&self.state.db).await.map_err(|error| std::io::Error::other(error.message))
    }

    /// Ends what is under way and writes what is in memory.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if self.serving.await.is_err() {
            tracing::error!("the listener failed");
        }
        // What they were doing is done again at the next start.
        self.jobs.shutdown().await;
        if let Err(error) = self.state.token_uses.flush(&self.state.db).await {
            tracing::error!(?error, "the last uses of tokens could not be written");
        }
        if let Err(error) = self.state.session_uses.flush(&self.state.db).await {
            tracing::error!(?error, "the last uses of sessions could not be written");
        }
        if let Err(error) = self.state.refusals.flush(&self.state.db).await {
            tracing::error!(?error, "the last refusals could not be written to the audit log");
        }
        self.state.db.close().await;
        self.folder.remove_server();
    }
}

/// Starts a server: when this returns, it accepts connections.
///
/// # Errors
/// When the data folder, the database or the address cannot be used.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    Ok(start_inner(settings).await?)
}

async fn start_inner(settings: Settings) -> Result<Running, Reason> {
    let limits = Limits::default();
    let data_dir = settings.data_dir.clone();
    // Blocks for as long as another process may hold the lock for a look.
    let folder = tokio::task::spawn_blocking(move || DataDir::open(&data_dir))
        .await
        .map_err(|_| std::io::Error::other("a task failed"))??;
    let listeners =
        listen::bind(settings.listen).await.map_err(|source| Reason::Listen { address: settings.listen, source })?;
    let listening = listeners.first().map_or(Ok(settings.listen), |listener| listener.local_addr())?;
    let addresses = Addresses::new(&settings, listening)?;
    let db = Db::open(&folder.database()).await?;
    let packs = PackStore::open(folder.packs())?;
    let owner_session = sign_owner_in(&db, &folder, &settings, &limits).await?;

    let clock = settings.clock.clone();
    let rate_limits = RateLimits::new(
        settings.requests.for_domain(&addresses.domain, limits.usual_requests),
        settings.deploys.for_domain(&addresses.domain, limits.usual_deploys),
    );
    let state = State::new(db, packs, addresses.clone(), limits, rate_limits, clock, owner_session);
    let trusted_proxies: Arc<[ipnet::IpNet]> = settings.trusted_proxies.into();
    let observer = Observer {
        trusted_proxies: Arc::clone(&trusted_proxies),
        request_time: limits.request_time,
        drain_bytes: limits.request_bytes,
    };
    let country_header = settings.country_header.map(HeaderName::try_from).transpose();
    let country_header = country_header.map_err(|_| Reason::CountryHeader)?;
    let hosting = HostingSettings { country_header, ..HostingSettings::new(addresses.domain.clone()) };
    let front = Arc::new(Front {
        hosting: Hosting::new(Arc::clone(&state.directory), hosting),
        api: router(&state, observer),
        addresses: addresses.clone(),
        trusted_proxies,
        access_log: settings.access_log,
        request_time: limits.request_time,
    });
    let (stop, stopping) = watch::channel(false);
    let serving = tokio::spawn(listen::serve(front, listeners, stopping, limits.shutdown_time));
    folder.write_server(&addresses.api, &addresses.domain)?;
    Ok(Running {
        url: addresses.api,
        data_dir: folder.path().to_owned(),
        domain: addresses.domain,
        jobs: jobs::start(&state),
        state,
        folder,
        stop,
        serving,
    })
}

/// Makes the owner at the first start, and at every start a session for clients on this machine. The one of the last
/// start ends.
async fn sign_owner_in(db: &Db, folder: &DataDir, settings: &Settings, limits: &Limits) -> Result<[u8; 32], Reason> {
    let name = owner_name(std::env::var("USER").ok());
    let now = settings.clock.now();
    let owner = first_start::owner(db, &name, now).await.map_err(Reason::Owner)?;
    let last = folder.read_owner_session().map(|session| secrets::hash(session.expose_secret()));
    let session = first_start::session(db, &owner, last, now, milliseconds(limits.owner_session));
    let session = session.await.map_err(Reason::Owner)?;
    folder.write_owner_session(&session)?;
    Ok(secrets::hash(session.expose_secret()))
}

/// The name of the first account: that of the system's account when it is fit to be shown.
fn owner_name(user: Option<String>) -> String {
    let is_fit = |name: &String| {
        let length = name.chars().count();
        (1..=LONGEST_OWNER_NAME).contains(&length) && !name.contains(char::is_control) && name.trim() == name
    };
    user.filter(is_fit).unwrap_or_else(|| "owner".to_owned())
}

#[cfg(test)]
mod tests {
    use super::owner_name;

    #[test]
    fn an_account_without_a_fit_name_is_called_owner() {
        let name = |user: &str| owner_name(Some(user.to_owned()));
        assert_eq!((name("ada").as_str(), name("j\u{f6}rg").as_str()), ("ada", "j\u{f6}rg"));
        for unfit in ["", " ", " ada", "a\nb", "\u{1b}[31mroot", &"x".repeat(65)] {
            assert_eq!(name(unfit), "owner", "{unfit:?}");
        }
        assert_eq!(owner_name(None), "owner");
    }
}
