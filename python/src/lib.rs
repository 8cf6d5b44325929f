//! The native half of the Python package `qiancheng`: translates, and holds no logic of its own.
#![forbid(unsafe_code)]

mod answer;
mod client;
mod command;
mod convert;
mod errors;
mod interrupt;
mod json;
mod reading;
mod sandbox;
mod settings;
mod tables;

use pyo3::prelude::*;

/// What `qiancheng` stands on. Not for direct use: its names may change with any version.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::answer::RawAnswer;
    #[pymodule_export]
    use super::client::NativeClient;
    #[pymodule_export]
    use super::command::run_command;
    #[pymodule_export]
    use super::reading::{mask, picture, read_as};
    #[pymodule_export]
    use super::sandbox::NativeSandbox;

    #[pymodule_export]
    use super::tables::{NativeFeatures, NativeTable, NativeTables, feature_dictionary, features_telecom, tables_read};

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
