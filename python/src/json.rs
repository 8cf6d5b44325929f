//! JSON text as Python values.

use std::fmt;

use pyo3::IntoPyObjectExt;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

/// Documents longer than this are left to Python's own reader, which shares the keys it has seen.
const SHORT: usize = 4096;
/// Integers from this many digits on may not fit into 64 bits.
const LONG_INTEGER: usize = 19;

/// Reads JSON text.
pub(crate) fn read<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    if text.len() <= SHORT && !has_long_integer(text) {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        // What serde_json does not take — half a surrogate pair, say — Python may.
        if let Ok(value) = deserializer.deserialize_any(Reader(py)) {
            return Ok(value);
        }
    }
    py.import(intern!(py, "json"))?.call_method1(intern!(py, "loads"), (text,))
}

fn has_long_integer(text: &str) -> bool {
    text.len() >= LONG_INTEGER
        && text.as_bytes().split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() >= LONG_INTEGER)
}

#[derive(Clone, Copy)]
struct Reader<'py>(Python<'py>);

impl<'py> Reader<'py> {
    fn make<T, E>(self, value: T) -> Result<Bound<'py, PyAny>, E>
    where
        T: IntoPyObjectExt<'py>,
        E: serde::de::Error,
    {
        value.into_bound_py_any(self.0).map_err(E::custom)
    }
}

impl<'de, 'py> DeserializeSeed<'de> for Reader<'py> {
    type Value = Bound<'py, PyAny>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, 'py> Visitor<'de> for Reader<'py> {
    type Value = Bound<'py, PyAny>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(self.0.None().into_bound(self.0))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
        self.make(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        self.make(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        self.make(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        self.make(value)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
        self.make(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let list = PyList::empty(self.0);
        while let Some(item) = items.next_element_seed(self)? {
            list.append(item).map_err(A::Error::custom)?;
        }
        Ok(list.into_any())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let dict = PyDict::new(self.0);
        while let Some(name) = members.next_key::<std::borrow::Cow<'de, str>>()? {
            let value = members.next_value_seed(self)?;
            dict.set_item(PyString::new(self.0, &name), value).map_err(A::Error::custom)?;
        }
        Ok(dict.into_any())
    }
}
