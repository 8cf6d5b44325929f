//! The passwords that choose what becomes of a session.

/// `slow_N` beyond this never ends as far as any caller can tell.
const SLOWEST: usize = 10_000;

/// What a password asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// No challenge; this many more polls than usual before the end.
    Direct { extra: usize },
    /// This many captchas.
    Captchas(usize),
    /// A query password (telecom).
    QueryPassword,
    /// A captcha, then a query password (telecom).
    CaptchaThenQuery,
    /// A picture captcha (e-bank).
    Picture,
    /// A dynamic password (e-bank).
    Dynamic,
    /// State 1 once (telecom).
    Restart,
    /// Refused on submission.
    Wrong,
    /// Ends in failure.
    Fail,
}

impl Behaviour {
    /// A password that is none of the known ones asks for one captcha.
    pub(crate) fn of(password: &str) -> Self {
        match password {
            "direct" => Self::Direct { extra: 0 },
            "captcha_x2" => Self::Captchas(2),
            "query_password" => Self::QueryPassword,
            "captcha_then_query" => Self::CaptchaThenQuery,
            "picture" => Self::Picture,
            "dynamic" => Self::Dynamic,
            "restart" => Self::Restart,
            "wrong" => Self::Wrong,
            "fail" => Self::Fail,
            _ => Self::slow(password).unwrap_or(Self::Captchas(1)),
        }
    }

    /// `slow_N`: no challenge, N more polls.
    fn slow(password: &str) -> Option<Self> {
        let digits = password.strip_prefix("slow_")?;
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A number too large to read is slower than the slowest.
        let extra = digits.parse().unwrap_or(SLOWEST).min(SLOWEST);
        Some(Self::Direct { extra })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_choose() {
        assert_eq!(Behaviour::of("direct"), Behaviour::Direct { extra: 0 });
        assert_eq!(Behaviour::of("slow_7"), Behaviour::Direct { extra: 7 });
        assert_eq!(Behaviour::of("slow_99999999999999999999999"), Behaviour::Direct { extra: SLOWEST });
        for ordinary in ["slow_", "slow_x", "slow_-1", "hunter2", "", "Direct"] {
            assert_eq!(Behaviour::of(ordinary), Behaviour::Captchas(1), "{ordinary}");
        }
    }
}
