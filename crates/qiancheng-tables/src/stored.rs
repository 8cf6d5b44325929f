//! Raw data kept in one file, from which the tables can be made again: next year's columns from this year's bytes.
//!
//! The file is one line of JSON, then the bytes just as they came:
//!
//! ```text
//! {"format":"qiancheng-raw","version":1,"kind":"telecom_raw","schema_version":1,"fetched_at":1517371200000000,"length":2,"sha256":"…"}
//! {}
//! ```
//!
//! `fetched_at` is an instant in microseconds or null. `sha256` covers the bytes and all that the line says of them, so
//! a file that was cut, lengthened or changed anywhere is not read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::error::ReadError;
use crate::kind::Kind;
use crate::options::Options;
use crate::tables::Tables;

const FORMAT: &str = "qiancheng-raw";
const VERSION: u32 = 1;
/// A longer first line is no header.
const MAX_HEADER: usize = 1_024;

/// Raw data with what must be known to read them again.
#[derive(Clone, PartialEq, Eq)]
pub struct Stored {
    kind: Kind,
    schema_version: u32,
    fetched_at: Option<i64>,
    bytes: Vec<u8>,
}

/// The first line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    #[serde(rename = "format")]
    _format: IgnoredAny,
    #[serde(rename = "version")]
    _version: IgnoredAny,
    kind: String,
    schema_version: u32,
    fetched_at: Option<i64>,
    length: u64,
    sha256: String,
}

/// A file that can't be read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// It could not be read or written.
    #[error("the file could not be read or written")]
    Io(#[from] io::Error),
    /// Its first line is not this format's.
    #[error("not a stored raw file: its first line is not a header of the format qiancheng-raw")]
    NotStored,
    /// It was written by a newer version of this library.
    #[error("written in version {0} of the format, which is newer than this library")]
    Newer(u32),
    /// It holds fewer or more bytes than it says.
    #[error("cut or lengthened: {expected} bytes of data expected, {found} found")]
    Length {
        /// What the header says.
        expected: u64,
        /// What is there.
        found: u64,
    },
    /// Its bytes or its header were changed.
    #[error("changed: the checksum is wrong")]
    Checksum,
}

impl Stored {
    /// Raw data of a kind, as they came; `fetched_at` is when, in microseconds since 1970-01-01T00:00:00Z.
    pub fn new(kind: Kind, bytes: impl Into<Vec<u8>>, fetched_at: Option<i64>) -> Self {
        Self { kind, schema_version: kind.schema().version, fetched_at, bytes: bytes.into() }
    }

    /// The kind of document.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The version of the tables' declaration when it was stored. [`tables`](Self::tables) uses today's.
    pub fn schema_version(&self) -> u32 {
        self.schema_version
    }

    /// When it was fetched, in microseconds since 1970-01-01T00:00:00Z.
    pub fn fetched_at(&self) -> Option<i64> {
        self.fetched_at
    }

    /// The raw data.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The checksum of the raw data and of what is said of them, in hexadecimal.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        let said = (self.kind.name(), self.schema_version, self.fetched_at, self.bytes.len());
        hash.update(format!("{FORMAT} {VERSION} {} {} {:?} {}\n", said.0, said.1, said.2, said.3));
        hash.update(&self.bytes);
        base16ct::lower::encode_string(&hash.finalize())
    }

    /// The tables of the raw data.
    pub fn tables(&self, options: &Options) -> Result<Tables, ReadError> {
        crate::read(self.kind, &self.bytes, options)
    }

    /// The file's content.
    pub fn encode(&self) -> Vec<u8> {
        let header = json!({
            "format": FORMAT,
            "version": VERSION,
            "kind": self.kind.name(),
            "schema_version": self.schema_version,
            "fetched_at": self.fetched_at,
            "length": self.bytes.len(),
            "sha256": self.sha256(),
        });
        let mut content = format!("{header}\n").into_bytes();
        content.extend_from_slice(&self.bytes);
        content
    }

    /// Reads a file's content and checks it.
    pub fn decode(content: &[u8]) -> Result<Self, StoredError> {
        let line =
            content.iter().take(MAX_HEADER).position(|&byte| byte == b'\n').ok_or(StoredError::NotStored)?;
        let version = Versioned::read(&content[..line])?;
        if version > VERSION {
            return Err(StoredError::Newer(version));
        }
        let header: Header = serde_json::from_slice(&content[..line]).map_err(|_| StoredError::NotStored)?;
        let bytes = &content[line + 1..];
        if bytes.len() as u64 != header.length {
            return Err(StoredError::Length { expected: header.length, found: bytes.len() as u64 });
        }
        let kind = header.kind.parse().map_err(|_| StoredError::NotStored)?;
        let stored = Self {
            kind,
            schema_version: header.schema_version,
            fetched_at: header.fetched_at,
            bytes: bytes.to_vec(),
        };
        if stored.sha256() != header.sha256 {
            return Err(StoredError::Checksum);
        }
        Ok(stored)
    }

    /// Writes the file: whole or not at all, and, where the system knows owners, readable by its owner only.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), StoredError> {
        let path = path.as_ref();
        let mut name =
            path.file_name().ok_or(io::ErrorKind::InvalidInput).map_err(io::Error::from)?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(name);
        let written = self.write_new(&part).and_then(|()| fs::rename(&part, path));
        if written.is_err() {
            // The fault above is the one to report; a part that can't be removed is only left over.
            drop(fs::remove_file(&part));
        }
        Ok(written?)
    }

    fn write_new(&self, path: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&self.encode())?;
        file.sync_all()
    }

    /// Reads a file and checks it.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, StoredError> {
        Self::decode(&fs::read(path)?)
    }
}

/// What every version of the format begins with.
#[derive(Deserialize)]
struct Versioned {
    format: String,
    version: u32,
}

impl Versioned {
    fn read(line: &[u8]) -> Result<u32, StoredError> {
        match serde_json::from_slice(line) {
            Ok(Self { format, version }) if format == FORMAT => Ok(version),
            _ => Err(StoredError::NotStored),
        }
    }
}

/// The bytes are personal data: only their number is printed.
impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stored")
            .field("kind", &self.kind)
            .field("schema_version", &self.schema_version)
            .field("fetched_at", &self.fetched_at)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored() -> Stored {
        let bytes = r#"{"calls":[{"use_time":61,"place":"上海"}]}"#;
        Stored::new(Kind::TelecomRaw, bytes, Some(1_517_371_200_000_000))
    }

    #[test]
    fn what_is_written_is_read_back_with_its_tables() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("raw");
        stored().write(&path).unwrap();
        stored().write(&path).unwrap();
        let read = Stored::read(&path).unwrap();
        assert_eq!(read, stored());
        assert_eq!(read.tables(&Options::default()).unwrap().table("calls").unwrap().num_rows(), 1);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn every_cut_and_every_changed_bit_is_noticed() {
        let content = stored().encode();
        for length in 0..content.len() {
            assert!(Stored::decode(&content[..length]).is_err(), "cut at {length}");
        }
        for at in 0..content.len() {
            for bit in 0..8 {
                let mut changed = content.clone();
                changed[at] ^= 1 << bit;
                assert!(
                    Stored::decode(&changed).map_or(true, |read| read == stored()),
                    "byte {at}, bit {bit}"
                );
                let in_bytes = at >= content.len() - stored().bytes().len();
                assert!(!in_bytes || Stored::decode(&changed).is_err(), "byte {at}, bit {bit}");
            }
        }
        let longer = [content.as_slice(), b" "].concat();
        assert!(matches!(Stored::decode(&longer), Err(StoredError::Length { .. })));
        let other = String::from_utf8(content).unwrap().replace("telecom_raw", "degree_raw");
        assert!(matches!(Stored::decode(other.as_bytes()), Err(StoredError::Checksum)));
    }

    #[test]
    fn other_files_are_told_apart() {
        for content in ["", "{}\n", "<html>\n", "{\"format\":\"x\",\"version\":1}\n"] {
            assert!(matches!(Stored::decode(content.as_bytes()), Err(StoredError::NotStored)), "{content}");
        }
        let newer = "{\"format\":\"qiancheng-raw\",\"version\":2,\"other\":0}\n";
        assert!(matches!(Stored::decode(newer.as_bytes()), Err(StoredError::Newer(2))));
        assert!(!format!("{:?}", stored()).contains("上海"));
    }
}
