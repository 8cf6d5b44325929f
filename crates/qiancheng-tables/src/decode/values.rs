//! Values: cells of records, and items of lists of plain values.

use super::Cell;
use super::issues::IssueKind;
use super::plan::Entry;
use super::state::Decoder;
use crate::coerce::{self, Coerced, Times, card};
use crate::json::{Read, Scanner, Shape, Short, Text, Within, unescape};
use crate::options::SignConvention;
use crate::schema::{Column, Type};

impl<'a> Decoder<'a> {
    /// The value of a column. `place` is the key's number in its object.
    #[inline]
    pub(super) fn cell(
        &mut self,
        table: usize,
        column: usize,
        place: usize,
        entry: &'static Entry,
    ) -> Read<()> {
        let declared = self.plan.tables[table].columns[column];
        let row = &mut self.tables[table].row;
        if matches!(row.cells[column], Cell::Null)
            && let Some(cell) = usual(&mut self.scanner, &mut self.times, declared)
        {
            row.cells[column] = cell;
            row.filled_by[column] = u16::try_from(place).unwrap_or_default();
            return Ok(());
        }
        self.unusual_cell(table, column, place, entry)
    }

    /// A value that is anything but usual, or the second one for its column.
    fn unusual_cell(&mut self, table: usize, column: usize, place: usize, entry: &'static Entry) -> Read<()> {
        let shape = self.scanner.shape()?;
        if shape == Shape::Null {
            return self.scanner.null();
        }
        if !matches!(self.tables[table].row.cells[column], Cell::Null) {
            return self.again(table, column, place, entry);
        }
        let cell = self.value(self.plan.tables[table].columns[column], &entry.path, shape)?;
        let row = &mut self.tables[table].row;
        row.cells[column] = cell;
        row.filled_by[column] = u16::try_from(place).unwrap_or_default();
        Ok(())
    }

    /// A second value for a column: another name of it, or the same key again. The first one stays.
    fn again(&mut self, table: usize, column: usize, place: usize, entry: &'static Entry) -> Read<()> {
        let at = self.scanner.at();
        self.scanner.skip()?;
        let value = self.scanner.since(at);
        let row = &mut self.tables[table].row;
        row.keep(entry.key, value);
        if usize::from(row.filled_by[column]) == place {
            return self.issue(
                &entry.path,
                IssueKind::DuplicateKey,
                at,
                "each key once",
                "the same key again",
            );
        }
        Ok(())
    }

    /// Reads a value as a column wants it; null if it does not fit.
    fn value(&mut self, column: &'static Column, path: &str, shape: Shape) -> Read<Cell<'a>> {
        let at = self.scanner.at();
        let coerced = match shape {
            Shape::Text => match self.scanner.string()? {
                Text::Plain(text) => self.coerce(column, text, Cell::Text(text)),
                Text::Escaped(raw) => self.escaped(column, path, raw, at)?,
            },
            Shape::Number => {
                let text = self.scanner.number()?;
                self.coerce(column, text, Cell::Text(text))
            }
            Shape::Flag => {
                let flag = self.scanner.flag()?;
                match column.ty {
                    Type::Flag => Ok((Cell::Integer(flag.into()), false)),
                    Type::Text => Ok((Cell::Text(if flag { "true" } else { "false" }), false)),
                    _ => Err(IssueKind::WrongType),
                }
            }
            Shape::List if column.ty == Type::CardEnds => {
                self.scanner.skip()?;
                let list = self.scanner.since(at);
                self.coerce(column, list, Cell::Null)
            }
            Shape::Null | Shape::List | Shape::Object => {
                self.scanner.skip()?;
                Err(IssueKind::WrongType)
            }
        };
        match coerced {
            Ok((cell, false)) => Ok(cell),
            Ok((cell, true)) => {
                self.issue(path, IssueKind::Rounded, at, column.ty.expected(), "a finer fraction")?;
                Ok(cell)
            }
            Err(kind) => {
                self.issue(path, kind, at, column.ty.expected(), shape.name())?;
                Ok(Cell::Null)
            }
        }
    }

    /// A text whose escapes have to be undone first.
    fn escaped(&mut self, column: &Column, path: &str, raw: &str, at: usize) -> Read<Coerced<Cell<'a>>> {
        if column.ty == Type::Text {
            let start = self.scratch.len();
            let whole = unescape(raw, &mut self.scratch);
            if !whole {
                self.issue(path, IssueKind::BrokenEscape, at, "whole surrogate pairs", "half a pair")?;
            }
            return Ok(Ok((Cell::Scratch(start, self.scratch.len()), false)));
        }
        let mut decoded = std::mem::take(&mut self.decoded);
        decoded.clear();
        unescape(raw, &mut decoded);
        let coerced = self.coerce(column, &decoded, Cell::Null);
        self.decoded = decoded;
        Ok(coerced)
    }

    /// A text or number as a column wants it; `as_text` is it in a column of texts. Blank is nothing.
    #[inline]
    fn coerce(&mut self, column: &Column, text: &str, as_text: Cell<'a>) -> Coerced<Cell<'a>> {
        if text.is_empty() {
            return Ok((Cell::Null, false));
        }
        let coerced = match column.ty {
            Type::Text => return Ok((as_text, false)),
            Type::Time => coerce::time(text, &mut self.times).map(whole),
            Type::Integer => coerce::integer(text, column.unit).map(whole),
            Type::Money => coerce::money(text, column.unit).map(whole),
            Type::SignedMoney => {
                coerce::money(text, column.unit).map(|money| whole(self.income_positive(money)))
            }
            Type::Date => coerce::date(text).map(|(days, lost)| (Cell::Integer(days.into()), lost)),
            Type::Float => coerce::float(text, column.unit).map(|(value, lost)| (Cell::Float(value), lost)),
            Type::Flag => coerce::flag(text).map(|(flag, lost)| (Cell::Integer(flag.into()), lost)),
            Type::CardEnds => self.card_ends(text),
        };
        coerced.or_else(|kind| if text.trim().is_empty() { Ok((Cell::Null, false)) } else { Err(kind) })
    }

    fn income_positive(&self, (hundredths, lost): (i64, bool)) -> (i64, bool) {
        match self.options.sign {
            SignConvention::IncomePositive => (hundredths, lost),
            SignConvention::ExpensePositive => (-hundredths, lost),
        }
    }

    fn card_ends(&mut self, text: &str) -> Coerced<Cell<'a>> {
        let mut ends = String::new();
        card::push_ends(text, &mut ends)?;
        if ends.is_empty() {
            return Ok((Cell::Null, false));
        }
        let start = self.scratch.len();
        self.scratch.push_str(&ends);
        Ok((Cell::Scratch(start, self.scratch.len()), false))
    }

    /// A list of plain values, or a single one: a row each.
    pub(super) fn values(
        &mut self,
        table: usize,
        list: &'static str,
        parent_seq: i64,
        entry: &'static Entry,
    ) -> Read<()> {
        match self.scanner.shape()? {
            Shape::List => {
                let mut more = self.scanner.enter_list()?;
                let mut place = 0;
                while more {
                    self.plain_value(table, list, parent_seq, entry).at_place(place)?;
                    place += 1;
                    more = self.scanner.more_items()?;
                }
                Ok(())
            }
            Shape::Null => self.scanner.null(),
            Shape::Text => {
                let mut ahead = self.scanner.clone();
                if ahead.string()?.raw().trim().is_empty() {
                    self.scanner = ahead;
                    return Ok(());
                }
                self.plain_value(table, list, parent_seq, entry)
            }
            _ => self.plain_value(table, list, parent_seq, entry),
        }
    }

    fn plain_value(
        &mut self,
        table: usize,
        list: &'static str,
        parent_seq: i64,
        entry: &'static Entry,
    ) -> Read<()> {
        let plan = &self.plan.tables[table];
        self.begin(table, parent_seq);
        self.tables[table].row.set(plan.list_name, Cell::Text(list));
        let read = match (plan.value, self.scanner.shape()) {
            (_, Err(fault)) => Err(fault),
            (Some(column), Ok(shape)) if shape != Shape::Null => self
                .value(plan.columns[column], &entry.path, shape)
                .map(|cell| self.tables[table].row.cells[column] = cell),
            _ => self.scanner.skip(),
        };
        self.end(table, read)
    }
}

/// A value as nearly all are: a text without escapes for a column of texts, a time, a number that fits. Anything else
/// stays unread.
#[inline]
fn usual<'a>(scanner: &mut Scanner<'a>, times: &mut Times, column: &Column) -> Option<Cell<'a>> {
    let first = scanner.next_byte()?;
    match column.ty {
        Type::Text => {
            scanner.plain_string().map(|text| if text.is_empty() { Cell::Null } else { Cell::Text(text) })
        }
        Type::Time => scanner.text_of(|text| times.usual(text)).map(Cell::Integer),
        Type::Integer | Type::Money if first == b'"' => usual_text(scanner, column),
        Type::Integer | Type::Money => usual_number(scanner, column),
        _ => None,
    }
}

/// A number that is written as one.
#[inline]
fn usual_number<'a>(scanner: &mut Scanner<'a>, column: &Column) -> Option<Cell<'a>> {
    let mut ahead = scanner.clone();
    let Short { digits, behind_point } = ahead.short_number()?;
    let places = if column.ty == Type::Money { 2 } else { 0 };
    let factor = [1, 10, 100].get(usize::checked_sub(places, behind_point)?)?;
    *scanner = ahead;
    Some(Cell::Integer(digits * factor))
}

/// A number that is written as a text.
fn usual_text<'a>(scanner: &mut Scanner<'a>, column: &Column) -> Option<Cell<'a>> {
    let mut ahead = scanner.clone();
    let text = ahead.plain_string()?;
    let value = match column.ty {
        Type::Money => coerce::money(text, column.unit),
        _ => coerce::integer(text, column.unit),
    };
    let Ok((value, false)) = value else { return None };
    *scanner = ahead;
    Some(Cell::Integer(value))
}

#[inline]
fn whole<'a>((value, lost): (i64, bool)) -> (Cell<'a>, bool) {
    (Cell::Integer(value), lost)
}
