//! `serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use ipnet::IpNet;

use super::args::PerMinute;
use super::help::examples;
use crate::domain::host;

const EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy serve", "Serve this machine alone"),
    (
        "zerodeploy serve --domain pages.example --public-url https://deploy.example --trusted-proxy 127.0.0.1",
        "Serve others, behind a proxy with TLS on this machine",
    ),
];

/// Run the whole service on this machine
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &EXAMPLES))]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,

    /// Folder that holds everything [default: ZERODEPLOY_DATA_DIR, or the user's data folder]
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// Domain under which sites live, as SITE.DOMAIN
    #[arg(long, value_name = "DOMAIN", default_value = "localhost", value_parser = domain)]
    pub domain: String,

    /// Address of the API and its pages as clients see it [default: the bare domain]
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,

    /// Shape of printed site addresses behind a proxy, such as https://{site}.pages.example
    #[arg(long, value_name = "TEMPLATE", value_parser = site_url_base)]
    pub site_url_base: Option<String>,

    /// Believe X-Forwarded-* from this network; repeat for more
    #[arg(long, value_name = "CIDR", value_parser = network)]
    pub trusted_proxy: Vec<IpNet>,

    /// Take the visitor's country from this header, when a trusted proxy sends it
    #[arg(long, value_name = "NAME", value_parser = header_name, requires = "trusted_proxy")]
    pub country_header: Option<String>,

    /// Log requests to sites too, not only those to the API
    #[arg(long)]
    pub access_log: bool,

    /// Requests that each credential and each address may make of the API: a number, or off [default: 120; off when
    /// the domain is localhost]
    #[arg(long, value_name = "NUMBER")]
    pub requests_per_minute: Option<PerMinute>,

    /// Deploys that each credential and each address may begin: a number, or off [default: 30; off when the domain is
    /// localhost]
    #[arg(long, value_name = "NUMBER")]
    pub deploys_per_minute: Option<PerMinute>,
}

fn domain(text: &str) -> Result<String, String> {
    match host::normalize(text) {
        Some(domain) if !text.contains(':') && domain.parse::<IpAddr>().is_err() => Ok(domain),
        _ => Err("expected a domain name without scheme and port, such as `pages.example`".to_owned()),
    }
}

fn site_url_base(text: &str) -> Result<String, String> {
    let has_scheme = text.starts_with("https://") || text.starts_with("http://");
    if has_scheme && text.matches("{site}").count() == 1 {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    Err("expected an http or https address that holds `{site}` once".to_owned())
}

/// The name of a field (RFC 9110 §5.1).
fn header_name(text: &str) -> Result<String, String> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if text.is_empty() || !text.bytes().all(is_token) {
        return Err("expected the name of a header, such as `CF-IPCountry`".to_owned());
    }
    Ok(text.to_ascii_lowercase())
}

/// A network, or a single address.
fn network(text: &str) -> Result<IpNet, String> {
    let network = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    network.ok_or_else(|| "expected an address or a network such as `10.0.0.0/8`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_names_only() {
        assert_eq!(domain("Pages.Example."), Ok("pages.example".to_owned()));
        for bad in ["", "https://pages.example", "pages.example:80", "127.0.0.1", "[::1]"] {
            assert!(domain(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn templates_name_the_site_once() {
        assert_eq!(site_url_base("https://{site}.pages.example/"), Ok("https://{site}.pages.example".to_owned()));
        assert!(site_url_base("https://pages.example").is_err());
        assert!(site_url_base("{site}.pages.example").is_err());
    }

    #[test]
    fn headers_have_names() {
        assert_eq!(header_name("CF-IPCountry"), Ok("cf-ipcountry".to_owned()));
        for bad in ["", "a b", "a:", "é"] {
            assert!(header_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_single_address_is_a_network() {
        assert_eq!(network("10.1.2.3").expect("an address").to_string(), "10.1.2.3/32");
        assert!(network("10.1.2.3/8").is_ok());
        assert!(network("proxy").is_err());
    }
}
