//! Columns as bytes that numpy can look at, computed while the interpreter is released.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array as _, ArrayRef, LargeStringArray, RecordBatch, RecordBatchOptions, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use foldhash::fast::RandomState;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyList, PyString};

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;
/// What numpy means by "not a time".
const NOT_A_TIME: i64 = i64::MIN;

/// A column's name, what it is, its bytes, and what belongs to them.
pub(super) type Parts<'py> = (Bound<'py, PyString>, &'static str, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// A column.
pub(super) enum Array<'a> {
    /// int64; where it may be null, a byte for each row, 1 for a null.
    Integers(Buffer, Option<Buffer>),
    /// float64, NaN for a null.
    Floats(Buffer),
    /// Money as float64, NaN for a null.
    Amounts(Buffer),
    /// Microseconds since 1970 in UTC, as int64.
    Times(Buffer),
    /// Days as microseconds since 1970, as int64.
    Days(Buffer),
    /// A byte for each row, and another, 1 for a null.
    Flags(Buffer, Buffer),
    /// Text.
    Texts(Coded<'a>),
    /// Text that was not asked for.
    Left,
}

/// The columns of a batch.
pub(super) fn of(batch: &RecordBatch, text: bool) -> Vec<Array<'_>> {
    let fields = batch.schema_ref().fields().iter();
    fields.zip(batch.columns()).map(|(field, column)| array(field, column, text)).collect()
}

/// The text columns of a batch, with offsets of 64 bits.
pub(super) fn large_texts(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        if let Some(texts) = column.as_string_opt::<i32>() {
            let offsets = texts.offsets().iter().map(|&offset| i64::from(offset)).collect::<Vec<_>>();
            let offsets = OffsetBuffer::new(offsets.into());
            let texts = LargeStringArray::try_new(offsets, texts.values().clone(), texts.nulls().cloned())?;
            fields.push(Field::new(field.name(), DataType::LargeUtf8, field.is_nullable()));
            columns.push(Arc::new(texts));
        }
    }
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
}

#[allow(clippy::cast_precision_loss, reason = "18 digits of money as a float, as was asked for")]
fn array<'a>(field: &Field, column: &'a ArrayRef, text: bool) -> Array<'a> {
    match column.data_type() {
        DataType::Int64 => {
            let numbers = column.as_primitive::<Int64Type>();
            let mask = field.is_nullable().then(|| mask(numbers.nulls(), numbers.len()));
            Array::Integers(numbers.values().inner().clone(), mask)
        }
        DataType::Float64 => {
            let numbers = column.as_primitive::<Float64Type>();
            if numbers.null_count() == 0 {
                return Array::Floats(numbers.values().inner().clone());
            }
            Array::Floats(numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect::<Vec<_>>().into())
        }
        DataType::Decimal128(_, scale) => {
            let amounts = column.as_primitive::<Decimal128Type>();
            let unit = 10_f64.powi(i32::from(*scale));
            let amounts = amounts.iter().map(|amount| amount.map_or(f64::NAN, |amount| amount as f64 / unit));
            Array::Amounts(amounts.collect::<Vec<_>>().into())
        }
        DataType::Timestamp(..) => {
            let times = column.as_primitive::<TimestampMicrosecondType>();
            if times.null_count() == 0 {
                return Array::Times(times.values().inner().clone());
            }
            Array::Times(times.iter().map(|time| time.unwrap_or(NOT_A_TIME)).collect::<Vec<_>>().into())
        }
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().iter();
            let days = days.map(|day| day.map_or(NOT_A_TIME, |day| i64::from(day) * MICROSECONDS_A_DAY));
            Array::Days(days.collect::<Vec<_>>().into())
        }
        DataType::Boolean => {
            let flags = column.as_boolean();
            let values: Vec<u8> = flags.iter().map(|flag| u8::from(flag == Some(true))).collect();
            Array::Flags(values.into(), mask(flags.nulls(), flags.len()))
        }
        DataType::Utf8 if text => Array::Texts(Coded::of(column.as_string())),
        _ => Array::Left,
    }
}

/// A byte for each row: 1 for a null.
fn mask(nulls: Option<&NullBuffer>, rows: usize) -> Buffer {
    let mask = match nulls {
        Some(nulls) => nulls.iter().map(|valid| u8::from(!valid)).collect(),
        None => vec![0; rows],
    };
    mask.into()
}

impl Array<'_> {
    /// What Python gets: bytes of its own, which it may write to.
    pub(super) fn into_parts<'py>(self, py: Python<'py>, name: &str) -> PyResult<Parts<'py>> {
        let bytes = |buffer: &Buffer| PyByteArray::new(py, buffer.as_slice()).into_any();
        let none = || py.None().into_bound(py);
        let (kind, values, beside) = match &self {
            Self::Integers(values, Some(nulls)) => ("integer", bytes(values), bytes(nulls)),
            Self::Integers(values, None) => ("integer", bytes(values), none()),
            Self::Floats(values) => ("float", bytes(values), none()),
            Self::Amounts(values) => ("decimal", bytes(values), none()),
            Self::Times(values) => ("time", bytes(values), none()),
            Self::Days(values) => ("date", bytes(values), none()),
            Self::Flags(values, nulls) => ("flag", bytes(values), bytes(nulls)),
            Self::Texts(coded) => {
                let places = Buffer::from_slice_ref(&coded.codes);
                ("text", bytes(&places), PyList::new(py, &coded.distinct)?.into_any())
            }
            Self::Left => ("left", none(), none()),
        };
        Ok((PyString::intern(py, name), kind, values, beside))
    }
}

/// Text as numbers of distinct texts. The number after the last is a null's.
pub(super) struct Coded<'a> {
    pub(super) codes: Vec<i32>,
    pub(super) distinct: Vec<&'a str>,
}

impl<'a> Coded<'a> {
    pub(super) fn of(column: &'a StringArray) -> Self {
        let mut known: HashMap<&'a str, i32, RandomState> = HashMap::default();
        let mut distinct: Vec<&'a str> = Vec::new();
        let mut codes = Vec::with_capacity(column.len());
        let mut last: Option<(&'a str, i32)> = None;
        for text in column {
            let Some(text) = text else {
                codes.push(NULL);
                continue;
            };
            // The own number and the time of the fetch are the same in every row.
            if let Some((same, code)) = last
                && same == text
            {
                codes.push(code);
                continue;
            }
            let code = match known.entry(text) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(place) => {
                    distinct.push(text);
                    *place.insert(number(distinct.len() - 1))
                }
            };
            last = Some((text, code));
            codes.push(code);
        }
        let null = number(distinct.len());
        for code in codes.iter_mut().filter(|code| **code == NULL) {
            *code = null;
        }
        Self { codes, distinct }
    }
}

const NULL: i32 = -1;

/// A column has fewer than 2^31 texts, as its offsets have 32 bits.
fn number(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}
