//! Audits: submitted once, waited for within a limit.

use std::time::Duration;

use qiancheng::ErrorKind;
use qiancheng::api::risk::Audit;
use qiancheng::dictionary::AuditState;
use serde_json::json;

use crate::support::{ID_CARD, MOBILE, NAME, Vendor};

const LIMIT: Duration = Duration::from_secs(60);

fn audit(order: i64, amount: i64) -> Audit {
    let data = json!({
        "order_detail": {"order_id": order, "amount": amount, "loan_term": 30, "order_time": "2026-01-02 03:04:05"},
        "basic_info": {"user_contact": [{"moblie": "13900139000", "name": "李四", "relation": 0}]},
        "user_proof_materia": [{"url": "https://example.com/1.jpg", "type": 0}],
        "user_mobile_contacts": [{"mobile": "13900139000", "name": "李四"}],
        "telecom_data": {
            "real_name_status": 1,
            "bill_list": [{"month": "2025-12", "amount": "58.00"}],
            "contact_list": [
                {"phone": "13900139000", "last_contact_date": "2026-01-01", "talk_seconds": "60", "talk_cnt": "2"}
            ],
        },
    });
    Audit { name: NAME.into(), phone: MOBILE.into(), id_card: ID_CARD.into(), data: data.into() }
}

#[test]
fn an_audit_passes() {
    let vendor = Vendor::start();
    let open_id = vendor.client.risk().submit(audit(1, 200)).expect("submitted");
    let verdict = vendor.client.risk().wait(&open_id, LIMIT).expect("a verdict");
    assert_eq!((verdict.state, &verdict.reason), (AuditState::Pass, &None));
    assert_eq!(vendor.sent("risk.result"), 3, "two polls of review, then the verdict");
}

#[tokio::test]
async fn an_audit_is_rejected_with_a_reason() {
    let vendor = Vendor::start();
    let client = vendor.client.as_async();
    let open_id = client.risk().submit(audit(2, 1_000_001)).await.expect("submitted");
    let verdict = client.risk().wait(&open_id, LIMIT).await.expect("a verdict");
    assert_eq!(verdict.state, AuditState::Reject);
    assert!(verdict.reason.as_ref().is_some_and(|reason| !reason.is_empty()));
}

#[test]
fn a_state_nobody_knows_is_polled_on() {
    let vendor = Vendor::start();
    let open_id = vendor.client.risk().submit(audit(3, 200)).expect("submitted");
    vendor.say(
        "risk.result",
        &[json!({"state": 9}), json!([{"state": "2"}]), json!([{"state": "1", "reason": "黑名单"}])],
    );
    let verdict = vendor.client.risk().wait(&open_id, LIMIT).expect("a verdict");
    assert_eq!((verdict.state, verdict.reason.as_deref()), (AuditState::Reject, Some("黑名单")));
}

#[test]
fn an_audit_under_review_at_the_limit_can_be_waited_for_again() {
    let vendor = Vendor::start();
    let open_id = vendor.client.risk().submit(audit(4, 200)).expect("submitted");
    let error = vendor.client.risk().wait(&open_id, Duration::ZERO).expect_err("still under review");
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true), "{error}");
    assert_eq!((error.endpoint(), vendor.sent("risk.result")), (Some("risk.result"), 1));
    let verdict = vendor.client.risk().wait(&open_id, LIMIT).expect("a verdict");
    assert_eq!(verdict.state, AuditState::Pass);
}

#[test]
fn an_answer_that_hangs_is_not_waited_for_beyond_the_limit() {
    let vendor = Vendor::start();
    let open_id = vendor.client.risk().submit(audit(6, 200)).expect("submitted");
    let hangs = json!({"match": {"endpoint": "risk.result"}, "times": 1, "fault": {"kind": "latency", "ms": 600_000}});
    vendor.sandbox.add_faults(hangs).expect("a rule");
    let error = vendor.client.risk().wait(&open_id, Duration::from_millis(50)).expect_err("hangs");
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true), "{error}");
    assert_eq!(error.message(), "no verdict within 50ms; the audit goes on");
    assert_eq!(vendor.client.risk().wait(&open_id, LIMIT).expect("a verdict").state, AuditState::Pass);
}

#[test]
fn a_submission_whose_answer_was_lost_is_not_repeated() {
    let vendor = Vendor::start();
    vendor.fault("risk.audit", "processed_but_lost");
    let error = vendor.client.risk().submit(audit(5, 200)).expect_err("lost");
    assert_eq!((error.outcome(), error.is_retryable()), (qiancheng::Outcome::Unknown, false));
    assert_eq!(vendor.sent("risk.audit"), 1);
}
