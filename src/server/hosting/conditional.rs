//! Step 7: preconditions, in the order of RFC 9110 §13.2.2.
//!
//! 1. `If-Match`: strong comparison; false is 412.
//! 2. `If-Unmodified-Since`: no file has a modification date here, so it is ignored, as §13.1.4 demands.
//! 3. `If-None-Match`: weak comparison; a match is 304.
//! 4. `If-Modified-Since`: ignored for the same reason (§13.1.3).
//! 5. `If-Range`: strong comparison with the entity tag of the content itself, because ranges are taken from it; a date
//!    never matches.
//!
//! The entity tags of all encodings of a content are equally current, so a client that holds any of them is up to date.
//! Only a range must not be glued to bytes of another encoding: there `If-Match` must name the content itself.

use hyper::http::header::{IF_MATCH, IF_NONE_MATCH, IF_RANGE};
use hyper::http::{HeaderMap, HeaderName};

use super::headers::{tag_stem, tag_suffix};
use crate::content::blob::BlobId;
use crate::content::frame::Encoding;

/// What the preconditions of a request lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The request is answered as if it had none.
    Proceed,
    /// 304: the client already holds the content in this encoding.
    NotModified(Encoding),
    /// 412
    Failed,
}

/// Every encoding that may be held, the chosen one first.
const fn starting_with(chosen: Encoding) -> [Encoding; 3] {
    match chosen {
        Encoding::Identity => [Encoding::Identity, Encoding::Gzip, Encoding::Brotli],
        Encoding::Gzip => [Encoding::Gzip, Encoding::Identity, Encoding::Brotli],
        Encoding::Brotli => [Encoding::Brotli, Encoding::Identity, Encoding::Gzip],
    }
}

/// Judges `If-Match` and `If-None-Match` of a GET or HEAD request whose answer would be a success.
pub(super) fn judge(headers: &HeaderMap, blob: &BlobId, chosen: Encoding, is_range: bool) -> Verdict {
    if headers.contains_key(IF_MATCH) {
        let encodings = starting_with(chosen);
        let current = if is_range { &encodings[..1] } else { &encodings };
        if held(headers, IF_MATCH, blob, current, Comparison::Strong).is_none() {
            return Verdict::Failed;
        }
    }
    if headers.contains_key(IF_NONE_MATCH)
        && let Some(encoding) = held(headers, IF_NONE_MATCH, blob, &starting_with(chosen), Comparison::Weak)
    {
        return Verdict::NotModified(encoding);
    }
    Verdict::Proceed
}

/// Whether `Range` may be looked at: there is no `If-Range`, or it names the content as it is now.
pub(super) fn allows_range(headers: &HeaderMap, blob: &BlobId) -> bool {
    !headers.contains_key(IF_RANGE)
        || held(headers, IF_RANGE, blob, &[Encoding::Identity], Comparison::Strong).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Strong,
    Weak,
}

/// The first of `encodings` whose entity tag a header lists; `*` lists all.
fn held(
    headers: &HeaderMap,
    name: HeaderName,
    blob: &BlobId,
    encodings: &[Encoding],
    comparison: Comparison,
) -> Option<Encoding> {
    let stem = tag_stem(blob);
    let lists_any = name != IF_RANGE && headers.get_all(&name).iter().any(|line| line.as_bytes() == b"*");
    if lists_any {
        return encodings.first().copied();
    }
    let lists = |encoding: Encoding| {
        headers.get_all(&name).iter().filter_map(|line| line.to_str().ok()).flat_map(entity_tags).any(|tag| {
            (comparison == Comparison::Weak || !tag.is_weak)
                && tag.opaque.strip_prefix(stem.as_str()) == Some(tag_suffix(encoding))
        })
    };
    encodings.iter().copied().find(|encoding| lists(*encoding))
}

struct EntityTag<'a> {
    is_weak: bool,
    opaque: &'a str,
}

/// Reads a list of entity tags (RFC 9110 §8.8.3) up to the first thing that is none. Commas may stand inside a tag.
fn entity_tags(list: &str) -> impl Iterator<Item = EntityTag<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (is_weak, tag) = rest.strip_prefix("W/").map_or((false, rest), |tag| (true, tag));
        let (opaque, after) = tag.strip_prefix('"')?.split_once('"')?;
        rest = after;
        Some(EntityTag { is_weak, opaque })
    })
}

#[cfg(test)]
mod tests {
    use super::super::headers::entity_tag;
    use super::*;
    use hyper::http::HeaderValue;

    const CONTENT: &[u8] = b"content";

    fn request(lines: &[(HeaderName, String)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_str(value).expect("visible"));
        }
        headers
    }

    #[test]
    fn if_none_match_knows_every_encoding() {
        let blob = BlobId::of(CONTENT);
        let stem = tag_stem(&blob);
        for (value, expected) in [
            (format!("\"{stem}\""), Verdict::NotModified(Encoding::Identity)),
            (format!("\"{stem}-gz\""), Verdict::NotModified(Encoding::Gzip)),
            (format!("W/\"{stem}-br\""), Verdict::NotModified(Encoding::Brotli)),
            (format!("\"a,b\" , W/\"{stem}\",\"{stem}-gz\""), Verdict::NotModified(Encoding::Gzip)),
            (format!("\"{stem}\", \"{stem}-br\""), Verdict::NotModified(Encoding::Identity)),
            ("*".to_owned(), Verdict::NotModified(Encoding::Gzip)),
            (format!("\"{stem}-zz\""), Verdict::Proceed),
            (format!("\"{}\"", &stem[..31]), Verdict::Proceed),
            (format!("\"x,{stem}\""), Verdict::Proceed),
            (stem.clone(), Verdict::Proceed),
            (format!("\"{stem}"), Verdict::Proceed),
            (String::new(), Verdict::Proceed),
        ] {
            let headers = request(&[(IF_NONE_MATCH, value.clone())]);
            assert_eq!(judge(&headers, &blob, Encoding::Gzip, false), expected, "{value}");
        }
        let lines = [(IF_NONE_MATCH, "\"other\"".to_owned()), (IF_NONE_MATCH, format!("\"{stem}\""))];
        let expected = Verdict::NotModified(Encoding::Identity);
        assert_eq!(judge(&request(&lines), &blob, Encoding::Identity, false), expected, "several lines are one list");
    }

    #[test]
    fn if_match_is_strong_and_comes_first() {
        let blob = BlobId::of(CONTENT);
        let tag = |encoding| entity_tag(&blob, encoding);
        let judge_match =
            |value: String, is_range| judge(&request(&[(IF_MATCH, value)]), &blob, Encoding::Identity, is_range);
        assert_eq!(judge_match(tag(Encoding::Identity), true), Verdict::Proceed);
        assert_eq!(judge_match(tag(Encoding::Brotli), false), Verdict::Proceed);
        assert_eq!(judge_match(tag(Encoding::Brotli), true), Verdict::Failed, "a range is of the content itself");
        assert_eq!(judge_match("*".to_owned(), true), Verdict::Proceed);
        assert_eq!(judge_match(format!("W/{}", tag(Encoding::Identity)), false), Verdict::Failed);
        assert_eq!(judge_match("\"other\"".to_owned(), false), Verdict::Failed);
        let both = [(IF_MATCH, "\"other\"".to_owned()), (IF_NONE_MATCH, tag(Encoding::Identity))];
        assert_eq!(judge(&request(&both), &blob, Encoding::Identity, false), Verdict::Failed);
    }

    #[test]
    fn if_range_wants_the_content_itself() {
        let blob = BlobId::of(CONTENT);
        for (value, expected) in [
            (entity_tag(&blob, Encoding::Identity), true),
            (entity_tag(&blob, Encoding::Gzip), false),
            (format!("W/{}", entity_tag(&blob, Encoding::Identity)), false),
            ("\"other\"".to_owned(), false),
            ("*".to_owned(), false),
            ("Sat, 29 Oct 1994 19:43:31 GMT".to_owned(), false),
        ] {
            assert_eq!(allows_range(&request(&[(IF_RANGE, value.clone())]), &blob), expected, "{value}");
        }
        assert!(allows_range(&HeaderMap::new(), &blob));
    }
}
