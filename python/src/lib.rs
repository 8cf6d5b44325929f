//! The native half of the Python package `qiancheng`: translates, and holds no logic of its own.
#![forbid(unsafe_code)]

mod answer;
mod client;
mod command;
mod convert;
mod delivery;
mod errors;
mod interrupt;
mod json;
mod logging;
mod many;
mod reading;
mod sandbox;
mod session;
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
    use super::delivery::{NativeDelivery, NativeTask};
    #[pymodule_export]
    use super::many::NativeWindow;
    #[pymodule_export]
    use super::reading::{mask, picture, read_as};
    #[pymodule_export]
    use super::sandbox::NativeSandbox;
    #[pymodule_export]
    use super::session::{NativeCollection, NativeSession, NativeSteps};

    /// Ends the background thread: for the end of the process.
    #[pyo3::pyfunction]
    fn shut_down(py: pyo3::Python<'_>) {
        py.detach(qiancheng::background::shut_down);
    }

    #[pymodule_export]
    use super::tables::{
        NativeFeatures, NativeStored, NativeTable, NativeTables, feature_dictionary, features_telecom,
        tables_read,
    };

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
