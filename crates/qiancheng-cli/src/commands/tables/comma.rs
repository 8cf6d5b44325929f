//! A table as CSV: UTF-8, a line of names, nothing where there is no value. Times are Beijing's.
//!
//! A text that begins with `=` or `@` is a formula to a spreadsheet, and whoever names a contact could write one. For programs the
//! text stays as it was sent all the same: `+8613800138000` must come back as it went, and the reader is pandas, as a rule. For
//! spreadsheets it is made harmless, on request, together with the mark that makes Excel read Chinese.

use std::fmt::Write as _;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use qiancheng::ErrorKind;

use crate::failure::{Failure, Result};
use crate::instant::BEIJING;

/// Who is going to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Program,
    Spreadsheet,
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes the table.
pub(super) fn csv(batch: &RecordBatch, audience: Audience) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if audience == Audience::Spreadsheet {
        bytes.extend_from_slice(BYTE_ORDER_MARK);
    }
    let mut writer = ::csv::Writer::from_writer(bytes);
    let refuse = |error: ::csv::Error| Failure::new(ErrorKind::Protocol, format!("CSV: {error}"));
    let schema = batch.schema();
    writer.write_record(schema.fields().iter().map(|field| field.name())).map_err(refuse)?;
    let columns = schema
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, array)| Column::of(field.name(), array.as_ref()))
        .collect::<Result<Vec<_>>>()?;
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for column in &columns {
            cell.clear();
            column.write(row, audience, &mut cell);
            writer.write_field(&cell).map_err(refuse)?;
        }
        writer.write_record(None::<&[u8]>).map_err(refuse)?;
    }
    writer.into_inner().map_err(|error| Failure::new(ErrorKind::Protocol, format!("CSV: {error}")))
}

/// A column whose type is known.
enum Column<'a> {
    Text(&'a arrow_array::StringArray),
    Integer(&'a arrow_array::Int64Array),
    Float(&'a arrow_array::Float64Array),
    Money(&'a arrow_array::Decimal128Array),
    Flag(&'a arrow_array::BooleanArray),
    Time(&'a arrow_array::TimestampMicrosecondArray),
    Date(&'a arrow_array::Date32Array),
}

impl<'a> Column<'a> {
    fn of(name: &str, array: &'a dyn Array) -> Result<Self> {
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::Int64 => Self::Integer(array.as_primitive::<Int64Type>()),
            DataType::Float64 => Self::Float(array.as_primitive::<Float64Type>()),
            DataType::Decimal128(..) => Self::Money(array.as_primitive::<Decimal128Type>()),
            DataType::Boolean => Self::Flag(array.as_boolean()),
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                Self::Time(array.as_primitive::<TimestampMicrosecondType>())
            }
            DataType::Date32 => Self::Date(array.as_primitive::<Date32Type>()),
            other => {
                let message = format!("CSV: column {name} is of the type {other}, which has no text here");
                return Err(Failure::new(ErrorKind::Protocol, message));
            }
        })
    }

    /// Writes a value; none is written as nothing, and so is NaN.
    fn write(&self, row: usize, audience: Audience, cell: &mut String) {
        let array: &dyn Array = match self {
            Self::Text(array) => *array,
            Self::Integer(array) => *array,
            Self::Float(array) => *array,
            Self::Money(array) => *array,
            Self::Flag(array) => *array,
            Self::Time(array) => *array,
            Self::Date(array) => *array,
        };
        if array.is_null(row) {
            return;
        }
        let written = match self {
            Self::Text(array) => {
                let text = array.value(row);
                let quoted = audience == Audience::Spreadsheet && is_formula(text);
                write!(cell, "{}{text}", if quoted { "'" } else { "" })
            }
            Self::Integer(array) => write!(cell, "{}", array.value(row)),
            Self::Float(array) if array.value(row).is_nan() => Ok(()),
            Self::Float(array) => write!(cell, "{}", array.value(row)),
            Self::Money(array) => write!(cell, "{}", array.value_as_string(row)),
            Self::Flag(array) => write!(cell, "{}", array.value(row)),
            Self::Time(array) => write!(cell, "{}", time(array.value(row))),
            Self::Date(array) => write!(cell, "{}", date(array.value(row))),
        };
        written.expect("writing to a String cannot fail");
    }
}

/// What Excel, LibreOffice and WPS begin to calculate.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Such as 2018-01-31 12:34:56; what no calendar holds stays a number of microseconds.
fn time(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds).map_or_else(
        |_| microseconds.to_string(),
        |instant| {
            let local = BEIJING.to_datetime(instant);
            format!("{} {}", local.date(), local.time())
        },
    )
}

/// Such as 2018-01-31; what no calendar holds stays a number of days.
fn date(days: i32) -> String {
    let epoch = Date::constant(1970, 1, 1);
    epoch.checked_add(days.days()).map_or_else(|_| days.to_string(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array,
        StringArray, TimestampMicrosecondArray,
    };

    use super::*;

    fn batch(texts: [Option<&str>; 2]) -> RecordBatch {
        let noon = 1_517_373_296_000_000;
        let columns: [(&str, ArrayRef); 7] = [
            ("text", Arc::new(StringArray::from(texts.to_vec()))),
            ("integer", Arc::new(Int64Array::from(vec![Some(-7), None]))),
            ("float", Arc::new(Float64Array::from(vec![0.1, f64::NAN]))),
            (
                "money",
                Arc::new(
                    Decimal128Array::from(vec![Some(-5), None])
                        .with_precision_and_scale(18, 2)
                        .expect("fits"),
                ),
            ),
            ("flag", Arc::new(BooleanArray::from(vec![Some(true), None]))),
            (
                "time",
                Arc::new(
                    TimestampMicrosecondArray::from(vec![Some(noon), None]).with_timezone("Asia/Shanghai"),
                ),
            ),
            ("date", Arc::new(Date32Array::from(vec![Some(17_562), Some(-1)]))),
        ];
        RecordBatch::try_from_iter(columns).expect("a table")
    }

    fn text(batch: &RecordBatch, audience: Audience) -> String {
        String::from_utf8(csv(batch, audience).expect("written")).expect("UTF-8")
    }

    #[test]
    fn values_are_written_so_that_anything_can_read_them() {
        let text = text(&batch([Some("a,\"b\"\nc"), None]), Audience::Program);
        assert_eq!(
            text,
            "text,integer,float,money,flag,time,date\n\
             \"a,\"\"b\"\"\nc\",-7,0.1,-0.05,true,2018-01-31 12:34:56,2018-01-31\n\
             ,,,,,,1969-12-31\n"
        );
    }

    #[test]
    fn a_formula_stays_for_programs_and_is_made_harmless_for_spreadsheets() {
        let batch = batch([Some("=1+1"), Some("+8613800138000")]);
        assert!(text(&batch, Audience::Program).contains("\n=1+1,"));
        let safe = text(&batch, Audience::Spreadsheet);
        assert!(safe.starts_with("\u{feff}text,"));
        assert!(safe.contains("\n'=1+1,-7,") && safe.contains("\n'+8613800138000,"));
    }

    #[test]
    fn a_table_without_rows_has_its_names() {
        let text = text(&batch([None, None]).slice(0, 0), Audience::Program);
        assert_eq!(text, "text,integer,float,money,flag,time,date\n");
    }

    #[test]
    fn a_type_that_no_table_has_is_an_error() {
        let column: ArrayRef = Arc::new(Int32Array::from(vec![1]));
        let batch = RecordBatch::try_from_iter([("odd", column)]).expect("a table");
        assert!(csv(&batch, Audience::Program).expect_err("unknown").text().contains("odd"));
    }
}
