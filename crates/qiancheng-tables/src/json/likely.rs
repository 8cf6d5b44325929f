//! Keys that are expected: compared as words, together with quotes and colon, as most programs write them.

/// The longest key, with its quotes and colon, that is compared in words.
const LONGEST: usize = 24;

/// A key that may well come next.
#[derive(Debug)]
pub(crate) struct Likely {
    /// `"key":`
    quoted: [u64; LONGEST / 8],
    /// Which bits of those count.
    mask: [u64; LONGEST / 8],
    /// 0 for a key that is too long, which is never expected.
    length: usize,
}

impl Likely {
    pub(crate) fn new(key: &str) -> Self {
        let text = format!("\"{key}\":");
        let (mut bytes, mut mask) = ([0; LONGEST], [0; LONGEST]);
        let length = if text.len() <= LONGEST { text.len() } else { 0 };
        bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
        mask[..length].fill(u8::MAX);
        Self { quoted: words(&bytes), mask: words(&mask), length }
    }

    /// How long the key with its quotes and colon is, if just they stand at `at`.
    #[inline]
    pub(super) fn length_at(&self, bytes: &[u8], at: usize) -> Option<usize> {
        // The last key of a document is within reach of its end, and read as any other.
        let found = words(bytes.get(at..at + LONGEST)?.first_chunk()?);
        let differ = (0..found.len())
            .fold(0, |differ, word| differ | ((found[word] ^ self.quoted[word]) & self.mask[word]));
        (differ == 0 && self.length > 0).then_some(self.length)
    }
}

#[inline]
fn words(bytes: &[u8; LONGEST]) -> [u64; LONGEST / 8] {
    let (words, _) = bytes.as_chunks::<8>();
    [u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]), u64::from_le_bytes(words[2])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_key_with_its_signs_is_met() {
        let likely = Likely::new("use_time");
        let document =
            br#"{"a":1,"use_time":61,"use_times":2,"use_time" :3,"use":4,   "place":"            "}"#;
        let found: Vec<usize> =
            (0..document.len()).filter(|&at| likely.length_at(document, at).is_some()).collect();
        assert_eq!(found, [7]);
        assert_eq!(likely.length_at(document, 7), Some(11));
    }

    #[test]
    fn long_keys_and_the_end_of_a_document_are_left_to_others() {
        let key = "a_key_that_is_rather_long";
        assert_eq!(Likely::new(key).length_at(format!("\"{key}\":{}", " ".repeat(40)).as_bytes(), 0), None);
        assert_eq!(Likely::new("a").length_at(br#""a":1}"#, 0), None);
        assert_eq!(Likely::new("a").length_at(b"", 7), None);
    }
}
