//! The native half of the Python package `qiancheng`: translates, and holds no logic of its own.
#![forbid(unsafe_code)]

mod reading;

use pyo3::prelude::*;

/// What `qiancheng` stands on.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::reading::{mask, picture, read_as};
}
