//! Risk audits: the encrypted body in all its forms, its checks, and the verdict.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use rsa::pkcs8::DecodePublicKey;
use rsa::{Oaep, Pkcs1v15Encrypt, PublicKey};
use serde_json::{Value, json};

use crate::support::{ID_CARD, NAME, Vendor, assert_ok, assert_refused, gzip, merged, without};

const PATH: &str = "/risk-model/audit/open-id";

fn data(order_id: i64, amount: i64) -> Value {
    json!({
        "order_detail": {"order_id": order_id, "amount": amount, "loan_term": 30, "order_time": "2026-01-02 03:04:05"},
        "basic_info": {"user_contact": [{"moblie": "13900139000", "mobile": "13900139000", "name": "李四", "relation": 0}]},
        "user_proof_materia": [{"url": "https://example.com/1.jpg", "type": 0}],
        "user_mobile_contacts": [{"mobile": "13900139000", "name": "李四"}],
        "telecom_data": {
            "real_name_status": 1,
            "bill_list": [{"month": "2025-12", "amount": "58.00"}],
            "contact_list": [{"phone": "13900139000", "last_contact_date": "2026-01-01", "talk_seconds": "60", "talk_cnt": "2"}],
        },
    })
}

fn encrypt(
    vendor: &Vendor,
    plain: &[u8],
    overhead: usize,
    mut pad: impl FnMut(&PublicKey, &[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let key = PublicKey::from_public_key_pem(vendor.sandbox.audit_public_key_pem()).unwrap();
    plain.chunks(256 - overhead).flat_map(|block| pad(&key, block)).collect()
}

fn pkcs1(key: &PublicKey, block: &[u8]) -> Vec<u8> {
    key.encrypt(&mut getrandom::SysRng, Pkcs1v15Encrypt, block).unwrap()
}

fn audit(vendor: &mut Vendor, data: &str) -> Value {
    let phone = 13_800_138_001_i64;
    audit_with(vendor, &json!({"name": NAME, "phone": phone, "id_card": ID_CARD, "data": data}))
}

fn audit_with(vendor: &mut Vendor, body: &Value) -> Value {
    let body = merged(body.clone(), json!({"token": vendor.token})).to_string();
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    vendor.wire.send("POST", PATH, &headers, &gzip(body.as_bytes())).json()
}

/// Opens an audit with plain data.
fn open(vendor: &mut Vendor, body: &Value) -> String {
    let opened = audit(vendor, &body.to_string());
    assert_ok(&opened);
    opened["data"]["open_id"].as_str().unwrap().to_owned()
}

fn poll(vendor: &mut Vendor, open_id: &str) -> Value {
    let answer =
        vendor.wire.send("GET", &format!("/risk-model/audit/result?open_id={open_id}"), &[], b"").json();
    assert_ok(&answer);
    answer["data"].clone()
}

#[test]
fn two_polls_of_review_and_then_a_verdict() {
    let mut vendor = Vendor::start();
    let open_id = open(&mut vendor, &data(1, 1_000_000));
    let states: Vec<Value> = (0..4).map(|_| poll(&mut vendor, &open_id)).collect();
    assert_eq!(states, [json!({"state": 2}), json!({"state": 2}), json!({"state": 0}), json!({"state": 0})]);
}

#[test]
fn too_much_money_and_marked_numbers_are_rejected_with_a_reason() {
    let mut vendor = Vendor::start();
    let large = open(&mut vendor, &data(1, 1_000_001));
    let marked = json!({"name": NAME, "phone": 13_800_134_444_i64, "id_card": ID_CARD, "data": data(2, 100).to_string()});
    let marked = audit_with(&mut vendor, &marked)["data"]["open_id"].as_str().unwrap().to_owned();
    for open_id in [large, marked] {
        let verdict = (0..3).map(|_| poll(&mut vendor, &open_id)).last().unwrap();
        assert_eq!(verdict["state"], 1);
        assert!(!verdict["reason"].as_str().unwrap().is_empty());
    }
}

#[test]
fn an_order_is_audited_once() {
    let mut vendor = Vendor::start();
    let first = open(&mut vendor, &data(7, 100));
    assert_eq!(first, open(&mut vendor, &data(7, 100)));
    assert_ne!(first, open(&mut vendor, &data(8, 100)));
}

#[test]
fn every_padding_and_encoding_is_found_out() {
    let mut vendor = Vendor::start();
    // Longer than one block of any padding.
    let plain = merged(data(5, 100), json!({"app_info": vec![json!({"app_name": "应用"}); 40]}));
    let text = plain.to_string();
    let bytes = text.as_bytes();
    let (mut sha1, mut sha256, mut mixed) = (getrandom::SysRng, getrandom::SysRng, getrandom::SysRng);
    let padded = [
        encrypt(&vendor, bytes, 11, pkcs1),
        encrypt(&vendor, bytes, 42, |key, block| {
            key.encrypt(&mut sha1, Oaep::<sha1::Sha1>::new(), block).unwrap()
        }),
        encrypt(&vendor, bytes, 66, |key, block| {
            key.encrypt(&mut sha256, Oaep::<sha2::Sha256>::new(), block).unwrap()
        }),
        encrypt(&vendor, bytes, 66, |key, block| {
            key.encrypt(&mut mixed, Oaep::<sha2::Sha256, sha1::Sha1>::new_with_mgf_hash(), block).unwrap()
        }),
    ];
    for ciphertext in padded {
        let standard = BASE64_STANDARD.encode(&ciphertext);
        let (head, tail) = standard.split_at(76);
        let lines = format!("{head}\r\n{tail}");
        for encoded in
            [standard.clone(), lines, BASE64_URL_SAFE_NO_PAD.encode(&ciphertext), hex::encode(&ciphertext)]
        {
            assert_ok(&audit(&mut vendor, &encoded));
            assert_eq!(vendor.noted("risk.audit").pop().unwrap()["audit_data"], plain);
        }
    }
    assert_ok(&audit(&mut vendor, &text));
}

#[test]
fn what_cannot_be_opened_is_told() {
    let mut vendor = Vendor::start();
    for (plain, part) in [("not json", "data 无法用审核公钥"), ("{\"a\":", "data 解密后JSON 解析失败")]
    {
        let sealed = BASE64_STANDARD.encode(encrypt(&vendor, plain.as_bytes(), 11, pkcs1));
        assert_refused(&audit(&mut vendor, &sealed), part);
    }
    assert_refused(&audit(&mut vendor, &BASE64_STANDARD.encode([7; 256])), "data 无法用审核公钥");
    assert_refused(&audit(&mut vendor, &BASE64_STANDARD.encode([7; 255])), "256 字节的整数倍");
    assert_refused(&audit(&mut vendor, "《》"), "data 既不是 base64");
    assert_refused(&audit(&mut vendor, "{"), "data JSON 解析失败");
}

#[test]
fn the_body_must_be_compressed_json() {
    let mut vendor = Vendor::start();
    let token = vendor.token.clone();
    let body = json!({"token": token, "name": NAME, "phone": 13_800_138_001_i64, "id_card": ID_CARD, "data": data(1, 1).to_string()});
    let text = body.to_string();
    let plain =
        vendor.wire.send("POST", PATH, &[("content-type", "application/json")], text.as_bytes()).json();
    assert_refused(&plain, "gzip");
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("content-encoding", "gzip")];
    let form = vendor.wire.send("POST", PATH, &headers, &gzip(b"name=x")).json();
    assert_refused(&form, "JSON");
    let body = without(&body, "token");
    for name in ["name", "phone", "id_card", "data"] {
        assert_refused(&audit_with(&mut vendor, &without(&body, name)), &format!("缺少参数 {name} "));
    }
    for phone in [json!("13800138001"), json!(1.5), json!(138)] {
        assert_refused(&audit_with(&mut vendor, &merged(body.clone(), json!({"phone": phone}))), "phone");
    }
}

/// Where the document says "no" under 可选, by hand.
const REQUIRED: &[&str] = &[
    "/order_detail",
    "/order_detail/order_id",
    "/order_detail/amount",
    "/order_detail/loan_term",
    "/order_detail/order_time",
    "/basic_info",
    "/basic_info/user_contact",
    "/basic_info/user_contact/0/name",
    "/user_proof_materia",
    "/user_proof_materia/0/url",
    "/user_proof_materia/0/type",
    "/user_mobile_contacts",
    "/user_mobile_contacts/0/mobile",
    "/user_mobile_contacts/0/name",
    "/telecom_data",
    "/telecom_data/real_name_status",
    "/telecom_data/bill_list",
    "/telecom_data/bill_list/0/month",
    "/telecom_data/bill_list/0/amount",
    "/telecom_data/contact_list",
    "/telecom_data/contact_list/0/phone",
    "/telecom_data/contact_list/0/last_contact_date",
    "/telecom_data/contact_list/0/talk_seconds",
    "/telecom_data/contact_list/0/talk_cnt",
];

fn cut(mut value: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    value
}

#[test]
fn every_required_field_of_the_data_is_missed_by_name() {
    let mut vendor = Vendor::start();
    for pointer in REQUIRED {
        let name = pointer.rsplit_once('/').unwrap().1;
        let answer = audit(&mut vendor, &cut(data(1, 1), pointer).to_string());
        assert_refused(&answer, &format!("{name} 缺少"));
    }
    let neither =
        cut(cut(data(1, 1), "/basic_info/user_contact/0/moblie"), "/basic_info/user_contact/0/mobile");
    assert_refused(&audit(&mut vendor, &neither.to_string()), "moblie 缺少");
    for one in ["moblie", "mobile"] {
        let spelt = cut(data(2, 1), &format!("/basic_info/user_contact/0/{one}"));
        assert_ok(&audit(&mut vendor, &spelt.to_string()));
    }
}

#[test]
fn fields_of_the_wrong_kind_and_unknown_ones_are_told() {
    let mut vendor = Vendor::start();
    for (pointer, bad) in [
        ("/order_detail/order_id", json!("1")),
        ("/order_detail/amount", json!(1.5)),
        ("/order_detail/order_time", json!("2026-01-02")),
        ("/order_detail/order_time", json!("2026-13-02 03:04:05")),
        ("/telecom_data/real_name_status", json!(2)),
        ("/telecom_data/contact_list/0/talk_cnt", json!(2)),
        ("/telecom_data/bill_list", json!({})),
        ("/user_proof_materia/0/type", json!(3)),
        ("/basic_info/user_contact/0/relation", json!(9)),
    ] {
        let mut broken = data(1, 1);
        *broken.pointer_mut(pointer).unwrap() = bad;
        assert_refused(&audit(&mut vendor, &broken.to_string()), pointer.rsplit_once('/').unwrap().1);
    }
    let odd = merged(data(1, 1), json!({"zm_data": {"zm_scores": 1}}));
    assert_refused(&audit(&mut vendor, &odd.to_string()), "data.zm_data.zm_scores");
}
