//! Serving of sites.
//!
//! A request passes these steps, one module each:
//!
//! 1. the one host that the request names → a site, deployment or alias ([`host`])
//! 2. its deployment ([`source`])
//! 3. the site's own redirects and rewrites ([`rules`]), which may stand back behind what step 4 finds
//! 4. path → file, redirect or nothing ([`resolve`](mod@resolve))
//! 5. our own fields ([`headers`]), and what the site's `_headers` change about them ([`rules`])
//! 6. which variant ([`encoding`])
//! 7. preconditions ([`conditional`])
//! 8. a part of it ([`range`])
//! 9. the bytes ([`body`]), from memory ([`cache`]) or read in pieces
//!
//! What step 4 finds and our own fields do not depend on the request's fields. They are a [`page`](Page), kept in memory, so
//! that the way of most requests is: deployment, page and body from memory, without waiting for anything. A site without
//! rules of its own passes steps 3 and 5 with one comparison.

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
mod rules;
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
use hyper::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

use self::cache::Cache;
use self::conditional::Verdict;
use self::encoding::Accepted;
use self::error_page::ErrorPage;
use self::page::{Page, PageCache, elsewhere_key};
use self::range::Requested;
use self::resolve::{Resolution, file_of_rule, not_found, resolve};
use self::rules::Asked;
use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::content::manifest::Entry;
use crate::content::path::RequestPath;
use crate::domain::host::{self as domain_host, HostTarget};
use crate::domain::redirects::Outcome;

pub(crate) use self::body::SiteBody;
pub(crate) use self::encoding::{compress, is_worth_trying};
pub(crate) use self::host::{HostError, requested_host};
pub(crate) use self::rules::SiteRules;
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
    /// The field in which a trusted proxy names the visitor's country.
    pub(crate) country_header: Option<HeaderName>,
}

impl HostingSettings {
    /// The default bounds for sites under a domain: 64 MiB of bodies, 16 MiB of header fields.
    pub(crate) fn new(domain: String) -> Self {
        HostingSettings { domain, body_cache_bytes: 64 << 20, page_cache_bytes: 16 << 20, country_header: None }
    }
}

/// Names a small body. A variant that is made anew may have another length, so the length is part of the name: then a
/// body always fits the prepared fields it is sent with.
type BodyKey = (BlobId, Encoding, u64);

/// Answers requests for sites.
pub(crate) struct Hosting<S: ContentSource> {
    source: Arc<S>,
    domain: String,
    country_header: Option<HeaderName>,
    bodies: Cache<BodyKey, Bytes>,
    pages: PageCache<S::Content>,
}

impl<S: ContentSource> Hosting<S> {
    /// Hosting of what `source` holds.
    pub(crate) fn new(source: Arc<S>, settings: HostingSettings) -> Self {
        Hosting {
            source,
            domain: settings.domain,
            country_header: settings.country_header,
            bodies: Cache::new(settings.body_cache_bytes),
            pages: PageCache::new(settings.page_cache_bytes),
        }
    }

    /// Answers a request for the host that it names ([`requested_host`]): an error gets 400, a name that is no site 404.
    /// `is_proxied`: it comes from a proxy whose word about the visitor counts.
    pub(crate) async fn serve(
        &self,
        host: Result<String, HostError>,
        parts: &Parts,
        is_proxied: bool,
    ) -> Response<SiteBody> {
        let Ok(host) = host else { return ErrorPage::BAD_HOST.answer(parts, None) };
        let target = match domain_host::target(&host, &self.domain) {
            HostTarget::Other => return ErrorPage::NO_SITE.answer(parts, None),
            target => target,
        };
        let country = self.country_header.as_ref().filter(|_| is_proxied);
        let asked = Asked { parts, host: &host, country };
        self.answer(&target, &asked).await.unwrap_or_else(|error| {
            tracing::error!(%error, ?target, path = parts.uri.path(), "a site's file could not be served");
            ErrorPage::INTERNAL.answer(parts, None)
        })
    }

    /// Answers a request that [`serve`](Self::serve) was not done with.
    pub(crate) fn failed(&self, parts: &Parts, reason: &str) -> Response<SiteBody> {
        tracing::error!(reason, path = parts.uri.path(), "a site's file could not be served");
        ErrorPage::INTERNAL.answer(parts, None)
    }

    async fn answer(&self, target: &HostTarget, asked: &Asked<'_>) -> Result<Response<SiteBody>, SourceError> {
        let deployment = match self.source.cached_deployment(target) {
            Some(deployment) => deployment,
            None => self.source.deployment(target).await?,
        };
        let Some(deployment) = deployment else {
            return Ok(ErrorPage::NO_SITE.answer(asked.parts, None));
        };
        if deployment.rules.is_some() {
            return self.answer_by_rules(&deployment, asked).await;
        }
        self.answer_by_path(&deployment, asked).await
    }

    /// Step 3.
    async fn answer_by_rules(
        &self,
        deployment: &LiveDeployment,
        asked: &Asked<'_>,
    ) -> Result<Response<SiteBody>, SourceError> {
        let Ok(path) = RequestPath::parse(asked.parts.uri.path()) else {
            return self.answer_by_path(deployment, asked).await;
        };
        let decision = rules::decide(deployment, &path, asked);
        let mut response = match decision.outcome {
            // Whoever sends something to a place that has moved is told so, too.
            Some(Outcome::Redirect { status, location }) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FOUND);
                redirect(deployment, status, &location, asked.parts)
            }
            Some(Outcome::Serve { status, path: Some(target) }) if is_read(asked.parts) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
                self.answer_with_file(deployment, status, &target, &path, asked).await?
            }
            _ => self.answer_by_path(deployment, asked).await?,
        };
        rules::mark_varying(response.headers_mut(), decision.depends_on, asked.country);
        Ok(response)
    }

    /// What a rule serves: the file under `target`, else the page for what is not there.
    async fn answer_with_file(
        &self,
        deployment: &LiveDeployment,
        status: StatusCode,
        target: &str,
        path: &RequestPath,
        asked: &Asked<'_>,
    ) -> Result<Response<SiteBody>, SourceError> {
        let target = RequestPath::parse(target).ok();
        let file = target.and_then(|target| file_of_rule(&deployment.manifest, &target));
        if let Some(entry) = file {
            let page = self.page_elsewhere(status, deployment, &entry).await?;
            return self.send(deployment, &page, asked).await;
        }
        match not_found(&deployment.manifest, path) {
            _ if status == StatusCode::GONE => Ok(ErrorPage::GONE.answer(asked.parts, Some(deployment.deployment))),
            Resolution::NotFound(Some(entry)) => {
                let page = self.page_elsewhere(StatusCode::NOT_FOUND, deployment, &entry).await?;
                self.send(deployment, &page, asked).await
            }
            _ => Ok(ErrorPage::NOT_FOUND.answer(asked.parts, Some(deployment.deployment))),
        }
    }

    /// What the site has at the request's path.
    async fn answer_by_path(
        &self,
        deployment: &LiveDeployment,
        asked: &Asked<'_>,
    ) -> Result<Response<SiteBody>, SourceError> {
        let parts = asked.parts;
        if !is_read(parts) {
            return Ok(ErrorPage::METHOD.answer(parts, Some(deployment.deployment)));
        }
        if let Some(page) = self.pages.get(deployment.generation, parts.uri.path()) {
            match self.send(deployment, &page, asked).await {
                Ok(response) => return Ok(response),
                // What a page in memory says about the store may be outdated: packs are rewritten.
                Err(error) => tracing::warn!(%error, path = parts.uri.path(), "looking a site's file up once more"),
            }
        }
        self.look_up(deployment, asked).await
    }

    /// Steps 4 and 5, for a path whose page is not in memory.
    async fn look_up(&self, deployment: &LiveDeployment, asked: &Asked<'_>) -> Result<Response<SiteBody>, SourceError> {
        let parts = asked.parts;
        let raw_path = parts.uri.path();
        let Ok(request) = RequestPath::parse(raw_path) else {
            return Ok(ErrorPage::BAD_PATH.answer(parts, Some(deployment.deployment)));
        };
        match resolve(deployment, &request) {
            Resolution::File(entry) => {
                let representations = self.representations(deployment, &entry).await?;
                let page = Arc::new(Page::file(deployment, &entry, representations));
                self.pages.insert(deployment.generation, raw_path, page.clone());
                self.send(deployment, &page, asked).await
            }
            Resolution::Redirect(path) => {
                let location = match parts.uri.query() {
                    Some(query) => format!("{path}?{query}"),
                    None => path,
                };
                Ok(redirect(deployment, StatusCode::MOVED_PERMANENTLY, &location, parts))
            }
            Resolution::NotFound(Some(entry)) => {
                let page = self.page_elsewhere(StatusCode::NOT_FOUND, deployment, &entry).await?;
                self.send(deployment, &page, asked).await
            }
            Resolution::NotFound(None) => Ok(ErrorPage::NOT_FOUND.answer(parts, Some(deployment.deployment))),
        }
    }

    /// A file that answers for another path. Kept under its own: there is no end to the paths that lead to it.
    async fn page_elsewhere(
        &self,
        status: StatusCode,
        deployment: &LiveDeployment,
        entry: &Entry<'_>,
    ) -> Result<Arc<Page<S::Content>>, SourceError> {
        let key = elsewhere_key(status, entry.path);
        if let Some(page) = self.pages.get(deployment.generation, &key) {
            return Ok(page);
        }
        let representations = self.representations(deployment, entry).await?;
        let page = Arc::new(Page::elsewhere(status, deployment, entry, representations));
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

    /// Steps 6 to 9, and the site's part of step 5.
    async fn send(
        &self,
        deployment: &LiveDeployment,
        page: &Page<S::Content>,
        asked: &Asked<'_>,
    ) -> Result<Response<SiteBody>, SourceError> {
        let mut response = self.send_page(deployment, page, asked.parts).await?;
        let status = response.status();
        let shows_page =
            status == page.status || matches!(status, StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED);
        if deployment.rules.is_some() && shows_page {
            rules::change_fields(deployment, asked, status, response.headers_mut());
        }
        Ok(response)
    }

    async fn send_page(
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

/// Whether a request only wants to read.
fn is_read(parts: &Parts) -> bool {
    parts.method == Method::GET || parts.method == Method::HEAD
}

/// A redirect to an address that is encoded already.
fn redirect(deployment: &LiveDeployment, status: StatusCode, location: &str, parts: &Parts) -> Response<SiteBody> {
    let Ok(location) = HeaderValue::try_from(location) else {
        return ErrorPage::BAD_PATH.answer(parts, Some(deployment.deployment));
    };
    let mut response = response(status, HeaderMap::new(), SiteBody::empty());
    response.headers_mut().insert(LOCATION, location);
    headers::mark_redirect(response.headers_mut(), deployment.deployment);
    response
}
