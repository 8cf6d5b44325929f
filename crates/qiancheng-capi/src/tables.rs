//! Raw data and reports as tables: Arrow record batches by declared schemas, the same columns for every applicant. They leave
//! through the Arrow C data interface, as `struct ArrowArrayStream`, which pandas, polars, DuckDB and every Arrow library
//! read without a copy. A stream is the caller's: it ends with its own `release`, and lives on when the tables are freed.

use std::ffi::c_char;

use arrow_array::ffi_stream::FFI_ArrowArrayStream as ArrowArrayStream;
use qiancheng::{Error, ErrorKind, Result};
use qiancheng_tables::{Kind, Options, ReadError, SignConvention, Table, Tables, UnknownKind, features};
use serde::Deserialize;
use serde_json::Value;

use crate::answer::document::Document as Answered;
use crate::answer::qc_answer;
use crate::argument::{Out, bytes, optional_text, text_bytes};
use crate::boundary::{fallible, free, look, look_at, on};
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::parameters::optional_object;
use crate::status::qc_status;
use crate::text::{Charset, Crossing, Spoken};

/// The tables of one document.
pub struct qc_tables {
    _opaque: [u8; 0],
}

handle!(qc_tables, "tables", b"qctables", Boxed<Document>);

/// Tables, with their names for C.
pub(crate) struct Document {
    tables: Tables,
    names: Vec<Crossing>,
}

impl Spoken for Document {
    /// Names of tables and columns, and errors about them, are ASCII.
    fn charset(&self) -> Charset {
        Charset::UTF8
    }
}

/// How to read a document.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wishes {
    strict: bool,
    partial: bool,
    expense_positive: bool,
}

impl Wishes {
    fn read(json: Value) -> Result<Options> {
        let wishes: Self = serde_json::from_value(json).map_err(|_| {
            let words =
                "the argument options_json takes strict, partial and expense_positive, each true or false";
            Error::refused_argument("options_json", words)
        })?;
        let sign = if wishes.expense_positive {
            SignConvention::ExpensePositive
        } else {
            SignConvention::IncomePositive
        };
        Ok(Options::default().strict(wishes.strict).partial(wishes.partial).sign(sign))
    }
}

impl Document {
    fn read(kind: &[u8], document: &[u8], options: Value) -> Result<Self> {
        let kind: Kind = String::from_utf8_lossy(kind)
            .parse()
            .map_err(|error: UnknownKind| Error::refused_argument("kind", error.to_string()))?;
        let tables = qiancheng_tables::read(kind, document, &Wishes::read(options)?)
            .map_err(|error| unreadable(&error))?;
        let names = tables.names().map(|name| Charset::UTF8.message(name)).collect();
        Ok(Self { tables, names })
    }

    fn table(&self, name: &[u8]) -> Result<&Table> {
        let found = std::str::from_utf8(name).ok().and_then(|name| self.tables.table(name));
        found.ok_or_else(|| {
            let names: Vec<&str> = self.tables.names().collect();
            let words = format!("there is no such table; there are {}", names.join(", "));
            Error::refused_argument("name", words)
        })
    }

    fn features(&self, report: Option<&Self>, as_of: Option<&str>) -> Result<ArrowArrayStream> {
        let as_of = as_of.map(|time| {
            features::as_of(time).ok_or_else(|| {
                let words = "the argument as_of is not a time, such as 2018-01-31 12:34:56, Beijing";
                Error::refused_argument("as_of", words)
            })
        });
        let row = features::telecom(&self.tables, report.map(|report| &report.tables), as_of.transpose()?)
            .map_err(|error| Error::of_binding(ErrorKind::InvalidInput, error.to_string()))?;
        Ok(row.stream())
    }
}

/// A document that is not what it should be.
fn unreadable(error: &ReadError) -> Error {
    Error::of_binding(ErrorKind::Protocol, error.to_string()).with_field(error.path())
}

/// Reads a document.
///
/// @param kind `telecom_raw`, `telecom_report`, `degree_raw`, `ebank_raw` or `bank_list`
/// @param bytes the answer's data, or the vendor's whole envelope around it, in UTF-8
/// @param len how many bytes they are
/// @param options_json a JSON object, or NULL: `strict` (the first value that does not fit is an error, instead of a null that
///     is counted in the table `issues`), `partial` (a broken document gives what could be read of it), `expense_positive`
///     (money out is positive in this source); each false by default
/// @param out where the tables go; free them with qc_tables_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_PROTOCOL if the document is broken or of another kind
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_tables_read(
    kind: *const c_char,
    bytes: *const u8,
    len: usize,
    options_json: *const c_char,
    out: *mut *mut qc_tables,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        fallible(err, || {
            let (kind, document) = (text_bytes(kind, "kind")?, self::bytes(bytes, len, "bytes")?);
            let options = optional_object(Charset::UTF8, options_json, "options_json")?;
            let out = Out::new(out, "out")?;
            out.write(handle::make(Document::read(kind, document, options)?));
            Ok(())
        })
    }
}

/// The same for an answer, which is not copied.
///
/// @param kind `telecom_raw`, `telecom_report`, `degree_raw`, `ebank_raw` or `bank_list`
/// @param answer the answer; it is not needed afterwards
/// @param options_json a JSON object in the answer's encoding, or NULL: as for qc_tables_read()
/// @param out where the tables go; free them with qc_tables_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_PROTOCOL if the document is broken or of another kind
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_tables_from_answer(
    kind: *const c_char,
    answer: *const qc_answer,
    options_json: *const c_char,
    out: *mut *mut qc_tables,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |answer: &Answered| {
            let kind = text_bytes(kind, "kind")?;
            let options = optional_object(answer.charset(), options_json, "options_json")?;
            let out = Out::new(out, "out")?;
            out.write(handle::make(Document::read(kind, answer.data().as_bytes(), options)?));
            Ok(())
        })
    }
}

/// How many tables there are.
///
/// @param tables the tables, or NULL
/// @return their number; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_tables_count(tables: *const qc_tables) -> usize {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(tables, |document| document.names.len()) }
}

/// The name of a table.
///
/// @param tables the tables, or NULL
/// @param index which table, from 0
/// @return a text in ASCII that belongs to the tables; NULL if there are not so many
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_tables_name(tables: *const qc_tables, index: usize) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look_at(tables, |document| document.names.get(index).map_or(std::ptr::null(), Crossing::as_ptr))
    }
}

/// How many rows a table has.
///
/// @param tables the tables
/// @param name the table's name, such as `calls`
/// @param out where the number goes
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no such table
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_table_rows(
    tables: *const qc_tables,
    name: *const c_char,
    out: *mut u64,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(tables, err, |document: &Document| {
            let (name, out) = (text_bytes(name, "name")?, Out::new(out, "out")?);
            out.write(u64::try_from(document.table(name)?.num_rows()).unwrap_or(u64::MAX));
            Ok(())
        })
    }
}

/// The rows of a table as a stream of the Arrow C data interface. They are not copied.
///
/// @param tables the tables
/// @param name the table's name, such as `calls`
/// @param out where the stream goes: a struct that holds none, or one that was released. Call its `release` when you are done
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no such table
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_table_stream(
    tables: *const qc_tables,
    name: *const c_char,
    out: *mut ArrowArrayStream,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(tables, err, |document: &Document| {
            let (name, out) = (text_bytes(name, "name")?, Out::new(out, "out")?);
            out.write(document.table(name)?.stream());
            Ok(())
        })
    }
}

/// One row of numbers for an applicant, ready for a scorecard: a column for each feature, NaN where there is nothing to say.
///
/// @param tables tables of telecom raw data
/// @param report tables of the same applicant's report, or NULL
/// @param as_of what windows count back from, as the vendor writes times (`2018-01-31 12:34:56`, Beijing); NULL: when the data
///     were fetched
/// @param out where the stream goes: a struct that holds none, or one that was released. Call its `release` when you are done
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if the tables are of another kind
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_table_features(
    tables: *const qc_tables,
    report: *const qc_tables,
    as_of: *const c_char,
    out: *mut ArrowArrayStream,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(tables, err, |raw: &Document| {
            let report = handle::enter_optional(report, "report")?;
            let as_of = optional_text(Charset::UTF8, as_of, "as_of")?;
            let out = Out::new(out, "out")?;
            out.write(raw.features(report, as_of.as_deref())?);
            Ok(())
        })
    }
}

/// Frees tables. Streams that came from them stay.
///
/// @param tables the tables, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_tables_free(tables: *mut qc_tables) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(tables) }
}
