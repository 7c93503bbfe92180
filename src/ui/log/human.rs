//! Log events as short lines for a person at a terminal.

use std::fmt;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::domain::printable::printable;
use crate::ui::style::Style;

/// One line an event: the time of day, the level unless it is `INFO`, and what happened. A request is told as
/// `GET blog.localhost/about 200 3 ms`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Human {
    pub(super) color: bool,
}

impl<S, N> FormatEvent<S, N> for Human
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut told = Told::default();
        event.record(&mut told);
        let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
        write!(writer, "{} ", Style::Dim.paint(&time, self.color))?;
        let level = *event.metadata().level();
        if level != Level::INFO {
            write!(writer, "{} ", level_style(level).paint(level.as_str(), self.color))?;
        }
        writeln!(writer, "{}", told.line())
    }
}

fn level_style(level: Level) -> Style {
    match level {
        Level::ERROR => Style::Red,
        Level::WARN => Style::Yellow,
        _ => Style::Dim,
    }
}

/// The fields of an event, ready to be printed.
#[derive(Debug, Default)]
struct Told {
    message: String,
    fields: Vec<(&'static str, String)>,
}

impl Told {
    fn line(&self) -> String {
        self.request().unwrap_or_else(|| {
            let fields = self.fields.iter().map(|(name, value)| format!(" {name}={value}"));
            std::iter::once(self.message.clone()).chain(fields).collect()
        })
    }

    /// A request that the server answered.
    fn request(&self) -> Option<String> {
        let field =
            |wanted: &str| self.fields.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str());
        let (method, path, status) = (field("http.method")?, field("http.path")?, field("http.status")?);
        let host = field("http.host").unwrap_or_default();
        let duration = field("duration_ms").map(|time| format!(" {time} ms"));
        let duration = duration.or_else(|| field("duration_us").map(|time| format!(" {time} µs"))).unwrap_or_default();
        let mut line = format!("{method} {host}{path} {status}{duration}");
        for extra in ["error.code", "user.name"].into_iter().filter_map(field) {
            line.push(' ');
            line.push_str(extra);
        }
        Some(line)
    }

    fn keep(&mut self, field: &Field, value: &str) {
        let value = printable(value).into_owned();
        if field.name() == "message" {
            self.message = value;
        } else {
            self.fields.push((field.name(), value));
        }
    }
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.keep(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tracing_subscriber::fmt::MakeWriter;

    use super::Human;
    use crate::ui::capture::Captured;

    impl<'a> MakeWriter<'a> for Captured {
        type Writer = Captured;

        fn make_writer(&'a self) -> Captured {
            self.clone()
        }
    }

    /// What is logged, without the times of day.
    fn logged(events: impl FnOnce()) -> Vec<String> {
        let mut stream = Captured::default();
        let subscriber = tracing_subscriber::fmt().event_format(Human::default()).with_writer(stream.clone());
        tracing::subscriber::with_default(subscriber.finish(), events);
        stream.flush().expect("nothing to flush");
        stream.text().lines().map(|line| line.split_once(' ').map_or(line, |(_, rest)| rest).to_owned()).collect()
    }

    #[test]
    fn requests_are_short_and_other_events_keep_their_fields() {
        let lines = logged(|| {
            tracing::info!(
                http.method = "GET", http.path = %"/sites", http.status = 404_u16, duration_ms = 3_u64,
                http.request_id = "r", user.name = Some("ada"), error.code = Some("not_found"), "request"
            );
            tracing::warn!(error = %"disk \u{1b}[2J full", rows = 3, "a job failed");
        });
        assert_eq!(lines, ["GET /sites 404 3 ms not_found ada", "WARN a job failed error=disk \\u{1b}[2J full rows=3"]);
    }
}
