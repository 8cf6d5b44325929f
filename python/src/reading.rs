//! Single values of answers, read and masked as the core reads and masks them.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyString};
use qiancheng::answer::Reading;
use qiancheng::api::Picture;
use qiancheng::personal::{Handle, IdNumber, MobileNumber, PersonName, Personal};
use serde_json::Value;

/// A text as it may be shown: `name`, `id_number`, `mobile`, `handle`; anything else is hidden whole.
#[pyfunction]
pub(crate) fn mask(style: &str, text: &str) -> String {
    match style {
        "name" => PersonName::from(text).to_string(),
        "id_number" => IdNumber::from(text).to_string(),
        "mobile" => MobileNumber::from(text).to_string(),
        "handle" => Handle::from(text).to_string(),
        _ => Personal::from(text).to_string(),
    }
}

/// One value of an answer in its one form: `flag`, `integer`, `number`, `text` or `words`.
#[pyfunction]
pub(crate) fn read_as<'py>(reading: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let known = Reading::named(reading)
        .ok_or_else(|| PyValueError::new_err(format!("there is no reading {reading:?}")))?;
    let py = value.py();
    match known.read(&scalar(value)?).map_err(PyValueError::new_err)? {
        Value::Bool(flag) => Ok(PyBool::new(py, flag).to_owned().into_any()),
        Value::String(text) => Ok(PyString::new(py, &text).into_any()),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Ok(whole.into_pyobject(py)?.into_any()),
            None => Ok(PyFloat::new(py, number.as_f64().unwrap_or(f64::NAN)).into_any()),
        },
        Value::Null | Value::Array(_) | Value::Object(_) => Ok(py.None().into_bound(py)),
    }
}

/// The bytes and the type of a picture in base64; nothing if the text is not base64.
#[pyfunction]
pub(crate) fn picture<'py>(py: Python<'py>, text: &str) -> Option<(Bound<'py, PyBytes>, &'static str)> {
    let picture: Picture = serde_json::from_value(Value::from(text)).ok()?;
    let bytes = picture.bytes()?;
    Some((PyBytes::new(py, &bytes), Picture::mime(&bytes)))
}

/// A scalar of Python's as JSON; a list or an object becomes an empty one, for the reading to refuse.
fn scalar(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        Ok(Value::Null)
    } else if value.is_instance_of::<PyBool>() {
        Ok(value.extract::<bool>()?.into())
    } else if value.is_instance_of::<PyInt>() {
        // Beyond 64 bits it is a number of no use as a whole one.
        Ok(match (value.extract::<i64>(), value.extract::<u64>()) {
            (Ok(whole), _) => whole.into(),
            (_, Ok(whole)) => whole.into(),
            _ => value.extract::<f64>()?.into(),
        })
    } else if value.is_instance_of::<PyFloat>() {
        Ok(value.extract::<f64>()?.into())
    } else if value.is_instance_of::<PyString>() {
        Ok(value.extract::<String>()?.into())
    } else {
        Ok(Value::Array(Vec::new()))
    }
}
