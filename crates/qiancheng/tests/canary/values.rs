//! Values that are printed without being sent: requests, settings, clients, stores.

use std::time::{Duration, SystemTime};

use qiancheng::api::risk::{Application, Audit, AuditData};
use qiancheng::blocking::Client;
use qiancheng::personal::{Handle, IdNumber, MobileNumber, PersonName, Personal, Secret};
use qiancheng::{CallOptions, ClientBuilder, FileStore, StoredToken, TokenKey, TokenStore};
use serde_json::json;

use crate::cage::{CONTACT_NAME, ID_CARD, MOBILE, NAME, OPEN_ID, cage};
use crate::calls::{MERCHANT_PASSWORD, Vendor};
use crate::parameters::{audit_data, of};

fn builder() -> ClientBuilder {
    Client::builder().base_url("http://127.0.0.1:1").account("demo", MERCHANT_PASSWORD)
}

#[test]
fn masked_values_show_their_ends_at_most() {
    let place = "a masked value";
    cage().debug(place, &(PersonName::from(NAME), IdNumber::from(ID_CARD), MobileNumber::from(MOBILE)));
    cage()
        .debug(place, &(Personal::from("cnryaddress"), Secret::from("cnrypassword"), Handle::from(OPEN_ID)));
    cage().display(place, &PersonName::from(NAME));
    cage().display(place, &Handle::from(OPEN_ID));
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_an_application() {
    let place = "an application";
    let data: AuditData = serde_json::from_value(audit_data()).expect("audit data");
    cage().debug(place, &data);
    cage().debug(place, &Application::from(data));
    cage().debug(place, &Application::from(json!({"unknown": "cnrysomething", NAME: 1, MOBILE: 2})));
    let mut with_unknown = audit_data();
    with_unknown["basic_info"][CONTACT_NAME] = json!({"name": CONTACT_NAME});
    let data: AuditData = serde_json::from_value(with_unknown).expect("audit data");
    cage().debug(place, &data);
    let audit: Audit = serde_json::from_value(of("risk.audit").expect("parameters")).expect("an audit");
    cage().debug(place, &audit);
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_a_client_and_its_settings() {
    let place = "a client";
    let full = builder()
        .proxy("http://user:cnryproxypassword@127.0.0.1:2")
        .audit_public_key("cnrypublickey")
        .extra_ca_pem("cnrycertificate")
        .client_certificate_pem("cnrycertificate", "cnryprivatekey")
        .on_event(|_| ());
    cage().debug(place, &full);
    assert!(format!("{full:?}").contains("127.0.0.1:1"), "a builder says where it points");
    let client = builder().build_blocking().expect("a client");
    cage().debug(place, &client);
    cage().debug(place, client.as_async());
    cage().debug(place, &client.telecom());
    cage().debug(place, &client.as_async().risk());
    cage().debug(place, &CallOptions::new().total(Duration::from_secs(1)));
    for wrong in [
        builder().proxy("ftp://user:cnryproxypassword@127.0.0.1:2"),
        builder().proxy("http://user:cnryproxypassword@"),
        builder().proxy("cnryproxypassword"),
        builder().base_url("https://user:cnryurlpassword@credit.example"),
        builder().base_url("https://credit.example/?password=cnryurlpassword"),
        builder().base_url("cnryurlpassword"),
        builder().audit_public_key("cnrypublickey"),
        builder().extra_ca_pem("cnrycertificate"),
        builder().client_certificate_pem("cnrycertificate", "cnryprivatekey"),
        builder().user_agent("cnryagent\n"),
        builder().path("no.such", "/cnrypath"),
        builder().account("", MERCHANT_PASSWORD),
    ] {
        cage().error(place, &wrong.build_blocking().expect_err("set up wrongly"));
    }
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_stored_tokens() {
    let place = "a token store";
    let directory = tempfile::tempdir().expect("a directory");
    let store = FileStore::new(directory.path()).expect("a store");
    let key = TokenKey { origin: "http://127.0.0.1:1".to_owned(), username: "demo".to_owned() };
    let token = StoredToken {
        token: "cnrytoken".into(),
        issued: SystemTime::UNIX_EPOCH,
        ends: SystemTime::UNIX_EPOCH + Duration::from_secs(1),
    };
    store.save(&key, &token).expect("saved");
    cage().debug(place, &store);
    cage().debug(place, &key);
    cage().debug(place, &token);
    for file in std::fs::read_dir(directory.path()).expect("a directory") {
        std::fs::write(file.expect("a file").path(), "{\"version\": 1, \"token\": \"cnrytoken\"")
            .expect("written");
    }
    cage().debug(place, &store.load(&key).expect_err("broken"));

    // A store that is broken is said, and not what is in it.
    let vendor = Vendor::start();
    let origin = vendor.sandbox.base_url().to_owned();
    store.save(&TokenKey { origin, username: "demo".to_owned() }, &token).expect("saved");
    for file in std::fs::read_dir(directory.path()).expect("a directory") {
        std::fs::write(file.expect("a file").path(), "{\"version\": 1, \"token\": \"cnrytoken\"")
            .expect("written");
    }
    let client = Client::builder()
        .base_url(vendor.sandbox.base_url())
        .account(vendor.sandbox.username(), vendor.sandbox.password())
        .token_store(store)
        .build_blocking()
        .expect("a client");
    client.call("blacklist.search", of("blacklist.search").expect("parameters")).expect("a token of its own");
    vendor.learn();
    cage().assert_tight();
}
