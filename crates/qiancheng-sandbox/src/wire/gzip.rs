//! Undoing gzip without trusting it.

use std::io::Read;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;

pub(crate) enum Fault {
    TooLarge,
    Broken(String),
}

/// The plain bytes, at most `limit` of them.
pub(crate) fn expand(body: &[u8], limit: usize) -> Result<Bytes, Fault> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(body)
        .take(limit as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|error| Fault::Broken(format!("gzip 解压失败: {error}")))?;
    if plain.len() > limit { Err(Fault::TooLarge) } else { Ok(plain.into()) }
}
