//! What the vendor's interface looks like from here: the same words for the server and for everyone who calls it.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::Result;

pub(crate) const USERNAME: &str = "demo";
pub(crate) const PASSWORD: &str = "demo-password";
pub(crate) const TOKEN: &str = "5f0c1b7a9e3d4c2f8a6b1d0e7c9f3a25";
pub(crate) const TOKEN_PATH: &str = "/client/authorize/token";
pub(crate) const SEARCH_PATH: &str = "/blacklist/search/single";
pub(crate) const RAW_DATA_PATH: &str = "/telecom/data/raw-data";

/// What every competitor says of itself, beside what its library adds.
pub(crate) const USER_AGENT: &str = "qiancheng-bench/0.1";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A made-up person; the check character of the ID number fits.
pub(crate) const NAME: &str = "张三";
pub(crate) const ID_CARD: &str = "11010119900307109X";
pub(crate) const MOBILE: &str = "13800138000";
/// Keys of collections whose raw data come as they are, and compressed.
pub(crate) const PLAIN: &str = "plain-0001";
pub(crate) const GZIP: &str = "gzip-0001";

/// The envelope, as a careful caller declares it.
#[derive(Deserialize)]
pub(crate) struct Envelope<T> {
    code: i64,
    #[serde(default)]
    msg: Option<String>,
    data: Option<T>,
}

#[derive(Deserialize)]
pub(crate) struct Hit {
    pub(crate) is_in: bool,
}

/// Reads an answer and refuses whatever is not a good one.
pub(crate) fn read<T: serde::de::DeserializeOwned>(status: u16, body: &[u8]) -> Result<T> {
    if status != 200 {
        return Err(format!("HTTP status {status}").into());
    }
    let envelope: Envelope<T> = serde_json::from_slice(body)?;
    if envelope.code != 0 {
        return Err(format!("code {}: {}", envelope.code, envelope.msg.unwrap_or_default()).into());
    }
    envelope.data.ok_or_else(|| "no data".into())
}

/// The server's answer to the person above.
pub(crate) fn search_is_right(hit: bool) -> Result<()> {
    if hit { Ok(()) } else { Err("the person is on the list".into()) }
}

/// The form that a lookup sends.
pub(crate) fn search_form() -> String {
    form(&[("name", NAME), ("id_card", ID_CARD), ("mobile", MOBILE), ("token", TOKEN)])
}

/// The form that asks for raw data.
pub(crate) fn raw_data_form(open_id: &str) -> String {
    form(&[("open_id", open_id), ("username", USERNAME)])
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::with_capacity(160)).extend_pairs(pairs).finish()
}

/// How many calls the raw data list: 1.2 MB of JSON.
pub(crate) const CALLS: usize = 5_200;

/// Raw data in the shape of `docs/data-formats.md`, section A, all made up.
pub(crate) fn raw_data() -> Value {
    let call = |seq: usize| {
        json!({
            "start_time": format!("2017-{:02}-{:02} {:02}:{:02}:{:02}", 1 + seq % 6, 1 + seq % 28, seq % 24, seq % 60, seq * 7 % 60),
            "update_time": "2017-07-01 09:30:00",
            "use_time": seq * 37 % 900,
            "call_type": if seq.is_multiple_of(3) { "国内长途" } else { "本地通话" },
            "init_type": if seq.is_multiple_of(2) { "主叫" } else { "被叫" },
            "other_cell_phone": format!("139{:08}", seq * 7919 % 100_000_000),
            "place": "北京",
            "subtotal": f64::from(u16::try_from(seq % 300).unwrap_or_default()) / 100.0,
            "cell_phone": MOBILE,
        })
    };
    json!({"transactions": [{
        "token": "0f1e2d3c", "version": "1", "datasource": "chinamobilebj",
        "basic": {"cell_phone": MOBILE, "real_name": NAME, "reg_time": "2012-05-01 00:00:00", "update_time": "2017-07-01 09:30:00"},
        "calls": (0..CALLS).map(call).collect::<Vec<_>>(),
        "smses": [], "nets": [], "transactions": [],
    }]})
}

/// Checks that raw data came whole.
pub(crate) fn raw_data_is_right(data: &Value) -> Result<()> {
    let calls = data.pointer("/transactions/0/calls").and_then(Value::as_array).map(Vec::len);
    if calls == Some(CALLS) { Ok(()) } else { Err(format!("{calls:?} calls instead of {CALLS}").into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_no_answer() {
        assert!(read::<Hit>(200, br#"{"code":0,"msg":"","data":{"is_in":true}}"#).is_ok_and(|hit| hit.is_in));
        assert!(read::<Hit>(200, br#"{"code":1001,"msg":"no"}"#).is_err());
        assert!(read::<Hit>(502, br#"{"code":0,"data":{"is_in":true}}"#).is_err());
        assert!(read::<Hit>(200, br#"{"code":0}"#).is_err());
    }

    #[test]
    fn the_raw_data_are_as_large_as_real_ones() {
        let text = raw_data().to_string();
        assert!((1_100_000..1_300_000).contains(&text.len()), "{}", text.len());
    }
}
