//! Which secret is sent, and where it is kept.
//!
//! `ZERODEPLOY_TOKEN` wins; then the one store that the profile names is asked. A stored credential is bound to its
//! platform and to the origin of its API and is never sent elsewhere.

mod error;
mod file;
#[cfg(feature = "keyring")]
mod keyring;
pub mod secret;
mod stored;

use std::fmt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

pub use error::CredentialError;
#[cfg(feature = "keyring")]
pub use keyring::KeyringError;

use crate::settings::config::{Platform, Profile, Store};
use crate::settings::server::Server;
use crate::settings::{Settings, env, local};
use stored::Stored;

/// Where a secret came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `ZERODEPLOY_TOKEN`
    Environment,
    /// The operating system's keyring
    Keyring,
    /// `credentials.json`
    File(PathBuf),
    /// The session file of the server on this machine
    Local(PathBuf),
    /// Standard input
    Input,
}

impl Source {
    /// The name in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Source::Environment => "environment",
            Source::Keyring => Store::Keyring.as_str(),
            Source::File(_) => Store::File.as_str(),
            Source::Local(_) => Store::Local.as_str(),
            Source::Input => "input",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Environment => formatter.write_str(env::TOKEN.name),
            Source::Keyring => formatter.write_str("the keyring"),
            Source::File(path) | Source::Local(path) => path.display().fmt(formatter),
            Source::Input => formatter.write_str("standard input"),
        }
    }
}

/// A secret and its origin.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The token or session.
    pub secret: SecretString,
    /// Where it came from.
    pub source: Source,
    /// Whether the server is known to be a ZeroDeploy server: it runs on this machine, or `login` stored the credential
    /// for exactly this address.
    pub server_is_known: bool,
}

impl Credential {
    /// Whether it is certainly an API token, which never opens what needs a session.
    pub fn is_api_token(&self) -> bool {
        secret::is_api_token(self.secret.expose_secret())
    }
}

/// Finds the credential for a server. Blocks on files and the keyring.
///
/// # Errors
///
/// When there is none, it is damaged, it is bound to another server, or its store cannot be read.
pub fn find(settings: &Settings, server: &Server) -> Result<Credential, CredentialError> {
    let profile = server.profile.as_ref().map(|(_, profile)| profile);
    // Only the embedded server is known to make one form of token.
    let ours = profile.is_some_and(|profile| profile.store == Store::Local && is_local(settings, profile, server));
    if let Some(text) = settings.environment().text(env::TOKEN)? {
        secret::check(text, ours).map_err(|flaw| CredentialError::Flawed { from: Source::Environment, flaw })?;
        return Ok(Credential { secret: text.into(), source: Source::Environment, server_is_known: ours });
    }
    let missing = || CredentialError::Missing { url: server.url.clone() };
    let Some((name, profile)) = &server.profile else { return Err(missing()) };
    if profile.store == Store::Local {
        return find_local(settings, name, profile, server);
    }
    let (stored, source) = read(settings, name, profile.store)?;
    let stored = stored.ok_or_else(missing)?;
    if stored.platform != Platform::Zerodeploy || stored.origin != server.origin {
        return Err(CredentialError::OtherOrigin {
            profile: name.clone(),
            bound_to: stored.origin,
            wanted: server.origin.clone(),
        });
    }
    if let Err(flaw) = secret::check(&stored.secret, false) {
        return Err(CredentialError::Flawed { from: source, flaw });
    }
    // The binding is to the origin; below another path of it another service may answer.
    let signed_in_at = profile.url.as_deref().and_then(Server::normalized);
    let server_is_known = signed_in_at.is_some_and(|url| url == server.url);
    Ok(Credential { secret: stored.secret.into(), source, server_is_known })
}

/// Reads the owner's session from the data folder of a server on this machine. Blocks.
///
/// # Errors
///
/// When there is none, or it is damaged.
pub fn local_session(data_dir: &Path) -> Result<Credential, CredentialError> {
    let path = data_dir.join(local::SESSION_FILE);
    let text = crate::settings::file::read(&path)?;
    let text = text.ok_or_else(|| CredentialError::NoLocalSession { path: path.clone() })?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let source = Source::Local(path);
    match secret::check(text, true) {
        Ok(()) => Ok(Credential { secret: text.into(), source, server_is_known: true }),
        Err(flaw) => Err(CredentialError::Flawed { from: source, flaw }),
    }
}

/// A secret that a server has accepted and that is not stored yet.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// Scheme, host and port of the server.
    pub origin: String,
    /// The token or session.
    pub secret: SecretString,
    /// When the session ends that `login` itself opened; none for what was given to it.
    pub session_until: Option<jiff::Timestamp>,
}

/// A stored session that `login` itself opened.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// Scheme, host and port of the server, where alone it may go.
    pub origin: String,
    /// The session.
    pub secret: SecretString,
    /// When it ends by itself.
    pub until: jiff::Timestamp,
}

impl OwnSession {
    /// Whether an address belongs to the session's server.
    pub fn may_go_to(&self, url: &str) -> bool {
        crate::settings::server::origin_of(url).as_deref() == Some(&self.origin)
    }
}

/// Reads the session of a profile that `login` itself opened; none when there is no credential, or it was given to
/// `login`. Blocks.
///
/// # Errors
///
/// When the store cannot be read.
pub fn own_session(settings: &Settings, profile: &str, store: Store) -> Result<Option<OwnSession>, CredentialError> {
    let stored = match store {
        Store::Local => None,
        Store::File => file::read_even_exposed(settings.paths().config_dir()?, profile)?,
        Store::Keyring => read(settings, profile, store)?.0,
    };
    let own = stored.and_then(|Stored { origin, secret, session_until, .. }| {
        session_until.map(|until| OwnSession { origin, secret: secret.into(), until })
    });
    Ok(own)
}

/// Stores a profile's credential, bound to its origin: in the keyring, or in the file where the keyring is of no use,
/// which `warnings` then says. Blocks. Returns where it is.
///
/// # Errors
///
/// When neither can be written.
pub fn store(
    settings: &Settings,
    profile: &str,
    fresh: Fresh,
    warnings: &mut Vec<String>,
) -> Result<Store, CredentialError> {
    let Fresh { origin, secret, session_until } = fresh;
    let secret = secret.expose_secret().to_owned();
    let stored = Stored { platform: Platform::Zerodeploy, origin, secret, session_until };
    let config_dir = settings.paths().config_dir()?;
    #[cfg(feature = "keyring")]
    if settings.keyring_allowed() {
        match keyring::write(profile, &stored) {
            Ok(()) => {
                // An older copy would outlive a later logout.
                file::delete(config_dir, profile)?;
                return Ok(Store::Keyring);
            }
            Err(error) => warnings.push(format!(
                "{error}; the credential is kept in {} instead, which only you may read",
                file::path(config_dir).display()
            )),
        }
    }
    #[cfg(not(feature = "keyring"))]
    let _ = warnings;
    file::write(config_dir, profile, stored)?;
    Ok(Store::File)
}

/// Removes a profile's stored credential. Blocks. Returns whether there was one.
///
/// # Errors
///
/// When the store cannot be changed, or the profile uses the session of the server on this machine.
pub fn remove(settings: &Settings, profile: &str, store: Store) -> Result<bool, CredentialError> {
    match store {
        Store::Local => Err(CredentialError::LocalSessionStays { profile: profile.to_owned() }),
        Store::File => Ok(file::delete(settings.paths().config_dir()?, profile)?),
        Store::Keyring => {
            keyring_is_usable(settings, profile)?;
            #[cfg(feature = "keyring")]
            return keyring::delete(profile)
                .map_err(|error| CredentialError::Keyring { profile: profile.to_owned(), reason: error.to_string() });
            #[cfg(not(feature = "keyring"))]
            Ok(false)
        }
    }
}

fn read(settings: &Settings, profile: &str, store: Store) -> Result<(Option<Stored>, Source), CredentialError> {
    if store == Store::Keyring {
        keyring_is_usable(settings, profile)?;
        #[cfg(feature = "keyring")]
        return keyring::read(profile)
            .map(|stored| (stored, Source::Keyring))
            .map_err(|error| CredentialError::Keyring { profile: profile.to_owned(), reason: error.to_string() });
    }
    let config_dir = settings.paths().config_dir()?;
    Ok((file::read(config_dir, profile)?, Source::File(file::path(config_dir))))
}

fn keyring_is_usable(settings: &Settings, profile: &str) -> Result<(), CredentialError> {
    if settings.keyring_allowed() {
        return Ok(());
    }
    let reason = if cfg!(feature = "keyring") {
        "ZERODEPLOY_KEYRING=off forbids it".to_owned()
    } else {
        "this program was built without it".to_owned()
    };
    Err(CredentialError::Keyring { profile: profile.to_owned(), reason })
}

fn find_local(
    settings: &Settings,
    name: &str,
    profile: &Profile,
    server: &Server,
) -> Result<Credential, CredentialError> {
    let running = settings.local_server(profile)?;
    let bound_to = crate::settings::server::origin_of(&running.url).unwrap_or_default();
    if bound_to != server.origin {
        return Err(CredentialError::OtherOrigin { profile: name.to_owned(), bound_to, wanted: server.origin.clone() });
    }
    local_session(settings.local_data_dir(profile)?)
}

/// Whether `server` is the one that runs on this machine for the profile.
fn is_local(settings: &Settings, profile: &Profile, server: &Server) -> bool {
    let running = settings.local_server(profile).ok();
    running.and_then(|running| crate::settings::server::origin_of(&running.url)).as_deref() == Some(&server.origin)
}

#[cfg(test)]
mod tests;
