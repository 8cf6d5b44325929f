//! These do no I/O, and run under Miri.

use super::*;

fn charset(name: &str) -> Charset {
    Charset::named(name.as_bytes()).expect("an encoding")
}

fn bytes(crossing: &Crossing) -> &[u8] {
    assert_eq!(crossing.0.last(), Some(&0));
    &crossing.0[..crossing.len()]
}

#[test]
fn encodings_are_known_by_their_usual_names() {
    for (label, name) in
        [("utf8", "UTF-8"), ("gb18030", "GB18030"), ("GB2312", "GBK"), ("x-gbk", "GBK"), ("big5", "Big5")]
    {
        assert_eq!(Charset::named(label.as_bytes()).map(Charset::name), Some(name), "{label}");
    }
    for label in ["", "utf-16le", "latin1", "shift_jis", "\u{fffd}"] {
        assert_eq!(Charset::named(label.as_bytes()), None, "{label}");
    }
}

#[test]
fn utf8_is_borrowed() {
    let given = Charset::UTF8.decode("张三".as_bytes()).expect("text");
    assert!(matches!(given, Given::Borrowed("张三")));
    assert!(Charset::UTF8.decode(b"\xd5\xc5").is_none());
}

#[test]
fn names_survive_gb18030_both_ways() {
    let gb18030 = charset("GB18030");
    for (text, encoded) in
        [("张三", &b"\xd5\xc5\xc8\xfd"[..]), ("𠮷", b"\x95\x34\xb2\x35"), ("plain", b"plain")]
    {
        assert_eq!(&*gb18030.decode(encoded).expect("text"), text);
        assert_eq!(bytes(&gb18030.value(text).expect("encoded")), encoded);
    }
    for broken in [&b"\xd5"[..], b"\xd5\x20\xff", b"\x95\x32\x90"] {
        assert!(gb18030.decode(broken).is_none());
    }
}

#[test]
fn what_an_encoding_lacks_is_escaped_refused_or_asked() {
    let gbk = charset("GBK");
    assert_eq!(bytes(&gbk.json("\"𠮷a\"")), b"\"\\ud842\\udfb7a\"");
    assert_eq!(bytes(&gbk.message("𠮷张")), b"?\xd5\xc5");
    assert!(gbk.value("𠮷").is_none());
}

#[test]
fn a_long_text_crosses_whole() {
    let gb18030 = charset("GB18030");
    let text = "𠮷张a".repeat(if cfg!(miri) { 20 } else { 20_000 });
    let crossing = gb18030.value(&text).expect("encoded");
    assert_eq!(&*gb18030.decode(bytes(&crossing)).expect("text"), text);
}
