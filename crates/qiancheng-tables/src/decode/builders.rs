//! Columns while they grow.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, Float64Builder, Int64Builder,
    StringBuilder, TimestampMicrosecondBuilder,
};

use super::Cell;
use crate::schema::Type;

/// A growing column.
#[derive(Debug)]
pub(super) enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Money(Decimal128Builder),
    Flag(BooleanBuilder),
    Time(TimestampMicrosecondBuilder),
    Date(Date32Builder),
}

impl Builder {
    /// A column with room for so many values, and, if they are texts, for so many bytes of them.
    pub(super) fn new(ty: Type, rows: usize, bytes: usize) -> Self {
        match ty {
            Type::Text | Type::CardEnds => Self::Text(StringBuilder::with_capacity(rows, bytes)),
            Type::Integer => Self::Integer(Int64Builder::with_capacity(rows)),
            Type::Float => Self::Float(Float64Builder::with_capacity(rows)),
            Type::Money | Type::SignedMoney => {
                Self::Money(Decimal128Builder::with_capacity(rows).with_data_type(ty.arrow()))
            }
            Type::Flag => Self::Flag(BooleanBuilder::with_capacity(rows)),
            Type::Time => {
                Self::Time(TimestampMicrosecondBuilder::with_capacity(rows).with_data_type(ty.arrow()))
            }
            Type::Date => Self::Date(Date32Builder::with_capacity(rows)),
        }
    }

    /// Appends a cell; one of another type is null.
    #[inline]
    pub(super) fn append(&mut self, cell: Cell<'_>, scratch: &str) {
        match (self, cell) {
            (Self::Text(builder), Cell::Text(text)) => builder.append_value(text),
            (Self::Text(builder), Cell::Scratch(from, to)) => builder.append_option(scratch.get(from..to)),
            (Self::Integer(builder), Cell::Integer(value)) => builder.append_value(value),
            (Self::Time(builder), Cell::Integer(micros)) => builder.append_value(micros),
            (Self::Money(builder), Cell::Integer(hundredths)) => builder.append_value(i128::from(hundredths)),
            (Self::Date(builder), Cell::Integer(days)) => builder.append_option(i32::try_from(days).ok()),
            (Self::Float(builder), Cell::Float(value)) => builder.append_value(value),
            (Self::Flag(builder), Cell::Integer(flag)) => builder.append_value(flag != 0),
            (builder, _) => builder.append_null(),
        }
    }

    fn append_null(&mut self) {
        match self {
            Self::Text(builder) => builder.append_null(),
            Self::Integer(builder) => builder.append_null(),
            Self::Float(builder) => builder.append_null(),
            Self::Money(builder) => builder.append_null(),
            Self::Flag(builder) => builder.append_null(),
            Self::Time(builder) => builder.append_null(),
            Self::Date(builder) => builder.append_null(),
        }
    }

    pub(super) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Float(builder) => Arc::new(builder.finish()),
            Self::Money(builder) => ArrayBuilder::finish(builder),
            Self::Flag(builder) => Arc::new(builder.finish()),
            Self::Time(builder) => Arc::new(builder.finish()),
            Self::Date(builder) => Arc::new(builder.finish()),
        }
    }
}
