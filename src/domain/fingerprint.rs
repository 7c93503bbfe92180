//! Which file names carry a content fingerprint, so that their content is expected never to change.

/// Shortest and longest run of characters that counts as a fingerprint.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;

/// Whether the last name part of `path` holds a fingerprint: `.`, `-` or `_`, then 8 to 64 of `[A-Za-z0-9_-]` with a
/// letter and a digit among them (`app.4f3c9d21.js`, `chunk-B7kQ2xYz.css`).
///
/// The name alone proves nothing: the server also asks that the site never had two contents under the path.
pub fn is_fingerprinted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // The run may begin after any separator and ends at a dot or at the end of the name.
    name.split('.').enumerate().any(|(position, part)| {
        let after_dot = (position > 0).then_some(part);
        let after_others = part.match_indices(['-', '_']).map(|(at, separator)| &part[at + separator.len()..]);
        after_dot.into_iter().chain(after_others).any(is_run)
    })
}

fn is_run(run: &str) -> bool {
    LENGTHS.contains(&run.len())
        && run.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        && run.bytes().any(|byte| byte.is_ascii_alphabetic())
        && run.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_fingerprinted;

    #[test]
    fn bundlers_names_are_recognised_and_plain_ones_are_not() {
        for yes in [
            "app.4f3c9d21.js",
            "assets/index-B7kQ2xYz.css",
            "a/b/chunk_0a1b2c3d.mjs",
            "x.0123456789abcdef",
            "f-1a2b3c4d",
        ] {
            assert!(is_fingerprinted(yes), "{yes}");
        }
        for no in ["index.html", "app.js", "logo-1.png", "a4f3c9d21/app.js", "jquery.slim.min.js", "app.12345678.js"] {
            assert!(!is_fingerprinted(no), "{no}");
        }
    }
}
