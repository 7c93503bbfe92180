//! Makes text of others harmless for a terminal.

use std::borrow::Cow;

/// Escapes every character that could move the cursor, change colours or reorder what is read.
///
/// File names and what a server answers are not ours: an escape sequence in them could repaint a terminal, and a
/// bidirectional override could show a name as another one. Newlines and tabs are escaped too, so that a line stays a
/// line and a column a column.
pub fn escape(text: &str) -> Cow<'_, str> {
    replace(text, is_unsafe)
}

/// Like [`escape`], but keeps newlines: for our own messages of several lines.
pub fn escape_lines(text: &str) -> Cow<'_, str> {
    replace(text, |character| character != '\n' && is_unsafe(character))
}

fn replace(text: &str, unsafe_here: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&unsafe_here) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if unsafe_here(character) {
            // `\n` and `\t` by name, everything else as `\u{1b}`.
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_become_visible_and_plain_text_is_untouched() {
        assert_eq!(escape("\u{1b}[2J\u{9b}1mname\u{7}"), "\\u{1b}[2J\\u{9b}1mname\\u{7}");
        assert_eq!(escape("a\tb\nc\r"), "a\\tb\\nc\\r");
        assert_eq!(escape("gpj\u{202e}exe"), "gpj\\u{202e}exe");
        assert!(matches!(escape("naïve 日本 🚀"), Cow::Borrowed("naïve 日本 🚀")));
    }

    #[test]
    fn messages_keep_their_lines() {
        assert_eq!(escape_lines("one\ntwo\u{1b}"), "one\ntwo\\u{1b}");
    }
}
