//! Makes text of others harmless for a terminal.

use std::borrow::Cow;

/// Escapes every character that could move the cursor, change colours or reorder what is read.
///
/// File names and what a server answers are not ours: an escape sequence in them could repaint a terminal, and a
/// bidirectional override could show a name as another one. Newlines and tabs are escaped too, so that a line stays a
/// line and a column a column. Everything else is kept: `é` and `🎉` are names like any other.
pub fn printable(text: &str) -> Cow<'_, str> {
    escape(text, is_unsafe)
}

/// Like [`printable`], but keeps newlines: for messages of several lines.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    escape(text, |character| character != '\n' && is_unsafe(character))
}

/// Like [`printable`], for a text that is JSON: what is unsafe stands in its strings, where JSON's own escapes mean the
/// same to every reader.
pub fn printable_json(text: &str) -> Cow<'_, str> {
    escape_as(
        text,
        |character| character != '\n' && is_unsafe(character),
        |escaped, character| {
            escaped.push_str(&format!("\\u{:04x}", u32::from(character)));
        },
    )
}

/// Escapes all but printable ASCII, to tell names apart that look alike.
pub fn spelled_out(text: &str) -> Cow<'_, str> {
    escape(text, |character| !character.is_ascii_graphic() && character != ' ')
}

fn escape(text: &str, needs_escape: impl Fn(char) -> bool) -> Cow<'_, str> {
    // `\n` and `\t` by name, everything else as `\u{1b}`.
    escape_as(text, needs_escape, |escaped, character| escaped.extend(character.escape_default()))
}

fn escape_as(
    text: &str,
    needs_escape: impl Fn(char) -> bool,
    write_escaped: impl Fn(&mut String, char),
) -> Cow<'_, str> {
    if !text.chars().any(&needs_escape) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if needs_escape(character) {
            write_escaped(&mut escaped, character);
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Control characters, line separators, and the controls of the bidirectional algorithm (UAX #9 §2).
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_become_visible_and_plain_text_is_untouched() {
        assert_eq!(printable("\u{1b}[2J\u{9b}1mname\u{7}"), "\\u{1b}[2J\\u{9b}1mname\\u{7}");
        assert_eq!(printable("a\tb\nc\r"), "a\\tb\\nc\\r");
        assert_eq!(printable("gpj\u{202e}exe\u{61c}"), "gpj\\u{202e}exe\\u{61c}");
        let names = "naïve 日本 🚀 👩\u{200d}👧 cafe\u{301}";
        assert!(matches!(printable(names), Cow::Borrowed(kept) if kept == names));
    }

    #[test]
    fn json_means_the_same_and_moves_no_cursor() {
        let value = serde_json::json!({ "name": "a\u{9b}2J\u{7f}\u{202e}b\u{e9}\n" });
        for text in [value.to_string(), serde_json::to_string_pretty(&value).expect("JSON")] {
            let shown = printable_json(&text).into_owned();
            assert!(shown.contains("a\\u009b2J\\u007f\\u202eb\u{e9}\\n"), "{shown}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("JSON"), value);
        }
    }

    #[test]
    fn messages_keep_their_lines() {
        assert_eq!(printable_lines("one\ntwo\u{1b}"), "one\ntwo\\u{1b}");
    }

    #[test]
    fn names_that_look_alike_can_be_told_apart() {
        assert_eq!(spelled_out("a é"), "a \\u{e9}");
        assert_eq!(spelled_out("a e\u{301}"), "a e\\u{301}");
    }
}
