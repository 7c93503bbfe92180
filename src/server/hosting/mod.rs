//! Serving of sites.
//!
//! A request passes these steps, one module each:
//!
//! 1. the one host that the request names → a site, deployment or alias ([`host`])
//! 2. its deployment ([`source`])
//! 3. forced rules of the site stand here
//! 4. path → file, redirect or nothing ([`resolve`](mod@resolve))
//! 5. our own fields ([`headers`]); `_headers` rules of the site stand here
//! 6. which variant ([`encoding`])
//! 7. preconditions ([`conditional`])
//! 8. a part of it ([`range`])
//! 9. the bytes ([`body`]), from memory ([`cache`]) or read in pieces
//!
//! What steps 3 to 5 find does not depend on the request's fields. It is a [`page`](Page), kept in memory, so that the way of
//! most requests is: deployment, page and body from memory, without waiting for anything.

mod body;
mod cache;
mod conditional;
mod encoding;
mod error_page;
mod headers;
mod host;
mod page;
mod range;
mod resolve;
mod source;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use hyper::http::header::{CONTENT_RANGE, LOCATION};
use hyper::http::request::Parts;
use hyper::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use self::cache::Cache;
use self::conditional::Verdict;
use self::encoding::Accepted;
use self::error_page::ErrorPage;
use self::page::{Page, PageCache, not_found_key};
use self::range::Requested;
use self::resolve::{Resolution, resolve};
use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::content::manifest::Entry;
use crate::content::path::RequestPath;
use crate::domain::host::{self as domain_host, HostTarget};

pub(crate) use self::body::SiteBody;
pub(crate) use self::encoding::{compress, is_worth_trying};
pub(crate) use self::host::{HostError, requested_host};
pub(crate) use self::source::{
    ContentSource, Generation, LiveDeployment, Representations, SourceError, Stored, path_key,
};

/// Largest body, in bytes, that is kept in memory; larger ones are streamed.
const LARGEST_KEPT_BODY: u64 = 256 * 1024;
/// Memory that a kept body takes beside its bytes (estimate).
const BODY_OVERHEAD: usize = 160;

/// How sites are served.
#[derive(Debug, Clone)]
pub(crate) struct HostingSettings {
    /// The domain whose labels are sites; lower-case, without port and closing dot.
    pub(crate) domain: String,
    /// Most bytes of small bodies in memory.
    pub(crate) body_cache_bytes: usize,
    /// Most bytes of prepared header fields in memory.
    pub(crate) page_cache_bytes: usize,
}

impl HostingSettings {
    /// The default bounds for sites under a domain: 64 MiB of bodies, 16 MiB of header fields.
    pub(crate) fn new(domain: String) -> Self {
        HostingSettings { domain, body_cache_bytes: 64 << 20, page_cache_bytes: 16 << 20 }
    }
}

/// Names a small body. A variant that is made anew may have another length, so the length is part of the name: then a
/// body always fits the prepared fields it is sent with.
type BodyKey = (BlobId, Encoding, u64);

/// Answers requests for sites.
pub(crate) struct Hosting<S: ContentSource> {
    source: Arc<S>,
    domain: String,
    bodies: Cache<BodyKey, Bytes>,
    pages: PageCache<S::Content>,
}

impl<S: ContentSource> Hosting<S> {
    /// Hosting of what `source` holds.
    pub(crate) fn new(source: Arc<S>, settings: HostingSettings) -> Self {
        Hosting {
            source,
            domain: settings.domain,
            bodies: Cache::new(settings.body_cache_bytes),
            pages: PageCache::new(settings.page_cache_bytes),
        }
    }

    /// Answers a request for the host that it names ([`requested_host`]): an error gets 400, a name that is no site 404.
    pub(crate) async fn serve(&self, host: Result<String, HostError>, parts: &Parts) -> Response<SiteBody> {
        let target = match host.map(|host| domain_host::target(&host, &self.domain)) {
            Ok(HostTarget::Other) => return ErrorPage::NO_SITE.answer(parts, None),
            Ok(target) => target,
            Err(_) => return ErrorPage::BAD_HOST.answer(parts, None),
        };
        self.answer(&target, parts).await.unwrap_or_else(|error| {
            tracing::error!(%error, ?target, path = parts.uri.path(), "a site's file could not be served");
            ErrorPage::INTERNAL.answer(parts, None)
        })
    }

    /// Answers a request that [`serve`](Self::serve) was not done with.
    pub(crate) fn failed(&self, parts: &Parts, reason: &str) -> Response<SiteBody> {
        tracing::error!(reason, path = parts.uri.path(), "a site's file could not be served");
        ErrorPage::INTERNAL.answer(parts, None)
    }

    async fn answer(&self, target: &HostTarget, parts: &Parts) -> Result<Response<SiteBody>, SourceError> {
        let deployment = match self.source.cached_deployment(target) {
            Some(deployment) => deployment,
            None => self.source.deployment(target).await?,
        };
        let Some(deployment) = deployment else {
            return Ok(ErrorPage::NO_SITE.answer(parts, None));
        };
        if parts.method != Method::GET && parts.method != Method::HEAD {
            return Ok(ErrorPage::METHOD.answer(parts, Some(deployment.deployment)));
        }
        if let Some(page) = self.pages.get(deployment.generation, parts.uri.path()) {
            match self.send(&deployment, &page, parts).await {
                Ok(response) => return Ok(response),
                // What a page in memory says about the store may be outdated: packs are rewritten.
                Err(error) => tracing::warn!(%error, path = parts.uri.path(), "looking a site's file up once more"),
            }
        }
        self.look_up(&deployment, parts).await
    }

    /// Steps 3 to 5, for a path whose page is not in memory.
    async fn look_up(&self, deployment: &LiveDeployment, parts: &Parts) -> Result<Response<SiteBody>, SourceError> {
        let raw_path = parts.uri.path();
        let Ok(request) = RequestPath::parse(raw_path) else {
            return Ok(ErrorPage::BAD_PATH.answer(parts, Some(deployment.deployment)));
        };
        match resolve(deployment, &request) {
            Resolution::File(entry) => {
                let representations = self.representations(deployment, &entry).await?;
                let page = Arc::new(Page::file(deployment, &entry, representations));
                self.pages.insert(deployment.generation, raw_path, page.clone());
                self.send(deployment, &page, parts).await
            }
            Resolution::Redirect(path) => Ok(redirect(deployment, &path, parts)),
            Resolution::NotFound(Some(entry)) => {
                let page = self.not_found_page(deployment, &entry).await?;
                self.send(deployment, &page, parts).await
            }
            Resolution::NotFound(None) => Ok(ErrorPage::NOT_FOUND.answer(parts, Some(deployment.deployment))),
        }
    }

    /// Kept under the page's own path: there is no end to the paths that lead nowhere.
    async fn not_found_page(
        &self,
        deployment: &LiveDeployment,
        entry: &Entry<'_>,
    ) -> Result<Arc<Page<S::Content>>, SourceError> {
        let key = not_found_key(entry.path);
        if let Some(page) = self.pages.get(deployment.generation, &key) {
            return Ok(page);
        }
        let representations = self.representations(deployment, entry).await?;
        let page = Arc::new(Page::not_found(deployment, entry, representations));
        self.pages.insert(deployment.generation, &key, page.clone());
        Ok(page)
    }

    async fn representations(
        &self,
        deployment: &LiveDeployment,
        entry: &Entry<'_>,
    ) -> Result<Representations<S::Content>, SourceError> {
        let found = self.source.representations(deployment.organization, entry.blob).await?;
        found.ok_or(SourceError::Missing(entry.blob))
    }

    /// Steps 6 to 9.
    async fn send(
        &self,
        deployment: &LiveDeployment,
        page: &Page<S::Content>,
        parts: &Parts,
    ) -> Result<Response<SiteBody>, SourceError> {
        let accepted = Accepted::of(&parts.headers);
        let negotiated = accepted.choose(page.has(Encoding::Gzip), page.has(Encoding::Brotli));
        if page.status != StatusCode::OK {
            let body = self.body_for(page, negotiated, None, parts).await?;
            return Ok(response(page.status, page.head(negotiated), body));
        }
        let length = page.stored(Encoding::Identity).length;
        // Ranges are defined for GET only (RFC 9110 §14.2), and taken from the content itself.
        let may_be_part = parts.method == Method::GET
            && !accepted.refuses_identity()
            && conditional::allows_range(&parts.headers, &page.blob);
        let requested = if may_be_part { range::requested(&parts.headers, length) } else { Requested::Whole };
        let is_range = requested != Requested::Whole;
        let encoding = if is_range { Encoding::Identity } else { negotiated };
        match conditional::judge(&parts.headers, &page.blob, encoding, is_range) {
            Verdict::Failed => return Ok(ErrorPage::PRECONDITION.answer(parts, Some(deployment.deployment))),
            Verdict::NotModified(held) => {
                let head = headers::not_modified_head(&page.head(encoding), &page.blob, held);
                return Ok(response(StatusCode::NOT_MODIFIED, head, SiteBody::empty()));
            }
            Verdict::Proceed => {}
        }
        match requested {
            Requested::Whole => {
                let body = self.body_for(page, encoding, None, parts).await?;
                Ok(response(StatusCode::OK, page.head(encoding), body))
            }
            Requested::Part(part) => {
                let head = headers::partial_head(&page.head(encoding), &part, length);
                let body = self.body_for(page, encoding, Some(part), parts).await?;
                Ok(response(StatusCode::PARTIAL_CONTENT, head, body))
            }
            Requested::Unsatisfiable => {
                let mut response = ErrorPage::RANGE.answer(parts, Some(deployment.deployment));
                response.headers_mut().insert(CONTENT_RANGE, headers::unsatisfied_range(length));
                Ok(response)
            }
        }
    }

    /// The body that goes with a page's fields: nothing for HEAD, from memory when it is small, else in pieces.
    async fn body_for(
        &self,
        page: &Page<S::Content>,
        encoding: Encoding,
        part: Option<Range<u64>>,
        parts: &Parts,
    ) -> Result<SiteBody, SourceError> {
        let stored = page.stored(encoding);
        if parts.method == Method::HEAD || stored.length == 0 {
            return Ok(SiteBody::empty());
        }
        let all = 0..stored.length;
        if stored.length > LARGEST_KEPT_BODY {
            return Ok(SiteBody::in_pieces(self.source.clone(), stored.content.clone(), part.unwrap_or(all)));
        }
        let key = (page.blob, encoding, stored.length);
        let bytes = match self.bodies.get(&key) {
            Some(bytes) => bytes,
            None => {
                let bytes = self.source.read(&stored.content, all.clone()).await?;
                let bytes = SourceError::check_length(bytes, &all)?;
                self.bodies.insert(key, bytes.clone(), bytes.len() + BODY_OVERHEAD);
                bytes
            }
        };
        // A small content's positions fit: it is in memory.
        Ok(SiteBody::whole(part.map_or(bytes.clone(), |part| bytes.slice(part.start as usize..part.end as usize))))
    }
}

fn response(status: StatusCode, head: HeaderMap, body: SiteBody) -> Response<SiteBody> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = head;
    response
}

/// A permanent redirect to a path on the same host, with the request's query.
fn redirect(deployment: &LiveDeployment, path: &str, parts: &Parts) -> Response<SiteBody> {
    let location = match parts.uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let Ok(location) = HeaderValue::try_from(location) else {
        return ErrorPage::BAD_PATH.answer(parts, Some(deployment.deployment));
    };
    let mut response = response(StatusCode::MOVED_PERMANENTLY, HeaderMap::new(), SiteBody::empty());
    response.headers_mut().insert(LOCATION, location);
    headers::mark_redirect(response.headers_mut(), deployment.deployment);
    response
}
