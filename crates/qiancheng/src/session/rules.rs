//! What a state means for a session: pure functions from the vendor's dictionaries (§8) to what happens next.
//!
//! The vendor's flow charts are lost; these rules are derived from its texts (§3–6). No clock, no network, no
//! memory but what is handed in, so that every state of every dictionary can be checked in a table.

use serde::{Deserialize, Serialize};

use crate::dictionary::{DegreeState, EbankState, StateEntry, TelecomState};

/// What is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Telecom data (§3).
    Telecom,
    /// Degree data (§4).
    Degree,
    /// E-bank data, first version (§5).
    Ebank,
    /// E-bank data, second version (§6).
    EbankV2,
}

impl SessionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Telecom, Self::Degree, Self::Ebank, Self::EbankV2];

    /// The chapter that the kind's endpoints are in: `telecom`, `degree`, `ebank`, `ebank_v2`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Telecom => "telecom",
            Self::Degree => "degree",
            Self::Ebank => "ebank",
            Self::EbankV2 => "ebank_v2",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The dictionary's row for a state of this kind.
    pub fn state_entry(self, code: i64) -> Option<&'static StateEntry> {
        match self {
            Self::Telecom => TelecomState::from_code(code).entry(),
            Self::Degree => DegreeState::from_code(code).entry(),
            Self::Ebank | Self::EbankV2 => EbankState::from_code(code).entry(),
        }
    }
}

/// What the borrower is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChallengeKind {
    /// A number that came by SMS.
    SmsCaptcha,
    /// What a picture shows.
    PictureCaptcha,
    /// A dynamic password, from a token or an application of the bank.
    DynamicPassword,
    /// The carrier's query password.
    QueryPassword,
    /// The carrier's service password.
    ServicePassword,
}

impl ChallengeKind {
    /// The name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SmsCaptcha => "sms_captcha",
            Self::PictureCaptcha => "picture_captcha",
            Self::DynamicPassword => "dynamic_password",
            Self::QueryPassword => "query_password",
            Self::ServicePassword => "service_password",
        }
    }

    /// What to say to the borrower.
    pub const fn prompt(self) -> &'static str {
        match self {
            Self::SmsCaptcha => "Enter the captcha that was sent by SMS",
            Self::PictureCaptcha => "Enter what the picture shows",
            Self::DynamicPassword => "Enter the dynamic password of the bank's token or application",
            Self::QueryPassword => "Enter the carrier's query password",
            Self::ServicePassword => "Enter the carrier's service password",
        }
    }

    /// What to say to the borrower, in Chinese.
    pub const fn prompt_zh(self) -> &'static str {
        match self {
            Self::SmsCaptcha => "请输入短信验证码",
            Self::PictureCaptcha => "请输入图片中的验证码",
            Self::DynamicPassword => "请输入银行动态口令",
            Self::QueryPassword => "请输入运营商查询密码",
            Self::ServicePassword => "请输入运营商服务密码",
        }
    }
}

/// Why the borrower is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// It is due.
    Due,
    /// The last answer was wrong or late.
    Refused,
    /// A new one was sent.
    Resent,
}

/// What a state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Ask again later.
    Wait,
    /// Ask the borrower.
    Ask(ChallengeKind, Why),
    /// The data can be fetched.
    Finished,
    /// The collection failed.
    Failed,
}

/// What a session remembers that a state's meaning depends on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Memory {
    /// What the borrower was asked for last.
    pub(crate) asked: Option<ChallengeKind>,
    /// Whether the service password has been handed in (telecom).
    pub(crate) has_service_password: bool,
    /// Whether a picture came with the state (e-bank).
    pub(crate) has_picture: bool,
}

/// What a state means for a session. A state that the dictionary does not list is waited out.
pub(crate) fn next(kind: SessionKind, state: i64, memory: Memory) -> Next {
    match kind {
        SessionKind::Telecom => telecom(TelecomState::from_code(state), memory),
        SessionKind::Degree => degree(DegreeState::from_code(state)),
        SessionKind::Ebank | SessionKind::EbankV2 => ebank(EbankState::from_code(state), memory),
    }
}

fn telecom(state: TelecomState, memory: Memory) -> Next {
    use ChallengeKind::{QueryPassword, ServicePassword, SmsCaptcha};
    match state {
        // Nobody but us hands it in: waiting would be for ever.
        TelecomState::Init if !memory.has_service_password => Next::Ask(ServicePassword, Why::Due),
        TelecomState::Restart => Next::Ask(ServicePassword, Why::Refused),
        TelecomState::CaptchaRequired => Next::Ask(SmsCaptcha, Why::Due),
        TelecomState::CaptchaError => Next::Ask(SmsCaptcha, Why::Refused),
        TelecomState::CaptchaResend => Next::Ask(SmsCaptcha, Why::Resent),
        TelecomState::QueryPasswordRequired => Next::Ask(QueryPassword, Why::Due),
        TelecomState::QueryPasswordError => Next::Ask(QueryPassword, Why::Refused),
        TelecomState::DataReady => Next::Finished,
        TelecomState::CollectFailed => Next::Failed,
        TelecomState::Init
        | TelecomState::ServicePasswordSubmitted
        | TelecomState::CaptchaSubmitted
        | TelecomState::QueryPasswordSubmitted
        // The account has been collected; the data follows with DataReady.
        | TelecomState::CollectFinished
        | TelecomState::Unknown(_) => Next::Wait,
    }
}

fn degree(state: DegreeState) -> Next {
    match state {
        DegreeState::CollectFinished => Next::Finished,
        DegreeState::CollectFailed => Next::Failed,
        DegreeState::Init | DegreeState::PasswordSubmitted | DegreeState::Unknown(_) => Next::Wait,
    }
}

fn ebank(state: EbankState, memory: Memory) -> Next {
    use ChallengeKind::{DynamicPassword, PictureCaptcha, SmsCaptcha};
    // States 8 and 9 do not say what is asked for again.
    let once_more = if memory.has_picture { PictureCaptcha } else { memory.asked.unwrap_or(SmsCaptcha) };
    match state {
        EbankState::DynamicPasswordRequired => Next::Ask(DynamicPassword, Why::Due),
        EbankState::PictureCaptchaRequired => Next::Ask(PictureCaptcha, Why::Due),
        EbankState::SmsCaptchaRequired => Next::Ask(SmsCaptcha, Why::Due),
        EbankState::CaptchaError => Next::Ask(once_more, Why::Refused),
        EbankState::CaptchaResend => Next::Ask(once_more, Why::Resent),
        EbankState::CollectFinished => Next::Finished,
        EbankState::CollectFailed => Next::Failed,
        EbankState::Init
        | EbankState::AccountSubmitted
        | EbankState::DynamicPasswordSubmitted
        | EbankState::PictureCaptchaSubmitted
        | EbankState::SmsCaptchaSubmitted
        | EbankState::Unknown(_) => Next::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::ChallengeKind::{DynamicPassword, PictureCaptcha, QueryPassword, ServicePassword, SmsCaptcha};
    use super::Next::{Ask, Failed, Finished, Wait};
    use super::Why::{Due, Refused, Resent};
    use super::*;

    /// Walks a dictionary: every state it lists stands in the table, and nothing else does.
    fn walk(kind: SessionKind, dictionary: &[StateEntry], memory: Memory, table: &[(i64, Next)]) {
        let listed: Vec<i64> = dictionary.iter().map(|entry| entry.code).collect();
        let tabled: Vec<i64> = table.iter().map(|(code, _)| *code).collect();
        assert_eq!(listed, tabled, "the table covers the dictionary");
        for &(code, expected) in table {
            assert_eq!(next(kind, code, memory), expected, "{kind:?} in state {code}");
        }
        assert_eq!(next(kind, 777, memory), Wait, "an unknown state is polled on");
    }

    #[test]
    fn every_telecom_state_has_its_meaning() {
        let memory = Memory { has_service_password: true, ..Memory::default() };
        walk(
            SessionKind::Telecom,
            TelecomState::ALL,
            memory,
            &[
                (0, Wait),
                (1, Ask(ServicePassword, Refused)),
                (11, Wait),
                (21, Ask(SmsCaptcha, Due)),
                (22, Wait),
                (23, Ask(SmsCaptcha, Refused)),
                (24, Ask(SmsCaptcha, Resent)),
                (31, Ask(QueryPassword, Due)),
                (32, Wait),
                (33, Ask(QueryPassword, Refused)),
                (41, Wait),
                (42, Failed),
                (43, Finished),
            ],
        );
    }

    #[test]
    fn a_telecom_session_without_a_password_asks_for_it() {
        assert_eq!(next(SessionKind::Telecom, 0, Memory::default()), Ask(ServicePassword, Due));
    }

    #[test]
    fn every_degree_state_has_its_meaning() {
        walk(
            SessionKind::Degree,
            DegreeState::ALL,
            Memory::default(),
            &[(0, Wait), (11, Wait), (21, Finished), (22, Failed)],
        );
    }

    #[test]
    fn every_ebank_state_has_its_meaning_in_both_versions() {
        for kind in [SessionKind::Ebank, SessionKind::EbankV2] {
            let memory = Memory { asked: Some(DynamicPassword), ..Memory::default() };
            walk(
                kind,
                EbankState::ALL,
                memory,
                &[
                    (0, Wait),
                    (1, Wait),
                    (2, Ask(DynamicPassword, Due)),
                    (3, Wait),
                    (4, Ask(PictureCaptcha, Due)),
                    (5, Wait),
                    (6, Ask(SmsCaptcha, Due)),
                    (7, Wait),
                    (8, Ask(DynamicPassword, Refused)),
                    (9, Ask(DynamicPassword, Resent)),
                    (10, Finished),
                    (11, Failed),
                ],
            );
        }
    }

    #[test]
    fn an_ebank_error_asks_again_for_what_was_asked_or_shown() {
        let ask = |asked, has_picture| {
            next(SessionKind::Ebank, 8, Memory { asked, has_picture, ..Memory::default() })
        };
        assert_eq!(ask(None, false), Ask(SmsCaptcha, Refused));
        assert_eq!(ask(Some(SmsCaptcha), true), Ask(PictureCaptcha, Refused));
        assert_eq!(ask(Some(PictureCaptcha), false), Ask(PictureCaptcha, Refused));
    }

    #[test]
    fn kinds_are_found_by_their_names() {
        for kind in SessionKind::ALL {
            assert_eq!(SessionKind::from_name(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).expect("text"), kind.name());
        }
    }
}
