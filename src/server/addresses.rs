//! The addresses that the server prints and recognises as its own.

use std::net::SocketAddr;

use crate::domain::host;

use super::settings::Settings;

/// Why an address setting cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AddressError {
    #[error("`{0}` is not a domain name; give one such as `pages.example` with --domain")]
    Domain(String),
    #[error("`{0}` is not an http or https address without a path; give one such as `https://api.example`")]
    PublicUrl(String),
    #[error(
        "`{0}` must be an http or https address with `{{site}}` in its host name, such as `https://{{site}}.pages.example`"
    )]
    SiteUrlBase(String),
}

/// How the API and the sites are reached.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    /// The API, without a closing slash.
    pub(crate) api: String,
    /// The domain of the sites, lower-case.
    pub(crate) domain: String,
    api_host: Option<String>,
    site_template: String,
}

impl Addresses {
    /// Reads the settings, once the address that is listened on is known.
    pub(crate) fn new(settings: &Settings, listening: SocketAddr) -> Result<Self, AddressError> {
        let is_name = !settings.domain.contains(':') && settings.domain.parse::<std::net::IpAddr>().is_err();
        let domain = host::normalize(&settings.domain)
            .filter(|_| is_name)
            .ok_or_else(|| AddressError::Domain(settings.domain.clone()))?;
        let public = settings.public_url.as_deref().map(parse_origin).transpose()?;
        let scheme = public.as_ref().map_or("http", |(scheme, ..)| scheme.as_str());
        let port = match (&public, scheme, listening.port()) {
            (Some(_), ..) | (None, _, 80) => String::new(),
            (None, _, port) => format!(":{port}"),
        };
        let site_template = match &settings.site_url_base {
            Some(template) => check_template(template)?,
            None => format!("{scheme}://{{site}}.{domain}{port}"),
        };
        Ok(Addresses {
            api: public.as_ref().map_or_else(|| format!("http://{}", reachable(listening)), |(.., url)| url.clone()),
            api_host: public.map(|(_, host, _)| host),
            domain,
            site_template,
        })
    }

    /// The address of a site's own name.
    pub(crate) fn site(&self, site: &str) -> String {
        self.site_template.replace("{site}", site)
    }

    /// The address of one deployment.
    pub(crate) fn deployment(&self, deployment: &str, site: &str) -> String {
        self.site_template.replace("{site}", &format!("{deployment}-{site}"))
    }

    /// Whether a normalized host name is one of the API's: the bare domain, the public address, or any bare IP.
    pub(crate) fn is_api(&self, host: &str) -> bool {
        host == self.domain || self.api_host.as_deref() == Some(host) || host.parse::<std::net::IpAddr>().is_ok()
    }
}

/// An address that a client on this machine can connect to: an unspecified one stands for loopback.
fn reachable(listening: SocketAddr) -> SocketAddr {
    if listening.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], listening.port())) } else { listening }
}

fn parse_origin(url: &str) -> Result<(String, String, String), AddressError> {
    let wrong = || AddressError::PublicUrl(url.to_owned());
    let trimmed = url.strip_suffix('/').unwrap_or(url);
    let (scheme, authority) = trimmed.split_once("://").ok_or_else(wrong)?;
    let host = host::normalize(authority).ok_or_else(wrong)?;
    if !matches!(scheme, "http" | "https") {
        return Err(wrong());
    }
    Ok((scheme.to_owned(), host, trimmed.to_owned()))
}

fn check_template(template: &str) -> Result<String, AddressError> {
    let wrong = || AddressError::SiteUrlBase(template.to_owned());
    let trimmed = template.strip_suffix('/').unwrap_or(template);
    if trimmed.matches("{site}").count() != 1 {
        return Err(wrong());
    }
    parse_origin(&trimmed.replace("{site}", "site")).map_err(|_| wrong())?;
    Ok(trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(domain: &str, public: Option<&str>, template: Option<&str>) -> Result<Addresses, AddressError> {
        let listening = SocketAddr::from(([127, 0, 0, 1], 8787));
        let settings = Settings {
            domain: domain.to_owned(),
            public_url: public.map(str::to_owned),
            site_url_base: template.map(str::to_owned),
            ..Settings::new("unused".into())
        };
        Addresses::new(&settings, listening)
    }

    #[test]
    fn addresses_follow_the_settings() {
        let local = addresses("localhost", None, None).expect("valid");
        assert_eq!(local.api, "http://127.0.0.1:8787");
        assert_eq!(local.site("blog"), "http://blog.localhost:8787");
        assert_eq!(local.deployment("0123456789", "blog"), "http://0123456789-blog.localhost:8787");
        assert!(local.is_api("localhost") && local.is_api("127.0.0.1") && local.is_api("::1"));
        assert!(!local.is_api("blog.localhost") && !local.is_api("evil.example"));

        let public = addresses("pages.example", Some("https://api.example/"), None).expect("valid");
        assert_eq!(
            (public.api.as_str(), public.site("a").as_str()),
            ("https://api.example", "https://a.pages.example")
        );
        assert!(public.is_api("api.example"));

        let template = addresses("x.example", None, Some("https://{site}.pages.example/")).expect("valid");
        assert_eq!(template.site("blog"), "https://blog.pages.example");
    }

    #[test]
    fn wrong_settings_are_refused() {
        for (domain, public, template) in [
            ("", None, None),
            ("127.0.0.1", None, None),
            ("a b", None, None),
            ("localhost", Some("api.example"), None),
            ("localhost", Some("ftp://api.example"), None),
            ("localhost", Some("https://api.example/path"), None),
            ("localhost", None, Some("https://pages.example")),
            ("localhost", None, Some("https://pages.example/{site}")),
        ] {
            assert!(addresses(domain, public, template).is_err(), "{domain} {public:?} {template:?}");
        }
    }
}
