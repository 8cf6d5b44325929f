//! §2, and the two searches seen in public clients.

use super::{Auth, ID_CARD, Kind, MOBILE, NAME, Route, optional, post};
use crate::endpoints::blacklist as action;

pub(super) const ROUTES: &[Route] = &[
    post(
        "blacklist.search",
        &["/blacklist/search/single"],
        Auth::Token,
        &[NAME, ID_CARD, MOBILE],
        action::search,
    ),
    post(
        "blacklist.search_v2",
        &["/v2/blacklist/black-list/search-one"],
        Auth::Token,
        &[
            NAME,
            ID_CARD,
            MOBILE,
            optional("ip", "用户 ip", Kind::Text),
            optional("bank_card", "银行卡号", Kind::Text),
        ],
        action::search_v2,
    ),
    // Not one of the documented endpoints: reachable through a client's generic call only.
    post(
        "blacklist.search_v2_list",
        &["/v2/blacklist/black-list/search"],
        Auth::Token,
        &[NAME, ID_CARD, MOBILE],
        action::search_v2_list,
    ),
];
