//! Any bytes, as a stored file: nothing panics, and what is read writes itself back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qiancheng_tables::stored::Stored;

fuzz_target!(|input: &[u8]| {
    if let Ok(stored) = Stored::decode(input) {
        assert_eq!(Stored::decode(&stored.encode()).expect("it was just written"), stored);
    }
});
