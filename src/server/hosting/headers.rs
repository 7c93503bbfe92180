//! Header fields of what is served.
//!
//! The entity tag is the first 32 hexadecimal digits of the content's BLAKE3 (128 bits) and names the encoding:
//! `"<hash>"`, `"<hash>-gz"`, `"<hash>-br"`. It is strong where bytes count, with
//! ranges, which are taken from the content itself only; a variant may be made anew with other bytes that mean the same.

use std::ops::Range;

use hyper::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::{HeaderMap, HeaderName, HeaderValue};

use super::source::{LiveDeployment, path_key};
use crate::content::blob::BlobId;
use crate::content::frame::Encoding;
use crate::domain::deployment_id::DeploymentId;
use crate::domain::fingerprint::is_fingerprinted;

/// Which deployment answered, so that a client can tell whether a deploy is live.
pub(crate) const DEPLOYMENT: HeaderName = HeaderName::from_static("x-zerodeploy-deployment");

/// Hexadecimal digits of the hash in an entity tag.
const TAG_DIGITS: usize = 32;

const REVALIDATE: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
const ACCEPT_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");
const BROTLI: HeaderValue = HeaderValue::from_static("br");
const BYTES: HeaderValue = HeaderValue::from_static("bytes");

/// What the entity tags of a content begin with, without the quotation mark.
pub(super) fn tag_stem(blob: &BlobId) -> String {
    let mut stem = blob.to_string();
    stem.truncate(TAG_DIGITS);
    stem
}

/// What names the encoding in an entity tag.
pub(super) const fn tag_suffix(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Identity => "",
        Encoding::Gzip => "-gz",
        Encoding::Brotli => "-br",
    }
}

/// The entity tag of one encoding of a content.
pub(super) fn entity_tag(blob: &BlobId, encoding: Encoding) -> String {
    format!("\"{}{}\"", tag_stem(blob), tag_suffix(encoding))
}

/// One representation of a file, as its header fields tell it.
pub(super) struct Described<'a> {
    /// Who answers.
    pub(super) deployment: &'a LiveDeployment,
    /// The file's path inside the site.
    pub(super) path: &'a str,
    /// Its media type.
    pub(super) content_type: &'static str,
    /// Whether the answer depends on `Accept-Encoding`.
    pub(super) varies: bool,
    /// What was done to the content.
    pub(super) encoding: Encoding,
    /// Bytes of this representation.
    pub(super) length: u64,
    /// Whether the answer is for the file's own path: elsewhere it may be another file's tomorrow.
    pub(super) is_at_its_path: bool,
}

impl Described<'_> {
    /// The fields of a 200 with this whole representation of `blob`.
    pub(super) fn file_head(&self, blob: &BlobId) -> HeaderMap {
        let mut head = self.common_head();
        head.insert(CACHE_CONTROL, self.cache_control());
        head.insert(ETAG, field(entity_tag(blob, self.encoding)));
        head.insert(ACCEPT_RANGES, BYTES);
        head
    }

    /// The fields of a 404 or 410 that shows this representation: nothing to keep, nothing to compare with.
    pub(super) fn error_head(&self) -> HeaderMap {
        let mut head = self.common_head();
        head.insert(CACHE_CONTROL, NO_STORE);
        head
    }

    fn common_head(&self) -> HeaderMap {
        let mut head = HeaderMap::with_capacity(9);
        head.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        head.insert(CONTENT_LENGTH, HeaderValue::from(self.length));
        let coding = match self.encoding {
            Encoding::Identity => None,
            Encoding::Gzip => Some(GZIP),
            Encoding::Brotli => Some(BROTLI),
        };
        if let Some(coding) = coding {
            head.insert(CONTENT_ENCODING, coding);
        }
        if self.varies {
            head.insert(VARY, ACCEPT_ENCODING);
        }
        head.insert(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        head.insert(DEPLOYMENT, deployment_field(self.deployment.deployment));
        head
    }

    /// A page is always asked for again: its address stays while its content changes. So is everything else whose name
    /// does not promise that it never changes, or did not keep the promise.
    fn cache_control(&self) -> HeaderValue {
        let is_page = self.content_type.starts_with("text/html");
        let is_constant = self.is_at_its_path
            && is_fingerprinted(self.path)
            && !self.deployment.changing.contains(&path_key(self.path));
        if is_constant && !is_page { IMMUTABLE } else { REVALIDATE }
    }
}

/// The fields of a 304, taken from those of the 200 (RFC 9110 §15.4.5), for a client that holds `encoding`.
pub(super) fn not_modified_head(whole: &HeaderMap, blob: &BlobId, encoding: Encoding) -> HeaderMap {
    let mut head = HeaderMap::with_capacity(4);
    for name in [CACHE_CONTROL, VARY, DEPLOYMENT] {
        if let Some(value) = whole.get(&name) {
            head.insert(name, value.clone());
        }
    }
    head.insert(ETAG, field(entity_tag(blob, encoding)));
    head
}

/// The fields of a 206 with a part of a content of `length` bytes.
pub(super) fn partial_head(whole: &HeaderMap, part: &Range<u64>, length: u64) -> HeaderMap {
    let mut head = whole.clone();
    head.insert(CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    head.insert(CONTENT_RANGE, field(format!("bytes {}-{}/{length}", part.start, part.end - 1)));
    head
}

/// `Content-Range` of a 416 (RFC 9110 §15.5.17).
pub(super) fn unsatisfied_range(length: u64) -> HeaderValue {
    field(format!("bytes */{length}"))
}

/// Marks who answered, and that nothing about the answer may be kept.
pub(super) fn mark_error(head: &mut HeaderMap, deployment: Option<DeploymentId>) {
    head.insert(CACHE_CONTROL, NO_STORE);
    head.insert(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    if let Some(deployment) = deployment {
        head.insert(DEPLOYMENT, deployment_field(deployment));
    }
}

/// Marks who answered with a redirect. Permanent ones are kept for ever unless told otherwise, but the next deploy may
/// put a file there.
pub(super) fn mark_redirect(head: &mut HeaderMap, deployment: DeploymentId) {
    head.insert(CACHE_CONTROL, REVALIDATE);
    head.insert(DEPLOYMENT, deployment_field(deployment));
}

fn deployment_field(deployment: DeploymentId) -> HeaderValue {
    field(deployment.to_string())
}

/// A value that we made of visible ASCII, which is all that a field may hold.
fn field(value: String) -> HeaderValue {
    HeaderValue::try_from(value).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::super::testing::deployment_of;
    use super::*;

    #[test]
    fn only_constant_files_are_immutable() {
        let mut deployment = deployment_of(&[]);
        deployment.changing.insert(path_key("sw-12ab34cd.js"));
        for (path, content_type, expected) in [
            ("app-B7kQ2xYz.js", "text/javascript", IMMUTABLE),
            ("sw-12ab34cd.js", "text/javascript", REVALIDATE),
            ("post-12ab34cd.html", "text/html; charset=utf-8", REVALIDATE),
            ("app.js", "text/javascript", REVALIDATE),
            ("index.html", "text/html; charset=utf-8", REVALIDATE),
        ] {
            let encoding = Encoding::Identity;
            let varies = true;
            let here = Described {
                deployment: &deployment,
                path,
                content_type,
                varies,
                encoding,
                length: 1,
                is_at_its_path: true,
            };
            assert_eq!(here.file_head(&BlobId::of(b"x"))[CACHE_CONTROL], expected, "{path}");
            let elsewhere = Described { is_at_its_path: false, ..here };
            assert_eq!(elsewhere.file_head(&BlobId::of(b"x"))[CACHE_CONTROL], REVALIDATE, "{path}");
        }
    }

    #[test]
    fn tags_are_short_quoted_and_name_the_encoding() {
        let blob = BlobId::of(b"x");
        let hash = &blob.to_string()[..32];
        assert_eq!(entity_tag(&blob, Encoding::Identity), format!("\"{hash}\""));
        assert_eq!(entity_tag(&blob, Encoding::Gzip), format!("\"{hash}-gz\""));
        assert_eq!(entity_tag(&blob, Encoding::Brotli), format!("\"{hash}-br\""));
    }
}
