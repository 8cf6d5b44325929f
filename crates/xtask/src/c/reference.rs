//! `docs/reference/c.md`: every function of the header, chapter by chapter.

use minijinja::value::Serde;
use minijinja::{Environment, context};
use serde::Serialize;

use crate::Result;
use crate::c::sources;
use crate::outputs::MARK;
use crate::tree::Files;

const PAGE: &str = include_str!("../../templates/c/reference.md.jinja");

#[derive(Serialize)]
struct Chapter {
    title: String,
    prose: String,
    functions: Vec<Function>,
}

#[derive(Serialize)]
struct Function {
    signature: String,
    summary: String,
}

/// The page, from the header that was made before it.
pub(crate) fn reference(fresh: &Files, environment: &Environment<'_>) -> Result<String> {
    let header = fresh.get("include/qiancheng.h").ok_or("the header comes before its reference page")?;
    let modules = sources::modules(fresh)?;
    let chapters: Vec<Chapter> = modules
        .iter()
        .filter(|module| !module.functions.is_empty())
        .map(|module| {
            let functions = module.functions.iter().map(|function| declaration(header, &function.name));
            let functions = functions.collect::<Result<_>>()?;
            Ok(Chapter { title: title(&module.path), prose: code(&module.prose.join(" ")), functions })
        })
        .collect::<Result<_>>()?;
    Ok(environment.render_str(PAGE, context! { mark => MARK, chapters => Serde(&chapters) })?)
}

/// What a function is declared as, and the first sentence about it.
fn declaration(header: &str, function: &str) -> Result<Function> {
    let missing = || format!("the header does not declare {function}");
    let mut comments = header.split("/**").skip(1);
    let found = comments.find_map(|block| {
        let (comment, rest) = block.split_once("*/")?;
        let declaration = rest.split_once(';')?.0;
        declaration.contains(&format!("{function}(")).then_some((comment, declaration))
    });
    let (comment, declaration) = found.ok_or_else(missing)?;
    let signature = declaration.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
    let lines = comment.lines().map(|line| line.trim().trim_start_matches('*').trim());
    let about: Vec<&str> =
        lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()).collect();
    let about = about.join(" ");
    let end = about.find(". ").map_or(about.len(), |end| end + 1);
    Ok(Function { signature, summary: code(&about[..end]) })
}

/// Names of this library, as code, with the brackets behind a function's.
fn code(prose: &str) -> String {
    let word = |word: &str| {
        if !word.starts_with("qc_") && !word.starts_with("QC_") {
            return word.to_owned();
        }
        let end =
            word.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(word.len());
        let end = if word[end..].starts_with("()") { end + 2 } else { end };
        format!("`{}`{}", &word[..end], &word[end..])
    };
    prose.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn title(path: &str) -> String {
    let name = path.trim_end_matches(".rs").trim_end_matches("/mod").replace(['/', '_'], " ");
    match name.as_str() {
        "owned" => "Texts of their own".to_owned(),
        "openings" => "Opening and logging in".to_owned(),
        "session replies" => "Replies".to_owned(),
        "session step" => "Steps".to_owned(),
        "options limits" => "Options: limits".to_owned(),
        "options wire" => "Options: the way to the vendor".to_owned(),
        "call options" => "Call options".to_owned(),
        other => other[..1].to_ascii_uppercase() + &other[1..],
    }
}
