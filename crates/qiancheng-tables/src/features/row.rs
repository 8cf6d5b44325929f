//! The row that comes out.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, DataType, Field, Schema};

use super::dictionary::{VERSION, dictionary};

/// One row of features, in the order of the [`dictionary`].
#[derive(Debug, Clone)]
pub struct Features {
    as_of: Option<i64>,
    values: Vec<f64>,
}

impl Features {
    pub(super) fn new(as_of: Option<i64>, values: Vec<f64>) -> Self {
        Self { as_of, values }
    }

    /// A row that was kept: one value for each name of the [`dictionary`], in its order; `None` for another number of values.
    pub fn from_values(as_of: Option<i64>, values: Vec<f64>) -> Option<Self> {
        (values.len() == dictionary().len()).then(|| Self::new(as_of, values))
    }

    /// The instant that windows count back from, in microseconds since 1970 in UTC. `None`: it was not given, and the document
    /// does not say when it was fetched.
    pub fn as_of(&self) -> Option<i64> {
        self.as_of
    }

    /// The names, in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &'static str> {
        dictionary().iter().map(|info| info.name.as_str())
    }

    /// The values, in order; NaN is a missing one.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// A value by its name.
    pub fn get(&self, name: &str) -> Option<f64> {
        static PLACES: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
            dictionary().iter().enumerate().map(|(place, info)| (info.name.as_str(), place)).collect()
        });
        PLACES.get(name).map(|&place| self.values[place])
    }

    /// Names with values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static str, f64)> {
        self.names().zip(self.values.iter().copied())
    }

    /// One row of float64 columns, with what they mean in the fields' metadata. A missing value stays a NaN.
    #[allow(clippy::missing_panics_doc, reason = "it cannot")]
    pub fn to_batch(&self) -> RecordBatch {
        let columns = self.values.iter().map(|&value| Arc::new(Float64Array::from(vec![value])) as ArrayRef);
        let mut schema = SCHEMA.clone();
        if let Some(as_of) = self.as_of {
            schema.metadata.insert("as_of".to_owned(), as_of.to_string());
        }
        let batch = RecordBatch::try_new(Arc::new(schema), columns.collect());
        batch.expect("a value of one row for each name, as both come from the declarations")
    }

    /// The row as a stream of the Arrow C data interface, for other languages.
    pub fn stream(&self) -> FFI_ArrowArrayStream {
        let batch = self.to_batch();
        let schema = batch.schema();
        FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok::<_, ArrowError>(batch)], schema)))
    }
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let field = |info: &super::FeatureInfo| {
        let metadata = [
            ("description", info.description.as_str()),
            ("description_zh", info.description_zh.as_str()),
            ("unit", info.unit),
            ("nan", info.nan),
            ("nan_zh", info.nan_zh),
        ];
        let metadata = metadata.map(|(key, text)| (key.to_owned(), text.to_owned()));
        Field::new(&info.name, DataType::Float64, false).with_metadata(HashMap::from(metadata))
    };
    let fields: Vec<Field> = dictionary().iter().map(field).collect();
    let metadata = [("table", "features".to_owned()), ("version", VERSION.to_string())];
    Schema::new_with_metadata(fields, metadata.map(|(key, text)| (key.to_owned(), text)))
});
