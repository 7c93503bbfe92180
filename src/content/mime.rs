//! Media types (IANA's registry, RFC 9239 for JavaScript) by the endings of names.
//!
//! Types are derived when a file is served, on every request: a look-up allocates nothing.

/// The type of what has no known ending (RFC 2046 §4.5.1).
pub const UNKNOWN: &str = "application/octet-stream";

/// Longest ending in the table, in bytes.
const LONGEST_EXTENSION: usize = 11;

/// Ending in lower case and its type, sorted by ending. Types of text name their charset, because browsers guess it else;
/// JSON and XML have rules of their own (RFC 8259 §8.1, RFC 7303 §3).
const TYPES: [(&str, &str); 134] = [
    ("3gp", "video/3gpp"),
    ("7z", "application/x-7z-compressed"),
    ("aac", "audio/aac"),
    ("apk", "application/vnd.android.package-archive"),
    ("apng", "image/apng"),
    ("appcache", "text/cache-manifest; charset=utf-8"),
    ("asc", "text/plain; charset=utf-8"),
    ("atom", "application/atom+xml"),
    ("avi", "video/x-msvideo"),
    ("avif", "image/avif"),
    ("bin", "application/octet-stream"),
    ("bmp", "image/bmp"),
    ("br", "application/x-brotli"),
    ("bz2", "application/x-bzip2"),
    ("cjs", "text/javascript; charset=utf-8"),
    ("conf", "text/plain; charset=utf-8"),
    ("crt", "application/x-x509-ca-cert"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("cur", "image/x-icon"),
    ("deb", "application/vnd.debian.binary-package"),
    ("diff", "text/plain; charset=utf-8"),
    ("dmg", "application/x-apple-diskimage"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("eot", "application/vnd.ms-fontobject"),
    ("epub", "application/epub+zip"),
    ("exe", "application/vnd.microsoft.portable-executable"),
    ("flac", "audio/flac"),
    ("geojson", "application/geo+json"),
    ("gif", "image/gif"),
    ("glb", "model/gltf-binary"),
    ("gltf", "model/gltf+json"),
    ("gpx", "application/gpx+xml"),
    ("gz", "application/gzip"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("ini", "text/plain; charset=utf-8"),
    ("iso", "application/x-iso9660-image"),
    ("jar", "application/java-archive"),
    ("jpe", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("json5", "application/json5"),
    ("jsonld", "application/ld+json"),
    ("jxl", "image/jxl"),
    ("kml", "application/vnd.google-earth.kml+xml"),
    ("kmz", "application/vnd.google-earth.kmz"),
    ("less", "text/plain; charset=utf-8"),
    ("log", "text/plain; charset=utf-8"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("m4a", "audio/mp4"),
    ("m4s", "video/iso.segment"),
    ("m4v", "video/mp4"),
    ("map", "application/json"),
    ("markdown", "text/markdown; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("mdx", "text/markdown; charset=utf-8"),
    ("mid", "audio/midi"),
    ("midi", "audio/midi"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mkv", "video/matroska"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpd", "application/dash+xml"),
    ("mpeg", "video/mpeg"),
    ("mpg", "video/mpeg"),
    ("msi", "application/x-msi"),
    ("ndjson", "application/x-ndjson"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("pem", "application/x-pem-file"),
    ("pgp", "application/pgp-encrypted"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("ps", "application/postscript"),
    ("rar", "application/vnd.rar"),
    ("rdf", "application/rdf+xml"),
    ("rpm", "application/x-rpm"),
    ("rss", "application/rss+xml"),
    ("rtf", "application/rtf"),
    ("scss", "text/plain; charset=utf-8"),
    ("sh", "text/plain; charset=utf-8"),
    ("shtml", "text/html; charset=utf-8"),
    ("sig", "application/pgp-signature"),
    ("sql", "application/sql"),
    ("srt", "application/x-subrip"),
    ("svg", "image/svg+xml"),
    ("svgz", "image/svg+xml"),
    ("tar", "application/x-tar"),
    ("tgz", "application/gzip"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("toml", "application/toml"),
    ("ts", "video/mp2t"),
    ("tsv", "text/tab-separated-values; charset=utf-8"),
    ("ttc", "font/collection"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("usdz", "model/vnd.usdz+zip"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xhtml", "application/xhtml+xml"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("xpi", "application/x-xpinstall"),
    ("xsd", "application/xml"),
    ("xsl", "application/xslt+xml"),
    ("xz", "application/x-xz"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("zip", "application/zip"),
    ("zst", "application/zstd"),
];

/// Types outside `text/` and without a `+json` or `+xml` ending that shrink when they are compressed.
const COMPRESSIBLE: [&str; 22] = [
    "application/ecmascript",
    "application/javascript",
    "application/json",
    "application/json5",
    "application/postscript",
    "application/rtf",
    "application/sql",
    "application/toml",
    "application/vnd.apple.mpegurl",
    "application/vnd.ms-fontobject",
    "application/wasm",
    "application/x-javascript",
    "application/x-ndjson",
    "application/x-pem-file",
    "application/x-subrip",
    "application/xml",
    "application/xml-dtd",
    "application/yaml",
    "font/collection",
    "font/otf",
    "font/sfnt",
    "font/ttf",
];

/// The endings as numbers of the same order, because numbers are compared faster than texts.
const KEYS: [u128; TYPES.len()] = {
    let mut keys = [0; TYPES.len()];
    let mut position = 0;
    while position < TYPES.len() {
        let extension = TYPES[position].0.as_bytes();
        let mut at = 0;
        while at < extension.len() {
            keys[position] |= (extension[at] as u128) << (120 - 8 * at);
            at += 1;
        }
        position += 1;
    }
    keys
};

/// The media type of a file, by the ending of its name; upper and lower case are one.
pub fn content_type(path: &str) -> &'static str {
    let path = path.as_bytes();
    let last_bytes = &path[path.len().saturating_sub(LONGEST_EXTENSION + 1)..];
    let Some(dot) = last_bytes.iter().rposition(|byte| matches!(byte, b'.' | b'/')) else { return UNKNOWN };
    let before = path.len() - last_bytes.len() + dot;
    // A dot at the very start of a name hides a file and begins no ending.
    if last_bytes[dot] == b'/' || before == 0 || path[before - 1] == b'/' {
        return UNKNOWN;
    }
    let extension = &last_bytes[dot + 1..];
    let mut key = [0; size_of::<u128>()];
    key[..extension.len()].copy_from_slice(extension);
    key.make_ascii_lowercase();
    KEYS.binary_search(&u128::from_be_bytes(key)).map_or(UNKNOWN, |position| TYPES[position].1)
}

/// Whether contents of a type are worth compressing; parameters and case do not matter.
pub fn is_compressible(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let starts_with = |start: &str| essence.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let ends_with = |end: &str| {
        let begin = essence.len().checked_sub(end.len());
        begin.and_then(|begin| essence.get(begin..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    starts_with("text/")
        || ends_with("+json")
        || ends_with("+xml")
        || COMPRESSIBLE.iter().any(|known| known.eq_ignore_ascii_case(essence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_searched() {
        assert!(TYPES.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted, each ending once");
        assert_eq!(TYPES.iter().map(|(extension, _)| extension.len()).max(), Some(LONGEST_EXTENSION));
        for (extension, content_type) in TYPES {
            assert!(extension.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{extension}");
            assert_eq!(content_type.starts_with("text/"), content_type.ends_with("; charset=utf-8"), "{extension}");
            assert_eq!(super::content_type(&format!("a/b.{extension}")), content_type);
        }
    }

    #[test]
    fn endings_of_the_last_segment_count() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a.b/INDEX.HtMl", "text/html; charset=utf-8"),
            ("app.3f2a.min.js", "text/javascript; charset=utf-8"),
            ("site.WebManifest", "application/manifest+json"),
            ("ä.png", "image/png"),
            ("v1.2/LICENSE", UNKNOWN),
            (".html", UNKNOWN),
            ("a/.css", UNKNOWN),
            ("a.", UNKNOWN),
            ("a.unknown", UNKNOWN),
            ("a.webmanifests", UNKNOWN),
            ("a.é", UNKNOWN),
            ("", UNKNOWN),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }

    #[test]
    fn only_what_shrinks_is_compressible() {
        for name in ["a.html", "a.css", "a.js", "a.json", "a.svg", "a.wasm", "a.ttf", "a.otf", "a.webmanifest", "a.xml"]
        {
            assert!(is_compressible(content_type(name)), "{name}");
        }
        for name in ["a.woff", "a.woff2", "a.png", "a.mp4", "a.zip", "a.gz", "a.br", "a.mp3", "a.pdf", "a"] {
            assert!(!is_compressible(content_type(name)), "{name}");
        }
        assert!(is_compressible("Application/JSON ; charset=x") && is_compressible("TEXT/x"));
        assert!(!is_compressible("") && !is_compressible("json") && !is_compressible("é+jso"));
    }
}
