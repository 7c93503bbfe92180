//! Step 1: which host a request is for.

use hyper::http::header::HOST;
use hyper::http::request::Parts;

use crate::domain::host::normalize;

/// Why a request names no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HostError {
    #[error("the request has no Host header")]
    Missing,
    #[error("the request has several Host headers")]
    Several,
    #[error("the request's Host header or target is no host name")]
    Invalid,
}

/// The host a request is for: lower-case, without port and closing dot.
///
/// There must be exactly one legal `Host` header (RFC 9112 §3.2) even when the target is in absolute form, whose
/// authority then counts instead (§3.2.2).
pub(crate) fn requested_host(parts: &Parts) -> Result<String, HostError> {
    let mut lines = parts.headers.get_all(HOST).iter();
    let line = lines.next().ok_or(HostError::Missing)?;
    if lines.next().is_some() {
        return Err(HostError::Several);
    }
    let host = line.to_str().ok().and_then(normalize).ok_or(HostError::Invalid)?;
    match parts.uri.authority() {
        Some(authority) => normalize(authority.as_str()).ok_or(HostError::Invalid),
        None => Ok(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::http::Request;

    fn host(uri: &str, lines: &[&[u8]]) -> Result<String, HostError> {
        let mut request = Request::builder().uri(uri);
        for line in lines {
            request = request.header(HOST, *line);
        }
        requested_host(&request.body(()).expect("a request").into_parts().0)
    }

    #[test]
    fn exactly_one_legal_host_is_asked_for() {
        assert_eq!(host("/", &[b"Blog.Localhost:8787"]), Ok("blog.localhost".to_owned()));
        assert_eq!(host("/", &[b"blog.localhost."]), Ok("blog.localhost".to_owned()));
        assert_eq!(host("/", &[]), Err(HostError::Missing));
        assert_eq!(host("/", &[b"a.localhost", b"a.localhost"]), Err(HostError::Several));
        for invalid in [b"".as_slice(), b"a b", b"user@blog.localhost", b"blog.localhost/", b"bl\xc3\xb6g.localhost"] {
            assert_eq!(host("/", &[invalid]), Err(HostError::Invalid), "{invalid:?}");
        }
    }

    #[test]
    fn the_authority_of_an_absolute_target_counts() {
        assert_eq!(host("http://blog.localhost:80/x", &[b"other.localhost"]), Ok("blog.localhost".to_owned()));
        assert_eq!(host("http://blog.localhost/", &[]), Err(HostError::Missing));
        assert_eq!(host("http://user@blog.localhost/", &[b"blog.localhost"]), Err(HostError::Invalid));
    }
}
