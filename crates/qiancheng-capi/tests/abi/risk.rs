//! Audits, from their submission to their verdict.

use qiancheng_capi::owned::{qc_text, qc_text_data};
use qiancheng_capi::risk::{qc_risk_submit, qc_risk_wait};
use qiancheng_capi::status::qc_status;

use crate::support::{Failure, Owned, Vendor, application, c, data, make};

fn submit(vendor: &Vendor, amount: u64) -> Result<Owned<qc_text>, Failure> {
    let (client, params) = (vendor.client(), c(application(amount).to_string()));
    make(|out, err| unsafe { qc_risk_submit(client.0, params.as_ptr(), out, err) })
}

#[test]
fn an_audit_is_submitted_and_its_verdict_waited_for() {
    let vendor = Vendor::start();
    let client = vendor.eager();
    for (amount, state) in [(200, 0), (2_000_000, 1)] {
        let open_id = submit(&vendor, amount).expect("submitted");
        let verdict =
            make(|out, err| unsafe { qc_risk_wait(client.0, qc_text_data(open_id.0), 60_000, out, err) });
        assert_eq!(data(&verdict.expect("a verdict"))["state"].as_i64(), Some(state));
    }
    assert_eq!(vendor.requests("risk.audit").len(), 2);
}

#[test]
fn no_verdict_in_time_is_a_timeout_and_may_be_waited_for_again() {
    let vendor = Vendor::start();
    let open_id = submit(&vendor, 200).expect("submitted");
    let client = vendor.eager();
    let wait =
        |limit| make(|out, err| unsafe { qc_risk_wait(client.0, qc_text_data(open_id.0), limit, out, err) });
    assert_eq!(wait(0).err().expect("too early").status, qc_status::QC_TIMEOUT);
    assert!(wait(60_000).is_ok());
}

#[test]
fn an_application_that_does_not_fit_is_refused_by_its_field() {
    let vendor = Vendor::start();
    let mut params = application(200);
    params["data"]["order_detail"]["amount"] = "much".into();
    let (client, params) = (vendor.client(), c(params.to_string()));
    let failure = make(|out, err| unsafe { qc_risk_submit(client.0, params.as_ptr(), out, err) });
    let failure = failure.err().expect("refused");
    assert_eq!(failure.status, qc_status::QC_INVALID_INPUT);
    assert_eq!(failure.field, "/data/order_detail/amount");
}
