//! §5 and §6.

use super::{Auth, ID_CARD, Kind, MOBILE, NAME, OPEN_ID, Parameter, Route, optional, post, required};
use crate::endpoints::{ebank as v1, ebank_v2 as v2};

const ENTRY_ID: Parameter = required("entry_id", "银行入口", Kind::Text);
const LOGIN_NAME: Parameter = required("login_name", "网银登录名", Kind::Text);
/// Some banks need none.
const PASSWORD: Parameter = optional("password", "网银登录密码", Kind::Text);
const VERIFY_CODE: Parameter = required("verify_code", "验证码", Kind::Text);

const USER_INFO: &[Parameter] = &[
    optional("ip", "用户 ip 地址", Kind::Text),
    optional("city", "用户所在城市", Kind::Text),
    optional("province", "用户所在省份", Kind::Text),
    optional("lat", "用户纬度", Kind::TextOrNumber),
    optional("lon", "用户经度", Kind::TextOrNumber),
    optional("udid", "终端设备 id", Kind::Text),
    required("client_type", "客户端类型", Kind::OneOfNumbers(&[0, 1, 2])),
];

pub(super) const V1_ROUTES: &[Route] = &[
    post("ebank.bank_info", &["/ebank/collect/bank-info"], Auth::Open, &[], v1::bank_info),
    post(
        "ebank.license_upload",
        &["/ebank/collect/license-upload"],
        Auth::Token,
        &[ENTRY_ID, LOGIN_NAME, NAME, ID_CARD],
        v1::license_upload,
    ),
    post(
        "ebank.open_id",
        &["/ebank/collect/open-id"],
        Auth::Token,
        &[
            NAME,
            MOBILE,
            ID_CARD,
            ENTRY_ID,
            LOGIN_NAME,
            PASSWORD,
            optional("user_info", "用户信息", Kind::Object(USER_INFO)),
        ],
        v1::open_id,
    ),
    post("ebank.get_state", &["/ebank/collect/get-state"], Auth::User, &[OPEN_ID], v1::get_state),
    post("ebank.captcha", &["/ebank/collect/captcha"], Auth::User, &[OPEN_ID, VERIFY_CODE], v1::captcha),
    post(
        "ebank.raw_data",
        &["/ebank/data/raw-data"],
        Auth::User,
        &[Parameter { name: "openId", alias: Some("open_id"), ..OPEN_ID }],
        v1::raw_data,
    ),
];

pub(super) const V2_ROUTES: &[Route] = &[
    post(
        "ebank_v2.open_id",
        &["/v2/ebank/collect/open-id"],
        Auth::Token,
        &[NAME, MOBILE, ID_CARD],
        v2::open_id,
    ),
    post("ebank_v2.bank_list", &["/v2/ebank/collect/bank-list"], Auth::User, &[OPEN_ID], v2::bank_list),
    post(
        "ebank_v2.license_upload",
        &["/v2/ebank/collect/license-upload"],
        Auth::User,
        &[OPEN_ID, ENTRY_ID, LOGIN_NAME],
        v2::license_upload,
    ),
    post(
        "ebank_v2.login",
        &["/v2/ebank/collect/login"],
        Auth::User,
        &[OPEN_ID, ENTRY_ID, LOGIN_NAME, PASSWORD],
        v2::login,
    ),
    post("ebank_v2.get_state", &["/v2/ebank/collect/get-state"], Auth::User, &[OPEN_ID], v2::get_state),
    post(
        "ebank_v2.captcha",
        &["/v2/ebank/collect/captcha"],
        Auth::User,
        &[OPEN_ID, VERIFY_CODE],
        v2::captcha,
    ),
    post("ebank_v2.raw_data", &["/v2/ebank/data/raw-data"], Auth::User, &[OPEN_ID], v2::raw_data),
];
