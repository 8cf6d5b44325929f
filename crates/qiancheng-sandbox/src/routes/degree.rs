//! §4.

use super::{
    Auth, CONTACT_TYPES, ID_CARD, Kind, MOBILE, NAME, OPEN_ID, Parameter, Route, optional, post, required,
};
use crate::endpoints::degree as action;

const CONTACT: &[Parameter] = &[
    optional("contact_cell_phone_number", "联系人手机", Kind::Text),
    optional("contact_name", "联系人姓名", Kind::Text),
    optional("contact_type", "联系人类型", Kind::OneOf(CONTACT_TYPES)),
];

const OPTIONS: &[Parameter] = &[
    optional("work_address", "工作地址", Kind::Text),
    optional("work_phone_number_tel", "工作电话", Kind::Text),
    optional("home_address", "家庭地址", Kind::Text),
    optional("home_phone_number", "家庭电话", Kind::Text),
    optional("contacts", "联系人信息", Kind::List(CONTACT)),
];

pub(super) const ROUTES: &[Route] = &[
    post(
        "degree.open_id",
        &["/degree/collect/open-id"],
        Auth::Token,
        &[NAME, ID_CARD, MOBILE, optional("options", "附加信息", Kind::Object(OPTIONS))],
        action::open_id,
    ),
    post(
        "degree.login",
        // As printed in the source, and as it was probably meant.
        &["/telecom/collect/login", "/degree/collect/login"],
        Auth::User,
        &[
            OPEN_ID,
            required("account", "学信网账号", Kind::Text),
            required("password", "学信网密码", Kind::Text),
            required("sync", "0:同步获取 1:异步获取", Kind::OneOfNumbers(&[0, 1])),
        ],
        action::login,
    ),
    // Takes the open id and nothing else.
    post("degree.get_state", &["/degree/collect/get-state"], Auth::Open, &[OPEN_ID], action::get_state),
    post("degree.raw_data", &["/degree/data/raw-data"], Auth::User, &[OPEN_ID], action::raw_data),
];
