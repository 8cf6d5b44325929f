//! Text in columns, where a Chinese character takes two.

use unicode_width::UnicodeWidthStr;

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Fills up to the right with spaces.
pub(crate) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Fills up to the left with spaces.
pub(crate) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A whole number with thousands separators.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// Lines of a table with a head, columns two spaces apart, without spaces at their ends.
pub(crate) fn table(head: &[(&str, Align)], rows: &[Vec<String>]) -> Vec<String> {
    let columns: Vec<usize> = head
        .iter()
        .enumerate()
        .map(|(index, (title, _))| {
            rows.iter().map(|row| width(&row[index])).chain([width(title)]).max().unwrap_or_default()
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let cells: Vec<String> = cells
            .into_iter()
            .zip(&columns)
            .zip(head)
            .map(|((cell, &columns), (_, align))| match align {
                Align::Left => left(cell, columns),
                Align::Right => right(cell, columns),
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    let rule = columns.iter().map(|&columns| "─".repeat(columns)).collect::<Vec<_>>().join("  ");
    let mut lines = vec![line(head.iter().map(|(title, _)| *title).collect()), rule];
    lines.extend(rows.iter().map(|row| line(row.iter().map(String::as_str).collect())));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(left("通话", 6), "通话  ");
        assert_eq!(right("通话", 6), "  通话");
        assert_eq!(left("longer", 3), "longer");
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = vec![vec!["张*".to_owned(), "7".to_owned()], vec!["欧阳*".to_owned(), "1,234".to_owned()]];
        let lines = table(&[("姓名 name", Align::Left), ("calls", Align::Right)], &rows);
        assert_eq!(lines[0], "姓名 name  calls");
        assert_eq!(lines[2], "张*            7");
        assert_eq!(lines[3], "欧阳*      1,234");
        assert!(lines.iter().all(|line| width(line) == width(&lines[1])));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
