//! The HTTP connection of a client: TLS, proxies, name look-up, and where a credential may go.

use std::path::Path;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Certificate, Url, redirect};
use secrecy::ExposeSecret;

use super::ClientSettings;
use super::error::ClientError;
use super::resolve::Resolver;
use crate::api::ErrorCode;
use crate::domain::host;
use crate::domain::user_agent::user_agent;

/// Longest wait for a TCP and TLS connection.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// Reads and checks the API's address.
pub(super) fn base_url(settings: &ClientSettings) -> Result<Url, ClientError> {
    let refuse = |reason: &str| {
        ClientError::new(
            ErrorCode::UsageError,
            format!("`{}` is not the address of an API: {reason}", settings.base_url),
        )
        .with_hint("give it as https://HOST or, on this machine, http://localhost:8787 (--api-url, ZERODEPLOY_API_URL)")
    };
    let url = Url::parse(&settings.base_url).map_err(|error| refuse(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(refuse("it must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Not repeated in the message: it holds a password.
        return Err(ClientError::new(ErrorCode::UsageError, "the API's address must not hold a name or a password")
            .with_hint("give the credential in ZERODEPLOY_TOKEN, or store it with `zerodeploy login --api-url URL`"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("it has a query or a fragment"));
    }
    if settings.credential.is_some() && url.scheme() == "http" && !is_loopback(&url) && !settings.insecure_http {
        let message = format!("the credential is not sent to {url}: over plain http anybody on the way can read it");
        return Err(ClientError::new(ErrorCode::UsageError, message)
            .with_hint("use an https:// address, or add --insecure-http if the network is trusted"));
    }
    Ok(url)
}

/// The `Authorization` header, kept out of every debug output.
pub(super) fn authorization(settings: &ClientSettings) -> Result<Option<HeaderValue>, ClientError> {
    let Some(credential) = &settings.credential else { return Ok(None) };
    let mut header = HeaderValue::from_str(&format!("Bearer {}", credential.expose_secret())).map_err(|_| {
        ClientError::new(ErrorCode::TokenInvalid, "the credential holds characters that no token has")
            .with_hint("copy it again; a line break or a space may have come along")
    })?;
    header.set_sensitive(true);
    Ok(Some(header))
}

/// Whether an address can only mean this machine.
fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(host::is_loopback)
}

/// Builds the connection pool. Reads the certificate authorities when the address is https, and nothing otherwise.
pub(super) fn build(settings: &ClientSettings, base: &Url) -> Result<reqwest::Client, ClientError> {
    // An error means that the process has a provider already; any will do.
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(user_agent(settings.ci))
        .connect_timeout(CONNECT_TIME)
        .redirect(redirect::Policy::none())
        .referer(false)
        .dns_resolver(Resolver);
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    if base.scheme() == "http" {
        // Without TLS no authorities are needed; not looking for them saves 25 ms and works where there are none.
        builder = builder.tls_certs_only([]);
    } else if let Some(file) = &settings.ca_file {
        builder = builder.tls_certs_merge(read_authorities(file)?);
    }
    builder.build().map_err(|error| {
        let reason = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        ClientError::new(ErrorCode::ConfigurationInvalid, format!("TLS cannot be set up: {reason}")).with_hint(
            "install the system's certificate authorities (package ca-certificates), or name a PEM file in \
             ZERODEPLOY_CA_FILE",
        )
    })
}

fn read_authorities(file: &Path) -> Result<Vec<Certificate>, ClientError> {
    let refuse = |reason: String| {
        ClientError::new(
            ErrorCode::ConfigurationInvalid,
            format!("the certificate authorities in {} cannot be used: {reason}", file.display()),
        )
        .with_hint("ZERODEPLOY_CA_FILE must name a PEM file with at least one certificate")
    };
    let text = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    let authorities = Certificate::from_pem_bundle(&text).map_err(|_| refuse("it is not PEM".to_owned()))?;
    if authorities.is_empty() {
        return Err(refuse("it holds no certificate".to_owned()));
    }
    Ok(authorities)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(base_url: &str) -> ClientSettings {
        ClientSettings { base_url: base_url.to_owned(), credential: Some("zd_secret".into()), ..Default::default() }
    }

    #[test]
    fn a_credential_goes_over_plain_http_to_loopback_only() {
        for good in ["http://localhost:8787", "http://127.0.0.1", "https://zd.example"] {
            assert!(base_url(&settings(good)).is_ok(), "{good}");
        }
        let error = base_url(&settings("http://zd.example")).expect_err("plain http");
        assert!(error.hint.is_some_and(|hint| hint.contains("--insecure-http")));
        assert!(base_url(&ClientSettings { insecure_http: true, ..settings("http://zd.example") }).is_ok());
        assert!(base_url(&ClientSettings { credential: None, ..settings("http://zd.example") }).is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in ["", "zd.example", "ftp://zd.example", "https://zd.example?x=1", "https://zd.example#x"] {
            assert_eq!(base_url(&settings(bad)).map_err(|error| error.code), Err(ErrorCode::UsageError), "{bad}");
        }
        let error = base_url(&settings("https://me:hunter2@zd.example")).expect_err("a password");
        assert!(!error.message.contains("hunter2"));
    }

    #[test]
    fn secrets_stay_out_of_debug_output() {
        let settings = settings("https://zd.example");
        assert!(!format!("{settings:?}").contains("zd_secret"));
        assert!(!format!("{:?}", authorization(&settings)).contains("zd_secret"));
        let broken = ClientSettings { credential: Some("zd_a\nb".into()), ..settings };
        assert_eq!(authorization(&broken).map_err(|error| error.code), Err(ErrorCode::TokenInvalid));
    }

    #[test]
    fn a_bad_authority_file_is_named_with_its_setting() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("ca.pem");
        let base = Url::parse("https://zd.example").expect("a URL");
        let with_file = ClientSettings { ca_file: Some(file.clone()), ..settings("https://zd.example") };
        for content in [None, Some("no certificate")] {
            content.into_iter().for_each(|content| std::fs::write(&file, content).expect("written"));
            let error = build(&with_file, &base).expect_err("unusable");
            assert_eq!(error.code, ErrorCode::ConfigurationInvalid);
            assert!(
                error.message.contains("ca.pem") && error.hint.is_some_and(|hint| hint.contains("ZERODEPLOY_CA_FILE"))
            );
        }
    }
}
