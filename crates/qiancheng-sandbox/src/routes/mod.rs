//! The vendor's interface as the sandbox knows it: what can be called, and with what.
//!
//! Written from the vendor's document on its own, not shared with the client, so that a slip in one shows in the other.

mod blacklist;
mod degree;
mod ebank;
pub(crate) mod risk;
mod telecom;

use http::Method;

use crate::endpoints::{self, Action};

/// Who a call must come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// A live `token`.
    Token,
    /// The merchant's `username`.
    User,
    /// Anybody.
    Open,
}

/// What a parameter's value must look like.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A string.
    Text,
    /// A string, or a JSON number where it came as one.
    TextOrNumber,
    /// An ID number with its checksum.
    IdCard,
    /// A mobile number, as a string.
    Mobile,
    /// A mobile number, as an integer: a JSON number where the body is JSON.
    MobileNumber,
    /// A whole number of hours, 1 or more, as digits or as a JSON number.
    Hours,
    /// An integer out of a few, as digits or as a JSON number.
    OneOfNumbers(&'static [i64]),
    /// A string out of a few.
    OneOf(&'static [&'static str]),
    /// An object with these fields.
    Object(&'static [Parameter]),
    /// A list of objects with these fields.
    List(&'static [Parameter]),
}

/// Whether a parameter may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Must be there and not be empty.
    Required,
    /// Must be there; may be empty.
    Present,
    /// May be missing or empty.
    Optional,
}

/// One parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    /// A second spelling; either will do, and if both come they must agree.
    pub(crate) alias: Option<&'static str>,
    /// What the vendor's document calls it.
    pub(crate) label: &'static str,
    pub(crate) need: Need,
    pub(crate) kind: Kind,
}

/// One endpoint.
pub(crate) struct Route {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The documented path, and any other it is served at.
    pub(crate) paths: &'static [&'static str],
    pub(crate) auth: Auth,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) action: Action,
}

const fn required(name: &'static str, label: &'static str, kind: Kind) -> Parameter {
    Parameter { name, alias: None, label, need: Need::Required, kind }
}

const fn optional(name: &'static str, label: &'static str, kind: Kind) -> Parameter {
    Parameter { name, alias: None, label, need: Need::Optional, kind }
}

const fn post(
    id: &'static str,
    paths: &'static [&'static str],
    auth: Auth,
    parameters: &'static [Parameter],
    action: Action,
) -> Route {
    Route { id, method: Method::POST, paths, auth, parameters, action }
}

/// The parameter that `Auth::Token` stands for.
pub(crate) const TOKEN: Parameter = required("token", "认证令牌", Kind::Text);
/// The parameter that `Auth::User` stands for.
pub(crate) const USERNAME: Parameter = required("username", "商户账号", Kind::Text);

const NAME: Parameter = required("name", "姓名", Kind::Text);
const ID_CARD: Parameter = required("id_card", "身份证号", Kind::IdCard);
const MOBILE: Parameter = required("mobile", "手机号", Kind::Mobile);
const OPEN_ID: Parameter = required("open_id", "查询 open_id", Kind::Text);
const CONTACT_TYPES: &[&str] = &["0", "1", "2", "3", "4", "5", "6"];

/// §1.
const AUTH: &[Route] = &[post(
    "auth.token",
    &["/client/authorize/token"],
    Auth::Open,
    &[
        USERNAME,
        required("password", "账户密码", Kind::Text),
        optional("hours", "token 有效时间(小时)", Kind::Hours),
    ],
    endpoints::auth::token,
)];

const CHAPTERS: &[&[Route]] = &[
    AUTH,
    blacklist::ROUTES,
    telecom::ROUTES,
    degree::ROUTES,
    ebank::V1_ROUTES,
    ebank::V2_ROUTES,
    risk::ROUTES,
];

/// Every endpoint.
pub(crate) fn all() -> impl Iterator<Item = &'static Route> {
    CHAPTERS.iter().copied().flatten()
}

/// The endpoint served at a path.
pub(crate) fn at(path: &str) -> Option<&'static Route> {
    all().find(|route| route.paths.contains(&path))
}

/// Whether there is an endpoint of this id.
pub(crate) fn exists(id: &str) -> bool {
    all().any(|route| route.id == id)
}

impl Route {
    /// The parameter the caller's identity travels in.
    pub(crate) fn credential(&self) -> Option<Parameter> {
        match self.auth {
            Auth::Token => Some(TOKEN),
            Auth::User => Some(USERNAME),
            Auth::Open => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value, json};

    use super::*;
    use crate::check::check;
    use crate::wire::{Encoding, Params};

    /// A value that a parameter takes.
    fn good(kind: Kind) -> Value {
        match kind {
            Kind::Text | Kind::TextOrNumber => json!("x"),
            Kind::IdCard => json!("11010519491231002X"),
            Kind::Mobile => json!("13800138000"),
            Kind::MobileNumber => json!(13_800_138_000_i64),
            Kind::Hours => json!(1),
            Kind::OneOfNumbers(choices) => json!(choices[0]),
            Kind::OneOf(choices) => json!(choices[0]),
            Kind::Object(fields) => Value::Object(whole(fields)),
            Kind::List(fields) => json!([whole(fields)]),
        }
    }

    fn whole(parameters: &[Parameter]) -> Params {
        parameters.iter().map(|parameter| (parameter.name.to_owned(), good(parameter.kind))).collect()
    }

    fn of(route: &Route) -> Params {
        let all: Vec<Parameter> = route.credential().iter().chain(route.parameters).copied().collect();
        whole(&all)
    }

    #[test]
    fn ids_and_paths_are_unique() {
        let ids: HashSet<&str> = all().map(|route| route.id).collect();
        let paths: Vec<&str> = all().flat_map(|route| route.paths).copied().collect();
        assert_eq!(ids.len(), 31, "28 documented, 2 extensions, 1 reachable by path");
        assert_eq!(paths.iter().collect::<HashSet<_>>().len(), paths.len());
    }

    #[test]
    fn whole_calls_pass_and_each_missing_or_wrong_parameter_is_named() {
        for route in all() {
            let params = of(route);
            check(route, &params, Encoding::Json)
                .unwrap_or_else(|refusal| panic!("{}: {refusal:?}", route.id));
            for parameter in route.credential().iter().chain(route.parameters) {
                let mut missing = params.clone();
                missing.remove(parameter.name);
                let refused = check(route, &missing, Encoding::Json);
                match parameter.need {
                    Need::Optional => assert_eq!(refused, Ok(()), "{} {}", route.id, parameter.name),
                    Need::Required | Need::Present => {
                        let refusal = refused.expect_err(parameter.name);
                        assert!(refusal.code == 1001 && refusal.msg.contains(parameter.name), "{refusal:?}");
                    }
                }
                let mut wrong = params.clone();
                wrong.insert(parameter.name.to_owned(), json!(true));
                let refusal = check(route, &wrong, Encoding::Json).expect_err(parameter.name);
                assert!(refusal.msg.contains(parameter.name), "{refusal:?}");
            }
        }
    }

    #[test]
    fn a_form_carries_every_integer_as_digits() {
        for route in all() {
            let digits = |value: Value| if value.is_number() { json!(value.to_string()) } else { value };
            let params: Params = of(route).into_iter().map(|(name, value)| (name, digits(value))).collect();
            assert_eq!(check(route, &params, Encoding::Form), Ok(()), "{}", route.id);
        }
    }
}
