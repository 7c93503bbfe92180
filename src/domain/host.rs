//! Which site, deployment or alias a host name stands for.

use std::net::IpAddr;

use super::deployment_id::DeploymentId;
use super::slug::{Alias, SiteSlug};

/// What a `Host` header names on a server whose sites live under one domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HostTarget {
    /// `<site>.<domain>`: the site's current production deployment
    Site(SiteSlug),
    /// `<deployment>-<site>.<domain>`: this deployment and no other
    Deployment(DeploymentId, SiteSlug),
    /// `<alias>--<site>.<domain>`
    Alias(Alias, SiteSlug),
    /// The bare domain, an address, or another name: never a site
    Other,
}

/// Lower-cases a host and takes the port and one trailing dot off.
///
/// Returns `None` for a text that is no host at all (empty, several labels of nothing, a port that is no number).
pub fn normalize(host: &str) -> Option<String> {
    let without_port = if let Some(bracketed) = host.strip_prefix('[') {
        let (address, rest) = bracketed.split_once(']')?;
        if !rest.is_empty() {
            check_port(rest.strip_prefix(':')?)?;
        }
        return address.parse::<std::net::Ipv6Addr>().ok().map(|address| address.to_string());
    } else if let Some((name, port)) = host.split_once(':') {
        check_port(port)?;
        name
    } else {
        host
    };
    let name = without_port.strip_suffix('.').unwrap_or(without_port);
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if name.is_empty() || name.len() > 253 || !name.bytes().all(legal) || name.split('.').any(str::is_empty) {
        return None;
    }
    Some(name.to_ascii_lowercase())
}

fn check_port(port: &str) -> Option<()> {
    (port.bytes().all(|byte| byte.is_ascii_digit()) && (port.is_empty() || port.parse::<u16>().is_ok())).then_some(())
}

/// Reads a normalized host name against the domain of the sites (itself normalized).
pub fn target(host: &str, domain: &str) -> HostTarget {
    let label = host.strip_suffix(domain).and_then(|rest| rest.strip_suffix('.'));
    let Some(label) = label.filter(|label| !label.contains('.')) else {
        return HostTarget::Other;
    };
    if let Some((alias, site)) = label.split_once("--") {
        return match (alias.parse(), site.parse()) {
            (Ok(alias), Ok(site)) => HostTarget::Alias(alias, site),
            _ => HostTarget::Other,
        };
    }
    if let Some((deployment, site)) = label.split_once('-')
        && let (Ok(deployment), Ok(site)) = (deployment.parse(), site.parse())
    {
        return HostTarget::Deployment(deployment, site);
    }
    label.parse().map_or(HostTarget::Other, HostTarget::Site)
}

/// Whether a host, as it stands in an address, can only mean this machine.
pub fn is_loopback(host: &str) -> bool {
    match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => is_localhost(host),
    }
}

/// Whether a name is `localhost` or below it: this machine (RFC 6761 §6.3).
pub fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_addresses_of_this_machine_are_loopback() {
        for host in ["localhost", "Blog.LocalHost", "a.b.localhost.", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        let others = ["localhost.example", "notlocalhost", "10.0.0.1", "[::2]", "127.0.0.1.example", "0.0.0.0", ""];
        for host in others {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn ports_one_trailing_dot_and_case_do_not_matter() {
        for host in
            ["Blog.Localhost", "blog.localhost:8787", "blog.localhost.", "blog.localhost.:80", "blog.localhost:"]
        {
            assert_eq!(normalize(host).as_deref(), Some("blog.localhost"), "{host}");
        }
        assert_eq!(normalize("[::1]:8787").as_deref(), Some("::1"));
        for host in ["", ":80", "a b", "a..b", "a/b", "blog.localhost..", "a:b", "a:99999", "[::1", "[x]", "a\u{e9}"] {
            assert_eq!(normalize(host), None, "{host}");
        }
    }

    #[test]
    fn labels_name_sites_deployments_and_aliases() {
        let site = |text: &str| text.parse::<SiteSlug>().expect("legal slug");
        assert_eq!(target("blog.localhost", "localhost"), HostTarget::Site(site("blog")));
        assert_eq!(
            target("0123456789-my-blog.localhost", "localhost"),
            HostTarget::Deployment("0123456789".parse().expect("legal id"), site("my-blog"))
        );
        assert_eq!(
            target("next--my-blog.pages.example", "pages.example"),
            HostTarget::Alias("next".parse().expect("legal alias"), site("my-blog"))
        );
        for other in
            ["localhost", "a.b.localhost", "blog.localhost.evil", "bloglocalhost", "127.0.0.1", "api.localhost"]
        {
            assert_eq!(target(other, "localhost"), HostTarget::Other, "{other}");
        }
    }
}
