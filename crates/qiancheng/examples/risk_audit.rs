//! An application from its submission to its verdict: `cargo run -p qiancheng --example risk_audit`.
//!
//! Beside the account it needs `QIANCHENG_AUDIT_PUBLIC_KEY`, the vendor's public key or a path to it.
#![allow(clippy::print_stdout, reason = "an example shows what it gets")]

use std::time::Duration;

use qiancheng::api::risk::{
    AddressBookEntry, Audit, AuditData, BasicInfo, OrderDetail, ProofMaterial, TelecomData, UserContact,
};
use qiancheng::blocking::Client;
use qiancheng::dictionary::AuditState;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let open_id = client.risk().submit(Audit {
        name: "张三".into(),
        phone: "13800138000".into(),
        id_card: "110101199003070011".into(),
        data: application().into(),
    })?;
    println!("submitted: {open_id}");
    let verdict = client.risk().wait(&open_id, Duration::from_secs(600))?;
    match verdict.state {
        AuditState::Pass => println!("advised: pass"),
        _ => println!("advised: {}, because {}", verdict.state, verdict.reason.as_deref().unwrap_or("…")),
    }
    Ok(())
}

fn application() -> AuditData {
    let brother =
        UserContact { mobile: "13900139000".into(), name: "张四".into(), ..UserContact::default() };
    AuditData {
        order_detail: OrderDetail {
            order_id: 20_260_102_001,
            amount: 100_000, // fen: 1,000 yuan
            loan_term: 30,
            order_time: "2026-01-02 03:04:05".into(),
            ..OrderDetail::default()
        },
        basic_info: BasicInfo { user_contact: vec![brother], ..BasicInfo::default() },
        user_proof_materia: vec![ProofMaterial {
            url: "https://example.com/front.jpg".into(),
            kind: 1,
            ..ProofMaterial::default()
        }],
        user_mobile_contacts: vec![AddressBookEntry {
            mobile: "13900139000".into(),
            name: "张四".into(),
            ..AddressBookEntry::default()
        }],
        telecom_data: TelecomData { real_name_status: 1, ..TelecomData::default() },
        ..AuditData::default()
    }
}
