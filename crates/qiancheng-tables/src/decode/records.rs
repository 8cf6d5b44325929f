//! Records: their members, the objects and lists in them, and the rows they become.

use super::issues::IssueKind;
use super::plan::{Entry, Target};
use super::state::Decoder;
use crate::json::{Read, Shape, Text, Within};

impl<'a> Decoder<'a> {
    /// Records of a table, wherever they stand: a list, a map numbered from PHP, or a single one.
    pub(super) fn records(&mut self, table: usize, parent_seq: i64) -> Read<()> {
        let plan = &self.plan.tables[table];
        match self.scanner.shape()? {
            Shape::List => self.items(table, parent_seq),
            Shape::Object => match self.first_key()? {
                // An empty object is an empty list.
                None => self.scanner.enter_object().map(drop),
                // PHP writes lists with gaps as objects with numbers for keys.
                Some(key) if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()) => {
                    self.numbered(table, parent_seq)
                }
                Some(_) => self.record(table, parent_seq),
            },
            shape => self.no_records(&plan.list_path, shape),
        }
    }

    fn items(&mut self, table: usize, parent_seq: i64) -> Read<()> {
        let mut more = self.scanner.enter_list()?;
        let mut place = 0;
        self.tables[table].list_at = Some(self.scanner.at());
        while more {
            self.item(table, parent_seq).at_place(place)?;
            place += 1;
            more = self.scanner.more_items()?;
        }
        Ok(())
    }

    /// The first key of the object here, as it is written.
    fn first_key(&self) -> Read<Option<&'a str>> {
        let mut ahead = self.scanner.clone();
        if !ahead.enter_object()? {
            return Ok(None);
        }
        ahead.key().map(|key| Some(key.raw()))
    }

    fn numbered(&mut self, table: usize, parent_seq: i64) -> Read<()> {
        let mut more = self.scanner.enter_object()?;
        while more {
            let key = self.scanner.key()?;
            self.item(table, parent_seq).under(key.raw())?;
            more = self.scanner.more_members()?;
        }
        Ok(())
    }

    /// One record of a list. Anything else is counted, and leaves a gap in `seq`.
    fn item(&mut self, table: usize, parent_seq: i64) -> Read<()> {
        match self.scanner.shape()? {
            Shape::Object => self.record(table, parent_seq),
            shape => {
                let at = self.scanner.at();
                self.scanner.skip()?;
                self.tables[table].next_seq += 1;
                let path = &self.plan.tables[table].path;
                self.issue(path, IssueKind::NotARecord, at, "an object", shape.name())
            }
        }
    }

    /// One record, from its opening to its closing bracket.
    fn record(&mut self, table: usize, parent_seq: i64) -> Read<()> {
        self.begin(table, parent_seq);
        let read = self.members(table, 0);
        self.end(table, read)
    }

    /// Writes the row of a record that was read, or, if the document breaks in it, counts it.
    pub(super) fn end(&mut self, table: usize, read: Read<()>) -> Read<()> {
        let plan = &self.plan.tables[table];
        if read.is_ok() || plan.has_children {
            // Rows of other tables may belong to it, so it stays even if the document breaks in it.
            self.commit(table);
        } else {
            self.scratch.truncate(self.tables[table].row.scratch_start);
            self.issues.count(&plan.path, IssueKind::Incomplete);
        }
        read
    }

    /// The members of an object of a record.
    pub(super) fn members(&mut self, table: usize, node: usize) -> Read<()> {
        let entries: &'static [Entry] = &self.plan.tables[table].nodes[node].entries;
        // Borrowed from the table: no member holds another object of this kind.
        let mut followers = std::mem::take(&mut self.tables[table].followers[node]);
        let read = self.members_in_turn(table, entries, &mut followers);
        self.tables[table].followers[node] = followers;
        read
    }

    fn members_in_turn(
        &mut self,
        table: usize,
        entries: &'static [Entry],
        followers: &mut [u16],
    ) -> Read<()> {
        let mut more = self.scanner.enter_object()?;
        // Which key came next, last time, is looked for first.
        let mut previous = 0;
        let mut likely = usize::from(followers[previous]);
        let mut met = entries.get(likely).filter(|entry| more && self.scanner.this_key(&entry.likely));
        while more {
            if let Some(entry) = met {
                self.member(table, likely, entry).under(entry.key)?;
                previous = likely + 1;
            } else {
                let key = self.scanner.key()?;
                let found = self.other_member(table, entries, key)?;
                if let Some(found) = found {
                    followers[previous] = u16::try_from(found).unwrap_or_default();
                    previous = found + 1;
                }
            }
            likely = usize::from(followers[previous]);
            met = entries.get(likely).filter(|entry| self.scanner.next_key(&entry.likely));
            more = met.is_some() || self.scanner.more_members()?;
        }
        Ok(())
    }

    /// A member whose key was not the likely one. Gives the place of the key, if it is a known one.
    fn other_member(
        &mut self,
        table: usize,
        entries: &'static [Entry],
        key: Text<'a>,
    ) -> Read<Option<usize>> {
        let name = key.decoded();
        let found = entries.iter().position(|entry| entry.key == name);
        match found {
            Some(found) => self.member(table, found, &entries[found]).under(&name)?,
            None => self.keep(table, key)?,
        }
        Ok(found)
    }

    /// A member with a known key of a record whose row has begun.
    #[inline]
    pub(super) fn member(&mut self, table: usize, place: usize, entry: &'static Entry) -> Read<()> {
        match entry.target {
            Target::Cell(column) => self.cell(table, column, place, entry),
            Target::Object(node) => self.object(table, node, entry),
            Target::Records(child) => {
                let seq = self.tables[table].row.seq;
                self.records(child, seq)
            }
            Target::Values(child, name) => {
                let seq = self.tables[table].row.seq;
                self.values(child, name, seq, entry)
            }
        }
    }

    /// A member that has no column goes to `_extra`.
    pub(super) fn keep(&mut self, table: usize, key: Text<'a>) -> Read<()> {
        self.scanner.shape()?;
        let start = self.scanner.at();
        self.scanner.skip().under(&key.decoded())?;
        self.tables[table].row.keep(key.raw(), self.scanner.since(start));
        Ok(())
    }

    /// An object in a record. PHP writes an empty one as a list; a list with one object is taken for it.
    fn object(&mut self, table: usize, node: usize, entry: &'static Entry) -> Read<()> {
        match self.scanner.shape()? {
            Shape::Object => self.members(table, node),
            Shape::List => {
                let mut more = self.scanner.enter_list()?;
                let mut place = 0;
                while more {
                    let at = self.scanner.at();
                    match self.scanner.shape()? {
                        Shape::Object if place == 0 => self.members(table, node).at_place(place)?,
                        shape => {
                            self.scanner.skip()?;
                            self.issue(&entry.path, IssueKind::WrongType, at, "one object", shape.name())
                                .at_place(place)?;
                        }
                    }
                    place += 1;
                    more = self.scanner.more_items()?;
                }
                Ok(())
            }
            shape => self.no_records(&entry.path, shape),
        }
    }

    /// Something else where records should stand: null and blank text are none, anything else does not fit.
    pub(super) fn no_records(&mut self, path: &str, shape: Shape) -> Read<()> {
        let at = self.scanner.at();
        if shape == Shape::Text {
            if self.scanner.string()?.raw().trim().is_empty() {
                return Ok(());
            }
        } else {
            self.scanner.skip()?;
            if shape == Shape::Null {
                return Ok(());
            }
        }
        self.issue(path, IssueKind::WrongType, at, "records", shape.name())
    }
}
