//! What kind of thing went wrong: number, name, meaning and advice, in English and in Chinese.

use std::fmt;

macro_rules! kinds {
    ($(#[doc = $meaning:literal] $name:ident = $number:literal,
       $advice:literal, $meaning_zh:literal, $advice_zh:literal;)+) => {
        /// What kind of thing went wrong. The numbers are stable, never reused, and the same in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum ErrorKind { $(#[doc = $meaning] $name = $number,)+ }

        impl ErrorKind {
            /// Every kind, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable number behind the kind; 0 is success and belongs to no kind.
            pub const fn number(self) -> i32 { self as i32 }

            /// The kind's name, the same in every language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// What the kind stands for, in one sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning.trim_ascii(),)+ }
            }

            /// The same in Chinese.
            pub const fn meaning_zh(self) -> &'static str {
                match self { $(Self::$name => $meaning_zh,)+ }
            }

            /// What a caller does about it, in one sentence.
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice,)+ }
            }

            /// The same in Chinese.
            pub const fn advice_zh(self) -> &'static str {
                match self { $(Self::$name => $advice_zh,)+ }
            }
        }
    };
}

kinds! {
    /// The client is set up wrongly.
    Config = 1, "Correct the client's configuration; nothing was sent.",
        "客户端配置有误", "修正配置；请求没有发出。";
    /// A parameter is missing, malformed or unknown. Nothing was sent.
    InvalidInput = 2, "Correct the parameter that `field` names; nothing was sent.",
        "参数缺失、格式不对或不认识", "修正 `field` 指出的参数；请求没有发出。";
    /// The vendor could not be reached, or the connection broke.
    Connection = 3, "Check the network and the proxy; see `outcome` before sending again.",
        "连接不上，或连接中断", "检查网络与代理；再次发送前先看 `outcome`。";
    /// A time limit ran out.
    Timeout = 4, "See `outcome` before sending again; raise the timeout that the message names.",
        "超时", "再次发送前先看 `outcome`；可调大错误信息里提到的时限。";
    /// The call was cancelled through its `Cancel` handle.
    Cancelled = 5, "See `outcome`: what was under way may have been processed.",
        "调用被 `Cancel` 取消", "看 `outcome`：已发出的请求可能已被处理。";
    /// The answer is not what the vendor's interface promises.
    Protocol = 6, "Look at `http_status` and the excerpt; a gateway may have answered in the vendor's place.",
        "应答不符合接口约定", "看 `http_status` 和摘录；应答可能来自网关而不是前程征信。";
    /// The merchant's account or password is wrong.
    Auth = 7, "Correct the merchant's username or password.",
        "商户账号或密码错误", "修正商户的账号或密码。";
    /// The vendor refused a freshly issued token.
    TokenRefused = 8, "Check that the account is allowed to use this endpoint.",
        "刚取得的令牌也被拒绝", "确认该账号有权使用此接口。";
    /// The data is still being collected (code 1003).
    Collecting = 9, "Poll the state and ask again when it says that the data is ready.",
        "数据仍在采集（code 1003）", "轮询状态，数据可用后再取。";
    /// The vendor refused the input (code 1001).
    Rejected = 10, "Read `vendor_message`; correct the input.",
        "输入被拒绝（code 1001）", "看 `vendor_message`，修正输入。";
    /// The vendor's service failed (code 1000) or asked to slow down.
    ServiceUnavailable = 11, "Try again later.",
        "对方服务故障（code 1000）或要求放慢", "稍后再试。";
    /// The vendor answered with a code that its document does not list.
    Unknown = 12, "Read `code` and `vendor_message`; ask the vendor.",
        "接口文档未列出的 code", "看 `code` 与 `vendor_message`，询问前程征信。";
    /// A challenge was answered that is no longer, or not yet, the one to answer.
    Challenge = 13, "Poll the session and answer the challenge it returns.",
        "回答的不是当前的验证问题", "轮询会话，回答它返回的问题。";
    /// The session cannot do this: it has ended, expired, or was saved elsewhere.
    Session = 14, "Open a new session, or resume it where it belongs.",
        "会话已结束、已过期，或不是在这里保存的", "重新开始，或在原来的商户与主机上恢复。";
    /// A key or an encryption failed.
    Crypto = 15, "Check the public key the vendor gave you.",
        "密钥或加密出错", "检查前程征信提供的公钥。";
    /// A defect in this library, caught at the language boundary.
    Panic = 16, "Report it as a defect; the process may go on.",
        "本库自身的缺陷，在语言边界被拦下", "请报告此缺陷；进程可以继续运行。";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_numbers_are_stable() {
        let numbers: Vec<(i32, &str)> =
            ErrorKind::ALL.iter().map(|kind| (kind.number(), kind.name())).collect();
        assert_eq!(
            numbers,
            [
                (1, "Config"),
                (2, "InvalidInput"),
                (3, "Connection"),
                (4, "Timeout"),
                (5, "Cancelled"),
                (6, "Protocol"),
                (7, "Auth"),
                (8, "TokenRefused"),
                (9, "Collecting"),
                (10, "Rejected"),
                (11, "ServiceUnavailable"),
                (12, "Unknown"),
                (13, "Challenge"),
                (14, "Session"),
                (15, "Crypto"),
                (16, "Panic"),
            ]
        );
    }
}
