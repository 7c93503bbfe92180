//! Host names of this machine, without asking the system.
//!
//! Browsers take every name below `localhost` for this machine (RFC 6761 §6.3); the system's resolver often does not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::domain::host;

/// Resolves `localhost` and `*.localhost` to loopback and leaves every other name to the system.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        if host::is_localhost(name.as_str()) {
            let loopback = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
            let addresses: Addrs = Box::new(loopback.into_iter().map(|address| SocketAddr::new(address, 0)));
            return Box::pin(std::future::ready(Ok(addresses)));
        }
        Box::pin(async move {
            // Port 0 stands for the URL's own.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn names_below_localhost_need_no_resolver() {
        let name = "blog.localhost".parse().expect("a name");
        let addresses: Vec<_> = Resolver.resolve(name).await.expect("resolved").map(|address| address.ip()).collect();
        assert_eq!(addresses, [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)]);
    }
}
