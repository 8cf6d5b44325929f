//! Documents as tables for Python: what `qiancheng.tables` stands on.

mod arrays;
mod document;
mod fault;
mod features;
mod stored;
mod table;
mod values;

pub(crate) use document::{NativeTables, tables_read};
pub(crate) use features::{NativeFeatures, feature_dictionary, features_telecom};
pub(crate) use stored::NativeStored;
pub(crate) use table::NativeTable;
