//! Step 8: byte ranges (RFC 9110 §14).
//!
//! One range is answered with 206. Several are answered with the whole, as is everything that makes no sense: §14.2
//! allows both, and a multipart answer helps nobody who could not ask twice.

use std::ops::Range;

use hyper::http::HeaderMap;
use hyper::http::header::RANGE;

/// What a request's `Range` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Requested {
    /// Everything: there is no usable `Range`.
    Whole,
    /// These bytes; never empty.
    Part(Range<u64>),
    /// 416: bytes that are not there.
    Unsatisfiable,
}

/// Reads `Range` for a content of `length` bytes.
pub(super) fn requested(headers: &HeaderMap, length: u64) -> Requested {
    let mut lines = headers.get_all(RANGE).iter();
    match (lines.next(), lines.next()) {
        (Some(line), None) => line.to_str().ok().and_then(|line| read(line, length)).unwrap_or(Requested::Whole),
        _ => Requested::Whole,
    }
}

/// `None` for another unit, several ranges or a malformed one.
fn read(line: &str, length: u64) -> Option<Requested> {
    let (unit, set) = line.split_once('=')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let mut ranges = set.split(',').map(|range| range.trim_matches([' ', '\t'])).filter(|range| !range.is_empty());
    let range = ranges.next()?;
    if ranges.next().is_some() {
        return None;
    }
    let (first, last) = range.split_once('-')?;
    if first.is_empty() {
        return suffix(number(last)?, length);
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    if first >= length {
        return Some(Requested::Unsatisfiable);
    }
    Some(Requested::Part(first..last.saturating_add(1).min(length)))
}

/// The last `wanted` bytes. Of an empty content these are all there is, which no `Content-Range` can express.
fn suffix(wanted: u64, length: u64) -> Option<Requested> {
    match (wanted, length) {
        (0, _) => Some(Requested::Unsatisfiable),
        (_, 0) => None,
        _ => Some(Requested::Part(length.saturating_sub(wanted)..length)),
    }
}

/// Digits only; a number too large for 64 bits is past any end.
fn number(digits: &str) -> Option<u64> {
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::http::HeaderValue;

    fn asked(lines: &[&'static str], length: u64) -> Requested {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(RANGE, HeaderValue::from_static(line));
        }
        requested(&headers, length)
    }

    #[test]
    fn single_ranges_are_read() {
        for (line, expected) in [
            ("bytes=0-0", Requested::Part(0..1)),
            ("bytes=0-99", Requested::Part(0..100)),
            ("bytes=0-", Requested::Part(0..100)),
            ("bytes=90-1000", Requested::Part(90..100)),
            ("bytes=99-", Requested::Part(99..100)),
            ("bytes=-1", Requested::Part(99..100)),
            ("bytes=-1000", Requested::Part(0..100)),
            ("BYTES=1-2", Requested::Part(1..3)),
            ("bytes=1-2,", Requested::Part(1..3)),
            ("bytes=5-18446744073709551615", Requested::Part(5..100)),
            ("bytes=5-99999999999999999999999", Requested::Part(5..100)),
            ("bytes=100-", Requested::Unsatisfiable),
            ("bytes=99999999999999999999999-", Requested::Unsatisfiable),
            ("bytes=-0", Requested::Unsatisfiable),
        ] {
            assert_eq!(asked(&[line], 100), expected, "{line}");
        }
    }

    #[test]
    fn what_makes_no_sense_or_asks_for_several_is_ignored() {
        for line in [
            "bytes=1-2,4-5",
            "bytes=2-1",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=+1-2",
            "bytes",
            "items=0-1",
            "bytes=1",
            "bytes=1-2-3",
        ] {
            assert_eq!(asked(&[line], 100), Requested::Whole, "{line}");
        }
        assert_eq!(asked(&["bytes=0-1", "bytes=0-1"], 100), Requested::Whole);
        assert_eq!(asked(&[], 100), Requested::Whole);
    }

    #[test]
    fn an_empty_content_has_no_part() {
        assert_eq!(asked(&["bytes=0-"], 0), Requested::Unsatisfiable);
        assert_eq!(asked(&["bytes=-5"], 0), Requested::Whole);
    }
}
