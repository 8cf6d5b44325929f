//! The same calls through their types: what requests and answers say of themselves.

use std::collections::BTreeSet;
use std::fmt::Debug;

use qiancheng::api::{auth, blacklist, degree, ebank, ebank_v2, registry, risk, telecom};
use qiancheng::blocking::Client;
use qiancheng::endpoint::Endpoint;
use serde_json::Value;

use crate::cage::cage;

fn one<E: Endpoint + Debug + Clone>(client: &Client, place: &str, params: &Value)
where
    E::Answer: Debug + Send,
{
    let request: E = serde_json::from_value(params.clone()).expect("the request");
    cage().debug(place, &request);
    match client.send(request) {
        Ok(reply) => {
            cage().debug(place, &reply);
            cage().debug(place, reply.answer());
            cage().debug(place, &reply.into_inner());
        }
        Err(error) => cage().error(place, &error),
    }
}

macro_rules! typed {
    ($($request:ty),+ $(,)?) => {
        /// Makes one call by its type.
        pub(crate) fn call(client: &Client, endpoint: &str, place: &str, params: Value) {
            match endpoint {
                $(id if id == <$request>::INFO.id => one::<$request>(client, place, &params),)+
                other => panic!("{other} has no type here: add it"),
            }
        }

        const TYPED: &[&str] = &[$(<$request>::INFO.id),+];
    };
}

typed!(
    auth::Token,
    blacklist::Search,
    blacklist::SearchV2,
    telecom::OpenId,
    telecom::QueryPassword,
    telecom::Captcha,
    telecom::ServicePassword,
    telecom::ResendCaptcha,
    telecom::GetState,
    telecom::RawData,
    telecom::Report,
    degree::OpenId,
    degree::Login,
    degree::GetState,
    degree::RawData,
    ebank::BankInfo,
    ebank::LicenseUpload,
    ebank::OpenId,
    ebank::GetState,
    ebank::Captcha,
    ebank::RawData,
    ebank_v2::OpenId,
    ebank_v2::BankList,
    ebank_v2::LicenseUpload,
    ebank_v2::Login,
    ebank_v2::GetState,
    ebank_v2::Captcha,
    ebank_v2::RawData,
    risk::Audit,
    risk::AuditResult,
);

#[test]
fn every_endpoint_is_called_by_its_type() {
    let known: BTreeSet<&str> = registry::entries().map(|entry| entry.info.id).collect();
    assert_eq!(TYPED.iter().copied().collect::<BTreeSet<_>>(), known);
}
