//! §3, and the submission of a service password seen in public clients.

use super::{
    Auth, CONTACT_TYPES, ID_CARD, Kind, MOBILE, NAME, Need, OPEN_ID, Parameter, Route, optional, post,
    required,
};
use crate::endpoints::telecom as action;

const CONTACT: &[Parameter] = &[
    optional("contact_tel", "联系人手机", Kind::Text),
    optional("contact_name", "联系人姓名", Kind::Text),
    optional("contact_type", "联系人类型", Kind::OneOf(CONTACT_TYPES)),
];

const OPTIONS: &[Parameter] = &[
    optional("work_addr", "工作地址", Kind::Text),
    optional("work_tel", "工作电话", Kind::Text),
    optional("home_addr", "家庭地址", Kind::Text),
    optional("home_tel", "家庭电话", Kind::Text),
    optional("contacts", "联系人信息", Kind::List(CONTACT)),
];

const SERVICE_PASSWORD: Parameter = required("service_password", "运营商服务密码", Kind::Text);

pub(super) const ROUTES: &[Route] = &[
    post(
        "telecom.open_id",
        &["/telecom/collect/open-id"],
        Auth::Token,
        &[
            NAME,
            ID_CARD,
            MOBILE,
            // Required, but an empty one opens a session that waits for `telecom.service_password`.
            Parameter { need: Need::Present, ..SERVICE_PASSWORD },
            optional("options", "附加信息", Kind::Object(OPTIONS)),
        ],
        action::open_id,
    ),
    post(
        "telecom.query_password",
        &["/telecom/collect/query-password"],
        Auth::User,
        &[OPEN_ID, required("query_password", "运营商查询密码", Kind::Text)],
        action::query_password,
    ),
    post(
        "telecom.captcha",
        &["/telecom/collect/captcha"],
        Auth::User,
        &[OPEN_ID, required("captcha", "手机验证码", Kind::Text)],
        action::captcha,
    ),
    post(
        "telecom.resend_captcha",
        &["/telecom/collect/resend-captcha"],
        Auth::User,
        &[OPEN_ID],
        action::resend_captcha,
    ),
    post("telecom.get_state", &["/telecom/collect/get-state"], Auth::User, &[OPEN_ID], action::get_state),
    post("telecom.raw_data", &["/telecom/data/raw-data"], Auth::User, &[OPEN_ID], action::raw_data),
    post("telecom.report", &["/telecom/data/report"], Auth::User, &[OPEN_ID], action::report),
    post(
        "telecom.service_password",
        &["/telecom/collect/service-password"],
        Auth::User,
        &[OPEN_ID, SERVICE_PASSWORD],
        action::service_password,
    ),
];
