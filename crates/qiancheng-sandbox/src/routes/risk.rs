//! §7.

use http::Method;

use super::{Auth, ID_CARD, Kind, NAME, OPEN_ID, Route, post, required};
use crate::endpoints::risk as action;

/// The endpoint whose body must be gzip-compressed JSON, and whose `data` is decrypted before anything else happens.
pub(crate) const AUDIT: &str = "risk.audit";

pub(super) const ROUTES: &[Route] = &[
    post(
        AUDIT,
        &["/risk-model/audit/open-id"],
        Auth::Token,
        &[
            NAME,
            required("phone", "手机号", Kind::MobileNumber),
            ID_CARD,
            required("data", "其他数据", Kind::Text),
        ],
        action::audit,
    ),
    Route {
        id: "risk.result",
        method: Method::GET,
        paths: &["/risk-model/audit/result"],
        auth: Auth::Open,
        parameters: &[OPEN_ID],
        action: action::result,
    },
];
