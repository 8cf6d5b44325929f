//! One row of numbers per applicant.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyTuple};
use qiancheng_tables::features::{self, Features};

use super::document::NativeTables;
use super::fault::released;
use super::table::NativeTable;

/// Computes the features of telecom raw data, and of the report if there is one, seen from `as_of` (microseconds since 1970 in
/// UTC).
#[pyfunction]
#[pyo3(signature = (raw, report = None, as_of = None))]
pub(crate) fn features_telecom(
    py: Python<'_>,
    raw: &Bound<'_, NativeTables>,
    report: Option<&Bound<'_, NativeTables>>,
    as_of: Option<i64>,
) -> PyResult<NativeFeatures> {
    let raw = &raw.get().0;
    let report = report.map(|report| &report.get().0);
    let features = released(py, || features::telecom(raw, report, as_of))?;
    features.map(NativeFeatures).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// What a feature says: name, description in English and Chinese, unit, window in days, and what NaN means, in both.
type Entry =
    (&'static str, &'static str, &'static str, &'static str, Option<u32>, &'static str, &'static str);

/// Every feature, in the order of the row.
#[pyfunction]
pub(crate) fn feature_dictionary() -> Vec<Entry> {
    let entry = |info: &'static features::FeatureInfo| -> Entry {
        let (name, english, chinese) = (&info.name, &info.description, &info.description_zh);
        (name, english, chinese, info.unit, info.window_days, info.nan, info.nan_zh)
    };
    features::dictionary().iter().map(entry).collect()
}

/// One row of numbers.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeFeatures(Features);

#[pymethods]
impl NativeFeatures {
    /// Takes a row that was kept, by this version of the features.
    #[new]
    fn new(values: Vec<f64>, as_of: Option<i64>, version: u32) -> PyResult<Self> {
        let kept = (version == features::VERSION).then(|| Features::from_values(as_of, values)).flatten();
        kept.map(Self).ok_or_else(|| {
            PyValueError::new_err(
                "the features were kept by another version of this library: compute them again",
            )
        })
    }

    /// The version of the names, their order and their meaning.
    #[classattr]
    const VERSION: u32 = features::VERSION;

    /// The names in order.
    #[getter]
    fn names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.names())
    }

    /// The values in order.
    #[getter]
    fn values(&self) -> Vec<f64> {
        self.0.values().to_vec()
    }

    /// The values in order, as bytes that numpy can look at.
    fn buffer<'py>(&self, py: Python<'py>) -> Bound<'py, PyByteArray> {
        let bytes: Vec<u8> = self.0.values().iter().flat_map(|value| value.to_ne_bytes()).collect();
        PyByteArray::new(py, &bytes)
    }

    /// The instant that windows count back from, in microseconds since 1970 in UTC.
    #[getter]
    fn as_of(&self) -> Option<i64> {
        self.0.as_of()
    }

    /// Whether the other has the same numbers to the bit, seen from the same instant: one NaN is like another.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let bits = |features: &Features| -> Vec<u64> {
            features
                .values()
                .iter()
                .map(|value| if value.is_nan() { f64::NAN } else { *value }.to_bits())
                .collect()
        };
        other.cast::<Self>().is_ok_and(|other| {
            self.0.as_of() == other.get().0.as_of() && bits(&self.0) == bits(&other.get().0)
        })
    }

    /// The row as a table.
    fn table(&self) -> NativeTable {
        NativeTable::new("features", self.0.to_batch())
    }
}
