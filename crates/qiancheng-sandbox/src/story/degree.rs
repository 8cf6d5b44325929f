//! Degree raw data: a student's record and certificate for each stage of higher education.
//!
//! The vendor's field names are not known but for `length_school`. Of the names seen elsewhere this page uses `name, sex,
//! birth_date, nation, cert, university, institute, department, clazz, school_num, degree, major, length_school, education,
//! learning_form, entrance_date, leave_date, status` for an enrolment, and `graduation_date, graduation,
//! certificate_num, principal_name` besides for a qualification.

use serde_json::{Value, json};

use super::calendar::{DAY, date_of};
use super::identity::Papers;
use super::life::Life;
use super::names;
use super::rng::Stream;

const MAJORS: [(&str, &str); 8] = [
    ("计算机学院", "计算机科学与技术"),
    ("经济管理学院", "会计学"),
    ("机械工程学院", "机械设计制造及其自动化"),
    ("外国语学院", "英语"),
    ("土木工程学院", "土木工程"),
    ("医学院", "护理学"),
    ("文学院", "汉语言文学"),
    ("电子信息学院", "电子信息工程"),
];

/// One stage of studies.
struct Stage {
    level: &'static str,
    years: i64,
    entered: i64,
    form: &'static str,
    finished: bool,
}

/// `{"student_info_list": […], "education_info_list": […]}`; both empty for somebody who never studied.
pub(super) fn raw_data(papers: &Papers, life: &Life) -> Value {
    let mut stream = papers.stream("degree");
    let (mut enrolments, mut qualifications) = (Vec::new(), Vec::new());
    for stage in stages(papers, life, &mut stream) {
        let (enrolment, qualification) = records(papers, &stage, &mut stream);
        enrolments.push(enrolment);
        qualifications.extend(qualification);
    }
    json!({"student_info_list": enrolments, "education_info_list": qualifications})
}

/// Who studied what: the safer, the longer.
fn stages(papers: &Papers, life: &Life, stream: &mut Stream) -> Vec<Stage> {
    let this_year = i64::from(date_of(life.calendar.as_of.div_euclid(DAY)).year());
    let entered = i64::from(papers.birth.year()) + 18 + stream.below(2) as i64;
    let draw = stream.bell(0.9 - 0.6 * life.risk, 0.22);
    let plan: &[(&'static str, i64)] = match draw {
        draw if draw < 0.3 => &[],
        draw if draw < 0.55 => &[("专科", 3)],
        draw if draw < 0.65 => &[("专科", 3), ("本科", 2)],
        draw if draw < 0.95 => &[("本科", 4)],
        draw if draw < 1.1 => &[("本科", 4), ("硕士研究生", 3)],
        _ => &[("本科", 4), ("硕士研究生", 3), ("博士研究生", 4)],
    };
    let mut year = entered;
    let mut list = Vec::new();
    for (index, &(level, years)) in plan.iter().enumerate() {
        if year > this_year {
            break;
        }
        let finished = year + years <= this_year;
        let form = match index {
            1 if plan[0].0 == "专科" => "非全日制",
            0 => "普通全日制",
            _ => "全日制",
        };
        list.push(Stage { level, years, entered: year, form, finished });
        if !finished {
            break;
        }
        year += years;
    }
    list
}

fn records(papers: &Papers, stage: &Stage, stream: &mut Stream) -> (Value, Option<Value>) {
    let place = if stream.chance(0.6) {
        papers.hometown
    } else {
        super::places::Place::magnet(stream.below(64) as usize)
    };
    let kind = if stage.level == "专科" {
        "职业技术学院"
    } else {
        *stream.pick(&["大学", "理工大学", "师范大学", "财经大学"])
    };
    let university = format!("{}{kind}", place.city);
    let (institute, major) = *stream.pick(&MAJORS);
    let school_code = stream.between(10_001, 14_999);
    let number = format!("{}{school_code}{:04}", stage.entered, stream.between(1, 9_999));
    let clazz = format!("{major}{:02}{:02}班", stage.entered % 100, stream.between(1, 6));
    let female = stream.chance(0.3);
    let principal = names::person(stream, female);
    let certificate =
        format!("{school_code}1{}{:06}", stage.entered + stage.years, stream.between(1, 999_999));
    let dropped_out = stage.finished && stream.chance(0.04);
    let left = format!("{}-06-30", stage.entered + stage.years);
    let education = if stage.form == "非全日制" {
        "成人"
    } else if stage.level.ends_with("研究生") {
        "研究生"
    } else {
        "普通"
    };
    let status = match (stage.finished, dropped_out) {
        (false, _) => "在籍(注册学籍)",
        (true, false) => "不在籍(毕业)",
        (true, true) => "不在籍(退学)",
    };
    let sex = if papers.female { "女" } else { "男" };
    let length = format!("{}", stage.years);
    let entrance = format!("{}-09-01", stage.entered);
    let enrolment = json!({
        "name": papers.name, "sex": sex, "birth_date": papers.birth.to_string(), "nation": "汉族", "cert": papers.id_card,
        "university": university, "institute": institute, "department": format!("{major}系"), "clazz": clazz,
        "school_num": number, "degree": stage.level, "major": major, "education": education, "learning_form": stage.form,
        "entrance_date": entrance, "leave_date": if stage.finished { left.as_str() } else { "" }, "status": status,
        "length_school": length,
    });
    let qualification = (stage.finished && !dropped_out).then(|| {
        json!({
            "name": papers.name, "sex": sex, "birth_date": papers.birth.to_string(), "cert": papers.id_card,
            "university": university, "institute": institute, "degree": stage.level, "major": major,
            "education": education, "learning_form": stage.form, "entrance_date": entrance, "graduation_date": left,
            "graduation": "毕业", "certificate_num": certificate, "principal_name": principal, "length_school": length,
        })
    });
    (enrolment, qualification)
}
