//! What became of it: the audit's advice, and whether the loan went bad.

use super::identity::Papers;
use super::life::Life;

/// Above this amount, in fen, an audit is always rejected.
const MAX_AMOUNT_FEN: i64 = 1_000_000;

/// What an audit advises (§7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Advise to pass.
    Pass,
    /// Advise to reject.
    Reject {
        /// Why, in the vendor's language.
        reason: String,
    },
}

pub(super) fn by_rule(papers: &Papers, amount_fen: i64) -> Verdict {
    if papers.mobile.ends_with("4444") {
        return Verdict::Reject { reason: "命中黑名单".to_owned() };
    }
    if amount_fen > MAX_AMOUNT_FEN {
        return Verdict::Reject { reason: "申请金额超过上限".to_owned() };
    }
    Verdict::Pass
}

pub(super) fn by_risk(papers: &Papers, life: &Life) -> Verdict {
    const REASONS: [&str; 5] =
        ["综合评分不足", "多头借贷风险", "通话行为异常", "联系人风险较高", "在网时长与账单不满足要求"];
    let mut stream = papers.stream("verdict");
    if stream.chance(logistic(7.0 * (life.risk - 0.62))) {
        Verdict::Reject { reason: (*stream.pick(&REASONS)).to_owned() }
    } else {
        Verdict::Pass
    }
}

pub(super) fn defaulted(papers: &Papers, life: &Life) -> bool {
    papers.stream("default").chance(logistic(6.5 * (life.risk - 0.72)))
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}
