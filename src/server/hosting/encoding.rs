//! Step 6: which content coding is sent (RFC 9110 §12.5.3), and how variants are made.

use std::io::Write;

use flate2::write::GzEncoder;
use hyper::http::HeaderMap;
use hyper::http::header::ACCEPT_ENCODING;

use crate::content::frame::Encoding;
use crate::content::mime::is_compressible;

/// Sizes in bytes for which variants are made: smaller files fit one packet anyway, larger ones are rarely text.
const WORTH_TRYING: std::ops::RangeInclusive<u64> = 1024..=16 * 1024 * 1024;
/// A variant is kept when it has at most this many hundredths of the content's size.
const KEPT_BELOW: usize = 95;
/// Weights are held in thousandths, as finely as they can be written.
const FULL_WEIGHT: u16 = 1000;

/// Whether a file may have variants. Its responses vary by `Accept-Encoding` even before they are made.
pub(crate) fn is_worth_trying(content_type: &str, size: u64) -> bool {
    WORTH_TRYING.contains(&size) && is_compressible(content_type)
}

/// Makes a variant; `None` when it would not be at least 5 % smaller. Blocks for long: not for the async runtime.
///
/// `quality` is gzip's level (0 to 9) or brotli's quality (0 to 11).
pub(crate) fn compress(content: &[u8], encoding: Encoding, quality: u32) -> Option<Vec<u8>> {
    let compressed = match encoding {
        Encoding::Identity => return None,
        Encoding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::new(quality.min(9)));
            encoder.write_all(content).ok()?;
            encoder.finish().ok()?
        }
        Encoding::Brotli => {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: quality.min(11) as i32,
                size_hint: content.len(),
                ..Default::default()
            };
            let mut compressed = Vec::new();
            brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters).ok()?;
            compressed
        }
    };
    (compressed.len() * 100 <= content.len() * KEPT_BELOW).then_some(compressed)
}

/// What a client accepts: weights in thousandths, 0 for what it refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Accepted {
    brotli: u16,
    gzip: u16,
    /// `None` when nothing is said about it: then it is acceptable, but anything named is better.
    identity: Option<u16>,
}

impl Accepted {
    /// Reads a request's `Accept-Encoding`.
    ///
    /// Without the header any coding would be allowed, but a client that says nothing is one that decodes nothing.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let (mut brotli, mut gzip, mut identity, mut others) = (None, None, None, None);
        for line in headers.get_all(ACCEPT_ENCODING) {
            let Ok(line) = line.to_str() else { continue };
            for (coding, weight) in line.split(',').filter_map(read_element) {
                let slot = match coding {
                    _ if coding.eq_ignore_ascii_case("br") => &mut brotli,
                    _ if coding.eq_ignore_ascii_case("gzip") || coding.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                    _ if coding.eq_ignore_ascii_case("identity") => &mut identity,
                    "*" => &mut others,
                    _ => continue,
                };
                *slot = Some(weight);
            }
        }
        Accepted {
            brotli: brotli.or(others).unwrap_or(0),
            gzip: gzip.or(others).unwrap_or(0),
            identity: identity.or(others),
        }
    }

    /// Whether the content itself is refused.
    pub(super) fn refuses_identity(&self) -> bool {
        self.identity == Some(0)
    }

    /// The best of what is there: the highest weight, of equal ones brotli before gzip before the content itself.
    ///
    /// When nothing fits, the content itself is sent all the same: RFC 9110 §12.5 lets a server disregard the field,
    /// and a page that can be read is worth more than a 406.
    pub(super) fn choose(&self, has_gzip: bool, has_brotli: bool) -> Encoding {
        let mut best = (self.identity.unwrap_or(0), Encoding::Identity);
        if has_gzip && self.gzip > 0 && self.gzip >= best.0 {
            best = (self.gzip, Encoding::Gzip);
        }
        if has_brotli && self.brotli > 0 && self.brotli >= best.0 {
            best = (self.brotli, Encoding::Brotli);
        }
        best.1
    }
}

/// Reads `coding;q=weight`; an element whose weight makes no sense is skipped.
fn read_element(element: &str) -> Option<(&str, u16)> {
    let Some((coding, parameter)) = element.split_once(';') else {
        return Some((element.trim(), FULL_WEIGHT));
    };
    let (name, weight) = parameter.trim().split_once('=')?;
    if !name.eq_ignore_ascii_case("q") {
        return None;
    }
    Some((coding.trim(), read_weight(weight)?))
}

/// RFC 9110 §12.4.2: 0 to 1 with at most three decimals.
fn read_weight(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(FULL_WEIGHT),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::http::HeaderValue;
    use std::io::Read;

    fn accepted(lines: &[&'static str]) -> Accepted {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_static(line));
        }
        Accepted::of(&headers)
    }

    #[test]
    fn the_highest_weight_wins_and_brotli_wins_ties() {
        use Encoding::{Brotli, Gzip, Identity};
        for (lines, both, only_gzip, neither) in [
            (&[][..], Identity, Identity, Identity),
            (&[""], Identity, Identity, Identity),
            (&["gzip, deflate, br, zstd"], Brotli, Gzip, Identity),
            (&["GZIP;Q=1, Br"], Brotli, Gzip, Identity),
            (&["gzip", "br"], Brotli, Gzip, Identity),
            (&["x-gzip"], Gzip, Gzip, Identity),
            (&["gzip;q=0.9, br;q=0.8"], Gzip, Gzip, Identity),
            (&["gzip;q=0.001"], Gzip, Gzip, Identity),
            (&["br;q=0, gzip"], Gzip, Gzip, Identity),
            (&["br;q=0.000"], Identity, Identity, Identity),
            (&["*"], Brotli, Gzip, Identity),
            (&["*;q=0"], Identity, Identity, Identity),
            (&["*;q=0.5, gzip;q=0.7"], Gzip, Gzip, Identity),
            (&["gzip;q=0.3, *;q=0.5"], Brotli, Identity, Identity),
            (&["br;q=0, *"], Gzip, Gzip, Identity),
            (&["identity"], Identity, Identity, Identity),
            (&["identity, gzip;q=0.5"], Identity, Identity, Identity),
            (&["identity;q=0.5, gzip;q=0.5"], Gzip, Gzip, Identity),
            (&["identity;q=0, gzip"], Gzip, Gzip, Identity),
            (&["identity;q=0"], Identity, Identity, Identity),
            (&["gzip ; q=0.5 , br ; q=0.4"], Gzip, Gzip, Identity),
            (&["br;q=1.001, gzip"], Gzip, Gzip, Identity),
            (&["br;q=2, gzip;q=x, *;q=0.1111"], Identity, Identity, Identity),
            (&["deflate, zstd"], Identity, Identity, Identity),
            (&[";;q=,,"], Identity, Identity, Identity),
        ] {
            let accepted = accepted(lines);
            assert_eq!(accepted.choose(true, true), both, "{lines:?}");
            assert_eq!(accepted.choose(true, false), only_gzip, "{lines:?}");
            assert_eq!(accepted.choose(false, false), neither, "{lines:?}");
        }
        assert!(accepted(&["identity;q=0, gzip"]).refuses_identity());
        assert!(accepted(&["*;q=0, gzip"]).refuses_identity());
        assert!(!accepted(&["identity, *;q=0"]).refuses_identity());
        assert!(!accepted(&[]).refuses_identity());
    }

    #[test]
    fn variants_are_kept_only_when_they_save_something() {
        let text = "a line of text that repeats\n".repeat(100).into_bytes();
        let gzip = compress(&text, Encoding::Gzip, 6).expect("smaller");
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_end(&mut back).expect("gzip");
        assert_eq!(back, text);
        let brotli = compress(&text, Encoding::Brotli, 5).expect("smaller");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli.as_slice(), &mut back).expect("brotli");
        assert_eq!(back, text);
        assert_eq!(compress(&brotli, Encoding::Gzip, 6), None);
        assert_eq!(compress(&[], Encoding::Brotli, 5), None);
        assert_eq!(compress(&text, Encoding::Identity, 6), None);
    }

    #[test]
    fn only_texts_of_a_sensible_size_are_tried() {
        for (content_type, size, expected) in [
            ("text/html; charset=utf-8", 1024, true),
            ("text/html; charset=utf-8", 1023, false),
            ("text/css", 16 * 1024 * 1024, true),
            ("text/css", 16 * 1024 * 1024 + 1, false),
            ("image/png", 5000, false),
        ] {
            assert_eq!(is_worth_trying(content_type, size), expected, "{content_type} {size}");
        }
    }
}
