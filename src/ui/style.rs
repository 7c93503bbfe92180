//! Whether and how text is coloured.

/// The styles that we use, as the numbers of their SGR sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Headings and names
    Bold,
    /// What matters less
    Dim,
    /// Warnings
    Yellow,
    /// Errors
    Red,
    /// Hints
    Cyan,
}

impl Style {
    const fn sequence(self) -> &'static str {
        match self {
            Style::Bold => "1",
            Style::Dim => "2",
            Style::Yellow => "1;33",
            Style::Red => "1;31",
            Style::Cyan => "36",
        }
    }

    /// Wraps `text`, which must be escaped already, when `enabled`.
    pub fn paint(self, text: &str, enabled: bool) -> String {
        if enabled { format!("\u{1b}[{}m{text}\u{1b}[0m", self.sequence()) } else { text.to_owned() }
    }
}

/// What the environment says about colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ColorWish {
    /// `NO_COLOR` is set and not empty.
    pub never: bool,
    /// `CLICOLOR_FORCE` is set and not `0`.
    pub always: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
}

impl ColorWish {
    /// Whether a stream is coloured. `NO_COLOR` beats `CLICOLOR_FORCE`.
    pub const fn decide(self, terminal: bool) -> bool {
        !self.never && (self.always || (terminal && !self.dumb))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_beats_force_and_force_beats_a_pipe() {
        let wish = |never, always, dumb| ColorWish { never, always, dumb };
        assert!(wish(false, false, false).decide(true));
        assert!(!wish(false, false, false).decide(false));
        assert!(wish(false, true, false).decide(false));
        assert!(!wish(true, true, false).decide(true));
        assert!(!wish(false, false, true).decide(true));
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(Style::Red.paint("no", false), "no");
        assert_eq!(Style::Red.paint("no", true), "\u{1b}[1;31mno\u{1b}[0m");
    }
}
