//! Raw data and reports as Arrow tables, by declared and versioned schemas. Knows no client and no network.
#![forbid(unsafe_code)]

pub mod features;
