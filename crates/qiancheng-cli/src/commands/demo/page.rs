//! How the story looks: numbered chapters with their times, labelled figures, and a little colour at a terminal.

use std::time::Duration;

use crate::failure::Result;
use crate::output;
use crate::text::{left, right, width};

/// Columns of a chapter's heading, up to the end of its time.
const COLUMNS: usize = 78;
/// Columns of a figure's two labels.
const ENGLISH: usize = 32;
const CHINESE: usize = 22;

/// The page that is written on.
pub(super) struct Page {
    painted: bool,
    chapter: u32,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Heading,
    Quiet,
    Good,
    Bad,
}

impl Page {
    pub(super) fn new() -> Self {
        Self { painted: output::painted(), chapter: 0 }
    }

    /// The text with its colour, where there are colours.
    pub(super) fn paint(&self, paint: Paint, text: &str) -> String {
        let code = match paint {
            Paint::Heading => "1",
            Paint::Quiet => "2",
            Paint::Good => "32",
            Paint::Bad => "31",
        };
        if self.painted { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A heading of its own.
    pub(super) fn title(&self, text: &str) -> Result<()> {
        output::line(&self.paint(Paint::Heading, text))
    }

    /// The next chapter, and how long it took.
    pub(super) fn chapter(&mut self, title: &str, took: Duration) -> Result<()> {
        self.chapter += 1;
        let heading = left(&format!("{}  {title}", right(&self.chapter.to_string(), 2)), COLUMNS - 10);
        let time = right(&duration(took), 10);
        output::line("")?;
        output::line(&format!("{}{}", self.paint(Paint::Heading, &heading), self.paint(Paint::Quiet, &time)))
    }
}

/// A line of the story.
fn say(text: &str) -> Result<()> {
    output::line(&format!("    {text}"))
}

/// A labelled figure.
pub(super) fn figure(english: &str, chinese: &str, value: &str) -> Result<()> {
    say(&format!("{}{}{value}", left(english, ENGLISH), left(chinese, CHINESE)))
}

/// Lines one under the other: a table, a list.
pub(super) fn lines(lines: &[String]) -> Result<()> {
    lines.iter().try_for_each(|line| say(line))
}

/// A paragraph, broken at white space into lines that fit.
pub(super) fn paragraph(text: &str) -> Result<()> {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > COLUMNS - 4 {
            say(&line)?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    say(&line)
}

/// A time in the unit that suits it.
pub(super) fn duration(took: Duration) -> String {
    match took.as_millis() {
        0 => format!("{} µs", took.as_micros()),
        1..10 => format!("{:.1} ms", took.as_secs_f64() * 1e3),
        10..1000 => format!("{} ms", took.as_millis()),
        _ => format!("{:.2} s", took.as_secs_f64()),
    }
}

/// A size in the unit that suits it.
pub(super) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{}.{} KB", count / 1_000, count % 1_000 / 100),
        _ => format!("{}.{:02} MB", count / 1_000_000, count % 1_000_000 / 10_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_have_units_that_suit_them() {
        assert_eq!(duration(Duration::from_micros(7)), "7 µs");
        assert_eq!(duration(Duration::from_micros(1_234)), "1.2 ms");
        assert_eq!(duration(Duration::from_millis(345)), "345 ms");
        assert_eq!(duration(Duration::from_millis(12_345)), "12.35 s");
        assert_eq!([12, 1_234, 1_234_567].map(bytes), ["12 B", "1.2 KB", "1.23 MB"]);
    }
}
