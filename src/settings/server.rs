//! Which server a command speaks to.

use reqwest::Url;

use super::SettingsError;
use super::config::Profile;
use crate::domain::host;

/// Where an address came from, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlSource {
    /// `--api-url`
    Flag,
    /// `ZERODEPLOY_API_URL`
    Environment,
    /// The profile
    Profile,
    /// The running server's own file
    LocalServer,
}

impl UrlSource {
    pub(super) const fn describe(self) -> &'static str {
        match self {
            UrlSource::Flag => "--api-url",
            UrlSource::Environment => "ZERODEPLOY_API_URL",
            UrlSource::Profile => "the profile's `url`",
            UrlSource::LocalServer => "the local server's address",
        }
    }
}

/// A server, and the profile whose credential may be used there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The API's address, without a slash at the end.
    pub url: String,
    /// Scheme, host and port: what stored credentials are bound to.
    pub origin: String,
    /// The profile and its name. Its credential may still be bound to another origin.
    pub profile: Option<(String, Profile)>,
}

impl Server {
    /// Checks an address and the rule that credentials travel encrypted or not at all.
    ///
    /// # Errors
    ///
    /// When the address cannot be used, or is plain http to another machine without `insecure_http`.
    pub fn new(
        url: &str,
        source: UrlSource,
        profile: Option<(String, Profile)>,
        insecure_http: bool,
    ) -> Result<Server, SettingsError> {
        let parsed = parse(url, source)?;
        if parsed.scheme() == "http" && !insecure_http && !parsed.host_str().is_some_and(host::is_loopback) {
            return Err(SettingsError::InsecureHttp { url: parsed.to_string() });
        }
        let origin = parsed.origin().ascii_serialization();
        Ok(Server { url: normal(&parsed), origin, profile })
    }

    /// An address in the form of [`Server::url`]; `None` when it is no address.
    pub fn normalized(url: &str) -> Option<String> {
        parse(url, UrlSource::Profile).ok().map(|url| normal(&url))
    }

    /// A name for a profile of this server: its host, and its port when it has a special one.
    pub fn profile_name(&self) -> String {
        let authority = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, authority)| authority);
        authority.replace(':', "-").replace(['[', ']'], "")
    }
}

/// The origin of an address; `None` when it is no address.
pub(crate) fn origin_of(url: &str) -> Option<String> {
    parse(url, UrlSource::Profile).ok().map(|url| url.origin().ascii_serialization())
}

fn normal(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

fn parse(text: &str, source: UrlSource) -> Result<Url, SettingsError> {
    let invalid = |reason: &str| SettingsError::InvalidUrl { given_by: source.describe(), reason: reason.to_owned() };
    const SCHEMES: &str = "it must start with https:// or http://";
    let url = Url::parse(text).map_err(|error| match text.contains("://") {
        true => invalid(&error.to_string()),
        // The parser's own words for it are of relative addresses and bases.
        false => invalid(SCHEMES),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid(SCHEMES));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("it holds a user name or password; sign in instead"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("it holds a query or a fragment"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str, insecure_http: bool) -> Result<Server, SettingsError> {
        Server::new(url, UrlSource::Flag, None, insecure_http)
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        for url in [
            "http://localhost:8787",
            "http://127.0.0.1",
            "http://127.1.2.3:1",
            "http://[::1]:80",
            "http://a.localhost",
            "https://pages.example",
        ] {
            assert!(server(url, false).is_ok(), "{url}");
        }
        for url in [
            "http://pages.example",
            "http://10.0.0.1",
            "http://localhost.example",
            "http://[fe80::1]",
            "http://mylocalhost",
        ] {
            assert!(matches!(server(url, false), Err(SettingsError::InsecureHttp { .. })), "{url}");
            assert!(server(url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn addresses_are_normalized_and_bound_to_their_origin() {
        let server = server("HTTPS://API.Example:443/base/", false).expect("valid");
        assert_eq!(server.url, "https://api.example/base");
        assert_eq!(server.origin, "https://api.example");
        assert_eq!(server.profile_name(), "api.example");
        assert_eq!(
            self::server("http://[::1]:8787", false).expect("valid").profile_name(),
            "::1-8787".replace("::", "--")
        );
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_a_password() {
        for url in
            ["", "localhost:8787", "pages.example", "ftp://pages.example", "https://x.example/?a", "https://x/#a"]
        {
            assert!(matches!(server(url, true), Err(SettingsError::InvalidUrl { .. })), "{url}");
        }
        let error = server("https://user:hunter2@pages.example", true).expect_err("refused").to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
