//! `qiancheng demo`: the story is whole, and shows nobody in clear.

use crate::support::{bare, json, run, stdout};

#[test]
fn the_story_goes_from_the_token_to_the_verdict() {
    let directory = tempfile::tempdir().expect("a directory");
    let out = directory.path().join("demo-output");
    let out_text = out.to_str().expect("UTF-8");
    let output = run(bare(["demo", "--out", out_text, "--applicants", "3"]), "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let story = stdout(&output);
    // Paragraphs are broken into lines where they have to be.
    let words = story.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = words.as_str();
    for part in [
        "Token 令牌",
        "Blacklist 黑名单",
        "未命中",
        "Telecom session 运营商采集",
        "21 STATE_CAPTCHA_REQUIRED 需要验证码",
        "43 STATE_DATA_READY",
        "it left once",
        "Raw data 原始数据",
        "raw_data.json",
        "the client sent it twice",
        "Report 分析报告",
        "Key figures 关键指标",
        "夜间通话占比",
        "月均话费",
        "在网时长",
        "phone_gray_score",
        "Risk audit 风控审核",
        "Verdict 审核结论",
        "建议",
        "What was sent",
        "telecom.get_state",
        "Client: calls",
        "Screening 批量审核 · 3 applicants",
        "结论 verdict",
        "of 3 passed",
    ] {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} is missing, or out of order:\n{story}"));
        rest = &rest[at + part.len()..];
    }
    assert!(!story.contains('\u{1b}'), "no colours without a terminal");
    assert!(!story.contains("no data"), "every figure has a value:\n{story}");

    let raw_data = json(&std::fs::read_to_string(out.join("raw_data.json")).expect("a file"));
    let basic = &raw_data["transactions"][0]["basic"];
    let mobile = basic["cell_phone"].as_str().expect("a number");
    assert!(!story.contains(mobile), "the applicant's number is masked");
    assert!(story.contains(&format!("{}****{}", &mobile[..3], &mobile[7..])));
    let report = json(&std::fs::read_to_string(out.join("report.json")).expect("a file"));
    let score = &report["user_info_check"]["check_black_info"]["phone_gray_score"];
    assert!(story.contains(&format!("{score} of 100")), "the score is the report's");
    let calls = raw_data["transactions"][0]["calls"].as_array().expect("calls").len();
    assert!(calls > 100);
}
