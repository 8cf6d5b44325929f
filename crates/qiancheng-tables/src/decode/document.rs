//! The document around the records: envelope, wrappings, maps.

use super::Cell;
use super::issues::IssueKind;
use super::plan::{Entry, Target};
use super::state::Decoder;
use crate::error::{ReadErrorKind, public_key};
use crate::json::{Fault, Read, Scanner, Shape, Text, Within};

/// Wrappings around wrappings, at most.
const MAX_WRAPPINGS: usize = 16;

/// Keys of envelopes that say nothing about the applicant.
const COMPANIONS: &[&str] = &[
    "msg",
    "message",
    "status",
    "success",
    "note",
    "error_code",
    "error_msg",
    "update_time",
    "request_args",
];

/// What was seen around the records.
#[derive(Default)]
struct Around {
    /// Records, or the lists they would stand in.
    known: bool,
    /// Where the first thing stands that belongs to no document of this kind.
    strange: Option<(usize, &'static str)>,
    /// Where the envelope's `code` stands, if it is not 0.
    refused: Option<usize>,
}

/// What an object around or instead of records is.
enum Nature {
    /// A record of this table.
    Record(usize),
    /// Something around records.
    Wrapping,
}

impl<'a> Decoder<'a> {
    /// Reads the whole document.
    pub(super) fn document(&mut self) -> Read<()> {
        let mut around = Around::default();
        self.wrapped(None, MAX_WRAPPINGS, &mut around)?;
        self.scanner.end()?;
        let (kind, at, expected, found) = match around {
            Around { known: true, .. } => return Ok(()),
            Around { refused: Some(at), .. } => {
                (ReadErrorKind::Refused, at, "an answer whose code is 0", "an answer with another code")
            }
            Around { strange: Some((at, found)), .. } => {
                (ReadErrorKind::Unrecognised, at, self.plan.schema.layout.expected, found)
            }
            Around { .. } => return Ok(()),
        };
        Err(Box::new(Fault { kind, at, expected, found, steps: Vec::new() }))
    }

    /// A value that is a record, holds records, or is empty. `key` is its key in a map.
    fn wrapped(&mut self, key: Option<Text<'a>>, depth: usize, around: &mut Around) -> Read<()> {
        match self.scanner.shape()? {
            Shape::List if depth > 0 => {
                let mut more = self.scanner.enter_list()?;
                let mut place = 0;
                while more {
                    self.wrapped(key, depth - 1, around).at_place(place)?;
                    place += 1;
                    more = self.scanner.more_items()?;
                }
                Ok(())
            }
            Shape::Object if depth > 0 => match self.nature() {
                Nature::Record(table) => {
                    around.known = true;
                    self.bare_record(table, key)
                }
                Nature::Wrapping => self.wrapping(depth, around),
            },
            shape => self.strange(key, shape, around),
        }
    }

    /// A value without records.
    fn strange(&mut self, key: Option<Text<'a>>, shape: Shape, around: &mut Around) -> Read<()> {
        let at = self.scanner.at();
        self.scanner.skip()?;
        let nothing = shape == Shape::Null || self.scanner.since(at).trim_matches(['"', ' ']).is_empty();
        if !nothing {
            around.strange.get_or_insert((at, shape.name()));
            let path = key.map(|key| public_key(&key.decoded())).unwrap_or_default();
            // Not an issue of any record, and so not strict reading's business.
            self.issues.count(&path, IssueKind::Unread);
        }
        Ok(())
    }

    /// An object around records: each key leads to records, to another wrapping, or to nothing.
    fn wrapping(&mut self, depth: usize, around: &mut Around) -> Read<()> {
        let layout = &self.plan.schema.layout;
        let mut more = self.scanner.enter_object()?;
        while more {
            let key = self.scanner.key()?;
            let name = key.decoded();
            let value = self.scanner.shape()?;
            let at = self.scanner.at();
            let table = layout.records.iter().find(|(records, _)| *records == name);
            let read = if let Some(table) = table.and_then(|(_, table)| self.plan.table(table)) {
                around.known = true;
                self.records(table, 0)
            } else if layout.wrappers.contains(&&*name) {
                self.wrapped(None, depth - 1, around)
            } else if name == "code" && matches!(value, Shape::Number | Shape::Text) {
                self.scanner.skip().map(|()| {
                    if self.scanner.since(at).trim_matches('"') != "0" {
                        around.refused = Some(at);
                    }
                })
            } else if COMPANIONS.contains(&&*name) {
                self.scanner.skip()
            } else if layout.any_key && matches!(value, Shape::List | Shape::Object) {
                self.wrapped(Some(key), depth - 1, around)
            } else {
                let found =
                    if matches!(value, Shape::List | Shape::Object) { "other keys" } else { value.name() };
                around.strange.get_or_insert((at, found));
                self.issues.count(&public_key(&name), IssueKind::Unread);
                self.scanner.skip()
            };
            read.under(&name)?;
            more = self.scanner.more_members()?;
        }
        Ok(())
    }

    /// A record that stands where a wrapping could stand.
    fn bare_record(&mut self, table: usize, key: Option<Text<'a>>) -> Read<()> {
        self.begin(table, 0);
        if let (Some(column), Some(key)) = (self.plan.tables[table].map_key, key) {
            let cell = match key {
                Text::Plain(text) => Cell::Text(text),
                Text::Escaped(_) => {
                    let start = self.scratch.len();
                    self.scratch.push_str(&key.decoded());
                    Cell::Scratch(start, self.scratch.len())
                }
            };
            self.tables[table].row.set(Some(column), cell);
        }
        let read = self.members(table, 0);
        self.end(table, read)
    }

    /// Looks ahead at the keys of an object until one tells what it is. A fault is left to the reading itself.
    fn nature(&self) -> Nature {
        self.look_ahead(self.scanner.clone()).unwrap_or(Nature::Wrapping)
    }

    fn look_ahead(&self, mut ahead: Scanner<'a>) -> Read<Nature> {
        let layout = &self.plan.schema.layout;
        let Some(table) = layout.bare.and_then(|table| self.plan.table(table)) else {
            return Ok(Nature::Wrapping);
        };
        let entries: &'static [Entry] = &self.plan.tables[table].nodes[0].entries;
        let other = layout.bare_if.and_then(|(keys, other)| Some((keys, self.plan.table(other)?)));
        let mut is_record = false;
        let mut more = ahead.enter_object()?;
        while more {
            let key = ahead.key()?.decoded();
            if layout.wrappers.contains(&&*key) {
                return Ok(Nature::Wrapping);
            }
            let value = ahead.shape()?;
            if layout.records.iter().any(|(records, _)| *records == key) {
                // A record may have a key of the same name: telecom records have their bills under `transactions`.
                let own = entries.iter().find(|entry| entry.key == key);
                let children =
                    own.is_some_and(|entry| self.holds_records_of(entry, ahead.clone()).unwrap_or(false));
                return Ok(if children { Nature::Record(table) } else { Nature::Wrapping });
            }
            if let Some((keys, other)) = other {
                // Every key counts: the telling one may be the last.
                let start = ahead.at();
                ahead.skip()?;
                let filled = value != Shape::Null && !ahead.since(start).trim_matches(['"', ' ']).is_empty();
                if filled && keys.contains(&&*key) {
                    return Ok(Nature::Record(other));
                }
                is_record |= entries.iter().any(|entry| entry.key == key);
            } else if entries.iter().any(|entry| entry.key == key) && !COMPANIONS.contains(&&*key) {
                return Ok(Nature::Record(table));
            } else {
                ahead.skip()?;
            }
            more = ahead.more_members()?;
        }
        Ok(if is_record { Nature::Record(table) } else { Nature::Wrapping })
    }

    /// Whether the first record here has a key of the entry's table, rather than of its parent.
    fn holds_records_of(&self, entry: &Entry, mut ahead: Scanner<'a>) -> Read<bool> {
        let Target::Records(table) = entry.target else { return Ok(false) };
        if ahead.shape()? == Shape::List && !ahead.enter_list()? {
            return Ok(false);
        }
        let mut more = ahead.shape()? == Shape::Object && ahead.enter_object()?;
        let parent = self.plan.tables[table].parent;
        let has = |table: usize, key: &str| {
            self.plan.tables[table].nodes[0].entries.iter().any(|entry| entry.key == key)
        };
        while more {
            let key = ahead.key()?.decoded();
            if parent.is_some_and(|parent| has(parent, &key)) {
                return Ok(false);
            }
            if has(table, &key) {
                return Ok(true);
            }
            ahead.skip()?;
            more = ahead.more_members()?;
        }
        Ok(false)
    }
}
