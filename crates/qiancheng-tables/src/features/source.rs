//! Columns of the tables that features are computed from.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, BooleanArray, PrimitiveArray, RecordBatch, StringArray};

use super::FeatureError;

/// Tables by their names.
pub(super) trait Source {
    /// A table's rows.
    fn batch(&self, table: &str) -> Option<&RecordBatch>;
}

/// A table that is there, and has rows.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    table: &'static str,
    batch: &'a RecordBatch,
}

impl<'a> Rows<'a> {
    /// `None`: there is no such table, or nothing in it.
    pub(super) fn of(source: &'a dyn Source, table: &'static str) -> Option<Self> {
        let batch = source.batch(table).filter(|batch| batch.num_rows() > 0)?;
        Some(Self { table, batch })
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        self.batch.num_rows()
    }

    pub(super) fn texts(&self, column: &'static str) -> Result<&'a StringArray, FeatureError> {
        self.column(column, |array| array.as_string_opt::<i32>())
    }

    pub(super) fn integers(
        &self,
        column: &'static str,
    ) -> Result<&'a PrimitiveArray<Int64Type>, FeatureError> {
        self.column(column, |array| array.as_primitive_opt())
    }

    pub(super) fn floats(
        &self,
        column: &'static str,
    ) -> Result<&'a PrimitiveArray<Float64Type>, FeatureError> {
        self.column(column, |array| array.as_primitive_opt())
    }

    pub(super) fn flags(&self, column: &'static str) -> Result<&'a BooleanArray, FeatureError> {
        self.column(column, |array| array.as_boolean_opt())
    }

    pub(super) fn days(&self, column: &'static str) -> Result<&'a PrimitiveArray<Date32Type>, FeatureError> {
        self.column(column, |array| array.as_primitive_opt())
    }

    pub(super) fn times(
        &self,
        column: &'static str,
    ) -> Result<&'a PrimitiveArray<TimestampMicrosecondType>, FeatureError> {
        self.column(column, |array| array.as_primitive_opt())
    }

    pub(super) fn money(&self, column: &'static str) -> Result<Money<'a>, FeatureError> {
        let amounts: &PrimitiveArray<Decimal128Type> =
            self.column(column, |array| array.as_primitive_opt())?;
        Ok(Money { amounts, unit: 10_f64.powi(i32::from(amounts.scale())) })
    }

    fn column<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&'a dyn Array) -> Option<T>,
    ) -> Result<T, FeatureError> {
        let array = self.batch.column_by_name(column).map(|array| -> &'a dyn Array { array });
        array.and_then(read).ok_or(FeatureError::Column { table: self.table, column })
    }
}

/// A column of amounts, which are added up as the whole numbers they are: in any order to the same sum.
#[derive(Clone, Copy)]
pub(super) struct Money<'a> {
    amounts: &'a PrimitiveArray<Decimal128Type>,
    unit: f64,
}

impl Money<'_> {
    /// The amount in the smallest unit that the column knows.
    pub(super) fn at(&self, row: usize) -> Option<i128> {
        self.amounts.is_valid(row).then(|| self.amounts.value(row))
    }

    /// In yuan.
    #[allow(clippy::cast_precision_loss, reason = "18 digits of money; a feature has 15 of them")]
    pub(super) fn yuan(&self, amount: i128) -> f64 {
        amount as f64 / self.unit
    }
}

/// The value of a row, if it has one.
pub(super) fn value<T: arrow_array::ArrowPrimitiveType>(
    array: &PrimitiveArray<T>,
    row: usize,
) -> Option<T::Native> {
    array.is_valid(row).then(|| array.value(row))
}

/// The text of a row, if it has one that is not empty.
pub(super) fn text(array: &StringArray, row: usize) -> Option<&str> {
    Some(array.value(row)).filter(|text| array.is_valid(row) && !text.is_empty())
}
