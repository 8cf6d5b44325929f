//! Sessions: what they say of themselves and of their challenges, and what is saved of them.

use qiancheng::Cancel;
use qiancheng::api::ebank::BankInfo;
use qiancheng::session::{ChallengeKind, Login, Response, SaveKey, SessionKind, Step};
use serde_json::{Value, json};

use crate::cage::{CONTACT_MOBILE, MARK, cage};
use crate::calls::Vendor;
use crate::parameters::of;

/// A wrong answer first, which would be found; then the right one.
fn answers(kind: ChallengeKind) -> [&'static str; 2] {
    match kind {
        ChallengeKind::SmsCaptcha => ["&<cnrycaptcha", "123456"],
        ChallengeKind::PictureCaptcha => ["&<cnrycaptcha", "8642"],
        ChallengeKind::DynamicPassword => ["&<cnrydynamicpassword", "135790"],
        ChallengeKind::QueryPassword => ["&<cnryquerypassword", "654321"],
        _ => ["wrong", "p&<\"cnryservicepassword"],
    }
}

fn opening(vendor: &Vendor, kind: SessionKind, password: Option<&str>) -> Value {
    let mut params = of(&format!("{}.open_id", kind.name())).expect("parameters");
    let object = params.as_object_mut().expect("an object");
    if let Some(Value::Object(mut login)) = of(&format!("{}.login", kind.name())) {
        login.remove("open_id");
        object.extend(login);
    }
    if object.contains_key("entry_id") {
        let banks = vendor.client.ebank().bank_info(BankInfo {}).expect("banks");
        let mut open = banks.iter().flat_map(|bank| &bank.login_types).filter(|login| !login.disable);
        object.insert("entry_id".to_owned(), open.next().and_then(|login| login.entry_id.clone()).into());
    }
    if let Some(password) = password {
        let name = if kind == SessionKind::Telecom { "service_password" } else { "password" };
        object.insert(name.to_owned(), password.into());
    }
    params
}

#[test]
fn nothing_shows_of_a_session_from_its_opening_to_its_data() {
    let vendor = Vendor::start();
    let key = SaveKey::new(*b"cnrysavekeycnrysavekeycnrysaveke");
    let journeys = [
        (SessionKind::Telecom, Some("captcha_then_query")),
        (SessionKind::Telecom, Some("")),
        (SessionKind::Telecom, None),
        (SessionKind::Telecom, Some("wrong")),
        (SessionKind::Degree, None),
        (SessionKind::Ebank, Some("picture")),
        (SessionKind::Ebank, None),
        (SessionKind::EbankV2, Some("dynamic")),
        (SessionKind::EbankV2, Some("fail")),
    ];
    for (kind, password) in journeys {
        let place = format!("a session of {} with {password:?}", kind.name());
        let session = match vendor.client.open_session(kind, opening(&vendor, kind, password)) {
            Ok(session) => session,
            Err(error) => {
                cage().error(&place, &error);
                continue;
            }
        };
        let mut asked = 0;
        let listen = |step: &Step| {
            cage().debug(&place, step);
            cage().json(&place, step);
            cage().debug(&place, &session);
            cage().hear(&place, session.save(&key).expect("saved"));
        };
        let result = session.collect(
            |challenge| {
                cage().debug(&place, challenge);
                cage().json(&place, challenge);
                asked += 1;
                let response: Response =
                    answers(challenge.kind())[usize::from(challenge.attempt() > 1 || asked > 3)].into();
                cage().debug(&place, &response);
                Ok(response)
            },
            listen,
        );
        if let Err(error) = result {
            cage().error(&place, &error);
        }
        for data in [session.raw_data(), session.report()] {
            match data {
                Ok(document) => {
                    cage().debug(&place, &document);
                    cage().debug(&place, document.answer());
                }
                Err(error) => cage().error(&place, &error),
            }
        }
        cage().display(&place, &session.open_id());
        cage().debug(&place, &session.open_id());
        cage().debug(&place, &session.status());
        session.cancel();
        let saved = session.save(&key).expect("saved");
        let altered = format!("{saved}A");
        for text in [saved.as_str(), &altered, "qcs1.cnrysaved", "cnrysaved", "qcs9.cnrysaved"] {
            match vendor.client.resume(&key, text) {
                Ok(resumed) => cage().debug(&place, &resumed),
                Err(error) => cage().error(&place, &error),
            }
        }
    }
    vendor.learn();
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_what_the_vendor_says_about_a_state() {
    let vendor = Vendor::start();
    let params = opening(&vendor, SessionKind::Telecom, Some("direct"));
    let session = vendor.client.open_session(SessionKind::Telecom, params).expect("a session");
    for state in [11, 777, 42] {
        let data = json!({"state": state, "message": format!("号码{CONTACT_MOBILE}欠费")});
        let answer = json!({"body": {"code": 0, "data": data}});
        let script = json!({"match": {"endpoint": "telecom.get_state"}, "answers": [answer]});
        vendor.sandbox.script(script).expect("a script");
        let step = session.poll().expect("a step");
        cage().debug("a state", &step);
        cage().json("a state", &step);
        cage().debug("a state", &session.status());
    }
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_what_a_session_is_handed() {
    let login = Login::degree("cnryaccount@example.com", "cnrydegreepassword");
    cage().debug("a login", &login);
    cage().debug("a login", &Login::ebank_v2("1", "cnryloginname", "cnrybankpassword"));
    cage().debug("a key", &SaveKey::new([b'c'; 32]));
    cage().debug("a handle to cancel", &Cancel::new());
    assert!(!format!("{login:?}").contains(MARK));
    cage().assert_tight();
}
