//! The scanner: a place in the document, and what can be read there.

use super::likely::Likely;
use super::number::{self, Short};
use super::text::{self, Text};
use super::{Fault, Read};
use crate::error::ReadErrorKind;

/// Deeper documents are refused: nothing of this vendor is nested by a tenth of it.
const MAX_DEPTH: usize = 128;

/// What a value is, known by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Null,
    Flag,
    Number,
    Text,
    List,
    Object,
}

impl Shape {
    /// Its name in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Flag => "a boolean",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// A place in a document.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of the document, behind a byte order mark.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: if text.starts_with('\u{feff}') { 3 } else { 0 } }
    }

    /// The byte offset.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// How many bytes follow.
    pub(crate) fn left(&self) -> usize {
        self.text.len() - self.at
    }

    /// The document from `start` to here.
    pub(crate) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    /// The byte that stands here.
    #[inline]
    pub(crate) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space and gives the byte behind it.
    #[inline]
    pub(crate) fn next_byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// A fault here: the document ends, or something else stands here than expected.
    #[cold]
    #[allow(clippy::unnecessary_box_returns, reason = "as results carry it")]
    pub(crate) fn fault(&self, expected: &'static str) -> Box<Fault> {
        let (kind, found) = match self.byte() {
            None => (ReadErrorKind::Truncated, "the end of the document"),
            Some(byte) => (ReadErrorKind::Syntax, describe(byte)),
        };
        Box::new(Fault { kind, at: self.at, expected, found, steps: Vec::new() })
    }

    /// What stands here, without reading it.
    #[inline]
    pub(crate) fn shape(&mut self) -> Read<Shape> {
        Ok(match self.next_byte() {
            Some(b'"') => Shape::Text,
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::List,
            Some(b'-' | b'0'..=b'9') => Shape::Number,
            Some(b'n') => Shape::Null,
            Some(b't' | b'f') => Shape::Flag,
            _ => return Err(self.fault("a value")),
        })
    }

    /// Enters an object; false if it is empty, which leaves it again.
    #[inline]
    pub(crate) fn enter_object(&mut self) -> Read<bool> {
        self.enter(b'{', b'}', "an object")
    }

    /// Enters a list; false if it is empty, which leaves it again.
    #[inline]
    pub(crate) fn enter_list(&mut self) -> Read<bool> {
        self.enter(b'[', b']', "a list")
    }

    #[inline]
    fn enter(&mut self, open: u8, close: u8, expected: &'static str) -> Read<bool> {
        if self.next_byte() != Some(open) {
            return Err(self.fault(expected));
        }
        self.at += 1;
        if self.next_byte() == Some(close) {
            self.at += 1;
            return Ok(false);
        }
        Ok(true)
    }

    /// Behind a member of an object: true if another follows, false if the object ended.
    #[inline]
    pub(crate) fn more_members(&mut self) -> Read<bool> {
        self.more(b'}', "a comma or the end of the object")
    }

    /// Behind an item of a list: true if another follows, false if the list ended.
    #[inline]
    pub(crate) fn more_items(&mut self) -> Read<bool> {
        self.more(b']', "a comma or the end of the list")
    }

    #[inline]
    fn more(&mut self, close: u8, expected: &'static str) -> Read<bool> {
        match self.next_byte() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.fault(expected)),
        }
    }

    /// Reads the key and its colon if just they stand here.
    #[inline]
    pub(crate) fn this_key(&mut self, likely: &Likely) -> bool {
        self.likely_at(self.at, likely)
    }

    /// Behind a member of an object: reads the comma, the next key and its colon if just they stand here.
    #[inline]
    pub(crate) fn next_key(&mut self, likely: &Likely) -> bool {
        self.byte() == Some(b',') && self.likely_at(self.at + 1, likely)
    }

    #[inline]
    fn likely_at(&mut self, at: usize, likely: &Likely) -> bool {
        let found = likely.length_at(self.text.as_bytes(), at);
        if let Some(length) = found {
            self.at = at + length;
        }
        found.is_some()
    }

    /// Reads any key and its colon.
    pub(crate) fn key(&mut self) -> Read<Text<'a>> {
        if self.next_byte() != Some(b'"') {
            return Err(self.fault("a key"));
        }
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    #[inline]
    fn colon(&mut self) -> Read<()> {
        if self.next_byte() != Some(b':') {
            return Err(self.fault("a colon"));
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a text if one stands here that is written without escapes.
    #[inline]
    pub(crate) fn plain_string(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        if self.byte() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let end = text::plain_until(bytes, start);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        Some(&self.text[start..end])
    }

    /// Reads a text of just so many bytes, none of them special, if `read` makes something of them.
    #[inline]
    pub(crate) fn text_of<const LENGTH: usize, T>(
        &mut self,
        read: impl FnOnce(&[u8; LENGTH]) -> Option<T>,
    ) -> Option<T> {
        let (quote, rest) = self.text.as_bytes().get(self.at..)?.split_first()?;
        let text = rest.first_chunk()?;
        if *quote != b'"' || rest.get(LENGTH) != Some(&b'"') {
            return None;
        }
        let value = read(text)?;
        self.at += LENGTH + 2;
        Some(value)
    }

    /// Reads a number if a short one stands here.
    #[inline]
    pub(crate) fn short_number(&mut self) -> Option<Short> {
        let (number, end) = number::short(self.text.as_bytes(), self.at)?;
        self.at = end;
        Some(number)
    }

    /// Reads a text; the scanner stands at its quote.
    #[inline]
    pub(crate) fn string(&mut self) -> Read<Text<'a>> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = text::plain_until(bytes, start);
        let mut escaped = false;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end = self.escape(end)?;
                }
                _ => {
                    self.at = end;
                    return Err(self.fault("the rest of a text"));
                }
            }
            end = text::plain_until(bytes, end);
        }
        self.at = end + 1;
        let raw = &self.text[start..end];
        Ok(if escaped { Text::Escaped(raw) } else { Text::Plain(raw) })
    }

    /// Checks the escape whose backslash stands at `backslash`, and gives the place behind it.
    fn escape(&mut self, backslash: usize) -> Read<usize> {
        let bytes = self.text.as_bytes();
        let hexadecimal = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_hexdigit);
        match bytes.get(backslash + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return Ok(backslash + 2),
            Some(b'u') => match (backslash + 2..backslash + 6).find(|&place| !hexadecimal(place)) {
                None => return Ok(backslash + 6),
                Some(place) => self.at = place,
            },
            _ => self.at = backslash + 1,
        }
        Err(self.fault("an escape such as \\n or \\u4e3b"))
    }

    /// Reads a number as it is written; the scanner stands at its first byte.
    #[inline]
    pub(crate) fn number(&mut self) -> Read<&'a str> {
        let start = self.at;
        match number::end(self.text.as_bytes(), start) {
            Ok(end) => {
                self.at = end;
                Ok(&self.text[start..end])
            }
            Err(place) => {
                self.at = place;
                Err(self.fault("a digit"))
            }
        }
    }

    /// Reads `true` or `false`.
    pub(crate) fn flag(&mut self) -> Read<bool> {
        if self.byte() == Some(b't') {
            self.word("true")?;
            return Ok(true);
        }
        self.word("false")?;
        Ok(false)
    }

    /// Reads `null`.
    pub(crate) fn null(&mut self) -> Read<()> {
        self.word("null")
    }

    fn word(&mut self, word: &'static str) -> Read<()> {
        for &byte in word.as_bytes() {
            if self.byte() != Some(byte) {
                return Err(self.fault(word));
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Reads any value and forgets it.
    pub(crate) fn skip(&mut self) -> Read<()> {
        self.skip_within(MAX_DEPTH)
    }

    fn skip_within(&mut self, depth: usize) -> Read<()> {
        match self.shape()? {
            Shape::Null => self.null(),
            Shape::Flag => self.flag().map(drop),
            Shape::Number => self.number().map(drop),
            Shape::Text => self.string().map(drop),
            Shape::List | Shape::Object if depth == 0 => Err(self.too_deep()),
            Shape::List => {
                let mut more = self.enter_list()?;
                while more {
                    self.skip_within(depth - 1)?;
                    more = self.more_items()?;
                }
                Ok(())
            }
            Shape::Object => {
                let mut more = self.enter_object()?;
                while more {
                    self.key()?;
                    self.skip_within(depth - 1)?;
                    more = self.more_members()?;
                }
                Ok(())
            }
        }
    }

    /// The fault of a document that is nested too deeply.
    #[allow(clippy::unnecessary_box_returns, reason = "as results carry it")]
    pub(crate) fn too_deep(&self) -> Box<Fault> {
        let mut fault = self.fault("at most 128 levels");
        fault.found = "one more";
        fault
    }

    /// Makes sure that nothing follows.
    pub(crate) fn end(&mut self) -> Read<()> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.fault("the end of the document")),
        }
    }
}

fn describe(byte: u8) -> &'static str {
    match byte {
        b'"' => "a text",
        b'{' => "an object",
        b'[' => "a list",
        b'}' | b']' => "a closing bracket",
        b',' => "a comma",
        b':' => "a colon",
        b'0'..=b'9' | b'-' => "a number",
        b'<' => "markup",
        0..=0x1f => "a control character",
        _ => "another character",
    }
}
