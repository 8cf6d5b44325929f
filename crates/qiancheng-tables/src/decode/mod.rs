//! From bytes to columns in one pass.
//!
//! [`plan`] turns the declared schemas into trees of keys. [`document`] finds the topmost records under their wrappings;
//! [`records`] walks through them and writes a row when its record ends; [`finish`] fills what only the whole document
//! tells. A value that does not fit its column is null and counted in [`issues`].

mod builders;
mod cells;
mod document;
mod finish;
mod issues;
mod plan;
mod records;
mod state;
mod values;

pub(crate) use cells::Cell;
pub(crate) use issues::IssueKind;

use crate::error::{ReadError, ReadErrorKind};
use crate::json::Fault;
use crate::kind::Kind;
use crate::options::Options;
use crate::tables::Tables;
use state::Decoder;

/// Offsets in text columns have 32 bits.
const MAX_BYTES: usize = i32::MAX as usize;

/// Reads a document into its tables.
pub(crate) fn read(kind: Kind, bytes: &[u8], options: Options) -> Result<Tables, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::new(&too_large(), bytes));
    }
    let (text, encoding_fault) = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let fault = not_utf8(error.valid_up_to());
            if !options.partial {
                return Err(ReadError::new(&fault, bytes));
            }
            let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            (valid, Some(fault))
        }
    };
    let mut decoder = Decoder::new(kind, text, options);
    let fault = match decoder.document() {
        Ok(()) => encoding_fault,
        Err(fault) if options.partial => Some(encoding_fault.unwrap_or(*fault)),
        Err(fault) => return Err(ReadError::new(&fault, bytes)),
    };
    Ok(decoder.finish(fault.map(|fault| ReadError::new(&fault, bytes))))
}

fn not_utf8(at: usize) -> Fault {
    Fault { kind: ReadErrorKind::Encoding, at, expected: "UTF-8", found: "another byte", steps: Vec::new() }
}

fn too_large() -> Fault {
    let expected = "a document of less than 2 GiB";
    Fault { kind: ReadErrorKind::Unrecognised, at: 0, expected, found: "a larger one", steps: Vec::new() }
}
