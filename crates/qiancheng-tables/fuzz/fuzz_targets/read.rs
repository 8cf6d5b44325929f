//! Any bytes, as a document of any kind: nothing panics, what is no JSON is refused, and partial reading always ends well.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qiancheng_tables::{Kind, Options, read};

fuzz_target!(|input: &[u8]| {
    let Some((&choice, bytes)) = input.split_first() else { return };
    let kind = Kind::ALL[usize::from(choice) % Kind::ALL.len()];
    let strict = choice & 0x80 != 0;
    let options = Options::default().strict(strict);
    let whole = read(kind, bytes, &options);
    let part = read(kind, bytes, &options.partial(true)).expect("partial reading gives tables");
    match whole {
        Ok(tables) => {
            assert!(tables == part, "partial reading of a whole document gives the same");
            let text = std::str::from_utf8(bytes).expect("only UTF-8 is read");
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            serde_json::from_str::<serde::de::IgnoredAny>(text).expect("only JSON is read");
        }
        Err(error) => {
            assert_eq!(part.fault(), Some(&error));
            assert!(error.offset() <= bytes.len());
        }
    }
    for table in &part {
        for column in table.batch().columns() {
            assert_eq!(column.len(), table.num_rows());
        }
    }
});
