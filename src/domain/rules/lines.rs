//! A file of rules as lines and words, with where they stand.

use super::finding::Finding;

/// A word of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word.
    pub text: &'a str,
    /// Its first character in the line, from 1.
    pub column: u32,
}

/// Reads a file's bytes as text, without the mark that some editors put first.
///
/// # Errors
/// What is wrong with the file as a whole: too large, not UTF-8.
pub fn text(bytes: &[u8], most_bytes: usize) -> Result<&str, Finding> {
    if bytes.len() > most_bytes {
        let message = format!("the file has {} bytes; at most {most_bytes} are read", bytes.len());
        return Err(Finding::error(
            "file_too_large",
            1,
            1,
            message,
            "say more with one rule: use placeholders and `*`",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let message = "the file is not UTF-8 here";
        Finding::error("not_utf8", u32::try_from(line).unwrap_or(u32::MAX), 1, message, "save the file as UTF-8")
    })
}

/// The lines of a text with their numbers, without their ends.
pub fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

/// What makes a line unusable as a whole.
pub fn unusable(number: u32, line: &str, longest: usize) -> Option<Finding> {
    if line.len() > longest {
        let message = format!("the line has {} bytes; at most {longest} are allowed", line.len());
        return Some(Finding::error("line_too_long", number, 1, message, "shorten it"));
    }
    let at = line.find(|character: char| character.is_control() && character != '\t')?;
    let message = "the line has a control character";
    Some(Finding::error("control_character", number, column(line, at), message, "take it out"))
}

/// The words of a line.
pub fn words(line: &str) -> Vec<Word<'_>> {
    line.split_whitespace()
        .map(|text| {
            let at = text.as_ptr() as usize - line.as_ptr() as usize;
            Word { text, column: column(line, at) }
        })
        .collect()
}

/// The number, from 1, of the character at a byte.
pub fn column(line: &str, at: usize) -> u32 {
    let before = line.get(..at).map_or(0, |before| before.chars().count());
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_where_they_stand() {
        let line = "  /é\t/b  301 ";
        let found: Vec<(&str, u32)> = words(line).iter().map(|word| (word.text, word.column)).collect();
        assert_eq!(found, [("/é", 3), ("/b", 6), ("301", 10)]);
        assert!(words(" \t").is_empty());
    }

    #[test]
    fn lines_end_as_they_like() {
        let found: Vec<_> = lines("a\r\nb\n\nc").collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, ""), (4, "c")]);
    }

    #[test]
    fn files_are_text_of_bounded_size() {
        assert_eq!(text(b"\xEF\xBB\xBF/a /b", 100), Ok("/a /b"));
        assert_eq!(text(b"/a\n/\xff", 100).map_err(|finding| (finding.rule, finding.line)), Err(("not_utf8", 2)));
        assert_eq!(text(b"12345", 4).map_err(|finding| finding.rule), Err("file_too_large"));
        assert_eq!(unusable(7, "/a \u{7} /b", 10).map(|finding| (finding.line, finding.column)), Some((7, 4)));
        assert_eq!(unusable(7, "/a\t/b", 10), None);
        assert!(unusable(7, "/aaaaaaaaaa", 10).is_some());
    }
}
