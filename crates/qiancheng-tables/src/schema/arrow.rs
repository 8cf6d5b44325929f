//! Declarations as Arrow schemas.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

use super::dictionary::source_of;
use super::{Column, KindSchema, TableSchema, Type};

/// The zone of all times.
pub(crate) const ZONE: &str = "Asia/Shanghai";
/// Digits of an amount of money.
pub(crate) const PRECISION: u8 = 18;
/// Digits of it behind the point.
pub(crate) const SCALE: i8 = 2;

impl Type {
    /// As Arrow calls it.
    pub(crate) fn arrow(self) -> DataType {
        match self {
            Self::Text | Self::CardEnds => DataType::Utf8,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Money | Self::SignedMoney => DataType::Decimal128(PRECISION, SCALE),
            Self::Flag => DataType::Boolean,
            Self::Time => DataType::Timestamp(TimeUnit::Microsecond, Some(ZONE.into())),
            Self::Date => DataType::Date32,
        }
    }
}

/// A table's schema, with what its columns mean.
pub(crate) fn arrow_schema(kind: &KindSchema, table: &TableSchema) -> SchemaRef {
    let fields: Vec<Field> = table.columns().map(|column| field(table, column)).collect();
    let metadata = [
        ("kind", kind.kind.name().to_owned()),
        ("table", table.name.to_owned()),
        ("schema_version", kind.version.to_string()),
        ("description", table.description.to_owned()),
        ("description_zh", table.description_zh.to_owned()),
    ];
    let metadata: HashMap<String, String> =
        metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Arc::new(Schema::new_with_metadata(fields, metadata))
}

fn field(table: &TableSchema, column: &Column) -> Field {
    let mut metadata = HashMap::from([
        ("description".to_owned(), column.description.to_owned()),
        ("description_zh".to_owned(), column.description_zh.to_owned()),
        ("source".to_owned(), source_of(table, column)),
    ]);
    if let Some(unit) = column.unit {
        metadata.insert("unit".to_owned(), unit.name().to_owned());
    }
    if column.personal {
        metadata.insert("personal".to_owned(), "true".to_owned());
    }
    Field::new(column.name, column.ty.arrow(), !column.always_filled()).with_metadata(metadata)
}
