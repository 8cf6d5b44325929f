//! The vendor's state dictionaries (§8), each state with its number, its name and the vendor's own
//! Chinese description.
//!
//! What a state *means* for a session is decided in [`crate::session`]; this module only names it.
//! A number the dictionaries do not list is a value too: it prints as itself and is never an error.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One row of a dictionary, for documentation and for other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateEntry {
    /// The number on the wire.
    pub code: i64,
    /// The vendor's name, such as `STATE_CAPTCHA_REQUIRED`.
    pub name: &'static str,
    /// The vendor's description, in Chinese.
    pub description: &'static str,
}

macro_rules! dictionary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $wire:literal, $text:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", stringify!($code), "` ", $wire, " — ", $text)] $variant,)+
            /// A state the vendor's document does not list.
            Unknown(i64),
        }

        impl $name {
            /// Every documented state, in the document's order.
            pub const ALL: &'static [StateEntry] = &[
                $(StateEntry { code: $code, name: $wire, description: $text },)+
            ];

            /// The state with this number.
            pub const fn from_code(code: i64) -> Self {
                match code { $($code => Self::$variant,)+ other => Self::Unknown(other) }
            }

            /// The number on the wire.
            pub const fn code(self) -> i64 {
                match self { $(Self::$variant => $code,)+ Self::Unknown(code) => code }
            }

            /// The dictionary's row, or `None` for a state it does not list.
            pub fn entry(self) -> Option<&'static StateEntry> {
                Self::ALL.iter().find(|entry| entry.code == self.code())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.entry() {
                    Some(entry) => write!(f, "{} {}", entry.code, entry.name),
                    None => write!(f, "{}", self.code()),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::lenient::integer(deserializer).map(Self::from_code)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let rows: Vec<String> = Self::ALL
                    .iter()
                    .map(|entry| format!("{} {} {}", entry.code, entry.name, entry.description))
                    .collect();
                schemars::json_schema!({
                    "type": "integer",
                    "description": format!("One of: {}. Other numbers may come and are kept.", rows.join("; ")),
                })
            }
        }
    };
}

dictionary! {
    /// Telecom collection (§8.1).
    TelecomState {
        Init = 0, "STATE_INIT", "查询已初始化";
        Restart = 1, "STATE_RESTART", "流程重新开始";
        ServicePasswordSubmitted = 11, "STATE_SERVICE_PWD_SUBMITTED", "已提交服务密码";
        CaptchaRequired = 21, "STATE_CAPTCHA_REQUIRED", "需要验证码";
        CaptchaSubmitted = 22, "STATE_CAPTCHA_SUBMITTED", "验证码已提交";
        CaptchaError = 23, "STATE_CAPTCHA_ERROR", "验证码错误或超时";
        CaptchaResend = 24, "STATE_CAPTCHA_RESEND", "已重发验证码";
        QueryPasswordRequired = 31, "STATE_QUERY_PWD_REQUIRED", "需要输入查询密码";
        QueryPasswordSubmitted = 32, "STATE_QUERY_PWD_SUBMITTED", "查询密码已提交";
        QueryPasswordError = 33, "STATE_QUERY_PWD_SUBMITTED_ERROR", "查询密码错误";
        CollectFinished = 41, "STATE_COLLECT_FINISHED", "完成账户采集流程";
        CollectFailed = 42, "STATE_COLLECT_FAILED", "采集流程失败";
        DataReady = 43, "STATE_DATA_READY", "数据可用";
    }
}

dictionary! {
    /// Degree collection (§8.2).
    DegreeState {
        Init = 0, "STATE_INIT", "查询初始化";
        PasswordSubmitted = 11, "STATE_PWD_SUBMITTED", "已经提交账号密码";
        CollectFinished = 21, "STATE_COLLECT_FINISHED", "采集完成";
        CollectFailed = 22, "STATE_COLLECT_FAILED", "采集失败";
    }
}

dictionary! {
    /// E-bank collection, both versions (§8.3).
    EbankState {
        Init = 0, "STATE_INIT", "查询初始化";
        AccountSubmitted = 1, "STATE_ACCOUNT_SUBMITTED", "账户信息已提交";
        DynamicPasswordRequired = 2, "STATE_DYNAMIC_PWD_REQUIRED", "需要动态口令";
        DynamicPasswordSubmitted = 3, "STATE_DYNAMIC_PWD_SUBMITTED", "动态口令已提交";
        PictureCaptchaRequired = 4, "STATE_PIC_CAPTCHA_REQUIRED", "需要图片验证码";
        PictureCaptchaSubmitted = 5, "STATE_PIC_CAPTCHA_SUBMITTED", "图片验证码已提交";
        SmsCaptchaRequired = 6, "STATE_MSG_CAPTCHA_REQUIRED", "需要短信验证码";
        SmsCaptchaSubmitted = 7, "STATE_MSG_CAPTCHA_SUBMITTED", "短信验证码已提交";
        CaptchaError = 8, "STATE_CAPTCHA_ERROR", "验证码错误或超时";
        CaptchaResend = 9, "STATE_CAPTCHA_RESEND", "已重发验证码";
        CollectFinished = 10, "STATE_COLLECT_FINISHED", "采集完成";
        CollectFailed = 11, "STATE_COLLECT_FAILED", "采集失败";
    }
}

dictionary! {
    /// The verdict of a risk audit (§7.2). The vendor gives these no names; the names here are ours.
    AuditState {
        Pass = 0, "PASS", "建议通过";
        Reject = 1, "REJECT", "建议拒绝";
        UnderReview = 2, "UNDER_REVIEW", "审核中";
    }
}
