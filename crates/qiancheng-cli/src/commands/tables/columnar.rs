//! A table as Parquet.

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use qiancheng::ErrorKind;

use crate::failure::{Failure, Result};

/// Snappy is what every reader of Parquet has. The schema goes along as Arrow has it, with its zone and descriptions.
pub(super) fn parquet(batch: &RecordBatch) -> Result<Vec<u8>> {
    encode(batch).map_err(|error| Failure::new(ErrorKind::Protocol, format!("Parquet: {error}")))
}

fn encode(batch: &RecordBatch) -> std::result::Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties))?;
    writer.write(batch)?;
    writer.close()?;
    Ok(bytes)
}
