//! Times and sizes as people read them.

use jiff::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A time relative to `now`: `3 minutes ago`, `in 5 days`; the date beyond a year.
pub fn relative(time: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - time.as_second();
    let (count, unit) = match seconds.abs() {
        distance if distance < 5 => return "just now".to_owned(),
        distance if distance < MINUTE => (distance, "second"),
        distance if distance < HOUR - MINUTE / 2 => (nearest(distance, MINUTE), "minute"),
        distance if distance < DAY - HOUR / 2 => (nearest(distance, HOUR), "hour"),
        distance if distance < 365 * DAY => (nearest(distance, DAY), "day"),
        _ => return time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds > 0 { format!("{count} {unit}{plural} ago") } else { format!("in {count} {unit}{plural}") }
}

/// So many units, to the nearest: what was given 30 days a moment ago has 30 days left.
fn nearest(seconds: i64, unit: i64) -> i64 {
    (seconds + unit / 2) / unit
}

/// A number of bytes in decimal units: `512 B`, `41.9 MB`.
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if count < 1000 {
        return format!("{count} B");
    }
    let mut value = count as f64 / 1000.0;
    let mut unit = 0;
    // 999.95 would be printed as 1000.0.
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

/// `1 file`, `2 files`, `100,000 files`.
pub fn count(number: u64, singular: &str) -> String {
    format!("{} {singular}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// A number with a comma between groups of three digits.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_nearest_number_of_units() {
        let now: Timestamp = "2026-05-01T12:00:00Z".parse().expect("a time");
        let told = |seconds: i64| relative(Timestamp::from_second(now.as_second() - seconds).expect("in range"), now);
        assert_eq!(told(2), "just now");
        assert_eq!(told(59), "59 seconds ago");
        assert_eq!(told(60), "1 minute ago");
        assert_eq!(told(3 * HOUR + 5), "3 hours ago");
        assert_eq!(told(-5 * DAY), "in 5 days");
        assert_eq!(told(-30 * DAY + 7), "in 30 days");
        assert_eq!(told(HOUR - 5), "1 hour ago");
        assert_eq!(told(-(DAY - MINUTE)), "in 1 day");
        assert_eq!(told(90 * MINUTE - 1), "1 hour ago");
        assert_eq!(told(400 * DAY), "2025-03-27");
    }

    #[test]
    fn sizes_never_show_four_digits() {
        for (count, shown) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (41_900_000, "41.9 MB"),
            (999_960, "1.0 MB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(bytes(count), shown);
        }
    }

    #[test]
    fn one_thing_is_singular() {
        assert_eq!(count(1, "file"), "1 file");
        assert_eq!(count(0, "file"), "0 files");
        assert_eq!(count(100_000, "file"), "100,000 files");
        assert_eq!([999, 1000, 1_234_567].map(thousands), ["999", "1,000", "1,234,567"]);
    }
}
