//! A column as a Python list.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray};
use arrow_schema::DataType;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::arrays::Coded;

/// The values, nulls as `None`.
pub(super) fn list<'py>(py: Python<'py>, column: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    match column.data_type() {
        DataType::Utf8 => texts(py, &Coded::of(column.as_string())),
        DataType::Int64 => numbers(py, column.as_primitive::<Int64Type>()),
        DataType::Float64 => numbers(py, column.as_primitive::<Float64Type>()),
        DataType::Timestamp(..) => numbers(py, column.as_primitive::<TimestampMicrosecondType>()),
        DataType::Date32 => numbers(py, column.as_primitive::<Date32Type>()),
        DataType::Decimal128(..) => {
            let amounts = column.as_primitive::<Decimal128Type>();
            PyList::new(py, wide(amounts))
        }
        DataType::Boolean => PyList::new(py, column.as_boolean().iter().collect::<Vec<_>>()),
        other => Err(PyTypeError::new_err(format!("a column of the type {other} has no Python values"))),
    }
}

fn numbers<'py, T>(py: Python<'py>, column: &PrimitiveArray<T>) -> PyResult<Bound<'py, PyList>>
where
    T: ArrowPrimitiveType,
    T::Native: IntoPyObject<'py>,
{
    PyList::new(py, column.iter().collect::<Vec<_>>())
}

/// Money as whole numbers: 18 digits fit into 64 bits.
fn wide(amounts: &PrimitiveArray<Decimal128Type>) -> Vec<Option<i64>> {
    amounts.iter().map(|amount| amount.and_then(|amount| i64::try_from(amount).ok())).collect()
}

/// Text: each one is made once, however often it stands there.
fn texts<'py>(py: Python<'py>, coded: &Coded<'_>) -> PyResult<Bound<'py, PyList>> {
    let mut distinct: Vec<Bound<'py, PyAny>> =
        coded.distinct.iter().map(|text| PyString::new(py, text).into_any()).collect();
    distinct.push(py.None().into_bound_py_any(py)?);
    PyList::new(py, coded.codes.iter().map(|&code| &distinct[usize::try_from(code).unwrap_or_default()]))
}
