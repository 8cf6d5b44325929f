//! Python values as JSON, for the parameters of calls.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMapping, PySequence, PyString, PyTuple,
};
use serde_json::{Map, Number, Value};

use crate::errors::invalid;

/// Deeper than anything the vendor takes; a list that holds itself ends here.
const DEEPEST: usize = 32;

/// Where a value is: a chain of steps from the parameters down to it.
enum Place<'a> {
    Root,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// As a JSON Pointer.
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(parent, name) => {
                format!("{}/{}", parent.pointer(), name.replace('~', "~0").replace('/', "~1"))
            }
            Self::Item(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }

    fn depth(&self) -> usize {
        match self {
            Self::Root => 0,
            Self::Member(parent, _) | Self::Item(parent, _) => 1 + parent.depth(),
        }
    }
}

/// The parameters of a call: a dict, another mapping, a named tuple or a data class; nothing for none.
pub(crate) fn params(value: Option<&Bound<'_, PyAny>>) -> PyResult<Value> {
    let Some(value) = value.filter(|value| !value.is_none()) else { return Ok(Value::Null) };
    if let Ok(dict) = value.cast_exact::<PyDict>() {
        return object(dict, &Place::Root);
    }
    if let Some(dict) = members(value)? {
        return object(&dict, &Place::Root);
    }
    let name = value.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "the parameters must be a dict, another mapping, a named tuple or a data class, not {name}"
    )))
}

/// The members of something like an object.
fn members<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyDict>>> {
    let py = value.py();
    if let Ok(dict) = value.cast::<PyDict>() {
        return Ok(Some(dict.clone()));
    }
    if value.cast::<PyTuple>().is_ok() {
        let Ok(named) = value.call_method0(intern!(py, "_asdict")) else { return Ok(None) };
        return Ok(named.cast_into::<PyDict>().ok());
    }
    if value.cast::<PyMapping>().is_ok() {
        let dict = PyDict::new(py);
        dict.call_method1(intern!(py, "update"), (value,))?;
        return Ok(Some(dict));
    }
    if let Ok(fields) = value.getattr(intern!(py, "__dataclass_fields__"))
        && let Ok(fields) = fields.cast_into::<PyDict>()
    {
        let dict = PyDict::new(py);
        for name in fields.keys() {
            dict.set_item(&name, value.getattr(name.cast::<PyString>()?)?)?;
        }
        return Ok(Some(dict));
    }
    Ok(None)
}

fn object(dict: &Bound<'_, PyDict>, place: &Place<'_>) -> PyResult<Value> {
    let mut map = Map::with_capacity(dict.len());
    for (key, value) in dict.iter() {
        let Ok(name) = key.cast::<PyString>() else {
            let message = format!("names must be text, not {}", key.get_type().name()?);
            return Err(invalid(dict.py(), &place.pointer(), &message));
        };
        let name = text(name, place)?;
        let json = any(&value, &Place::Member(place, &name))?;
        map.insert(name, json);
    }
    Ok(Value::Object(map))
}

/// Any value, as JSON.
pub(crate) fn json(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    any(value, &Place::Root)
}

fn any(value: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Value> {
    if let Ok(string) = value.cast::<PyString>() {
        return Ok(Value::String(text(string, place)?));
    }
    if value.is_none() {
        return Ok(Value::Null);
    }
    // Before int: every bool is one.
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if value.cast::<PyInt>().is_ok() {
        return whole(value, place);
    }
    if let Ok(float) = value.cast::<PyFloat>() {
        return number(value, float.value(), place);
    }
    if place.depth() >= DEEPEST {
        return Err(invalid(value.py(), &place.pointer(), "nested too deep, or holds itself"));
    }
    if let Ok(list) = value.cast::<PyList>() {
        return list.iter().enumerate().map(|(index, item)| any(&item, &Place::Item(place, index))).collect();
    }
    if let Some(dict) = members(value)? {
        return object(&dict, place);
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return tuple
            .iter()
            .enumerate()
            .map(|(index, item)| any(&item, &Place::Item(place, index)))
            .collect();
    }
    if let Ok(sequence) = value.cast::<PySequence>()
        && value.cast::<PyBytes>().is_err()
    {
        return (0..sequence.len()?)
            .map(|index| any(&sequence.get_item(index)?, &Place::Item(place, index)))
            .collect();
    }
    other(value, place)
}

fn text(string: &Bound<'_, PyString>, place: &Place<'_>) -> PyResult<String> {
    string.to_cow().map(std::borrow::Cow::into_owned).map_err(|_| {
        // Python's own message would quote the value.
        invalid(string.py(), &place.pointer(), "the text holds half a character (a lone surrogate)")
    })
}

fn whole(value: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Value> {
    if let Ok(number) = value.extract::<i64>() {
        return Ok(Value::from(number));
    }
    value
        .extract::<u64>()
        .map(Value::from)
        .map_err(|_| invalid(value.py(), &place.pointer(), "the number is too large"))
}

fn number(value: &Bound<'_, PyAny>, float: f64, place: &Place<'_>) -> PyResult<Value> {
    Number::from_f64(float)
        .map(Value::Number)
        .ok_or_else(|| invalid(value.py(), &place.pointer(), "the number is not finite"))
}

/// Values of the standard library and of numpy that have one meaning in the vendor's interface.
fn other(value: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Value> {
    let py = value.py();
    if value.cast::<PyBytes>().is_err() {
        // Times of this interface are Beijing's, without saying so: an aware one is put there, a naive one is taken as it is.
        if value.hasattr(intern!(py, "astimezone"))? && value.hasattr(intern!(py, "tzinfo"))? {
            return moment(value).map_err(|_| invalid(py, &place.pointer(), "not a time that can be sent"));
        }
        if value.hasattr(intern!(py, "isoformat"))? && value.hasattr(intern!(py, "toordinal"))? {
            let day = value.call_method0(intern!(py, "isoformat"))?.extract::<String>()?;
            return Ok(Value::String(day));
        }
        if let Ok(integer) = value.call_method0(intern!(py, "__index__")) {
            return whole(&integer, place);
        }
        if let Ok(float) = value.extract::<f64>() {
            return number(value, float, place);
        }
    }
    let name = value.get_type().name()?;
    let pointer = place.pointer();
    let at = if pointer.is_empty() { String::new() } else { format!("{pointer}: ") };
    Err(PyTypeError::new_err(format!("{at}a value of type {name} cannot be sent")))
}

/// A time as the vendor writes it: `YYYY-MM-DD HH:MM:SS`, Beijing.
fn moment(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    let py = value.py();
    let local = if value.getattr(intern!(py, "tzinfo"))?.is_none() {
        value.clone()
    } else {
        let datetime = py.import(intern!(py, "datetime"))?;
        let east = datetime.getattr(intern!(py, "timedelta"))?.call1((0, 8 * 3600))?;
        let beijing = datetime.getattr(intern!(py, "timezone"))?.call1((east,))?;
        value.call_method1(intern!(py, "astimezone"), (beijing,))?
    };
    let text = local.call_method1(intern!(py, "strftime"), (intern!(py, "%Y-%m-%d %H:%M:%S"),))?;
    Ok(Value::String(text.extract()?))
}
