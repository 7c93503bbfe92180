//! Patterns of paths: texts, `:placeholders` for a segment, `*` for anything.
//!
//! Patterns and paths are compared decoded and without the slash at their end, which a request may have or not. `/news/*`
//! is also `/news`. Names and case count as they are.

use std::borrow::Cow;

use super::encode::{bad_escape, decoded_path};
use super::{Capture, Captures, SPLAT, placeholder_name};

/// How often a mixed pattern is tried against one path before it counts as not fitting.
const MOST_STEPS: usize = 2_000;

/// A pattern of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPattern {
    /// One path, without the slashes around it.
    Exact(Box<str>),
    /// Whole segments; `rest`: with `/*` at the end.
    Segments { segments: Box<[Segment]>, rest: bool },
    /// A `*` that does not stand alone at the end, or a placeholder that does not fill its segment.
    Mixed(Box<[Piece]>),
}

/// A whole segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// This text.
    Text(Box<str>),
    /// Any text, under this name.
    Placeholder(Box<str>),
}

/// A piece of a mixed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// This text, which may have slashes.
    Text(Box<str>),
    /// At least one character but no slash, under this name.
    Placeholder(Box<str>),
    /// Anything.
    Splat,
}

/// Why a text is no pattern: a stable name, the byte where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Stable name of the rule.
    pub rule: &'static str,
    /// The byte in the text.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
}

impl PatternError {
    pub(super) fn new(rule: &'static str, at: usize, message: impl Into<String>, fix: impl Into<String>) -> Self {
        PatternError { rule, at, message: message.into(), fix: fix.into() }
    }
}

impl PathPattern {
    /// Reads a pattern that begins with a slash.
    ///
    /// # Errors
    /// When no request could ever fit it, or it is ambiguous.
    pub fn parse(text: &str) -> Result<PathPattern, PatternError> {
        let inner = text.strip_prefix('/').ok_or_else(|| {
            PatternError::new(
                "no_slash",
                0,
                format!("the path `{text}` does not begin with a slash"),
                format!("write /{text}"),
            )
        })?;
        if let Some(at) = bad_escape(text) {
            let message = "a `%` stands for itself only as %25";
            return Err(PatternError::new("bad_escape", at, message, "write %25, or two hexadecimal digits behind it"));
        }
        if inner == "/" {
            return Err(PatternError::new(
                "empty_segment",
                1,
                "the path is `//`; no request has it",
                "take one slash out",
            ));
        }
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let mut pieces = Vec::new();
        let mut at = 1;
        let segments: Vec<&str> = if inner.is_empty() { Vec::new() } else { inner.split('/').collect() };
        let count = segments.len();
        let mut rest = false;
        let mut is_mixed = false;
        for (number, segment) in segments.into_iter().enumerate() {
            if number > 0 {
                push_text(&mut pieces, "/");
            }
            if segment == "*" && number + 1 == count {
                rest = true;
            } else {
                is_mixed |= parse_segment(segment, at, &mut pieces)?;
            }
            at += segment.len() + 1;
        }
        let splats = pieces.iter().filter(|piece| **piece == Piece::Splat).count() + usize::from(rest);
        if splats > 1 {
            let at = text.rfind('*').unwrap_or(0);
            let message = "a pattern has at most one `*`";
            return Err(PatternError::new("two_splats", at, message, "use :name for a single segment"));
        }
        check_names(&pieces)?;
        if is_mixed {
            if rest {
                pieces.push(Piece::Splat);
            }
            return Ok(PathPattern::Mixed(pieces.into()));
        }
        Ok(Self::of_segments(&pieces, rest))
    }

    fn of_segments(pieces: &[Piece], rest: bool) -> PathPattern {
        if let ([Piece::Text(text)], false) = (pieces, rest) {
            return PathPattern::Exact(text.clone());
        }
        if pieces.is_empty() && !rest {
            return PathPattern::Exact("".into());
        }
        let mut segments = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let texts = text.split('/').filter(|segment| !segment.is_empty());
                    segments.extend(texts.map(|segment| Segment::Text(segment.into())));
                }
                Piece::Placeholder(name) => segments.push(Segment::Placeholder(name.clone())),
                Piece::Splat => {}
            }
        }
        PathPattern::Segments { segments: segments.into(), rest }
    }

    /// Whether it fits more than one path.
    pub fn is_dynamic(&self) -> bool {
        !matches!(self, PathPattern::Exact(_))
    }

    /// Whether it is `/*`.
    pub fn is_everything(&self) -> bool {
        matches!(self, PathPattern::Segments { segments, rest: true } if segments.is_empty())
    }

    /// The names that it captures.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = match self {
            PathPattern::Exact(_) => Vec::new(),
            PathPattern::Segments { segments, .. } => segments
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Placeholder(name) => Some(&**name),
                    Segment::Text(_) => None,
                })
                .collect(),
            PathPattern::Mixed(pieces) => pieces.iter().filter_map(Piece::name).collect(),
        };
        if matches!(self, PathPattern::Segments { rest: true, .. }) {
            names.push(SPLAT);
        }
        names
    }

    /// Whether a path fits. See [`captures`](Self::captures).
    pub fn fits(&self, path: &str) -> bool {
        match self {
            PathPattern::Exact(text) => **text == *path,
            _ => self.captures(path, false).is_some(),
        }
    }

    /// What the pattern captures of a path, or `None` when the path does not fit. The path is decoded and has no slash at
    /// its ends; `is_folder` tells whether it had one at the end, which a `*` at the end captures, too.
    pub fn captures<'a>(&'a self, path: &'a str, is_folder: bool) -> Option<Captures<'a>> {
        match self {
            PathPattern::Exact(text) => (**text == *path).then(Vec::new),
            PathPattern::Segments { segments, rest } => captures_of_segments(segments, *rest, path, is_folder),
            PathPattern::Mixed(pieces) => {
                let mut captures = Vec::new();
                let mut steps = MOST_STEPS;
                fit(pieces, path, &mut captures, &mut steps).then_some(captures)
            }
        }
    }
}

impl Piece {
    fn name(&self) -> Option<&str> {
        match self {
            Piece::Text(_) => None,
            Piece::Placeholder(name) => Some(name),
            Piece::Splat => Some(SPLAT),
        }
    }
}

fn captures_of_segments<'a>(
    segments: &'a [Segment],
    rest: bool,
    path: &'a str,
    is_folder: bool,
) -> Option<Captures<'a>> {
    let mut captures = Vec::new();
    let mut left = Some(path).filter(|path| !path.is_empty());
    for segment in segments {
        let text = left?;
        let (first, behind) = match text.split_once('/') {
            Some((first, behind)) => (first, Some(behind)),
            None => (text, None),
        };
        match segment {
            Segment::Text(expected) if **expected != *first => return None,
            Segment::Text(_) => {}
            Segment::Placeholder(name) => captures.push(Capture { name, value: Cow::Borrowed(first) }),
        }
        left = behind;
    }
    match (rest, left) {
        (false, None) => Some(captures),
        (false, Some(_)) => None,
        (true, left) => {
            let text = left.unwrap_or_default();
            let value =
                if is_folder && !text.is_empty() { Cow::Owned(format!("{text}/")) } else { Cow::Borrowed(text) };
            captures.push(Capture { name: SPLAT, value });
            Some(captures)
        }
    }
}

/// Tries the longest text for each piece first, as a regular expression does.
fn fit<'a>(pieces: &'a [Piece], text: &'a str, captures: &mut Captures<'a>, steps: &mut usize) -> bool {
    let Some((first, behind)) = pieces.split_first() else { return text.is_empty() };
    let (name, most, least) = match first {
        Piece::Text(expected) => {
            return text.strip_prefix(&**expected).is_some_and(|left| fit(behind, left, captures, steps));
        }
        Piece::Placeholder(name) => (&**name, text.find('/').unwrap_or(text.len()), 1),
        Piece::Splat => (SPLAT, text.len(), 0),
    };
    for end in (least..=most).rev().filter(|end| text.is_char_boundary(*end)) {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        captures.push(Capture { name, value: Cow::Borrowed(&text[..end]) });
        if fit(behind, &text[end..], captures, steps) {
            return true;
        }
        captures.pop();
    }
    false
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Text(before)) = pieces.last_mut() {
        *before = format!("{before}{text}").into();
    } else if !text.is_empty() {
        pieces.push(Piece::Text(text.into()));
    }
}

/// Adds the pieces of a segment and tells whether it is neither a text nor one placeholder.
fn parse_segment(segment: &str, start: usize, pieces: &mut Vec<Piece>) -> Result<bool, PatternError> {
    let error = |rule, message: &str, fix: &str| Err(PatternError::new(rule, start, message, fix));
    let (mut text, mut parts, mut wild) = (0, 0, 0);
    let mut at = 0;
    while at < segment.len() {
        let behind = &segment[at..];
        let (piece, length) = if behind.starts_with('*') {
            (Piece::Splat, 1)
        } else if let Some(name) = behind.strip_prefix(':').and_then(placeholder_name) {
            (Piece::Placeholder(name.into()), name.len() + 1)
        } else {
            at += behind.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        add_decoded(&segment[text..at], start + text, pieces)?;
        parts += usize::from(text < at);
        if wild > 0 && text == at {
            return error("touching", "two wildcards touch each other", "put a text between them");
        }
        pieces.push(piece);
        (parts, wild) = (parts + 1, wild + 1);
        at += length;
        text = at;
    }
    if text < segment.len() {
        add_decoded(&segment[text..], start + text, pieces)?;
        parts += 1;
    }
    if wild == 0
        && decoded_path(segment).is_some_and(|decoded| decoded.split('/').any(|part| matches!(part, "." | "..")))
    {
        return error("dot_segment", "the path has a `.` or `..` segment; no request has", "write the whole path");
    }
    if segment.is_empty() {
        return error("empty_segment", "the path has an empty segment (`//`); no request has", "take one slash out");
    }
    let is_splat = segment == "*";
    Ok(wild > 0 && (parts > 1 || is_splat))
}

fn add_decoded(text: &str, at: usize, pieces: &mut Vec<Piece>) -> Result<(), PatternError> {
    let never = |what: &str| format!("the path has {what}; no request has");
    let Some(decoded) = decoded_path(text) else {
        return Err(PatternError::new("not_utf8", at, never("an escape that is not UTF-8"), "encode it as UTF-8"));
    };
    if decoded.contains('\\') || decoded.chars().any(char::is_control) {
        let what = never("a backslash or control character");
        return Err(PatternError::new("bad_character", at, what, "take it out"));
    }
    push_text(pieces, &decoded);
    Ok(())
}

fn check_names(pieces: &[Piece]) -> Result<(), PatternError> {
    let mut seen = Vec::new();
    for piece in pieces {
        let Piece::Placeholder(name) = piece else { continue };
        if &**name == SPLAT {
            let message = "`:splat` is what a `*` captures and no placeholder";
            return Err(PatternError::new("splat_in_source", 0, message, "write * here, or take another name"));
        }
        if seen.contains(&name) {
            let message = format!("the placeholder `:{name}` stands here twice");
            return Err(PatternError::new("placeholder_twice", 0, message, "take another name for one of them"));
        }
        seen.push(name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured(pattern: &str, path: &str) -> Option<String> {
        let pattern = PathPattern::parse(pattern).expect("a pattern");
        let is_folder = path.ends_with('/') && path.len() > 1;
        let inner = path.trim_matches('/');
        let captures = pattern.captures(inner, is_folder)?;
        assert!(pattern.fits(inner), "{path}");
        let names: Vec<&str> = captures.iter().map(|capture| capture.name).collect();
        let mut expected = pattern.names();
        if matches!(pattern, PathPattern::Mixed(_)) {
            expected.sort_unstable();
        }
        let mut sorted = names.clone();
        if matches!(pattern, PathPattern::Mixed(_)) {
            sorted.sort_unstable();
        }
        assert_eq!(sorted, expected);
        let texts: Vec<String> = captures.iter().map(|one| format!("{}={}", one.name, one.value)).collect();
        Some(texts.join(" "))
    }

    #[test]
    fn patterns_capture_what_they_say() {
        for (pattern, path, expected) in [
            ("/", "/", Some("")),
            ("/", "/a", None),
            ("/a/b", "/a/b", Some("")),
            ("/a/b/", "/a/b", Some("")),
            ("/a/b", "/a/b/", Some("")),
            ("/a/b", "/a/B", None),
            ("/caf%C3%A9", "/café", Some("")),
            ("/cafe\u{301}", "/café", Some("")),
            ("/%2A", "/*", Some("")),
            ("/%3Aname", "/:name", Some("")),
            ("/a:8080", "/a:8080", Some("")),
            ("/*", "/", Some("splat=")),
            ("/*", "/a/b", Some("splat=a/b")),
            ("/news/*", "/news", Some("splat=")),
            ("/news/*", "/news/", Some("splat=")),
            ("/news/*", "/news/a/", Some("splat=a/")),
            ("/news/*", "/newsletter", None),
            ("/:year/:slug", "/2024/hello", Some("year=2024 slug=hello")),
            ("/:year/:slug", "/2024", None),
            ("/:year/:slug", "/2024/a/b", None),
            ("/blog/:id/*", "/blog/7", Some("id=7 splat=")),
            ("/blog/:id/*", "/blog", None),
            ("/*.jpg", "/a/b.jpg", Some("splat=a/b")),
            ("/*.jpg", "/.jpg", Some("splat=")),
            ("/*.jpg", "/a.png", None),
            ("/a/*/z", "/a/b/c/z", Some("splat=b/c")),
            ("/a/*/z", "/a/z", None),
            ("/post-:id", "/post-7", Some("id=7")),
            ("/post-:id", "/post-", None),
            ("/post-:id", "/post-7/8", None),
            ("/:a-:b", "/x-y-z", Some("a=x-y b=z")),
            ("/:name.html", "/about.html", Some("name=about")),
            ("/a*", "/abc/d", Some("splat=bc/d")),
            ("/:a.:b", "/x.y", Some("a=x b=y")),
            ("/post-:id/*", "/post-7/x", Some("id=7 splat=x")),
        ] {
            assert_eq!(captured(pattern, path).as_deref(), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn what_can_never_fit_is_refused() {
        for (pattern, rule) in [
            ("a", "no_slash"),
            ("/a//b", "empty_segment"),
            ("//", "empty_segment"),
            ("/a/../b", "dot_segment"),
            ("/%2e", "dot_segment"),
            ("/a%", "bad_escape"),
            ("/a%2", "bad_escape"),
            ("/%ff", "not_utf8"),
            ("/a%5Cb", "bad_character"),
            ("/a%0Ab", "bad_character"),
            ("/*/a/*", "two_splats"),
            ("/**", "touching"),
            ("/:a:b", "touching"),
            ("/:a*", "touching"),
            ("/:splat", "splat_in_source"),
            ("/:a/:a", "placeholder_twice"),
        ] {
            assert_eq!(PathPattern::parse(pattern).map_err(|error| error.rule), Err(rule), "{pattern}");
        }
    }

    #[test]
    fn a_hostile_path_costs_no_more_than_its_steps() {
        let pattern = PathPattern::parse("/:a-:b-:c-:d-:e-*x").expect("a pattern");
        assert!(!pattern.fits(&"-".repeat(4000)));
    }
}
