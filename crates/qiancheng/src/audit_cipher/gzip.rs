//! The gzip step of a risk-audit body (§7.1, `Content-Encoding: gzip`).

use zlib_rs::{DeflateConfig, ReturnCode, Strategy, compress_bound, compress_slice};

use super::CipherError;

/// `window_bits` of the widest window (15), plus 16 to ask for gzip's header and trailer.
const GZIP_WINDOW: i32 = 15 + 16;
/// What gzip's header and trailer are longer than zlib's, which `compress_bound` counts.
const GZIP_EXTRA: usize = 12;

/// What the bulk of a body is, and with it how it is best compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Ciphertext as text. It never repeats itself, so looking for repetitions is time lost; all there is to gain is
    /// that base64 uses 64 of 256 byte values, hex 16. Huffman coding alone gets as far as level 6 does (base64 to 75 %,
    /// 285 KB in 1.7 ms) or further (hex to 51 % instead of 54 %), in a third of the time of level 3 (5.7 ms). Level 1 has
    /// fixed codes only and leaves base64 as long as it was.
    Ciphertext,
    /// JSON as it is. Level 3 takes 200 KB of address book to 18 % in 1.0 ms; level 6 needs 2.5 ms and saves nothing
    /// more, level 1 leaves 28 %.
    Json,
}

/// Compresses `body` in the gzip format.
pub(super) fn gzip(body: &[u8], content: Content) -> Result<Vec<u8>, CipherError> {
    let config = match content {
        Content::Ciphertext => DeflateConfig { strategy: Strategy::HuffmanOnly, ..DeflateConfig::default() },
        Content::Json => DeflateConfig::new(3),
    };
    let config = DeflateConfig { window_bits: GZIP_WINDOW, ..config };
    let mut compressed = vec![0; compress_bound(body.len()) + GZIP_EXTRA];
    let (written, status) = compress_slice(&mut compressed, body, config);
    if status != ReturnCode::Ok {
        return Err(CipherError::CompressionFailed);
    }
    let length = written.len();
    compressed.truncate(length);
    Ok(compressed)
}
