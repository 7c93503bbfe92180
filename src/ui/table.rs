//! Lists: aligned columns on a terminal, tab-separated values with a header when piped.

use comfy_table::{ContentArrangement, presets};
use jiff::Timestamp;

use super::format;
use super::style::Style;
use crate::domain::printable::printable;

/// Characters of a hash that a person sees.
const DIGEST_SHOWN: usize = 12;
/// Seconds before an end that colour it.
const NEAR: i64 = 7 * 24 * 60 * 60;
/// Seconds before an end that colour it more.
const VERY_NEAR: i64 = 24 * 60 * 60;

/// What stands around text that is to be coloured while columns are aligned: characters without width that
/// [`printable`] lets no text contain.
const MARKS: [(Style, char); 2] = [(Style::Yellow, '\u{2066}'), (Style::Red, '\u{2067}')];
const END_MARK: char = '\u{2069}';

/// One value of a row. Values that people and programs read differently keep their type until they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Any text; escaped when printed
    Text(String),
    /// A moment: relative on a terminal, RFC 3339 when piped
    Time(Timestamp),
    /// When something ends by itself, if it does: like a moment, coloured when that is near; `never` on a terminal
    End(Option<Timestamp>),
    /// A number of bytes: in units on a terminal, plain when piped
    Bytes(u64),
    /// A number
    Number(u64),
    /// A hash: its begin on a terminal, whole when piped
    Digest(String),
    /// No value: `-` on a terminal, empty when piped
    Missing,
}

impl Cell {
    /// A text, or nothing.
    pub fn text(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Missing, |text| Cell::Text(text.into()))
    }

    /// A moment, or nothing.
    pub fn time(time: Option<Timestamp>) -> Cell {
        time.map_or(Cell::Missing, Cell::Time)
    }

    /// How people read it.
    pub(super) fn for_people(&self, now: Timestamp) -> String {
        match self {
            Cell::Text(text) => printable(text).into_owned(),
            Cell::Time(time) => format::relative(*time, now),
            Cell::End(None) => "never".to_owned(),
            Cell::End(Some(time)) if *time <= now => format!("expired {}", format::relative(*time, now)),
            Cell::End(Some(time)) => format::relative(*time, now),
            Cell::Bytes(count) => format::bytes(*count),
            Cell::Number(number) => format::thousands(*number),
            Cell::Digest(digest) => digest.chars().take(DIGEST_SHOWN).collect(),
            Cell::Missing => "-".to_owned(),
        }
    }

    /// How programs read it.
    pub(super) fn for_programs(&self) -> String {
        match self {
            Cell::Text(text) => printable(text).into_owned(),
            Cell::Time(time) | Cell::End(Some(time)) => time.to_string(),
            Cell::Bytes(count) | Cell::Number(count) => count.to_string(),
            Cell::Digest(digest) => digest.clone(),
            Cell::Missing | Cell::End(None) => String::new(),
        }
    }

    /// How people read it, coloured.
    pub(super) fn painted(&self, now: Timestamp, color: bool) -> String {
        let text = self.for_people(now);
        self.style(now).map_or_else(|| text.clone(), |style| style.paint(&text, color))
    }

    fn style(&self, now: Timestamp) -> Option<Style> {
        let Cell::End(Some(end)) = self else { return None };
        match end.as_second() - now.as_second() {
            left if left <= VERY_NEAR => Some(Style::Red),
            left if left <= NEAR => Some(Style::Yellow),
            _ => None,
        }
    }

    /// How people read it, between marks where it is to be coloured once the columns stand.
    fn marked(&self, now: Timestamp) -> String {
        let text = self.for_people(now);
        match self.style(now).and_then(|style| MARKS.iter().find(|(marked, _)| *marked == style)) {
            Some((_, mark)) => format!("{mark}{text}{END_MARK}"),
            None => text,
        }
    }
}

/// Replaces the marks of [`Cell::marked`].
fn paint_marks(line: &str, color: bool) -> String {
    let mut painted = line.to_owned();
    for (style, mark) in MARKS {
        while let Some((before, rest)) = painted.split_once(mark) {
            let Some((text, after)) = rest.split_once(END_MARK) else { break };
            painted = format!("{before}{}{after}", style.paint(text, color));
        }
    }
    painted
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

/// Rows under a header.
#[derive(Debug, Clone)]
pub struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
    for_programs: &'static [&'static str],
}

impl Table {
    /// An empty table; the header's names are lower-case words.
    pub fn new(header: &[&'static str]) -> Table {
        Table { header: header.to_vec(), rows: Vec::new(), for_programs: &[] }
    }

    /// Leaves columns out on a terminal, where they would make lines too long.
    #[must_use]
    pub fn only_for_programs(mut self, columns: &'static [&'static str]) -> Table {
        self.for_programs = columns;
        self
    }

    /// Adds a row with as many cells as the header has.
    pub fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.header.len(), "a row has the columns of the header");
        self.rows.push(cells);
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Aligned columns without borders, the header in upper case.
    pub(super) fn aligned(&self, now: Timestamp, color: bool) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let is_shown: Vec<bool> = self.header.iter().map(|name| !self.for_programs.contains(name)).collect();
        let shown = |(_, is_shown): &(_, &bool)| **is_shown;
        table.set_header(self.header.iter().zip(&is_shown).filter(shown).map(|(name, _)| name.to_uppercase()));
        for row in &self.rows {
            let cells = row.iter().zip(&is_shown).filter(|(_, is_shown)| **is_shown);
            table.add_row(cells.map(|(cell, _)| cell.marked(now)));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        let mut lines: Vec<String> = table.lines().map(|line| paint_marks(line.trim_end(), color)).collect();
        if let Some(header) = lines.first_mut() {
            *header = Style::Bold.paint(header, color);
        }
        lines.join("\n")
    }

    /// Tab-separated values.
    pub(super) fn separated(&self) -> String {
        let header = self.header.join("\t");
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::for_programs).collect::<Vec<_>>().join("\t"));
        std::iter::once(header).chain(rows).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Table, Timestamp) {
        let now: Timestamp = "2026-05-01T12:00:00Z".parse().expect("a time");
        let earlier: Timestamp = "2026-05-01T11:00:00Z".parse().expect("a time");
        let mut table = Table::new(&["slug", "size", "made", "note"]);
        table.row(vec!["blog".into(), Cell::Bytes(41_900_000), Cell::Time(earlier), Cell::Missing]);
        table.row(vec!["a-longer-one".into(), Cell::Bytes(5), Cell::Time(now), "tab\there".into()]);
        (table, now)
    }

    #[test]
    fn people_get_aligned_columns() {
        let (table, now) = sample();
        insta::assert_snapshot!(table.aligned(now, false), @r"
        SLUG          SIZE     MADE        NOTE
        blog          41.9 MB  1 hour ago  -
        a-longer-one  5 B      just now    tab\there
        ");
    }

    #[test]
    fn ends_are_coloured_when_they_are_near_and_columns_stay_aligned() {
        let now: Timestamp = "2026-05-01T12:00:00Z".parse().expect("a time");
        let after = |hours: i64| Cell::End(Some(now + jiff::SignedDuration::from_hours(hours)));
        let mut table = Table::new(&["name", "expires", "more"]);
        for (name, end) in [
            ("far", after(8 * 24)),
            ("near", after(7 * 24)),
            ("very near", after(24)),
            ("over", after(-48)),
            ("endless", Cell::End(None)),
        ] {
            table.row(vec![name.into(), end, "x".into()]);
        }
        insta::assert_snapshot!(table.aligned(now, false), @r"
        NAME       EXPIRES             MORE
        far        in 8 days           x
        near       in 7 days           x
        very near  in 1 day            x
        over       expired 2 days ago  x
        endless    never               x
        ");
        let colored = table.aligned(now, true);
        let painted: Vec<&str> = colored.lines().skip(1).filter(|line| line.contains('\u{1b}')).collect();
        assert_eq!(
            painted,
            [
                "near       \u{1b}[1;33min 7 days\u{1b}[0m           x",
                "very near  \u{1b}[1;31min 1 day\u{1b}[0m            x",
                "over       \u{1b}[1;31mexpired 2 days ago\u{1b}[0m  x",
            ]
        );
        assert!(table.separated().ends_with("over\t2026-04-29T12:00:00Z\tx\nendless\t\tx"));
    }

    #[test]
    fn people_see_less_than_programs() {
        let digest = "0123456789abcdef";
        let mut table = Table::new(&["slug", "id", "hash"]).only_for_programs(&["id"]);
        table.row(vec!["blog".into(), "1".into(), Cell::Digest(digest.to_owned())]);
        assert_eq!(table.aligned(Timestamp::UNIX_EPOCH, false), "SLUG  HASH\nblog  0123456789ab");
        assert_eq!(table.separated(), format!("slug\tid\thash\nblog\t1\t{digest}"));
    }

    #[test]
    fn programs_get_exact_values_between_tabs() {
        let (table, _) = sample();
        assert_eq!(
            table.separated(),
            "slug\tsize\tmade\tnote\nblog\t41900000\t2026-05-01T11:00:00Z\t\na-longer-one\t5\t2026-05-01T12:00:00Z\ttab\\there"
        );
    }
}
